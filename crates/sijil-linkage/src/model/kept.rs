//! What was learned, in a form that can be kept and taken up again.

use serde::{Deserialize, Serialize};

use super::{KINDS, Lists, Model, Shares};
use crate::compare::Plan;
use crate::table::Table;

/// All shares of a model, as they are. Only who linked with the same fields can take it up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    shares: Vec<KeptShares>,
    /// Shares of kinds of pairs for each two lists, by the numbers that the lists were handed in with.
    kinds: Vec<[f64; KINDS]>,
    lists: Vec<u32>,
    ones: [f64; 2],
}

/// Shares of one comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct KeptShares {
    field: String,
    same: Vec<f64>,
    other: Vec<f64>,
    after: Option<(usize, Vec<Vec<f64>>)>,
    sharing: Vec<f64>,
}

impl Kept {
    pub(crate) fn of(model: &Model, plan: &Plan, table: &Table) -> Self {
        let shares = plan.comparisons.iter().zip(&model.shares);
        let shares = shares.map(|(comparison, shares)| KeptShares {
            field: table.columns[comparison.column].name.clone(),
            same: shares.same.clone(),
            other: shares.other.clone(),
            after: shares.after.clone(),
            sharing: shares.sharing.clone(),
        });
        Self {
            shares: shares.collect(),
            kinds: model.kinds.clone(),
            lists: table.list_numbers.iter().take(model.lists.known()).copied().collect(),
            ones: model.ones,
        }
    }

    /// The model, if it was learned from the same fields. Lists that it was learned from come first
    /// in the table from here on.
    pub(crate) fn model(&self, plan: &Plan, table: &mut Table) -> Option<Model> {
        table.lists_first(&self.lists);
        let mut model = Model::expected(table, plan);
        model.lists = Lists::of_known(self.lists.len());
        let fits =
            self.kinds.len() == model.lists.numbers() && self.shares.len() == model.shares.len();
        for ((comparison, kept), shares) in
            plan.comparisons.iter().zip(&self.shares).zip(&mut model.shares)
        {
            let field = &table.columns[comparison.column].name;
            let levels = [&kept.same, &kept.other, &kept.sharing].map(Vec::len);
            if *field != kept.field || levels != [comparison.levels.len(); 3] {
                return None;
            }
            let (same, other) = (kept.same.clone(), kept.other.clone());
            let (after, sharing) = (kept.after.clone(), kept.sharing.clone());
            *shares = Shares { same, other, after, sharing, ..*shares };
        }
        let are_shares = |of: &[f64]| of.iter().all(|share| *share > 0.0 && *share <= 1.0);
        let sound = self.kinds.iter().all(|kinds| are_shares(kinds))
            && are_shares(&self.ones)
            && self.shares.iter().all(|s| are_shares(&s.same) && are_shares(&s.other));
        (model.kinds, model.ones) = (self.kinds.clone(), self.ones);
        (fits && sound).then_some(model)
    }
}
