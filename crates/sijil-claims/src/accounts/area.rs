//! Where a figure counts: how wide its area is, and whether two areas are one wording apart.
//!
//! Works on names and ids alone, without a gazetteer. OCHA P-codes nest by their letters: `SY0603`
//! lies in `SY06`, which lies in `SY`. Names of wider areas ("the coast") stand in
//! `lexicon/areas.toml`. Any other name or id counts as a place finer than a governorate.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use sijil_text::letters::fold;

use super::saying::Places;

/// How wide an area is, from narrow to wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Width {
    /// Places within one governorate.
    Local,
    /// One governorate.
    Governorate,
    /// Several governorates, or a region.
    Region,
    /// A whole country.
    Country,
}

impl Width {
    /// The words of a reason.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Local => "single places",
            Self::Governorate => "one governorate",
            Self::Region => "several governorates",
            Self::Country => "the whole country",
        }
    }
}

/// One place of an area with the area's width.
pub(super) type Token = (Width, String);

/// An area as a set of places; ids where they resolve, folded names where they do not.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Area {
    countries: BTreeSet<String>,
    regions: BTreeSet<String>,
    governorates: BTreeSet<String>,
    locals: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Lexicon {
    country: Vec<Country>,
    region: Vec<Region>,
}

#[derive(Deserialize)]
struct Country {
    id: String,
    names: Vec<String>,
}

#[derive(Deserialize)]
struct Region {
    name: String,
    names: Vec<String>,
    covers: Vec<String>,
}

struct Names {
    countries: BTreeMap<String, String>,
    regions: BTreeMap<String, String>,
    covers: BTreeMap<String, BTreeSet<String>>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let lexicon: Lexicon = toml::from_str(include_str!("../../lexicon/areas.toml"))
        .expect("the embedded lexicon is checked by a test");
    let mut names =
        Names { countries: BTreeMap::new(), regions: BTreeMap::new(), covers: BTreeMap::new() };
    for c in lexicon.country {
        for n in c.names.iter().chain([&c.id]) {
            names.countries.insert(fold(n), c.id.clone());
        }
    }
    for r in lexicon.region {
        for n in r.names.iter().chain([&r.name]) {
            names.regions.insert(fold(n), r.name.clone());
        }
        names.covers.insert(r.name, r.covers.into_iter().collect());
    }
    names
});

/// Whether `id` has the form of a P-code: two capital letters and an even number of digits.
fn is_pcode(id: &str) -> bool {
    id.len() >= 2
        && id.len().is_multiple_of(2)
        && id.bytes().take(2).all(|b| b.is_ascii_uppercase())
        && id.bytes().skip(2).all(|b| b.is_ascii_digit())
}

/// The governorate that a P-code lies in.
fn governorate(id: &str) -> Option<&str> {
    if is_pcode(id) && id.len() > 4 { id.get(..4) } else { None }
}

/// Whether one of two places lies in the other or is it.
fn nested(a: &str, b: &str) -> bool {
    a == b || (is_pcode(a) && is_pcode(b) && (a.starts_with(b) || b.starts_with(a)))
}

impl Area {
    /// The area that a figure's places name.
    pub(super) fn of(places: &Places) -> Self {
        let mut area = Self::default();
        for (text, id) in &places.0 {
            area.add(id.as_deref().unwrap_or(text), text);
        }
        area
    }

    /// The area that an account's list of ids and names stands for.
    pub(super) fn of_names(names: &[String]) -> Self {
        let mut area = Self::default();
        for n in names {
            area.add(n, n);
        }
        area
    }

    fn add(&mut self, id: &str, text: &str) {
        let names = &*NAMES;
        let (id_key, text_key) = (fold(id), fold(text.trim()));
        let by_name = |map: &BTreeMap<String, String>| {
            map.get(&id_key).or_else(|| map.get(&text_key)).cloned()
        };
        if let Some(country) = by_name(&names.countries) {
            self.countries.insert(country);
        } else if let Some(region) = by_name(&names.regions) {
            self.regions.insert(region);
        } else if is_pcode(id) {
            match id.len() {
                // Two capitals are as often a short name; countries that we know are found above.
                2 => self.locals.insert(id_key),
                4 => self.governorates.insert(id.to_owned()),
                _ => self.locals.insert(id.to_owned()),
            };
        } else if !id_key.trim().is_empty() {
            self.locals.insert(id_key);
        }
    }

    /// Whether no place is named.
    pub(super) fn is_empty(&self) -> bool {
        let all = [&self.countries, &self.regions, &self.governorates, &self.locals];
        all.into_iter().all(BTreeSet::is_empty)
    }

    /// How wide it is; `None` where no place is named.
    pub(super) fn width(&self) -> Option<Width> {
        if !self.countries.is_empty() {
            return Some(Width::Country);
        }
        if !self.regions.is_empty() || self.covers_several() {
            return Some(Width::Region);
        }
        if !self.locals.is_empty() {
            return Some(Width::Local);
        }
        (!self.governorates.is_empty()).then_some(Width::Governorate)
    }

    /// Whether its places lie in more than one governorate; regions are asked before.
    fn covers_several(&self) -> bool {
        let own = self.governorates.iter().map(String::as_str);
        let mut all = own.chain(self.locals.iter().filter_map(|l| governorate(l)));
        let first = all.next();
        all.any(|other| Some(other) != first)
    }

    /// Every governorate that a part of the area is known to lie in.
    fn covered(&self) -> BTreeSet<&str> {
        let of_regions = self.regions.iter().filter_map(|r| NAMES.covers.get(r)).flatten();
        self.governorates
            .iter()
            .chain(of_regions)
            .map(String::as_str)
            .chain(self.locals.iter().filter_map(|l| governorate(l)))
            .collect()
    }

    /// Whether two wordings may stand for the area of one running toll: either names none, or
    /// both are equally wide and overlap.
    pub(super) fn same_toll(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.width(), other.width()) else { return true };
        a == b
            && match a {
                Width::Country => !self.countries.is_disjoint(&other.countries),
                Width::Region => {
                    !self.covered().is_disjoint(&other.covered())
                        || !self.regions.is_disjoint(&other.regions)
                }
                Width::Governorate => self.governorates == other.governorates,
                Width::Local => {
                    self.locals.iter().any(|x| other.locals.iter().any(|y| nested(x, y)))
                }
            }
    }

    /// What two areas share wherever [`Area::same_toll`] holds and both name a place.
    pub(super) fn tokens(&self) -> Vec<Token> {
        let Some(width) = self.width() else { return Vec::new() };
        let token = |name: &str| (width, name.to_owned());
        match width {
            Width::Country => self.countries.iter().map(|c| token(c)).collect(),
            Width::Region => {
                let regions = self.regions.iter().map(String::as_str);
                self.covered().into_iter().chain(regions).map(token).collect()
            }
            Width::Governorate => self.governorates.iter().take(1).map(|g| token(g)).collect(),
            Width::Local => {
                let wide = |local: &String| token(governorate(local).unwrap_or(local));
                self.locals.iter().map(wide).collect()
            }
        }
    }

    /// Whether the two have no place in common, as far as their names tell.
    pub(super) fn is_disjoint(&self, other: &Self) -> bool {
        let all = |a: &Self| -> Vec<String> {
            [&a.countries, &a.regions, &a.governorates, &a.locals]
                .into_iter()
                .flatten()
                .cloned()
                .collect()
        };
        let (a, b) = (all(self), all(other));
        !a.iter().any(|x| b.iter().any(|y| nested(x, y)))
    }

    /// Takes in the places of another area.
    pub(super) fn join(&mut self, other: &Self) {
        self.countries.extend(other.countries.iter().cloned());
        self.regions.extend(other.regions.iter().cloned());
        self.governorates.extend(other.governorates.iter().cloned());
        self.locals.extend(other.locals.iter().cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(names: &[&str]) -> Area {
        Area::of_names(&names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn width_follows_the_widest_part() {
        assert_eq!(area(&[]).width(), None);
        assert_eq!(area(&["SY1002"]).width(), Some(Width::Local));
        assert_eq!(area(&["SY10", "SY1002"]).width(), Some(Width::Local));
        assert_eq!(area(&["SY10"]).width(), Some(Width::Governorate));
        assert_eq!(area(&["SY10", "SY0600"]).width(), Some(Width::Region));
        assert_eq!(area(&["the coast"]).width(), Some(Width::Region));
        assert_eq!(area(&["سورية"]).width(), Some(Width::Country));
        assert_eq!(area(&["a village"]).width(), Some(Width::Local));
        assert_eq!(area(&["SY"]).width(), Some(Width::Country));
        assert_eq!(area(&["UK"]).width(), Some(Width::Local));
    }

    #[test]
    fn wordings_of_one_area_meet_and_others_do_not() {
        assert!(area(&["coast"]).same_toll(&area(&["SY06", "SY10"])));
        assert!(area(&["SY06", "SY10"]).same_toll(&area(&["SY04", "SY05", "SY06", "SY10"])));
        assert!(area(&[]).same_toll(&area(&["SY06"])));
        assert!(!area(&["SY06"]).same_toll(&area(&["SY10"])));
        assert!(!area(&["SY06"]).same_toll(&area(&["SY06", "SY10"])));
        assert!(!area(&["coast"]).same_toll(&area(&["Syria"])));
        assert!(!area(&["SY01", "SY03"]).same_toll(&area(&["coast"])));
    }
}
