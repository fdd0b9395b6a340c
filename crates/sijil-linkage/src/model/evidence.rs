//! What all pairs between two clusters say together, field by field.
//!
//! Two rows that lack the father's name agree in all they have, whoever the fathers were. If such
//! pairs were averaged with those that have it, every row with a gap would draw two cousins
//! together. So the evidence of two clusters is averaged within each field, over the pairs that
//! have the field, and only then put together: a father who differs counts once and in full.

use super::{KINDS, Model, bits};
use crate::compare::{MISSING, Pattern};

/// Sums of the logarithms of the chances under each kind, for each comparison and the prior.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Evidence {
    /// For each comparison, and last for the prior: pairs that have it, and the sums.
    fields: Vec<(f64, [f64; KINDS])>,
}

impl Evidence {
    /// Of one pair.
    pub(super) fn of(model: &Model, pattern: &Pattern, lists: (u32, u32)) -> Self {
        let field = |at: usize| {
            if pattern.levels[at] == MISSING {
                return (0.0, [0.0; KINDS]);
            }
            (1.0, model.field(pattern, at).map(f64::log2))
        };
        let prior = model.prior(lists).map(f64::log2);
        let fields = (0..model.shares.len()).map(field).chain([(1.0, prior)]).collect();
        Self { fields }
    }

    /// Evidence of one field only, in bits. For tests.
    #[cfg(test)]
    pub(crate) fn of_bits(bits: f64) -> Self {
        Self { fields: vec![(1.0, [bits, 0.0, -900.0, -900.0, -900.0])] }
    }

    /// Adds the pairs of another cluster with the same one.
    pub(crate) fn add(&mut self, other: &Self) {
        for ((count, sums), (more, logs)) in self.fields.iter_mut().zip(&other.fields) {
            *count += more;
            sums.iter_mut().zip(logs).for_each(|(sum, log)| *sum += log);
        }
    }

    /// Bits for one person.
    pub(crate) fn bits(&self) -> f64 {
        let mut logs = [0.0; KINDS];
        for (count, sums) in self.fields.iter().filter(|(count, _)| *count > 0.0) {
            logs.iter_mut().zip(sums).for_each(|(log, sum)| *log += sum / count);
        }
        bits(&logs.map(f64::exp2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Evidence of two fields: bits, or none.
    fn fields(bits: [Option<f64>; 2]) -> Evidence {
        let field = |bits: Option<f64>| {
            bits.map_or((0.0, [0.0; KINDS]), |bits| (1.0, [bits, 0.0, -900.0, -900.0, -900.0]))
        };
        Evidence { fields: bits.map(field).to_vec() }
    }

    #[test]
    fn a_field_that_rows_lack_dilutes_nothing() {
        let mut all = fields([Some(6.0), Some(-9.0)]);
        for _ in 0..5 {
            all.add(&fields([Some(6.0), None]));
        }
        assert!((all.bits() + 3.0).abs() < 1e-9, "{}", all.bits());
    }

    #[test]
    fn the_order_of_pairs_does_not_matter() {
        let (a, b) = (fields([Some(2.0), None]), fields([Some(4.0), Some(1.0)]));
        let (mut ab, mut ba) = (a.clone(), b.clone());
        ab.add(&b);
        ba.add(&a);
        assert_eq!(ab, ba);
        assert!((ab.bits() - 4.0).abs() < 1e-9);
    }
}
