//! Places: a gazetteer of names in both scripts, with positions and the areas they lie in.
//!
//! The embedded table holds the governorates, districts and subdistricts of Syria with their OCHA
//! P-codes (origin and licence in NOTICE); users bring their own places. Names are compared by a
//! key that forgets case, accents, the article, hyphens and words such as "Governorate". A name
//! that several places bear means the coarsest of them, then the most populous, then the first by
//! id: a text that says "Latakia" and no more has not said which Latakia it means. Where the area is
//! known beside the name, the name means a place within it.

mod key;
mod scan;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use key::key;

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
    by_id: HashMap<String, usize>,
    /// Places that bear a name, the one that it means by itself first.
    by_key: HashMap<String, Vec<usize>>,
    /// Words of the longest name, a bound for scanning.
    longest: usize,
}

const SYRIA: &str = include_str!("../../data/syria_places.csv");
const EXTRA: &str = include_str!("../../data/extra_aliases.csv");

static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::of(read_embedded()));

impl Gazetteer {
    /// The places that come with the program.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The gazetteer of these places.
    pub fn of(places: Vec<PlaceEntry>) -> Self {
        let mut gazetteer = Self { places, ..Self::default() };
        for index in 0..gazetteer.places.len() {
            gazetteer.index(index);
        }
        gazetteer
    }

    /// These places and `extra` ones; an extra place with a known id takes the other's place.
    #[must_use]
    pub fn extended(&self, extra: Vec<PlaceEntry>) -> Self {
        let kept = self.places.iter().filter(|place| extra.iter().all(|e| e.id != place.id));
        let mut places: Vec<PlaceEntry> = kept.cloned().collect();
        places.extend(extra);
        Self::of(places)
    }

    /// All places, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &PlaceEntry> {
        self.places.iter()
    }

    /// The place with this id.
    pub fn get(&self, id: &str) -> Option<&PlaceEntry> {
        self.by_id.get(id).map(|index| &self.places[*index])
    }

    /// The place that this name means.
    pub fn find(&self, name: &str) -> Option<&PlaceEntry> {
        self.bearers(&key(name)).next()
    }

    /// The place that this name means in the area `parent`: a place in it, or the area itself.
    pub fn find_within(&self, name: &str, parent: &str) -> Option<&PlaceEntry> {
        self.bearers(&key(name)).find(|place| self.lies_in(&place.id, parent))
    }

    /// Whether a place lies in an area or is it.
    pub fn lies_in(&self, id: &str, area: &str) -> bool {
        self.chain(id).any(|place| place.id == area)
    }

    /// The area of this level that a place lies in: the place itself if it is of that level.
    pub fn area_of(&self, id: &str, level: u8) -> Option<&PlaceEntry> {
        self.chain(id).find(|place| place.level == level)
    }

    /// A place and the areas it lies in, from narrow to wide.
    fn chain(&self, id: &str) -> impl Iterator<Item = &PlaceEntry> {
        let parent = |place: &&PlaceEntry| self.get(place.parent.as_deref()?);
        // A chain of parents cannot be longer than the table: a circle ends here.
        std::iter::successors(self.get(id), parent).take(self.places.len())
    }

    fn bearers(&self, key: &str) -> impl Iterator<Item = &PlaceEntry> {
        self.by_key.get(key).into_iter().flatten().map(|index| &self.places[*index])
    }

    /// Place names in a text, from left to right, the longest at each point. In Latin script a
    /// name must begin with a capital; in Arabic a joined "and", "in" or "to" is passed over.
    pub fn scan(&self, text: &str) -> Vec<PlaceHit> {
        scan::scan(text, self.longest, |words| {
            self.bearers(words).next().map(|place| place.id.as_str())
        })
    }

    fn index(&mut self, index: usize) {
        let place = &self.places[index];
        self.by_id.insert(place.id.clone(), index);
        let names = [&place.name, &place.name_ar].into_iter().chain(&place.aliases);
        let mut keys: Vec<(String, usize)> = names
            .map(|name| (key(name), name.split([' ', '-']).count()))
            .filter(|(key, _)| !key.is_empty())
            .collect();
        keys.sort();
        keys.dedup();
        for (key, words) in keys {
            self.longest = self.longest.max(words);
            let places = &self.places;
            let bearers = self.by_key.entry(key).or_default();
            let before = |other: &usize| comes_first(&places[*other], &places[index]);
            bearers.insert(bearers.partition_point(before), index);
        }
    }
}

/// Whether a name that both bear means `a`.
fn comes_first(a: &PlaceEntry, b: &PlaceEntry) -> bool {
    let rank = |place: &PlaceEntry| (place.level, std::cmp::Reverse(place.population));
    (rank(a), &a.id) < (rank(b), &b.id)
}

fn read_embedded() -> Vec<PlaceEntry> {
    let mut extra: HashMap<String, Vec<String>> = HashMap::new();
    for row in rows::<(String, String)>(EXTRA) {
        extra.insert(row.0, split(&row.1));
    }
    type Row = (String, String, String, String, u8, Option<String>, f64, f64, Option<u64>);
    let places = rows::<Row>(SYRIA).into_iter();
    places
        .map(|(id, name, name_ar, aliases, level, parent, lat, lon, population)| {
            let more = extra.remove(&id).unwrap_or_default();
            let aliases = split(&aliases).into_iter().chain(more).collect();
            PlaceEntry { id, name, name_ar, aliases, level, parent, lat, lon, population }
        })
        .collect()
}

fn rows<T: for<'de> serde::Deserialize<'de>>(table: &str) -> Vec<T> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows = reader.deserialize().map(|row| row.expect("the embedded table is well formed"));
    rows.collect()
}

fn split(aliases: &str) -> Vec<String> {
    aliases.split('|').filter(|alias| !alias.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spellings_of_the_press_are_found() {
        let gazetteer = Gazetteer::embedded();
        for (name, id) in [
            ("Latakia", "SY06"),
            ("Lattakia", "SY06"),
            ("Latakia Governorate", "SY06"),
            ("محافظة اللاذقية", "SY06"),
            ("اللاذقية", "SY06"),
            ("Tartous", "SY10"),
            ("طرطوس", "SY10"),
            ("Banias", "SY1002"),
            ("بانياس", "SY1002"),
            ("Jableh", "SY0602"),
            ("جبله", "SY0602"),
            ("al-Qardaha", "SY0604"),
            ("Haffa", "SY0603"),
            ("Masyaf", "SY0504"),
            ("homs", "SY04"),
        ] {
            assert_eq!(gazetteer.find(name).map(|place| place.id.as_str()), Some(id), "{name}");
        }
        assert_eq!(gazetteer.find("Atlantis"), None);
        assert_eq!(gazetteer.find(""), None);
    }

    #[test]
    fn a_place_lies_in_its_governorate() {
        let gazetteer = Gazetteer::embedded();
        assert_eq!(gazetteer.area_of("SY1002", 1).map(|p| p.id.as_str()), Some("SY10"));
        assert_eq!(gazetteer.area_of("SY06", 1).map(|p| p.id.as_str()), Some("SY06"));
        assert_eq!(gazetteer.area_of("SY06", 3), None);
        assert_eq!(gazetteer.area_of("nowhere", 1), None);
    }

    #[test]
    fn a_name_means_the_place_within_the_area_beside_it() {
        let village = |id: &str, parent: &str, population| PlaceEntry {
            id: id.to_owned(),
            name: "Stone Bridge".to_owned(),
            name_ar: String::new(),
            aliases: Vec::new(),
            level: 4,
            parent: Some(parent.to_owned()),
            lat: 35.0,
            lon: 36.0,
            population: Some(population),
        };
        let villages = vec![village("v-1", "SY1002", 900), village("v-2", "SY0602", 100)];
        let gazetteer = Gazetteer::embedded().extended(villages);
        let id = |place: Option<&PlaceEntry>| place.map(|place| place.id.clone());
        assert_eq!(id(gazetteer.find("Stone Bridge")).as_deref(), Some("v-1"));
        assert_eq!(id(gazetteer.find_within("Stone Bridge", "SY06")).as_deref(), Some("v-2"));
        assert_eq!(id(gazetteer.find_within("Latakia", "SY06")).as_deref(), Some("SY06"));
        assert_eq!(gazetteer.find_within("Stone Bridge", "SY04"), None);
        assert_eq!(gazetteer.find_within("Stone Bridge", "nowhere"), None);
    }

    #[test]
    fn every_parent_and_position_is_sound() {
        let gazetteer = Gazetteer::embedded();
        assert_eq!(gazetteer.iter().count(), 348);
        for place in gazetteer.iter() {
            assert!((32.0..38.0).contains(&place.lat), "{}", place.id);
            assert!((35.0..43.0).contains(&place.lon), "{}", place.id);
            assert!(gazetteer.area_of(&place.id, 1).is_some(), "{}", place.id);
        }
    }

    fn found(text: &str) -> Vec<(&str, String)> {
        let hits = Gazetteer::embedded().scan(text);
        hits.into_iter().map(|hit| (&text[hit.range], hit.id)).collect()
    }

    fn hit(text: &str, id: &str) -> Vec<(String, String)> {
        vec![(text.to_owned(), id.to_owned())]
    }

    #[test]
    fn names_in_a_text_are_found_whole_and_with_their_capitals() {
        for (text, expected) in [
            ("clashes near Jableh, then calm", hit("Jableh", "SY0602")),
            ("in Latakia Governorate today", hit("Latakia Governorate", "SY06")),
            ("hama was quiet", vec![]),
            ("Alhamabra is elsewhere", vec![]),
            ("the road to al-Qardaha was cut", hit("al-Qardaha", "SY0604")),
            ("قتل مدنيون في اللاذقية أمس", hit("اللاذقية", "SY06")),
            ("واللاذقية", hit("اللاذقية", "SY06")),
            ("بطرطوس", hit("طرطوس", "SY10")),
        ] {
            let found: Vec<(String, String)> =
                found(text).into_iter().map(|(name, id)| (name.to_owned(), id)).collect();
            assert_eq!(found, expected, "{text}");
        }
        let both = found("Latakia and Tartus");
        assert_eq!(both.iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>(), ["SY06", "SY10"]);
    }

    #[test]
    fn a_users_place_is_found_and_may_replace_an_embedded_one() {
        let mut place = Gazetteer::embedded().get("SY06").expect("is there").clone();
        place.name = "New Harbour".to_owned();
        place.aliases.clear();
        let gazetteer = Gazetteer::embedded().extended(vec![place]);
        assert_eq!(gazetteer.find("New Harbour").map(|p| p.id.as_str()), Some("SY06"));
        assert_eq!(gazetteer.iter().count(), 348);
    }
}
