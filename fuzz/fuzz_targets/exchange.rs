//! Any bytes as `exchange`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sijil_fuzz::exchange(data));
