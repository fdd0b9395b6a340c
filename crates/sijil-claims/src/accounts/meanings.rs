//! What the parts of statements mean: found out once a wording, known by codes.
//!
//! Names of origins, populations and areas have codes in the order of the things themselves, so
//! that what is put in order by its code is in order by name.

use std::collections::BTreeSet;

use super::Population;
use super::area::{Area, Width};
use super::origin::Origin;
use super::population::{Classes, Sides, population};
use super::saying::Sayings;
use crate::{Scope, Window};

/// Who speaks, and the codes of the names.
#[derive(Clone, Debug)]
pub(super) struct Meant {
    pub(super) origin: Origin,
    pub(super) source: u32,
    pub(super) depends_on: Option<u32>,
}

/// Who is blamed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blame {
    pub(super) classes: Classes,
    pub(super) sides: Sides,
}

/// The total that a part belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole {
    pub(super) population: u32,
    pub(super) sides: Sides,
    pub(super) area: u32,
    /// Scope, days and width of the total at the top of the parts.
    pub(super) top: (Scope, Option<Window>, Option<Width>),
}

/// Things of one kind, each once, in their order: the place of each is its code.
#[derive(Clone, Debug)]
pub(super) struct Kept<T>(Vec<T>);

impl<T: Ord> Kept<T> {
    pub(super) fn of(all: impl IntoIterator<Item = T>) -> Self {
        Self(all.into_iter().collect::<BTreeSet<_>>().into_iter().collect())
    }

    /// The code of something that is kept.
    pub(super) fn code(&self, thing: &T) -> u32 {
        let (Ok(place) | Err(place)) = self.0.binary_search(thing);
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    pub(super) fn get(&self, code: u32) -> &T {
        &self.0[code as usize]
    }
}

/// What the parts of `sayings` mean.
#[derive(Clone, Debug)]
pub(super) struct Meanings<'s> {
    pub(super) sayings: &'s Sayings,
    names: Kept<String>,
    origins: Vec<Meant>,
    populations: Kept<Population>,
    /// Of each population, the same kinds without a group.
    groupless: Vec<u32>,
    whom: Vec<u32>,
    blamed: Vec<Blame>,
    areas: Kept<Area>,
    widths: Vec<Option<Width>>,
    places: Vec<u32>,
    wholes: Vec<Option<Whole>>,
}

impl<'s> Meanings<'s> {
    pub(super) fn of(sayings: &'s Sayings) -> Self {
        let origins: Vec<Origin> = sayings.speaking.values.iter().map(Origin::of).collect();
        let both = |o: &Origin| [Some(o.name.clone()), o.depends_on.clone()];
        let names = Kept::of(origins.iter().flat_map(both).flatten());
        let belongs = || sayings.belongs.values.iter().flatten();
        let whom = sayings.whom.values.iter().chain(belongs().map(|b| &b.whom)).map(population);
        let populations = Kept::of(whom.flat_map(|p| [without_group(&p), p]));
        let places = &sayings.places.values;
        let wider = belongs().flat_map(|b| [&b.places, &b.top.2]);
        let areas = Kept::of(places.iter().chain(wider).map(Area::of));
        let of_whole = |b: &super::saying::Belongs| {
            let (scope, window, top) = &b.top;
            Whole {
                population: populations.code(&population(&b.whom)),
                sides: Sides::of(Classes::of(&b.blamed)),
                area: areas.code(&Area::of(&b.places)),
                top: (*scope, *window, Area::of(top).width()),
            }
        };
        Self {
            sayings,
            origins: origins.into_iter().map(|origin| meant(origin, &names)).collect(),
            whom: sayings.whom.values.iter().map(|w| populations.code(&population(w))).collect(),
            groupless: populations.0.iter().map(|p| populations.code(&without_group(p))).collect(),
            blamed: sayings.blamed.values.iter().map(blame).collect(),
            widths: areas.0.iter().map(Area::width).collect(),
            places: places.iter().map(|p| areas.code(&Area::of(p))).collect(),
            wholes: sayings.belongs.values.iter().map(|b| b.as_ref().map(of_whole)).collect(),
            names,
            populations,
            areas,
        }
    }

    pub(super) fn name(&self, code: u32) -> &str {
        self.names.get(code)
    }

    pub(super) fn origin(&self, speaking: u32) -> &Meant {
        &self.origins[speaking as usize]
    }

    /// Who says what the statement with this index says.
    pub(super) fn speaker(&self, nth: usize) -> &Meant {
        self.origin(self.sayings.speaking.codes[nth])
    }

    pub(super) fn population(&self, code: u32) -> &Population {
        self.populations.get(code)
    }

    /// The kinds of a population, whatever its group: by the code of the one without.
    pub(super) fn kinds(&self, population: u32) -> u32 {
        self.groupless[population as usize]
    }

    pub(super) fn population_of(&self, whom: u32) -> u32 {
        self.whom[whom as usize]
    }

    pub(super) fn blame(&self, blamed: u32) -> Blame {
        self.blamed[blamed as usize]
    }

    pub(super) fn area(&self, code: u32) -> &Area {
        self.areas.get(code)
    }

    pub(super) fn area_of(&self, places: u32) -> u32 {
        self.places[places as usize]
    }

    pub(super) fn width(&self, area: u32) -> Option<Width> {
        self.widths[area as usize]
    }

    pub(super) fn whole(&self, belongs: u32) -> Option<Whole> {
        self.wholes[belongs as usize]
    }

    /// Whether two populations may be one toll's.
    pub(super) fn same_toll(&self, a: u32, b: u32) -> bool {
        a == b || super::population::same_toll(self.population(a), self.population(b))
    }

    /// Whether two areas may be one toll's.
    pub(super) fn same_area(&self, a: u32, b: u32) -> bool {
        if a == b {
            return true;
        }
        match (self.width(a), self.width(b)) {
            (Some(x), Some(y)) => x == y && self.area(a).same_toll(self.area(b)),
            _ => true,
        }
    }
}

fn meant(origin: Origin, names: &Kept<String>) -> Meant {
    Meant {
        source: names.code(&origin.name),
        depends_on: origin.depends_on.as_ref().map(|name| names.code(name)),
        origin,
    }
}

fn blame(blamed: &super::saying::Blamed) -> Blame {
    let classes = Classes::of(blamed);
    Blame { classes, sides: Sides::of(classes) }
}

fn without_group(population: &Population) -> Population {
    Population { victims: population.victims.clone(), group: None }
}

/// Names, populations and areas of accounts, for a range over them.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    pub(super) names: Kept<String>,
    pub(super) populations: Kept<Population>,
    areas: Kept<Area>,
    widths: Vec<Option<Width>>,
}

impl Terms {
    pub(super) fn of(
        names: Kept<String>,
        populations: Kept<Population>,
        areas: impl Iterator<Item = Area>,
    ) -> Self {
        let areas = Kept::of(areas);
        let widths = areas.0.iter().map(Area::width).collect();
        Self { names, populations, areas, widths }
    }

    /// The code of the area that an account's list of ids and names stands for.
    pub(super) fn area(&self, names: &[String]) -> u32 {
        self.areas.code(&Area::of_names(names))
    }

    pub(super) fn width(&self, area: u32) -> Option<Width> {
        self.widths[area as usize]
    }

    /// Whether two areas may be one toll's.
    pub(super) fn same_area(&self, a: u32, b: u32) -> bool {
        a == b || self.areas.get(a).same_toll(self.areas.get(b))
    }
}
