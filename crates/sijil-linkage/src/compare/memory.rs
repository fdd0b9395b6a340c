//! Remembers what was compared, for all threads at once.
//!
//! Lists repeat the same few thousand names, so most comparisons were made before. A slot holds two
//! numbers and what was found for them in 64 bits, which are written and read as one; a newer
//! pair takes over the slot of an older one. What is found depends on the two alone, so it does not
//! matter which thread was first.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::hash;

/// Bits of a number, and of what was found.
const NUMBER: u32 = 22;
const FOUND: u32 = 64 - 2 * NUMBER;

/// What was found of pairs of numbers.
pub(super) struct Memory {
    slots: Vec<AtomicU64>,
}

impl Memory {
    /// With room for at least `pairs`.
    pub(super) fn of(pairs: usize) -> Self {
        // No pair has two equal numbers, so zero is an empty slot.
        let slots = (0..pairs.next_power_of_two()).map(|_| AtomicU64::new(0)).collect();
        Self { slots }
    }

    /// What `find` gives for two different numbers: below 2 to the power of 20.
    pub(super) fn recall(&self, a: u32, b: u32, find: impl FnOnce() -> u32) -> u32 {
        let (a, b) = (a.min(b), a.max(b));
        if b >> NUMBER != 0 {
            return find();
        }
        let pair = u64::from(a) << NUMBER | u64::from(b);
        let place = hash::mix(pair) & (self.slots.len() as u64 - 1);
        let slot = &self.slots[usize::try_from(place).unwrap_or(0)];
        let known = slot.load(Ordering::Relaxed);
        if known >> FOUND == pair {
            return u32::try_from(known & ((1 << FOUND) - 1)).unwrap_or(0);
        }
        let found = find();
        slot.store(pair << FOUND | u64::from(found), Ordering::Relaxed);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_not_worked_out_again() {
        let memory = Memory::of(4);
        assert_eq!(memory.recall(3, 9, || 77), 77);
        assert_eq!(memory.recall(9, 3, || unreachable!("it is known")), 77);
        for n in 10..200 {
            assert_eq!(memory.recall(n, n + 1, || n), n, "slots are taken over");
        }
        assert_eq!(memory.recall(1, 1 << 23, || 5), 5, "numbers too large are not kept");
    }
}
