//! Any bytes as `xls`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sijil_fuzz::xls(data));
