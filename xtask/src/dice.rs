//! Chance for generated files: the same seed gives the same draws on every machine and version.
//!
//! Only the raw output of ChaCha is used, which its authors keep stable by value; the ranges and
//! choices above it are drawn here, because those of the `rand` crate may change between its
//! versions. Each room draws from a stream of its own, so that a change in one room leaves the
//! others as they were.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A stream of draws.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream with this number below a seed.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        let mut source = ChaCha8Rng::seed_from_u64(seed);
        source.set_stream(stream);
        Self(source)
    }

    /// A number below `end`; 0 when `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        // The high half of a product: the bias is below one in 2^32 for every range used here.
        let product = u128::from(self.0.next_u64()) * (end as u128);
        usize::try_from(product >> 64).expect("is below `end`, which is a usize")
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        let width = high.saturating_sub(low) as usize + 1;
        low + u32::try_from(self.below(width)).expect("is at most `high - low`")
    }

    /// True in `per_mille` of 1,000 draws.
    pub(crate) fn chance(&mut self, per_mille: usize) -> bool {
        self.below(1000) < per_mille
    }

    /// One of these, which must not be empty.
    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Puts these in a random order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_depend_on_seed_and_stream_alone() {
        let draws = |seed, stream| {
            let mut dice = Dice::new(seed, stream);
            [dice.below(1000), dice.below(1000), dice.below(1000)]
        };
        let first = draws(1, 1);
        assert_eq!(first, draws(1, 1), "the same seed draws the same again");
        assert_ne!(draws(1, 1), draws(1, 2));
        assert_ne!(draws(1, 1), draws(2, 1));
    }

    #[test]
    fn draws_stay_in_range_and_reach_its_ends() {
        let mut dice = Dice::new(7, 0);
        let draws: Vec<u32> = (0..200).map(|_| dice.between(3, 6)).collect();
        assert_eq!(draws.iter().min(), Some(&3));
        assert_eq!(draws.iter().max(), Some(&6));
        assert_eq!(dice.below(0), 0);
        assert!(!dice.chance(0) && dice.chance(1000));
    }
}
