//! Any bytes as `parquet`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sijil_fuzz::parquet(data));
