//! Names of features as numbers.
//!
//! A feature is the hash of its template and its words. 64 bits make collisions among the few
//! million features of this corpus too rare to matter, and no table of strings is kept. The hash is
//! our own (FNV-1a with a final mix), because that of the standard library may change.

/// The hash of a word.
pub(super) fn word(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    mix(text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}

/// The hash of a template filled with parts, in order.
pub(super) fn feature(template: u64, parts: &[u64]) -> u64 {
    parts.iter().fold(mix(template), |hash, part| mix(hash.rotate_left(23) ^ part))
}

/// The final mix of splitmix64.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::{feature, word};

    #[test]
    fn template_and_order_are_part_of_a_feature() {
        let (a, b) = (word("a"), word("b"));
        let all = [feature(1, &[a, b]), feature(1, &[b, a]), feature(2, &[a, b]), feature(1, &[a])];
        for (at, one) in all.iter().enumerate() {
            assert!(all[..at].iter().all(|other| other != one));
        }
    }
}
