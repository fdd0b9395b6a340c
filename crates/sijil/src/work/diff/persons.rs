//! Documented cells, before and after, with the persons that each change is put down to.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::count::Query;
use super::super::figures::Documented;
use super::super::material::Material;
use crate::model::{Basis, Dimension, Figure, ItemId, Person, PersonId, RecordRef};
use crate::register::Verdict;

/// Why persons came into a cell or left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A list or text brought somebody who was not known.
    New,
    /// Persons who were counted apart are found to be one.
    Merged,
    /// One person is found to be several.
    Split,
    /// Records changed hands between persons.
    Regrouped,
    /// Another party is held responsible.
    ReAttributed,
    /// A field is known otherwise: a newer version of a list, a further record, a user's correction.
    Corrected,
    /// The item that named somebody counts no longer: its source has withdrawn or replaced it.
    Withdrawn,
    /// A user has struck out the claim that named somebody, or the item is read otherwise.
    StruckOut,
}

impl Cause {
    /// The words shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Merged => "merged",
            Self::Split => "split",
            Self::Regrouped => "regrouped",
            Self::ReAttributed => "re-attributed",
            Self::Corrected => "corrected",
            Self::Withdrawn => "withdrawn by the source",
            Self::StruckOut => "struck out",
        }
    }
}

/// One reason for which a cell moved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// Why.
    pub cause: Cause,
    /// By how much, net.
    pub by: i64,
    /// Persons who came or left, by their names at the later point where they still stand.
    pub persons: Vec<PersonId>,
    /// On whose decision or from which items, each once.
    pub because: Vec<String>,
}

/// One cell that moved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CellChange {
    /// Name of the cell, as `sijil trace` takes it.
    pub cell: String,
    /// The figure before; `None` where there was no such cell.
    pub before: Option<Figure>,
    /// The figure after; `None` where there is no such cell.
    pub after: Option<Figure>,
    /// Why; their `by` add up to the difference of the best ends. None where only the low or the
    /// high end moved, by what linkage leaves open.
    pub changes: Vec<Change>,
}

/// Cells of a breakdown that moved, in the order of their names.
pub fn diff_persons(before: &Material, after: &Material, query: &Query) -> Vec<CellChange> {
    let (old, new) = (Side::of(before, query), Side::of(after, query));
    let mut cells: BTreeMap<&str, BTreeMap<Cause, Tally>> = BTreeMap::new();
    for component in components(before, after) {
        let mut moved: BTreeMap<&str, (i64, Vec<&PersonId>)> = BTreeMap::new();
        let was = component.before.iter().map(|at| (old.cell_of(*at), -1, &before.persons[*at].id));
        let is = component.after.iter().map(|at| (new.cell_of(*at), 1, &after.persons[*at].id));
        for (cell, by, id) in was.chain(is) {
            if let Some(cell) = cell {
                let (net, who) = moved.entry(cell).or_default();
                *net += by;
                who.push(id);
            }
        }
        moved.retain(|_, (net, _)| *net != 0);
        if moved.is_empty() {
            continue;
        }
        let (cause, because) = judge(before, after, &component, query);
        for (cell, (net, who)) in moved {
            let tally = cells.entry(cell).or_default().entry(cause).or_default();
            tally.by += net;
            tally.persons.extend(who.into_iter().cloned());
            tally.because.extend(because.iter().cloned());
        }
    }
    // Where only an end moved, linkage is surer or less sure of the same persons.
    let both = old.figures.iter().filter(|(cell, figure)| {
        new.figures.get(*cell).is_some_and(|now| ends(now) != ends(figure))
    });
    for (cell, _) in both {
        cells.entry(cell).or_default();
    }
    let change = |(cell, causes): (&str, BTreeMap<Cause, Tally>)| CellChange {
        cell: cell.to_owned(),
        before: old.figures.get(cell).cloned(),
        after: new.figures.get(cell).cloned(),
        changes: causes.into_iter().map(|(cause, tally)| tally.change(cause)).collect(),
    };
    cells.into_iter().map(change).collect()
}

fn ends(figure: &Figure) -> [Option<u64>; 3] {
    [figure.low.value, figure.best.value, figure.high.value]
}

#[derive(Default)]
struct Tally {
    by: i64,
    persons: BTreeSet<PersonId>,
    because: BTreeSet<String>,
}

impl Tally {
    fn change(self, cause: Cause) -> Change {
        let persons = self.persons.into_iter().collect();
        Change { cause, by: self.by, persons, because: self.because.into_iter().collect() }
    }
}

/// One of the two points: its cells, and which of them each person stands in.
struct Side {
    figures: BTreeMap<String, Figure>,
    /// Name of the cell of each person that is counted, by index.
    cells: BTreeMap<usize, String>,
}

impl Side {
    fn of(material: &Material, query: &Query) -> Self {
        let mut side = Self { figures: BTreeMap::new(), cells: BTreeMap::new() };
        for cell in Documented::of(material).cells(query) {
            let name = query.name(Basis::Documented, &cell);
            for id in &cell.persons {
                if let Ok(at) = material.persons.binary_search_by(|p| p.id.cmp(id)) {
                    side.cells.insert(at, name.clone());
                }
            }
            side.figures.insert(name, cell.figure);
        }
        side
    }

    fn cell_of(&self, person: usize) -> Option<&str> {
        self.cells.get(&person).map(String::as_str)
    }
}

/// Persons of both points that share records, directly or through others.
#[derive(Default)]
struct Component {
    before: Vec<usize>,
    after: Vec<usize>,
}

fn components(before: &Material, after: &Material) -> Vec<Component> {
    let mut holder: BTreeMap<&RecordRef, usize> = BTreeMap::new();
    let count = before.persons.len();
    let mut parent: Vec<usize> = (0..count + after.persons.len()).collect();
    for (at, person) in before.persons.iter().enumerate() {
        holder.extend(person.records.iter().map(|record| (&record.at, at)));
    }
    for (at, person) in after.persons.iter().enumerate() {
        for old in person.records.iter().filter_map(|record| holder.get(&record.at)) {
            let (a, b) = (root(&mut parent, *old), root(&mut parent, count + at));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut components: BTreeMap<usize, Component> = BTreeMap::new();
    for at in 0..parent.len() {
        let component = components.entry(root(&mut parent, at)).or_default();
        if at < count {
            component.before.push(at);
        } else {
            component.after.push(at - count);
        }
    }
    components.into_values().collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// Why the persons of a component changed, and on whose word.
fn judge(
    before: &Material,
    after: &Material,
    component: &Component,
    query: &Query,
) -> (Cause, Vec<String>) {
    let olds: Vec<&Person> = component.before.iter().map(|at| &before.persons[*at]).collect();
    let news: Vec<&Person> = component.after.iter().map(|at| &after.persons[*at]).collect();
    match (olds.as_slice(), news.as_slice()) {
        ([], _) => (Cause::New, items(after, &news)),
        (_, []) => gone(before, after, &olds),
        ([old], [new]) => {
            let by_party = query.by.contains(&Dimension::Party);
            let cause = if by_party && old.party != new.party {
                Cause::ReAttributed
            } else {
                Cause::Corrected
            };
            (cause, items(after, &news))
        }
        (_, [_]) => (Cause::Merged, decisions(after, &news, Verdict::Same)),
        ([_], _) => (Cause::Split, decisions(after, &news, Verdict::Different)),
        _ => (Cause::Regrouped, decisions(after, &news, Verdict::Same)),
    }
}

fn gone(before: &Material, after: &Material, olds: &[&Person]) -> (Cause, Vec<String>) {
    let counted: BTreeSet<&ItemId> = after.items.iter().map(|captured| &captured.item.id).collect();
    let stands = |person: &&&Person| person.records.iter().any(|r| counted.contains(&r.at.item));
    let cause =
        if olds.iter().any(|person| stands(&person)) { Cause::StruckOut } else { Cause::Withdrawn };
    (cause, items(before, olds))
}

/// The items that persons stand in, by their paths.
fn items(material: &Material, persons: &[&Person]) -> Vec<String> {
    let records = persons.iter().flat_map(|person| &person.records);
    let paths: BTreeSet<&str> = records.map(|r| material.path(&r.at.item)).collect();
    paths.into_iter().map(str::to_owned).collect()
}

/// Who decided on the records of `persons`: a rule, or a user with the reason given. Where no such
/// decision stands, the items.
fn decisions(material: &Material, persons: &[&Person], verdict: Verdict) -> Vec<String> {
    let own: BTreeSet<&RecordRef> =
        persons.iter().flat_map(|person| &person.records).map(|record| &record.at).collect();
    let decided = material
        .pairs
        .iter()
        .filter(|pair| pair.verdict == verdict && own.contains(&pair.a) && own.contains(&pair.b));
    let said: BTreeSet<String> = decided
        .map(|pair| match (&pair.rule, &pair.user) {
            (Some(rule), _) => format!("rule {rule}"),
            (None, user) => {
                let why = pair.why.iter().filter(|why| !why.is_empty()).cloned();
                let why = why.collect::<Vec<_>>().join("; ");
                let why = if why.is_empty() { String::new() } else { format!(": {why}") };
                format!("{}{why}", user.as_deref().unwrap_or("a user"))
            }
        })
        .collect();
    if said.is_empty() { items(material, persons) } else { said.into_iter().collect() }
}
