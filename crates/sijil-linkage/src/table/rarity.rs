//! How rare a value is: agreement on a rare one says more.

use super::NONE;

/// How much rarer or commoner than the average a value is, from how often it occurs.
pub(crate) struct Rarity {
    ratios: Vec<f32>,
    bits: Vec<f32>,
    /// Of a value that does not occur.
    rarest: f32,
    rarest_bits: f32,
    most: f32,
}

impl Rarity {
    /// From the number of each row's value.
    pub(crate) fn of(codes: impl Iterator<Item = u32>) -> Self {
        let mut counts: Vec<u32> = Vec::new();
        let mut rows = 0_u32;
        for code in codes.filter(|code| *code != NONE) {
            let at = code as usize;
            if counts.len() <= at {
                counts.resize(at + 1, 0);
            }
            counts[at] += 1;
            rows += 1;
        }
        let rows = f64::from(rows);
        let same: f64 = counts.iter().map(|c| f64::from(*c) * (f64::from(*c) - 1.0)).sum();
        // On few rows the chance that two agree is not known from them: one in a hundred is the
        // expectation they start from.
        let mean = (same + 2.0) / (rows * (rows - 1.0).max(0.0) + 200.0);
        #[expect(clippy::cast_possible_truncation, reason = "a ratio needs no more digits")]
        let ratio = |count: u32| {
            // One of the occurrences is the record itself; half a one is what may come.
            ((f64::from(count.max(1)) - 0.5) / (rows + 50.0) / mean) as f32
        };
        let ratios: Vec<f32> = counts.into_iter().map(ratio).collect();
        let bits: Vec<f32> = ratios.iter().map(|ratio| -ratio.log2()).collect();
        let rarest = ratio(1);
        let rarest_bits = -rarest.log2();
        let most = bits.iter().copied().fold(rarest_bits, f32::max).max(0.0);
        Self { ratios, bits, rarest, rarest_bits, most }
    }

    /// The same as bits that agreement on the value adds: below 0 for common values.
    pub(crate) fn bits(&self, code: u32) -> f32 {
        self.bits.get(code as usize).copied().unwrap_or(self.rarest_bits)
    }

    /// The most bits that agreement on any value adds.
    pub(crate) fn most(&self) -> f32 {
        self.most
    }

    /// Chance that a row has this value over the chance that two rows agree.
    pub(crate) fn ratio(&self, code: u32) -> f64 {
        f64::from(self.ratios.get(code as usize).copied().unwrap_or(self.rarest))
    }
}
