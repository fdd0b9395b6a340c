//! A fixed hash: the same on every machine, in every run, for every order of rows.
//!
//! Samples are drawn by hash of content, so that they are chance with regard to who is who and
//! yet the same each time. Not for security.

/// Mixes 64 bits so that each depends on all (the finaliser of SplitMix64).
pub(crate) fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// Adds a value to a hash.
pub(crate) fn add(hash: u64, value: u64) -> u64 {
    mix(hash.rotate_left(5) ^ value.wrapping_add(0x9e37_79b9_7f4a_7c15))
}

/// Adds a text to a hash.
pub(crate) fn add_text(hash: u64, text: &str) -> u64 {
    // FNV-1a over the bytes, then the length, so that texts in a row do not run together.
    let bytes = text.bytes().fold(0xcbf2_9ce4_8422_2325, |h: u64, byte| {
        (h ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    add(add(hash, bytes), text.len() as u64)
}
