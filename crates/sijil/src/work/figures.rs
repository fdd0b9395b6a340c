//! Cells: which persons and which accounts stand behind each, and what that makes them.
//!
//! Documented figures count persons: best as linked, low if every open pair were one person, high
//! if every link short of certainty were cut. Reported figures take what sources say and add
//! nothing up.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use sijil_claims::accounts::{self, Account, Bound, Point, Range};
use sijil_claims::{Act, Modality, PartyClass, Victims};

use super::count::Query;
use super::material::Material;
use super::status::population_in;
use crate::model::{
    AgeBand, Cell, Dimension, End, Figure, Key, MarkId, Party, Person, PersonId, Population,
    RecordRef, Sex, class_label, population_label,
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
        for (index, person) in self.material.persons.iter().enumerate() {
            if query.holds(person.date, person.date) && in_population(person, query.population) {
                let keys = query.by.iter().map(|by| self.key(person, *by)).collect();
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
        }
    }
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

/// Reported figures by the query's dimensions.
pub(super) fn reported(material: &Material, query: &Query) -> Vec<Cell> {
    let keys = |account: &Account, point: &Point| -> Vec<String> {
        let counts = account.act == Act::Killed
            && !matches!(point.modality, Modality::Denied | Modality::Expected)
            && population_of(account, query.population)
            && query.holds(point.window.and_then(|w| w.start), point.window.and_then(|w| w.end));
        if !counts {
            return Vec::new();
        }
        let keys: Option<Vec<Key>> =
            query.by.iter().map(|by| reported_key(material, account, point, *by)).collect();
        keys.map(|keys| encode(&keys)).into_iter().collect()
    };
    let cells = accounts::breakdown(&material.accounts, &keys).into_iter().map(|cell| {
        let Range { low, best, high, statements, .. } = cell.range;
        let mut marks: Vec<MarkId> = statements.iter().map(|at| material.claim_mark(*at)).collect();
        marks.sort();
        marks.dedup();
        Cell {
            keys: decode(&cell.key),
            figure: Figure { low: end(low), best: end(best), high: end(high) },
            persons: Vec::<PersonId>::new(),
            marks,
        }
    });
    in_table_order(cells.collect())
}

fn end(bound: Bound) -> End {
    End { value: bound.value, reason: bound.reason }
}

fn population_of(account: &Account, population: Population) -> bool {
    let only = |kinds: &[Victims]| account.population.victims.iter().all(|v| kinds.contains(v));
    match population {
        Population::All => true,
        Population::Civilians => only(&[
            Victims::Civilians,
            Victims::Women,
            Victims::Children,
            Victims::Elderly,
            Victims::Medics,
            Victims::Journalists,
        ]),
        Population::SecurityForces => only(&[Victims::SecurityForces]),
        Population::Fighters => only(&[Victims::Fighters]),
    }
}

fn reported_key(
    material: &Material,
    account: &Account,
    point: &Point,
    dimension: Dimension,
) -> Option<Key> {
    let key = |label: String, id: Option<String>| Some(Key { dimension, label, id });
    match dimension {
        Dimension::Party if account.parties.is_empty() => key(NOT_STATED.to_owned(), None),
        Dimension::Party => {
            let sides: Vec<&str> =
                account.parties.iter().map(|class| class_label(*class)).collect();
            key(sides.join(" and "), None)
        }
        Dimension::Place => {
            let [only] = account.area.as_slice() else { return None };
            let entry = material.gazetteer.get(only);
            key(entry.map_or_else(|| only.clone(), |e| e.name.clone()), entry.map(|e| e.id.clone()))
        }
        Dimension::Governorate => {
            let [only] = account.area.as_slice() else { return None };
            // A figure for a village is not the governorate's figure: only a name of level 1 is.
            let entry = material.gazetteer.get(only).filter(|e| e.level == 1)?;
            key(entry.name.clone(), Some(entry.id.clone()))
        }
        Dimension::Day => {
            let window = point.window?;
            let day = window.start.filter(|_| window.start == window.end)?.to_string();
            key(day.clone(), Some(day))
        }
        Dimension::Group => key(population_label(&account.population), None),
        Dimension::Sex | Dimension::Age | Dimension::Cause => None,
    }
}

/// Between two keys of a cell, and between the parts of one key.
const KEY: char = '\u{1E}';
const PART: char = '\u{1F}';

fn encode(keys: &[Key]) -> String {
    let one = |key: &Key| {
        let id = key.id.as_deref().unwrap_or_default();
        format!("{}{PART}{}{PART}{id}", key.dimension.code(), key.label)
    };
    keys.iter().map(one).collect::<Vec<_>>().join(&KEY.to_string())
}

fn decode(text: &str) -> Vec<Key> {
    let one = |part: &str| {
        let mut parts = part.split(PART);
        let code = parts.next()?;
        let dimension = *Dimension::ALL.iter().find(|d| d.code() == code)?;
        let label = parts.next()?.to_owned();
        let id = parts.next().filter(|id| !id.is_empty()).map(str::to_owned);
        Some(Key { dimension, label, id })
    };
    text.split(KEY).filter_map(one).collect()
}

/// Days ascending; everything else by best descending, then by name.
fn in_table_order(mut cells: Vec<Cell>) -> Vec<Cell> {
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
