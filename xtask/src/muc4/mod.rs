//! `cargo xtask muc4`: learns to fill the templates of MUC-4, fills those of another file and
//! scores them.
//!
//! The corpus is the closest public benchmark to claims about killings. Its texts never enter the
//! repository: words are learned at run time from the file that is given.

mod assignment;
mod bootstrap;
mod corpus;
mod crf;
mod hash;
mod lexicon;
mod reading;
mod score;
mod words;
mod lab;

pub(crate) use lab::lab;
