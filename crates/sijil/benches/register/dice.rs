//! Chance for invented rows: SplitMix64, the same draws from the same seed everywhere.

/// A stream of draws.
pub(crate) struct Dice(u64);

impl Dice {
    /// The stream of one thing: its kind and number below the seed.
    pub(crate) fn of(kind: u64, number: u64) -> Self {
        let mut dice = Self(0x5EED ^ kind.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number << 8);
        dice.next();
        dice
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// One of a list; low numbers far more often than high ones, as names and places are.
    pub(crate) fn often<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let length = all.len() as u64;
        let at = self.below(length).min(self.below(length)).min(self.below(length));
        &all[usize::try_from(at).expect("below the length")]
    }

    /// Whether something that happens in `percent` of cases happens.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}
