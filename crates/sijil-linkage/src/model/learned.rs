//! What was learned, as plain figures for files and charts.

use super::Model;
use crate::compare::Plan;
use crate::table::Table;

/// All that was learned from the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// Share of pairs of one person among all pairs of rows on two lists.
    pub prior_two_lists: f64,
    /// The same among pairs of rows on one list.
    pub prior_one_list: f64,
    /// What each field says.
    pub comparisons: Vec<LearnedComparison>,
}

/// What one comparison says. A name is two: its first part, and the others.
#[derive(Clone, Debug, PartialEq)]
pub struct LearnedComparison {
    /// Name of the field.
    pub field: String,
    /// Share of rows that have a value, between 0 and 1.
    pub filled: f64,
    /// Its levels, the best first.
    pub levels: Vec<LearnedLevel>,
}

/// One level of agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct LearnedLevel {
    /// What it means, in plain words.
    pub words: &'static str,
    /// Its share among pairs of one person.
    pub m: f64,
    /// Its share among pairs of strangers.
    pub u: f64,
    /// Its share among pairs of relatives or of those who died together, who share such fields;
    /// none for a field that is the person's own.
    pub shared: Option<f64>,
    /// What it says for a value of average rarity, in bits: log2(m / u).
    pub weight: f64,
}

impl Learned {
    pub(crate) fn of(model: &Model, plan: &Plan, table: &Table) -> Self {
        let filled = |column: usize| {
            let values = table.codes.column(column).filter(|code| *code != crate::table::NONE);
            share(values.count(), table.len())
        };
        let comparisons = plan.comparisons.iter().zip(&model.shares).map(|(comparison, shares)| {
            let shared = |at: usize| {
                (comparison.role != crate::compare::Role::Own).then(|| shares.sharing[at])
            };
            let levels = comparison.levels.iter().enumerate().map(|(at, level)| {
                let (m, u) = (shares.same[at], shares.other[at]);
                LearnedLevel {
                    words: level.words,
                    m,
                    u,
                    shared: shared(at),
                    weight: (m / u).log2(),
                }
            });
            LearnedComparison {
                field: table.columns[comparison.column].name.clone(),
                filled: filled(comparison.column),
                levels: levels.collect(),
            }
        });
        let comparisons = comparisons.collect();
        let [prior_two_lists, prior_one_list] = model.ones;
        Self { prior_two_lists, prior_one_list, comparisons }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows stay below 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
