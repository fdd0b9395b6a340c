//! Strings in, strings out: letters, names, numbers, dates and places in Arabic and English.
//!
//! Everything here is a pure function of its arguments and of tables embedded in the program: no
//! file, clock, network or random source. Offsets are byte offsets into the text that was handed
//! in unless a function says code points.

pub mod letters;
pub mod names;
pub mod places;
