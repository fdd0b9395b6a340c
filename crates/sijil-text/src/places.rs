//! Places: a gazetteer of names in both scripts, with positions and the areas they lie in.

use std::ops::Range;

/// One place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceEntry {
    /// Id: for Syria the OCHA P-code.
    pub id: String,
    /// Name in Latin script.
    pub name: String,
    /// Name in Arabic script, possibly empty.
    pub name_ar: String,
    /// Other spellings in both scripts.
    pub aliases: Vec<String>,
    /// 1 governorate, 2 district, 3 subdistrict or finer.
    pub level: u8,
    /// Id of the area it lies in.
    pub parent: Option<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Inhabitants, where known.
    pub population: Option<u64>,
}

/// A place name found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceHit {
    /// Byte range in the text.
    pub range: Range<usize>,
    /// Id of the place.
    pub id: String,
}

/// Places by id and by name.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    places: Vec<PlaceEntry>,
}

impl Gazetteer {
    /// The place with this id.
    pub fn get(&self, id: &str) -> Option<&PlaceEntry> {
        self.places.iter().find(|p| p.id == id)
    }
}
