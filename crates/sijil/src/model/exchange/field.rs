//! Fields of an incident in cells: how each is read and written, whatever the column is called.
//!
//! A field that is read and written again may look otherwise than before (`36.10` and `36.1`). The
//! reader then keeps the original cell beside it, and [`Coded::cell`] gives that cell as long as it
//! still says what the field says.

use jiff::civil::Date;

use crate::model::entity::{
    Clarity, DatePrecision, Deaths, EntityId, Incident, Involvement, PlacePrecision, Toll, Violence,
};

/// An incident with the name it goes by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coded {
    /// Its id as the format writes it: without the dataset where the file is of one dataset.
    pub id: String,
    /// The incident.
    pub incident: Incident,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The id.
    Id,
    /// What it is called.
    Title,
    /// The dataset it is of.
    Dataset,
    /// First day.
    Start,
    /// Last day.
    End,
    /// The one day of a format that has no windows.
    Day,
    /// Year of the first day; written, never read.
    Year,
    /// UCDP `date_prec`.
    DatePrecision,
    /// ACLED `time_precision`: 1 day, 2 week, 3 month.
    TimePrecision,
    /// Place as written.
    Place,
    /// Gazetteer id.
    PlaceId,
    /// Governorate or province.
    Province,
    /// District.
    District,
    /// Country.
    Country,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// Degrees north and east in one cell, with a bar between.
    Point,
    /// UCDP `where_prec`.
    PlacePrecision,
    /// ACLED `geo_precision`: 1 the place, 2 near it, 3 the region.
    GeoPrecision,
    /// UCDP `event_clarity`.
    Clarity,
    /// UCDP `type_of_violence`.
    Violence,
    /// ACLED `event_type`; only violence against civilians has a code of ours.
    EventType,
    /// First party involved.
    SideA,
    /// Second party involved.
    SideB,
    /// Dead of the first side.
    DeathsA,
    /// Dead of the second side.
    DeathsB,
    /// Dead civilians.
    DeathsCivilians,
    /// Dead of nobody knows whom.
    DeathsUnknown,
    /// Lowest number of dead.
    Low,
    /// Best number of dead.
    Best,
    /// Highest number of dead.
    High,
    /// The one number of dead of a format that has no range.
    Fatalities,
}

/// ACLED's word for violence against civilians.
const ONE_SIDED: &str = "Violence against civilians";

/// ACLED's word for fighting.
const BATTLES: &str = "Battles";

/// Pairs of codes: ACLED's and UCDP's.
const TIME: [(u8, DatePrecision); 3] =
    [(1, DatePrecision::Day), (2, DatePrecision::Week), (3, DatePrecision::Month)];
const GEO: [(u8, PlacePrecision); 3] =
    [(1, PlacePrecision::Exact), (2, PlacePrecision::Near), (3, PlacePrecision::Province)];

impl Field {
    /// Whether its cells are numbers in formats that tell numbers from words.
    pub fn is_number(self) -> bool {
        use Field::{
            Best, Clarity, DatePrecision, DeathsA, DeathsB, DeathsCivilians, DeathsUnknown,
            Fatalities, GeoPrecision, High, Latitude, Longitude, Low, PlacePrecision,
            TimePrecision, Violence, Year,
        };
        matches!(self, Year | DatePrecision | TimePrecision | Latitude | Longitude | PlacePrecision)
            || matches!(
                self,
                GeoPrecision | Clarity | Violence | DeathsA | DeathsB | DeathsCivilians
            )
            || matches!(self, DeathsUnknown | Low | Best | High | Fatalities)
    }

    /// Puts what `cell` says into `coded`; a blank cell says nothing.
    ///
    /// # Errors
    /// What the cell should have held, in words that follow "is".
    pub fn read(self, cell: &str, coded: &mut Coded) -> Result<(), &'static str> {
        let cell = cell.trim();
        if cell.is_empty() {
            return Ok(());
        }
        let incident = &mut coded.incident;
        let deaths = || incident.deaths.unwrap_or_default();
        let toll = || incident.toll.unwrap_or_default();
        match self {
            Self::Id => coded.id = cell.to_owned(),
            Self::Title => incident.title = cell.to_owned(),
            Self::Dataset => incident.dataset = cell.to_owned(),
            Self::Place => incident.place.name = cell.to_owned(),
            Self::PlaceId => incident.place.id = Some(cell.to_owned()),
            Self::Province => incident.place.province = cell.to_owned(),
            Self::District => incident.place.district = cell.to_owned(),
            Self::Country => incident.place.country = cell.to_owned(),
            Self::Start => incident.start = Some(day(cell)?),
            Self::End => incident.end = Some(day(cell)?),
            Self::Day => (incident.start, incident.end) = (Some(day(cell)?), Some(day(cell)?)),
            Self::Year => {}
            Self::DatePrecision => incident.date_precision = Some(code(cell)?),
            Self::TimePrecision => incident.date_precision = Some(translated(cell, &TIME)?),
            Self::PlacePrecision => incident.place.precision = Some(code(cell)?),
            Self::GeoPrecision => incident.place.precision = Some(translated(cell, &GEO)?),
            Self::Latitude => incident.place.lat = Some(degrees(cell, 90.0)?),
            Self::Longitude => incident.place.lon = Some(degrees(cell, 180.0)?),
            Self::Point => {
                let (lat, lon) = cell.split_once('|').ok_or("no latitude|longitude")?;
                incident.place.lat = Some(degrees(lat.trim(), 90.0)?);
                incident.place.lon = Some(degrees(lon.trim(), 180.0)?);
            }
            Self::Clarity => incident.clarity = Some(code::<Clarity>(cell)?),
            Self::Violence => incident.violence = Some(code::<Violence>(cell)?),
            Self::EventType => {
                incident.violence = (cell == ONE_SIDED).then_some(Violence::OneSided);
            }
            Self::SideA => side(&mut incident.involved, 0, cell),
            Self::SideB => side(&mut incident.involved, 1, cell),
            Self::DeathsA => incident.deaths = Some(Deaths { side_a: count(cell)?, ..deaths() }),
            Self::DeathsB => incident.deaths = Some(Deaths { side_b: count(cell)?, ..deaths() }),
            Self::DeathsCivilians => {
                incident.deaths = Some(Deaths { civilians: count(cell)?, ..deaths() });
            }
            Self::DeathsUnknown => {
                incident.deaths = Some(Deaths { unknown: count(cell)?, ..deaths() });
            }
            Self::Low => incident.toll = Some(Toll { low: count(cell)?, ..toll() }),
            Self::Best => incident.toll = Some(Toll { best: count(cell)?, ..toll() }),
            Self::High => incident.toll = Some(Toll { high: count(cell)?, ..toll() }),
            Self::Fatalities => {
                let dead = count(cell)?;
                incident.toll = Some(Toll { low: dead, best: dead, high: dead });
            }
        }
        Ok(())
    }

    /// The cell of this field; blank where the incident does not say.
    pub fn write(self, coded: &Coded) -> String {
        let Coded { id, incident } = coded;
        let place = &incident.place;
        let party = |nth: usize| incident.involved.get(nth).map(|i| i.party.0.clone());
        let deaths = |of: fn(&Deaths) -> u64| incident.deaths.as_ref().map(|d| of(d).to_string());
        let toll = |of: fn(&Toll) -> u64| incident.toll.as_ref().map(|t| of(t).to_string());
        let text = |text: &String| Some(text.clone());
        let cell = match self {
            Self::Id => text(id),
            Self::Title => text(&incident.title),
            Self::Dataset => text(&incident.dataset),
            Self::Start | Self::Day => incident.start.map(|day| day.to_string()),
            Self::End => incident.end.map(|day| day.to_string()),
            Self::Year => incident.start.map(|day| day.year().to_string()),
            Self::DatePrecision => incident.date_precision.map(|p| p.code().to_string()),
            Self::TimePrecision => incident.date_precision.map(|p| coarser(p, &TIME)),
            Self::Place => text(&place.name),
            Self::PlaceId => place.id.clone(),
            Self::Province => text(&place.province),
            Self::District => text(&place.district),
            Self::Country => text(&place.country),
            Self::Latitude => place.lat.map(|degrees| degrees.to_string()),
            Self::Longitude => place.lon.map(|degrees| degrees.to_string()),
            Self::Point => place.lat.zip(place.lon).map(|(lat, lon)| format!("{lat}|{lon}")),
            Self::PlacePrecision => place.precision.map(|p| p.code().to_string()),
            Self::GeoPrecision => place.precision.map(|p| coarser(p, &GEO)),
            Self::Clarity => incident.clarity.map(|c| c.code().to_string()),
            Self::Violence => incident.violence.map(|v| v.code().to_string()),
            Self::EventType => incident.violence.map(|violence| {
                if violence == Violence::OneSided { ONE_SIDED } else { BATTLES }.to_owned()
            }),
            Self::SideA => party(0),
            Self::SideB => party(1),
            Self::DeathsA => deaths(|d| d.side_a),
            Self::DeathsB => deaths(|d| d.side_b),
            Self::DeathsCivilians => deaths(|d| d.civilians),
            Self::DeathsUnknown => deaths(|d| d.unknown),
            Self::Low => toll(|t| t.low),
            Self::Best | Self::Fatalities => toll(|t| t.best),
            Self::High => toll(|t| t.high),
        };
        cell.unwrap_or_default()
    }
}

impl Coded {
    /// The cell of `field` under `column`: as it was read, where that still says the same.
    pub fn cell(&self, column: &str, field: Field) -> String {
        let now = field.write(self);
        let Some(read) = self.incident.extra.get(column) else { return now };
        let mut again = Self::default();
        // A cell that could not be read said nothing, and nothing has been put in its place.
        let same = match field.read(read, &mut again) {
            Ok(()) if field == Field::Year => read.parse::<i16>().is_err() || *read == now,
            Ok(()) => field.write(&again) == now,
            Err(_) => now.is_empty(),
        };
        // What the format knows and our codes do not is kept as long as no code says otherwise.
        if same || now.is_empty() { read.clone() } else { now }
    }
}

fn side(involved: &mut Vec<Involvement>, nth: usize, party: &str) {
    let none = || Involvement { party: EntityId(String::new()), level: Default::default() };
    involved.resize_with(involved.len().max(nth + 1), none);
    involved[nth].party = EntityId(party.to_owned());
}

/// `2031-05-07`, a time after it or not; `07 May 2031`, with blanks or hyphens.
fn day(cell: &str) -> Result<Date, &'static str> {
    const NO_DAY: &str = "no day between 1900 and 2199, such as 2031-05-07";
    let spaced = cell.replace('-', " ");
    let iso = cell.get(..10).and_then(|day| day.parse::<Date>().ok());
    let day = iso
        .or_else(|| Date::strptime("%d %B %Y", &spaced).ok())
        .or_else(|| Date::strptime("%d %b %Y", &spaced).ok());
    day.filter(|day| (1900..2200).contains(&day.year())).ok_or(NO_DAY)
}

fn count(cell: &str) -> Result<u64, &'static str> {
    const NO_COUNT: &str = "no whole number of people";
    // Some tables write every number with a fraction.
    let whole = cell.strip_suffix(".0").unwrap_or(cell);
    whole.parse().map_err(|_| NO_COUNT)
}

fn degrees(cell: &str, most: f64) -> Result<f64, &'static str> {
    let degrees: Option<f64> = cell.parse().ok();
    degrees.filter(|degrees| degrees.abs() <= most).ok_or("no number of degrees")
}

fn code<C: TryFrom<u8>>(cell: &str) -> Result<C, &'static str> {
    let number: Option<u8> = cell.parse().ok();
    number.and_then(|number| C::try_from(number).ok()).ok_or("no code of this column")
}

fn translated<C: Copy>(cell: &str, codes: &[(u8, C)]) -> Result<C, &'static str> {
    let found = codes.iter().find(|(code, _)| cell == code.to_string());
    found.map(|(_, ours)| *ours).ok_or("no code of this column")
}

/// The finest foreign code that is no finer than ours; the coarsest where ours is coarser still.
fn coarser<C: Copy + PartialOrd>(ours: C, codes: &[(u8, C)]) -> String {
    let found = codes.iter().find(|(_, code)| ours <= *code).or(codes.last());
    found.map(|(code, _)| code.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_what_is_none() {
        let read = |cell: &str| day(cell).ok().map(|day| day.to_string());
        for cell in ["2031-05-07", "2031-05-07 00:00:00.000", "07 May 2031", "07-May-2031"] {
            assert_eq!(read(cell).as_deref(), Some("2031-05-07"), "{cell}");
        }
        for cell in ["0025-03-07", "31 February 2031", "2031", "soon"] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_cell_stays_as_it_was_until_the_field_is_changed() {
        let mut coded = Coded::default();
        Field::Latitude.read("36.10", &mut coded).expect("degrees");
        coded.incident.extra.insert("latitude".to_owned(), "36.10".to_owned());
        assert_eq!(coded.cell("latitude", Field::Latitude), "36.10");
        coded.incident.place.lat = Some(36.2);
        assert_eq!(coded.cell("latitude", Field::Latitude), "36.2");
    }
}
