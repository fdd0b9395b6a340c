//! What comes in from the formats of the field, and goes out again without loss but what
//! `docs/exchange.md` lists.

mod damage;
mod entities;
mod formats;
mod leaving;
mod round_trip;
mod statements;
mod ucdp;

use std::process::Output;

use crate::fixture::{Place, stderr, stdout};

/// A throw-away place with an empty register named `register`.
fn begun() -> Place {
    let place = Place::new();
    let output = place.run(&["init", "-R", "register"]);
    assert!(output.status.success(), "{}", stderr(&output));
    place
}

/// `sijil import` of a file of the material.
fn import(place: &Place, file: &str, more: &[&str]) -> Output {
    let path = place.material().join(file).to_string_lossy().into_owned();
    place.run(&[&["import", &path, "-R", "register"], more].concat())
}

/// `sijil export` to a file of the place; gives its text.
fn export(place: &Place, format: &str, more: &[&str]) -> String {
    let words = ["export", "--as", format, "-o", "exported", "-R", "register"];
    let output = place.run(&[&words, more].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    std::fs::read_to_string(place.path("exported")).expect("it was written")
}

/// Number of ledger entries.
fn entries(place: &Place) -> usize {
    stdout(&place.run(&["log", "-R", "register", "--format", "jsonl"])).lines().count()
}
