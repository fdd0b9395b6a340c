//! Counts: any breakdown by dimensions, low, best and high, documented and reported apart.

use jiff::civil::Date;

use super::figures::{Documented, reported};
use super::material::Material;
use crate::model::{Basis, Dimension, FigureTable, Population};

/// What is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Broken down by, in order; empty for one total.
    pub by: Vec<Dimension>,
    /// Who is counted.
    pub population: Population,
    /// Killed on this day or later.
    pub from: Option<Date>,
    /// Killed on this day or earlier.
    pub to: Option<Date>,
}

impl Query {
    /// Whether a window of days lies within the query's; without bounds everything does, with
    /// bounds an unknown day does not.
    pub(super) fn holds(&self, start: Option<Date>, end: Option<Date>) -> bool {
        let after = self.from.is_none_or(|from| start.is_some_and(|day| day >= from));
        let before = self.to.is_none_or(|to| end.is_some_and(|day| day <= to));
        after && before
    }
}

/// Counts documented persons and reported figures; a table without cells is left out.
pub fn count(material: &Material, query: &Query) -> Vec<FigureTable> {
    let documented = Documented::of(material);
    let mut tables = Vec::new();
    for (basis, cells) in
        [(Basis::Documented, documented.cells(query)), (Basis::Reported, reported(material, query))]
    {
        if !cells.is_empty() {
            let by = query.by.clone();
            tables.push(FigureTable { basis, population: query.population, by, cells });
        }
    }
    tables
}
