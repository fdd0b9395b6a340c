//! Documented cells: which persons stand behind each, and what that makes them.
//!
//! Best counts persons as linked, low if every open pair were one person, high if every link
//! short of certainty were cut.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use sijil_claims::PartyClass;

use super::count::Query;
use super::grades::person_grade;
use super::material::Material;
use super::status::population_in;
use crate::model::entity::Tree;
use crate::model::{
    AgeBand, Cell, Dimension, End, Figure, Key, Party, Person, Population, RecordRef, Sex,
    class_label,
};
use crate::register::Verdict;

/// Links at least this likely are kept when the high end is counted.
const CERTAIN: f64 = 0.95;

/// What is shown where the evidence says nothing.
pub(super) const NOT_STATED: &str = "not stated";

const CONTESTED: &str = "contested";

/// Persons with what linkage leaves open about them.
pub(super) struct Documented<'m> {
    material: &'m Material,
    /// Persons that an open pair may show to be one, by index.
    open: Vec<(usize, usize)>,
    /// Into how many persons each falls when links short of certainty are cut.
    parts: Vec<u64>,
}

impl<'m> Documented<'m> {
    pub(super) fn of(material: &'m Material) -> Self {
        let mut at: BTreeMap<&RecordRef, (usize, usize)> = BTreeMap::new();
        for (person, p) in material.persons.iter().enumerate() {
            for (nth, record) in p.records.iter().enumerate() {
                at.insert(&record.at, (person, nth));
            }
        }
        let mut open = Vec::new();
        let mut held: Vec<Vec<(usize, usize)>> = vec![Vec::new(); material.persons.len()];
        for pair in &material.pairs {
            let (Some(a), Some(b)) = (at.get(&pair.a), at.get(&pair.b)) else { continue };
            match pair.verdict {
                Verdict::Open if a.0 != b.0 => open.push((a.0, b.0)),
                Verdict::Same
                    if a.0 == b.0 && (pair.rule.is_none() || pair.probability >= CERTAIN) =>
                {
                    held[a.0].push((a.1, b.1));
                }
                _ => {}
            }
        }
        let parts = material
            .persons
            .iter()
            .zip(held)
            .map(|(person, held)| groups(person.records.len(), held.into_iter()) as u64)
            .collect();
        Self { material, open, parts }
    }

    /// One cell a combination of keys, in the order of a table.
    pub(super) fn cells(&self, query: &Query) -> Vec<Cell> {
        let mut grouped: BTreeMap<Vec<Key>, Vec<usize>> = BTreeMap::new();
        let tree = Tree::of(&self.material.entities, query.tree.as_deref());
        let key = |person: &Person, by: Dimension| match by {
            Dimension::Unit => unit_key(&tree, person, query.depth),
            by => self.key(person, by),
        };
        for (index, person) in self.material.persons.iter().enumerate() {
            let counts = person.fate == query.act()
                && query.holds(person.date, person.date)
                && in_population(person, query.population)
                && self.is_graded(person, query.grade.as_deref())
                && query.only.iter().all(|(by, label)| key(person, *by).label == *label);
            if counts {
                let keys = query.by.iter().map(|by| key(person, *by)).collect();
                grouped.entry(keys).or_default().push(index);
            }
        }
        let cells = grouped.into_iter().map(|(keys, members)| Cell {
            keys,
            figure: self.figure(&members),
            persons: members.iter().map(|i| self.material.persons[*i].id.clone()).collect(),
            marks: Vec::new(),
        });
        in_table_order(cells.collect())
    }

    /// Low, best and high of a set of persons, given by ascending index.
    pub(super) fn figure(&self, members: &[usize]) -> Figure {
        let place = |index: usize| members.binary_search(&index).ok();
        let joined = self.open.iter().filter_map(|(a, b)| Some((place(*a)?, place(*b)?)));
        let best = members.len() as u64;
        let low = groups(members.len(), joined) as u64;
        let high: u64 = members.iter().map(|index| self.parts[*index]).sum();
        let records: usize =
            members.iter().map(|index| self.material.persons[*index].records.len()).sum();
        let low_reason = match best - low {
            0 => "no pair within the cell stays open".to_owned(),
            less => format!("{less} fewer if every open pair were one person"),
        };
        let high_reason = match high - best {
            0 => format!("no link within the cell is below {CERTAIN}"),
            more => format!("{more} more if every link below {CERTAIN} were cut"),
        };
        Figure {
            low: End { value: Some(low), reason: low_reason },
            best: End {
                value: Some(best),
                reason: format!("persons behind {records} records, as linked"),
            },
            high: End { value: Some(high), reason: high_reason },
        }
    }

    fn key(&self, person: &Person, dimension: Dimension) -> Key {
        let stated = |label: Option<String>, id: Option<String>| Key {
            dimension,
            label: label.unwrap_or_else(|| NOT_STATED.to_owned()),
            id,
        };
        match dimension {
            Dimension::Dataset => stated(None, None),
            Dimension::Party if person.is_contested("party") => {
                stated(Some(CONTESTED.to_owned()), None)
            }
            Dimension::Party => stated(person.party.as_ref().map(party_label), None),
            Dimension::Place => {
                let entry = person.place_id.as_ref().and_then(|id| self.material.gazetteer.get(id));
                match entry {
                    Some(entry) => stated(Some(entry.name.clone()), Some(entry.id.clone())),
                    None => stated(person.place.clone(), None),
                }
            }
            Dimension::Governorate => {
                let gazetteer = &self.material.gazetteer;
                let province = || Some(gazetteer.find(person.province.as_deref()?)?.id.as_str());
                let id = person.place_id.as_deref().or_else(province);
                let area = id.and_then(|id| gazetteer.area_of(id, 1));
                match area {
                    Some(entry) => stated(Some(entry.name.clone()), Some(entry.id.clone())),
                    None => stated(person.province.clone(), None),
                }
            }
            Dimension::Day => {
                let day = person.date.map(|day| day.to_string());
                stated(day.clone(), day)
            }
            Dimension::Group => stated(Some(victim_group(person).to_owned()), None),
            Dimension::Sex => stated(
                person.sex.map(|sex| match sex {
                    Sex::Female => "female".to_owned(),
                    Sex::Male => "male".to_owned(),
                }),
                None,
            ),
            Dimension::Age => stated(
                person.band.map(|band| match band {
                    AgeBand::Child => "under 18".to_owned(),
                    AgeBand::Adult => "18 to 59".to_owned(),
                    AgeBand::Elderly => "60 and over".to_owned(),
                }),
                None,
            ),
            Dimension::Cause => stated(person.cause.clone(), None),
            Dimension::Unit => unit_key(&Tree::default(), person, None),
            Dimension::Grade => {
                let grading = &self.material.grading;
                stated(Some(person_grade(self.material, grading, person).to_owned()), None)
            }
        }
    }

    /// Whether a person has `grade` or a better one.
    fn is_graded(&self, person: &Person, grade: Option<&str>) -> bool {
        let grading = &self.material.grading;
        let least = grade.and_then(|grade| grading.rank(grade));
        least.is_none_or(|least| {
            grading.rank(person_grade(self.material, grading, person)).is_some_and(|r| r <= least)
        })
    }
}

/// The party of the tree that a person's record names, rolled up as of the day of the killing; the
/// side, or the words, where the tree does not know it.
fn unit_key(tree: &Tree<'_>, person: &Person, depth: Option<usize>) -> Key {
    let found = person.party.as_ref().and_then(|party| tree.find(&party.text));
    let unit = found.map(|(id, _)| match depth {
        Some(depth) => tree.rolled_up(id, person.date, depth),
        None => id,
    });
    let (label, id) = match unit {
        Some(id) => {
            (tree.get(id).map_or_else(|| id.0.clone(), |p| p.name.clone()), Some(id.0.clone()))
        }
        None if person.is_contested("party") => (CONTESTED.to_owned(), None),
        None => (person.party.as_ref().map_or_else(|| NOT_STATED.to_owned(), party_label), None),
    };
    Key { dimension: Dimension::Unit, label, id }
}

/// Children, women, men: groups that do not overlap, so that a table of them adds up.
fn victim_group(person: &Person) -> &'static str {
    match (person.band, person.sex) {
        (Some(AgeBand::Child), _) => "children",
        (Some(_), Some(Sex::Female)) => "women",
        (Some(_), Some(Sex::Male)) => "men",
        _ => "age or sex not stated",
    }
}

fn in_population(person: &Person, population: Population) -> bool {
    population == Population::All
        || person.status.as_deref().and_then(population_in) == Some(population)
}

/// The side a party stands for, or its own words where the side is not known.
pub(super) fn party_label(party: &Party) -> String {
    if party.class == PartyClass::Unknown {
        party.text.clone()
    } else {
        class_label(party.class).to_owned()
    }
}

/// Days ascending; everything else by best descending, then by name.
pub(super) fn in_table_order(mut cells: Vec<Cell>) -> Vec<Cell> {
    tell_namesakes_apart(&mut cells);
    let by_day = |cell: &Cell| cell.keys.iter().any(|key| key.dimension == Dimension::Day);
    if cells.iter().any(by_day) {
        cells.sort_by(|a, b| a.keys.cmp(&b.keys));
    } else {
        cells.sort_by(|a, b| {
            let best = |cell: &Cell| (Reverse(cell.figure.best.value), cell.figure.low.value);
            best(a).cmp(&best(b)).then_with(|| a.keys.cmp(&b.keys))
        });
    }
    cells
}

/// Adds the ids to labels that two cells share: two villages of one name are two cells, and each
/// must have a name of its own to be traced by.
fn tell_namesakes_apart(cells: &mut [Cell]) {
    let labels =
        |cell: &Cell| -> Vec<String> { cell.keys.iter().map(|key| key.label.clone()).collect() };
    let mut met: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for cell in cells.iter() {
        *met.entry(labels(cell)).or_default() += 1;
    }
    for cell in cells.iter_mut().filter(|cell| met.get(&labels(cell)) > Some(&1)) {
        for key in &mut cell.keys {
            if let Some(id) = key.id.as_ref().filter(|id| **id != key.label) {
                key.label = format!("{} ({id})", key.label);
            }
        }
    }
}

/// Number of groups that `count` things fall into when `joined` pairs are one.
fn groups(count: usize, joined: impl Iterator<Item = (usize, usize)>) -> usize {
    let mut parent: Vec<usize> = (0..count).collect();
    let mut left = count;
    for (a, b) in joined {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        if a != b {
            parent[a.max(b)] = a.min(b);
            left -= 1;
        }
    }
    left
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}
