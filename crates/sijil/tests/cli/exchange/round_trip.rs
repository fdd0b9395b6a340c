//! For each format: what it can say of invented incidents comes back as it went out, and what comes
//! back goes out as the same bytes.

use proptest::prelude::*;
use sijil::intake::exchange::{Foreign, read, unpack};
use sijil::model::entity::{
    Author, Body, Clarity, DatePrecision, Deaths, Entity, EntityId, Incident, IncidentPlace,
    Involvement, Level, PlacePrecision, Toll, Violence,
};
use sijil::model::exchange::{ExchangeFormat, prefix};
use sijil::publish::exchange::{Container, Outgoing, write};
use sijil_claims::Lexicon;
use sijil_text::places::Gazetteer;

const DATASET: &str = "Hills Desk";

/// Words with all that a format may stumble over, but no blank at either end.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-zA-Zأ-ي'=@+;,|\"#/-][a-zA-Z0-9 أ-ي'=;,|\"#\n]{0,12}[a-z0-9\"=]",
        "[1-9][0-9]{0,3}",
    ]
}

fn name() -> impl Strategy<Value = String> {
    words().prop_filter("a name", |name| !name.is_empty())
}

fn day() -> impl Strategy<Value = jiff::civil::Date> {
    (2000_i16..2100, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| jiff::civil::date(y, m, d))
}

fn coded<C>(codes: std::ops::RangeInclusive<u8>) -> impl Strategy<Value = Option<C>>
where
    C: TryFrom<u8, Error = String> + std::fmt::Debug,
{
    prop::option::of(codes.prop_map(|code| C::try_from(code).expect("a code")))
}

fn place() -> impl Strategy<Value = IncidentPlace> {
    // Far from every place that the gazetteer knows.
    let point = prop::option::of((-600_000_i32..-400_000, -1_000_000_i32..0));
    let names = (words(), words(), words(), words());
    (names, prop::option::of(name()), point, coded::<PlacePrecision>(1..=7)).prop_map(
        |((name, province, district, country), id, point, precision)| IncidentPlace {
            name,
            id,
            // No province of the gazetteer.
            province: if province.is_empty() { province } else { format!("Q{province}") },
            district,
            country,
            lat: point.map(|(lat, _)| f64::from(lat) / 10_000.0),
            lon: point.map(|(_, lon)| f64::from(lon) / 10_000.0),
            precision,
        },
    )
}

fn toll() -> impl Strategy<Value = Toll> {
    (0_u64..50, 0_u64..50, 0_u64..50).prop_map(|(low, more, most)| Toll {
        low,
        best: low + more,
        high: low + more + most,
    })
}

fn deaths() -> impl Strategy<Value = Deaths> {
    (0_u64..9, 0_u64..9, 0_u64..9, 0_u64..9).prop_map(|(side_a, side_b, civilians, unknown)| {
        Deaths { side_a, side_b, civilians, unknown }
    })
}

fn involved() -> impl Strategy<Value = Vec<Involvement>> {
    let level = prop_oneof![Just(Level::Alleged), Just(Level::Admitted), Just(Level::Joint)];
    let one =
        (name(), level).prop_map(|(party, level)| Involvement { party: EntityId(party), level });
    prop::collection::vec(one, 0..4)
}

fn incident() -> impl Strategy<Value = Incident> {
    let codes = (coded::<DatePrecision>(1..=5), coded::<Clarity>(1..=2), coded::<Violence>(1..=3));
    let days = (prop::option::of(day()), prop::option::of(day()));
    let dead = (prop::option::of(toll()), prop::option::of(deaths()));
    (words(), days, place(), codes, involved(), dead).prop_map(
        |(title, (start, end), place, (date_precision, clarity, violence), involved, dead)| {
            Incident {
                title,
                dataset: DATASET.to_owned(),
                start,
                end,
                date_precision,
                place,
                clarity,
                violence,
                involved,
                toll: dead.0,
                deaths: dead.1,
                ..Incident::default()
            }
        },
    )
}

/// What a format can say of an incident: what is not here stands in `docs/exchange.md`.
fn sayable(format: ExchangeFormat, incident: &Incident) -> Incident {
    let mut said = incident.clone();
    if !matches!(format, ExchangeFormat::Geojson | ExchangeFormat::Toml) {
        said.involved.iter_mut().for_each(|involved| involved.level = Level::Alleged);
    }
    match format {
        ExchangeFormat::Geojson | ExchangeFormat::Toml => said,
        ExchangeFormat::Ftm => {
            let involved = said.involved.clone();
            Incident { involved, ..bare(incident, |of, place| place.country = of.country.clone()) }
        }
        ExchangeFormat::Bayanat => bare(incident, |of, place| {
            (place.lat, place.lon) = (of.lat, of.lon);
        }),
        ExchangeFormat::Huridocs => bare(incident, |of, place| {
            place.province = of.province.clone();
        }),
        ExchangeFormat::Acled => acled_says(said),
        _ => {
            said.involved.truncate(2);
            if format == ExchangeFormat::Ucdp {
                said.title = String::new();
                said.place.id = None;
            }
            said
        }
    }
}

/// Title, dataset, days and the place's name, and of the place what else `add` takes over.
fn bare(incident: &Incident, add: impl Fn(&IncidentPlace, &mut IncidentPlace)) -> Incident {
    let name = incident.place.name.clone();
    let mut place = IncidentPlace { name, ..IncidentPlace::default() };
    add(&incident.place, &mut place);
    Incident {
        title: incident.title.clone(),
        dataset: incident.dataset.clone(),
        start: incident.start,
        end: incident.end,
        place,
        ..Incident::default()
    }
}

/// One day, one number, and codes of its own.
fn acled_says(mut said: Incident) -> Incident {
    said.involved.truncate(2);
    said.title = String::new();
    said.place.id = None;
    said.end = said.start;
    said.clarity = None;
    said.deaths = None;
    said.violence = said.violence.filter(|violence| *violence == Violence::OneSided);
    said.toll = said.toll.map(|toll| Toll { low: toll.best, best: toll.best, high: toll.best });
    said.date_precision = said.date_precision.map(|precision| match precision {
        DatePrecision::Day => DatePrecision::Day,
        DatePrecision::FewDays | DatePrecision::Week => DatePrecision::Week,
        DatePrecision::Month | DatePrecision::Year => DatePrecision::Month,
    });
    said.place.precision = said.place.precision.map(|precision| match precision {
        PlacePrecision::Exact => PlacePrecision::Exact,
        PlacePrecision::Near => PlacePrecision::Near,
        _ => PlacePrecision::Province,
    });
    said
}

fn entities(incidents: &[Incident]) -> Vec<Entity> {
    let ids = (0..).map(|nth| EntityId(format!("{}:{nth}", prefix(DATASET))));
    incidents
        .iter()
        .zip(ids)
        .map(|(incident, id)| Entity {
            id,
            body: Body::Incident(Box::new(incident.clone())),
            author: Author::Rule("test".to_owned()),
            basis: Vec::new(),
        })
        .collect()
}

fn written(format: ExchangeFormat, container: Container, entities: &[Entity]) -> Vec<u8> {
    let outgoing = Outgoing { entities: entities.iter().collect(), ..Outgoing::default() };
    write(format, container, &outgoing).expect("it is written")
}

/// The incidents of a file, without the cells that were kept beside them.
fn read_again(format: ExchangeFormat, bytes: &[u8]) -> (Vec<(EntityId, Incident)>, Vec<String>) {
    let file = Foreign {
        name: "file",
        bytes,
        format,
        dataset: DATASET,
        gazetteer: Gazetteer::embedded(),
        lexicon: &Lexicon::embedded(),
    };
    let (brought, problems) = read(&file);
    let incidents = brought.found.into_iter().filter_map(|found| match found.body {
        Body::Incident(incident) => Some((found.id, *incident)),
        _ => None,
    });
    (incidents.collect(), problems.iter().map(ToString::to_string).collect())
}

fn check(format: ExchangeFormat, incidents: &[Incident]) -> Result<(), TestCaseError> {
    let out = entities(incidents);
    let bytes = written(format, Container::Plain, &out);
    let (found, problems) = read_again(format, &bytes);
    prop_assert_eq!(found.len(), incidents.len(), "{:?}", problems);
    for ((id, found), (entity, incident)) in found.iter().zip(out.iter().zip(incidents)) {
        prop_assert_eq!(id, &entity.id);
        let mut found = found.clone();
        found.extra.clear();
        prop_assert_eq!(found, sayable(format, incident), "{}", format.code());
    }
    let again: Vec<Incident> = found.into_iter().map(|(_, incident)| incident).collect();
    let bytes_again = written(format, Container::Plain, &entities(&again));
    prop_assert_eq!(
        String::from_utf8_lossy(&bytes_again),
        String::from_utf8_lossy(&bytes),
        "{}",
        format.code()
    );
    if !matches!(format, ExchangeFormat::Geojson | ExchangeFormat::Ftm | ExchangeFormat::Toml) {
        let packed = written(format, Container::Parquet, &out);
        let unpacked = unpack(&packed).expect("whole Parquet");
        prop_assert_eq!(String::from_utf8_lossy(&unpacked), String::from_utf8_lossy(&bytes));
    }
    Ok(())
}

macro_rules! round_trips {
    ($($name:ident: $format:ident,)+) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(96))]
            $(
                #[test]
                fn $name(incidents in prop::collection::vec(incident(), 0..6)) {
                    check(ExchangeFormat::$format, &incidents)?;
                }
            )+
        }
    };
}

round_trips! {
    ucdp: Ucdp,
    acled: Acled,
    hxl: Hxl,
    geojson: Geojson,
    ftm: Ftm,
    kobo: Kobo,
    uwazi: Uwazi,
    bayanat: Bayanat,
    huridocs: Huridocs,
    toml: Toml,
}
