//! The judgements of humans, made consistent.

use std::collections::{BTreeMap, BTreeSet};

use crate::table::Table;
use crate::{Ruling, Verdict};

/// Judgements on rows in the table's order.
#[derive(Default)]
pub(crate) struct Rulings {
    /// Pairs that are one person.
    pub(crate) same: Vec<(u32, u32)>,
    /// Pairs that are two.
    pub(crate) different: BTreeSet<(u32, u32)>,
}

impl Rulings {
    /// Reads judgements; of several on one pair the last holds. Where *same* leads round to a pair
    /// judged *different*, the pair stays apart and the user is told.
    pub(crate) fn of(rulings: &[Ruling], table: &Table, notes: &mut Vec<String>) -> Self {
        let mut place = vec![0_u32; table.len()];
        for (at, row) in (0..).zip(&table.order) {
            place[*row as usize] = at;
        }
        let mut last: BTreeMap<(u32, u32), Verdict> = BTreeMap::new();
        for ruling in rulings {
            let (Some(a), Some(b)) = (place.get(ruling.a as usize), place.get(ruling.b as usize))
            else {
                notes.push(format!(
                    "a judgement on rows {} and {} that do not exist",
                    ruling.a, ruling.b
                ));
                continue;
            };
            if a != b {
                last.insert((*a.min(b), *a.max(b)), ruling.verdict);
            }
        }
        let of = |verdict| last.iter().filter(move |(_, v)| **v == verdict).map(|(pair, _)| *pair);
        let different: BTreeSet<(u32, u32)> = of(Verdict::Different).collect();
        let mut kept = Self { same: Vec::new(), different };
        let mut persons = Persons::default();
        for (a, b) in of(Verdict::Same) {
            if persons.may_join(a, b, &kept.different) {
                persons.join(a, b);
                kept.same.push((a, b));
            } else {
                let (a, b) = (table.order[a as usize], table.order[b as usize]);
                notes.push(format!(
                    "records {a} and {b} are judged the same, but other judgements keep them apart"
                ));
            }
        }
        kept
    }

    /// Whether two rows are judged to be two persons.
    pub(crate) fn apart(&self, a: u32, b: u32) -> bool {
        self.different.contains(&(a.min(b), a.max(b)))
    }
}

/// Rows joined so far.
#[derive(Default)]
struct Persons {
    of: BTreeMap<u32, u32>,
    rows: BTreeMap<u32, Vec<u32>>,
}

impl Persons {
    fn person(&self, row: u32) -> u32 {
        self.of.get(&row).copied().unwrap_or(row)
    }

    fn rows(&self, row: u32) -> Vec<u32> {
        self.rows.get(&self.person(row)).cloned().unwrap_or_else(|| vec![row])
    }

    fn may_join(&self, a: u32, b: u32, different: &BTreeSet<(u32, u32)>) -> bool {
        let (a, b) = (self.rows(a), self.rows(b));
        a.iter().all(|x| b.iter().all(|y| !different.contains(&(*x.min(y), *x.max(y)))))
    }

    fn join(&mut self, a: u32, b: u32) {
        let (into, from) = (self.person(a), self.person(b));
        if into != from {
            let mut rows = self.rows(a);
            rows.extend(self.rows(b));
            self.rows.remove(&from);
            for row in &rows {
                self.of.insert(*row, into);
            }
            self.rows.insert(into, rows);
        }
    }
}
