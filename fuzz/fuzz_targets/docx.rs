//! Any bytes as `docx`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sijil_fuzz::docx(data));
