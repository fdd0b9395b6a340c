//! Reported cells: which accounts stand behind each. They take what sources say and add nothing up.

use sijil_claims::accounts::{self, Account, Bound, Point, Range};
use sijil_claims::{Modality, Victims};

use super::count::Query;
use super::figures::{NOT_STATED, in_table_order};
use super::material::Material;
use crate::model::{
    Cell, Dimension, End, Figure, Key, MarkId, PersonId, Population, class_label, population_label,
};

/// Reported figures by the query's dimensions.
pub(super) fn reported(material: &Material, query: &Query) -> Vec<Cell> {
    let keys = |account: &Account, point: &Point| -> Vec<String> {
        let counts = account.act == query.act()
            && !matches!(point.modality, Modality::Denied | Modality::Expected)
            && population_of(account, query.population)
            && query.holds(point.window.and_then(|w| w.start), point.window.and_then(|w| w.end));
        let labelled = |(by, label): &(Dimension, String)| {
            reported_key(material, account, point, *by).is_some_and(|key| key.label == *label)
        };
        // Grades are of persons: an account has none.
        if !counts || query.grade.is_some() || !query.only.iter().all(labelled) {
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
        Dimension::Dataset
        | Dimension::Sex
        | Dimension::Age
        | Dimension::Cause
        | Dimension::Unit
        | Dimension::Grade => None,
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
