//! Documented cells: which persons stand behind each, and what that makes them.
//!
//! Best counts persons as linked, low if every open pair were one person, high if every link
//! short of certainty were cut.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use sijil_text::places::Gazetteer;

use super::count::Query;
use super::grades::person_grade;
use super::material::Material;
use crate::model::entity::Tree;
use crate::model::{
    CERTAIN, Cell, Dimension, End, Facet, Figure, Key, Person, RecordRef, Trait, groups,
};
use crate::register::Verdict;

/// What is shown where the evidence says nothing.
pub(super) const NOT_STATED: &str = "not stated";

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

    /// One cell a combination of keys, in the order of a table, each with its persons. What
    /// [`Tally`](super::tally::Tally) gives from columns is the same.
    pub(super) fn cells(&self, query: &Query) -> Vec<Cell> {
        let mut grouped: BTreeMap<Vec<Key>, Vec<usize>> = BTreeMap::new();
        let tree = Tree::of(&self.material.entities, query.tree.as_deref());
        let key = |person: &Person, by: Dimension| match by {
            Dimension::Unit => {
                let facet = Facet::of(person, Trait::Of(Dimension::Unit));
                unit_key(&tree, query.depth, &facet, person.date)
            }
            by => self.key(person, by),
        };
        for (index, person) in self.material.persons.iter().enumerate() {
            let facet = |of| Facet::of(person, of);
            let counts = person.fate == query.act()
                && query.holds(person.date, person.date)
                && facet(Trait::Population).is_in(query.population)
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
        of_counts(low, best, high, records as u64)
    }

    fn key(&self, person: &Person, dimension: Dimension) -> Key {
        if dimension == Dimension::Grade {
            let grade = person_grade(self.material, &self.material.grading, person);
            return Key { dimension, label: grade.to_owned(), id: None };
        }
        key(&self.material.gazetteer, dimension, &Facet::of(person, Trait::Of(dimension)))
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

/// The key of a facet of `dimension`, with places called as the gazetteer calls them.
pub(super) fn key(gazetteer: &Gazetteer, dimension: Dimension, facet: &Facet) -> Key {
    let stated = |label: Option<String>, id: Option<String>| Key {
        dimension,
        label: label.unwrap_or_else(|| NOT_STATED.to_owned()),
        id,
    };
    let words = facet.label.clone();
    let entry = match dimension {
        Dimension::Place => facet.id.as_ref().and_then(|id| gazetteer.get(id)),
        Dimension::Governorate => {
            let province = || Some(gazetteer.find(words.as_deref()?)?.id.as_str());
            let id = facet.id.as_deref().or_else(province);
            id.and_then(|id| gazetteer.area_of(id, 1))
        }
        Dimension::Day => return stated(words.clone(), words),
        _ => None,
    };
    match entry {
        Some(entry) => stated(Some(entry.name.clone()), Some(entry.id.clone())),
        None => stated(words, None),
    }
}

/// The party of the tree that the words of a facet name, rolled up as of the day of the killing; the
/// side, or the words, where the tree does not know it.
pub(super) fn unit_key(
    tree: &Tree<'_>,
    depth: Option<usize>,
    facet: &Facet,
    day: Option<Date>,
) -> Key {
    let found = facet.id.as_deref().and_then(|words| tree.find(words));
    let unit = found.map(|(id, _)| match depth {
        Some(depth) => tree.rolled_up(id, day, depth),
        None => id,
    });
    let (label, id) = match unit {
        Some(id) => {
            (tree.get(id).map_or_else(|| id.0.clone(), |p| p.name.clone()), Some(id.0.clone()))
        }
        None => (facet.label.clone().unwrap_or_else(|| NOT_STATED.to_owned()), None),
    };
    Key { dimension: Dimension::Unit, label, id }
}

/// The figure of these numbers of persons, and of the records behind them.
pub(super) fn of_counts(low: u64, best: u64, high: u64, records: u64) -> Figure {
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

/// Days ascending; everything else by best descending, then by name.
pub(super) fn in_table_order(cells: Vec<Cell>) -> Vec<Cell> {
    let numbered = cells.into_iter().map(|cell| (cell, ())).collect();
    ordered(numbered).into_iter().map(|(cell, ())| cell).collect()
}

/// Cells in the order of a table, each with what belongs to it.
pub(super) fn ordered<T>(mut cells: Vec<(Cell, T)>) -> Vec<(Cell, T)> {
    tell_namesakes_apart(&mut cells);
    if cells.first().is_some_and(|(cell, _)| is_by_day(cell.keys.iter().map(|key| key.dimension))) {
        cells.sort_by(|(a, _), (b, _)| a.keys.cmp(&b.keys));
    } else {
        cells.sort_by(|(a, _), (b, _)| {
            by_best(a).cmp(&by_best(b)).then_with(|| a.keys.cmp(&b.keys))
        });
    }
    cells
}

/// Whether a table with these dimensions is in the order of its days.
pub(super) fn is_by_day(mut by: impl Iterator<Item = Dimension>) -> bool {
    by.any(|dimension| dimension == Dimension::Day)
}

fn by_best(cell: &Cell) -> impl Ord + use<> {
    (Reverse(cell.figure.best.value), cell.figure.low.value)
}

/// Adds the ids to labels that two cells share: two villages of one name are two cells, and each
/// must have a name of its own to be traced by.
fn tell_namesakes_apart<T>(cells: &mut [(Cell, T)]) {
    fn labels(cell: &Cell) -> Vec<&str> {
        cell.keys.iter().map(|key| key.label.as_str()).collect()
    }
    let mut met: HashMap<Vec<&str>, usize> = HashMap::with_capacity(cells.len());
    for (cell, _) in cells.iter() {
        *met.entry(labels(cell)).or_default() += 1;
    }
    let shared: Vec<bool> =
        cells.iter().map(|(cell, _)| met.get(&labels(cell)) > Some(&1)).collect();
    for ((cell, _), _) in cells.iter_mut().zip(shared).filter(|(_, shared)| *shared) {
        for key in &mut cell.keys {
            if let Some(id) = key.id.as_ref().filter(|id| **id != key.label) {
                key.label = format!("{} ({id})", key.label);
            }
        }
    }
}
