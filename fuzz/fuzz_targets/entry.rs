//! Any bytes as `entry`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sijil_fuzz::entry(data));
