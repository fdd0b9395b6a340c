//! Which column of which format carries which field.
//!
//! Columns are bound by name, never by position: UCDP writes `low,best,high` in some years and
//! `best,high,low` in others, ACLED dropped `data_id` and `iso3`. The order here is the one that
//! is written where a register has seen no file of the format; a dataset that was read is written
//! in the order of its own columns.

use super::ExchangeFormat;
use super::field::Field::{self, *};

/// Columns in order; `None` for one that has no field of ours.
pub type Columns = &'static [(&'static str, Option<Field>)];

const fn of(name: &'static str, field: Field) -> (&'static str, Option<Field>) {
    (name, Some(field))
}

const fn other(name: &'static str) -> (&'static str, Option<Field>) {
    (name, None)
}

/// The 49 columns of the newer UCDP GED releases.
const UCDP: Columns = &[
    of("id", Id),
    other("relid"),
    of("year", Year),
    other("active_year"),
    other("code_status"),
    of("type_of_violence", Violence),
    other("conflict_dset_id"),
    other("conflict_new_id"),
    other("conflict_name"),
    other("dyad_dset_id"),
    other("dyad_new_id"),
    other("dyad_name"),
    other("side_a_dset_id"),
    other("side_a_new_id"),
    of("side_a", SideA),
    other("side_b_dset_id"),
    other("side_b_new_id"),
    of("side_b", SideB),
    other("number_of_sources"),
    other("source_article"),
    other("source_office"),
    other("source_date"),
    other("source_headline"),
    other("source_original"),
    of("where_prec", PlacePrecision),
    of("where_coordinates", Place),
    other("where_description"),
    of("adm_1", Province),
    of("adm_2", District),
    of("latitude", Latitude),
    of("longitude", Longitude),
    other("geom_wkt"),
    other("priogrid_gid"),
    of("country", Country),
    other("country_id"),
    other("region"),
    of("event_clarity", Clarity),
    of("date_prec", DatePrecision),
    of("date_start", Start),
    of("date_end", End),
    of("deaths_a", DeathsA),
    of("deaths_b", DeathsB),
    of("deaths_civilians", DeathsCivilians),
    of("deaths_unknown", DeathsUnknown),
    of("best", Best),
    of("high", High),
    of("low", Low),
    other("gwnoa"),
    other("gwnob"),
];

/// The 31 columns of ACLED since 2023.
const ACLED: Columns = &[
    of("event_id_cnty", Id),
    of("event_date", Day),
    of("year", Year),
    of("time_precision", TimePrecision),
    other("disorder_type"),
    of("event_type", EventType),
    other("sub_event_type"),
    of("actor1", SideA),
    other("assoc_actor_1"),
    other("inter1"),
    of("actor2", SideB),
    other("assoc_actor_2"),
    other("inter2"),
    other("interaction"),
    other("civilian_targeting"),
    other("iso"),
    other("region"),
    of("country", Country),
    of("admin1", Province),
    of("admin2", District),
    other("admin3"),
    of("location", Place),
    of("latitude", Latitude),
    of("longitude", Longitude),
    of("geo_precision", GeoPrecision),
    other("source"),
    other("source_scale"),
    other("notes"),
    of("fatalities", Fatalities),
    other("tags"),
    other("timestamp"),
];

/// Our own names, which most formats without columns of their own for incidents use.
const OWN: Columns = &[
    of("id", Id),
    of("title", Title),
    of("dataset", Dataset),
    of("date_start", Start),
    of("date_end", End),
    of("date_precision", DatePrecision),
    of("country", Country),
    of("province", Province),
    of("district", District),
    of("place", Place),
    of("place_id", PlaceId),
    of("latitude", Latitude),
    of("longitude", Longitude),
    of("place_precision", PlacePrecision),
    of("clarity", Clarity),
    of("violence", Violence),
    of("party_a", SideA),
    of("party_b", SideB),
    of("killed_low", Low),
    of("killed_best", Best),
    of("killed_high", High),
    of("killed_party_a", DeathsA),
    of("killed_party_b", DeathsB),
    of("killed_civilians", DeathsCivilians),
    of("killed_unknown", DeathsUnknown),
];

/// A Kobo form whose questions have our names.
const KOBO: Columns = &[
    of("_uuid", Id),
    of("title", Title),
    of("dataset", Dataset),
    of("date_start", Start),
    of("date_end", End),
    of("date_precision", DatePrecision),
    of("country", Country),
    of("province", Province),
    of("district", District),
    of("place", Place),
    of("place_id", PlaceId),
    of("_point_latitude", Latitude),
    of("_point_longitude", Longitude),
    of("place_precision", PlacePrecision),
    of("clarity", Clarity),
    of("violence", Violence),
    of("party_a", SideA),
    of("party_b", SideB),
    of("killed_low", Low),
    of("killed_best", Best),
    of("killed_high", High),
    of("killed_party_a", DeathsA),
    of("killed_party_b", DeathsB),
    of("killed_civilians", DeathsCivilians),
    of("killed_unknown", DeathsUnknown),
    other("_submission_time"),
];

/// An Uwazi template whose properties have our names.
const UWAZI: Columns = &[
    of("title__en", Title),
    other("title__ar"),
    of("reference", Id),
    of("dataset", Dataset),
    of("date_start", Start),
    of("date_end", End),
    of("date_precision", DatePrecision),
    of("country", Country),
    of("province", Province),
    of("district", District),
    of("place", Place),
    of("place_id", PlaceId),
    of("location", Point),
    of("place_precision", PlacePrecision),
    of("clarity", Clarity),
    of("violence", Violence),
    of("party_a", SideA),
    of("party_b", SideB),
    of("killed_low", Low),
    of("killed_best", Best),
    of("killed_high", High),
    of("killed_party_a", DeathsA),
    of("killed_party_b", DeathsB),
    of("killed_civilians", DeathsCivilians),
    of("killed_unknown", DeathsUnknown),
];

/// Bayanat's incident, with the days and the place of its first event.
const BAYANAT: Columns = &[
    of("id", Id),
    of("title", Title),
    other("title_ar"),
    other("description"),
    of("from_date", Start),
    of("to_date", End),
    of("locations", Place),
    of("lat", Latitude),
    of("lng", Longitude),
    other("labels"),
    other("potential_violations"),
    other("claimed_violations"),
    other("comments"),
    other("status"),
];

/// The event table of OpenEvSys.
const HURIDOCS: Columns = &[
    of("event_record_number", Id),
    of("event_title", Title),
    other("confidentiality"),
    of("geographical_term", Province),
    of("local_geographical_area", Place),
    of("initial_date", Start),
    other("initial_date_type"),
    of("final_date", End),
    other("final_date_type"),
    other("event_description"),
    other("impact_of_event"),
    other("remarks"),
    other("violation_status"),
];

/// HXL tags; attributes are compared in any order.
const HXL: Columns = &[
    of("#event+id", Id),
    of("#event+name", Title),
    of("#meta+dataset", Dataset),
    of("#date+start", Start),
    of("#date+end", End),
    of("#date+code+precision", DatePrecision),
    of("#country+name", Country),
    of("#adm1+name", Province),
    of("#adm2+name", District),
    of("#loc+name", Place),
    of("#loc+code", PlaceId),
    of("#geo+lat", Latitude),
    of("#geo+lon", Longitude),
    of("#geo+code+precision", PlacePrecision),
    of("#event+clarity+code", Clarity),
    of("#event+code+type", Violence),
    of("#group+a+name", SideA),
    of("#group+b+name", SideB),
    of("#affected+killed+low", Low),
    of("#affected+killed", Best),
    of("#affected+high+killed", High),
    of("#affected+group_a+killed", DeathsA),
    of("#affected+group_b+killed", DeathsB),
    of("#affected+civilians+killed", DeathsCivilians),
    of("#affected+killed+unknown", DeathsUnknown),
];

/// Names that other releases and publishers use for what we have a field for.
const OTHER_NAMES: &[(ExchangeFormat, Columns)] = &[
    (
        ExchangeFormat::Ucdp,
        &[of("low_est", Low), of("best_est", Best), of("high_est", High), of("event_id", Id)],
    ),
    (
        ExchangeFormat::Hxl,
        &[
            of("#event", Title),
            of("#date", Day),
            of("#date+occurred", Day),
            of("#country", Country),
            of("#adm1", Province),
            of("#adm2", District),
            of("#loc", Place),
        ],
    ),
    (
        ExchangeFormat::Kobo,
        &[
            of("_id", Id),
            of("incident_date", Day),
            of("date", Day),
            of("killed", Fatalities),
            of("_location_latitude", Latitude),
            of("_location_longitude", Longitude),
            of("_gps_latitude", Latitude),
            of("_gps_longitude", Longitude),
        ],
    ),
    (
        ExchangeFormat::Uwazi,
        &[of("title", Title), of("date", Day), of("killed", Fatalities), of("geolocation", Point)],
    ),
];

/// The field of each of a file's columns, by name: no field is carried by two columns.
pub fn bind(format: ExchangeFormat, names: &[String]) -> Vec<Option<Field>> {
    let bare: Vec<String> = names.iter().map(|name| bare(format, name)).collect();
    let field_in = |columns: Columns, name: &str| {
        columns.iter().find(|(of, _)| of.eq_ignore_ascii_case(name)).and_then(|(_, field)| *field)
    };
    let mut fields: Vec<Option<Field>> = vec![None; names.len()];
    let others = OTHER_NAMES.iter().filter(|(of, _)| *of == format).map(|(_, columns)| *columns);
    for columns in std::iter::once(columns_of(format)).chain(others) {
        for (at, name) in bare.iter().enumerate() {
            let field = field_in(columns, name).filter(|field| !fields.contains(&Some(*field)));
            fields[at] = fields[at].or(field);
        }
    }
    fields
}

/// What a column is bound by: its name; with HXL its tag in lower case, attributes sorted; with Kobo
/// the question without the groups that it stands in.
fn bare(format: ExchangeFormat, name: &str) -> String {
    match format {
        ExchangeFormat::Hxl => {}
        ExchangeFormat::Kobo => return name.rsplit('/').next().unwrap_or_default().to_owned(),
        _ => return name.to_owned(),
    }
    let (_, tag) = split_tag(name);
    let lower = tag.to_lowercase().replace(' ', "");
    let mut parts = lower.split('+');
    let base = parts.next().unwrap_or_default().to_owned();
    let mut attributes: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    attributes.sort_unstable();
    attributes.iter().fold(base, |tag, attribute| format!("{tag}+{attribute}"))
}

/// The one name that a column of an HXL file is kept under: its header, then its tag.
pub fn with_tag(header: &str, tag: &str) -> String {
    format!("{header} #{}", tag.trim().trim_start_matches('#'))
}

/// Header and tag of a name made by [`with_tag`].
pub fn split_tag(name: &str) -> (&str, &str) {
    let Some(at) = name.rfind(" #") else { return (name, "") };
    let tag = &name[at + 1..];
    (&name[..at], if tag == "#" { "" } else { tag })
}

/// The names of a format's columns where no file has been seen.
pub fn names_of(format: ExchangeFormat) -> Vec<String> {
    let columns = columns_of(format).iter();
    if format != ExchangeFormat::Hxl {
        return columns.map(|(name, _)| (*name).to_owned()).collect();
    }
    let header = |field: &Option<Field>| OWN.iter().find(|(_, own)| own == field).map(|own| own.0);
    columns.map(|(tag, field)| with_tag(header(field).unwrap_or_default(), tag)).collect()
}

/// The columns of a format that holds one incident a row; empty for the others.
pub fn columns_of(format: ExchangeFormat) -> Columns {
    match format {
        ExchangeFormat::Ucdp => UCDP,
        ExchangeFormat::Acled => ACLED,
        ExchangeFormat::Hxl => HXL,
        ExchangeFormat::Geojson | ExchangeFormat::Ftm => OWN,
        ExchangeFormat::Kobo => KOBO,
        ExchangeFormat::Uwazi => UWAZI,
        ExchangeFormat::Bayanat => BAYANAT,
        ExchangeFormat::Huridocs => HURIDOCS,
        ExchangeFormat::Toml | ExchangeFormat::Statements | ExchangeFormat::List => &[],
    }
}

/// Whether the names are ours: then ids are whole, with the dataset before them.
pub fn is_ours(format: ExchangeFormat) -> bool {
    columns_of(format).iter().any(|(_, field)| *field == Some(Dataset))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_binds_to_its_field_under_its_own_name() {
        for format in ExchangeFormat::ALL {
            let fields: Vec<Option<Field>> =
                columns_of(*format).iter().map(|(_, field)| *field).collect();
            assert_eq!(bind(*format, &names_of(*format)), fields, "{}", format.code());
        }
    }

    #[test]
    fn names_of_other_releases_bind_where_the_own_one_is_missing() {
        let names = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        let ucdp = |given: &[&str]| bind(ExchangeFormat::Ucdp, &names(given));
        assert_eq!(ucdp(&["best_est", "LOW"]), [Some(Best), Some(Low)]);
        assert_eq!(ucdp(&["best_est", "best"]), [None, Some(Best)]);
        let hxl = bind(ExchangeFormat::Hxl, &names(&["Dead #affected + Killed", "x #y"]));
        assert_eq!(hxl, [Some(Best), None]);
        assert_eq!(split_tag("No. #1 #event+id"), ("No. #1", "#event+id"));
        assert_eq!(split_tag(&with_tag("Notes", "")), ("Notes", ""));
    }
}
