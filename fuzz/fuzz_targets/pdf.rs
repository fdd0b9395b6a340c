//! Any bytes as `pdf`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sijil_fuzz::pdf(data));
