//! Gazetteer ids of the places of incidents: by their names within their province, else by the
//! nearest place that is known.
//!
//! A name means a place only within the province that stands beside it, and only if the coordinates
//! do not speak against it. Where a row names no province, the nearest subdistrict within
//! [`NEAR`] kilometres stands for the place: good enough for the governorate, not for the village.

use std::collections::BTreeMap;

use sijil_text::places::{Gazetteer, PlaceEntry};

use crate::model::entity::{IncidentPlace, PlacePrecision};

/// Kilometres within which the nearest place stands for one that is not named.
const NEAR: f64 = 20.0;

/// Kilometres from the middle of a province beyond which a point does not lie in it.
const FAR: f64 = 250.0;

/// Kilometres of a degree of latitude.
const DEGREE: f64 = 111.2;

/// Words behind a name that are no part of it.
const KINDS: &[&str] =
    &[" village", " town", " city", " district", " subdistrict", " neighborhood", " area"];

/// Province, district and name as written.
type Words = (String, String, String);

/// A gazetteer that remembers what it was asked.
pub(super) struct Places<'g> {
    gazetteer: &'g Gazetteer,
    known: BTreeMap<Words, Option<String>>,
}

impl<'g> Places<'g> {
    pub(super) fn of(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer, known: BTreeMap::new() }
    }

    /// Gives the place its id, unless it has one.
    pub(super) fn resolve(&mut self, place: &mut IncidentPlace) {
        if place.id.is_some() || place.precision >= Some(PlacePrecision::Country) {
            return;
        }
        let point = place.lat.zip(place.lon);
        let words = (
            place.province.clone(),
            if place.precision >= Some(PlacePrecision::Province) {
                String::new()
            } else {
                place.district.clone()
            },
            if place.precision >= Some(PlacePrecision::District) {
                String::new()
            } else {
                place.name.clone()
            },
        );
        let named = match self.known.get(&words) {
            Some(known) => known.clone(),
            None => {
                let found = self.by_name(&words).map(|entry| entry.id.clone());
                self.known.entry(words).or_insert(found).clone()
            }
        };
        let fits = |id: &String| {
            let entry = self.gazetteer.get(id);
            entry.is_some_and(|e| point.is_none_or(|point| distance(e, point) <= FAR))
        };
        place.id = match named {
            Some(id) => Some(id).filter(fits),
            None if place.precision <= Some(PlacePrecision::Near) => {
                point.and_then(|point| self.nearest(point))
            }
            None => None,
        };
    }

    fn by_name(&self, (province, district, name): &Words) -> Option<&'g PlaceEntry> {
        // Some spellings of a province are those of its chief district: both lie in the province.
        let named = self.gazetteer.find(province).filter(|_| !province.trim().is_empty())?;
        let within = self.gazetteer.area_of(&named.id, 1)?;
        let find = |words: &str| {
            let words = KINDS.iter().find_map(|kind| words.strip_suffix(kind)).unwrap_or(words);
            if words.trim().is_empty() {
                return None;
            }
            self.gazetteer.find_within(words, &within.id)
        };
        find(name).or_else(|| find(district)).or(Some(within))
    }

    fn nearest(&self, point: (f64, f64)) -> Option<String> {
        let fine = self.gazetteer.iter().filter(|entry| entry.level >= 3);
        let near = fine.map(|entry| (distance(entry, point), entry));
        let (distance, entry) = near.min_by(|(a, _), (b, _)| a.total_cmp(b))?;
        (distance <= NEAR).then(|| entry.id.clone())
    }
}

/// Kilometres on a plane that touches the earth between the two: exact to a few hundred metres over
/// the distances that matter here.
fn distance(entry: &PlaceEntry, (lat, lon): (f64, f64)) -> f64 {
    let north = (entry.lat - lat) * DEGREE;
    let east = (entry.lon - lon) * DEGREE * f64::midpoint(entry.lat, lat).to_radians().cos();
    north.hypot(east)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(province: &str, name: &str, point: Option<(f64, f64)>) -> Option<String> {
        let mut place = IncidentPlace {
            province: province.to_owned(),
            name: name.to_owned(),
            lat: point.map(|p| p.0),
            lon: point.map(|p| p.1),
            ..IncidentPlace::default()
        };
        Places::of(Gazetteer::embedded()).resolve(&mut place);
        place.id
    }

    #[test]
    fn names_within_their_province_and_points_without_a_name() {
        let gazetteer = Gazetteer::embedded();
        let homs = gazetteer.find("Homs").expect("a governorate");
        assert_eq!(id("Homs Governorate", "", None).as_ref(), Some(&homs.id));
        let rastan = id("Homs Governorate", "Ar Rastan town", None).expect("a place in Homs");
        assert!(gazetteer.lies_in(&rastan, &homs.id) && rastan != homs.id);
        let near = id("", "", Some((homs.lat, homs.lon)));
        assert_eq!(id("Homs Governorate", "", Some((48.2, 16.4))), None, "that is Vienna");
        assert_eq!(id("", "", Some((48.2, 16.4))), None);
        assert!(near.is_none_or(|id| gazetteer.lies_in(&id, &homs.id)));
    }

    #[test]
    fn provinces_in_the_spellings_of_the_datasets() {
        for province in [
            "Aleppo Governorate",
            "Rif Dimashq Governorate",
            "Deir ez Zor Governorate",
            "Idlib Governorate",
            "Ar Raqqah Governorate",
            "Hamah Governorate",
            "Daraa Governorate",
            "Damascus Governorate",
            "Al Hasakah Governorate",
            "Latakia Governorate",
            "Quneitra Governorate",
            "As Suwayda Governorate",
            "Tartus Governorate",
            "Al-Hasakeh",
            "Dar'a",
            "Deir-ez-Zor",
            "As-Sweida",
        ] {
            let found = id(province, "", None).expect(province);
            let entry = Gazetteer::embedded().get(&found);
            assert_eq!(entry.map(|e| e.level), Some(1), "{province}");
        }
    }
}
