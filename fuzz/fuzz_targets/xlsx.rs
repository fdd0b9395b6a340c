//! Any bytes as `xlsx`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sijil_fuzz::xlsx(data));
