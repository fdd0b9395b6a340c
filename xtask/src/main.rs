//! Generation and checks that are not part of the program.
//!
//! `cargo xtask exercise [--check]` makes the training exercise among the examples, and
//! with `--seed N --out DIR` another one of the same kind elsewhere;
//! `cargo xtask material --articles N --rows N --out DIR` makes invented articles and lists to
//! time the whole job with; `cargo xtask bench [AREA]` runs a scoreboard and rewrites its table in
//! `bench/`; `cargo xtask faults` runs the tests of faults with many points and `cargo xtask fuzz` the
//! fuzz targets; `cargo xtask muc4` learns, predicts and scores on files of the MUC-4 benchmark, and
//! nothing of it depends on the crates of the program;
//! `cargo xtask names learn parts`, then `... readings`, then `... weights`, learns the data files of names anew from
//! lists beside the repository. Only names depend on a crate of the program: `sijil-text`.

mod bench;
mod dice;
mod exercise;
mod faults;
mod fuzz;
mod material;
mod muc4;
mod names;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

const USAGE: &str = "usage:
  cargo xtask bench [AREA]
  cargo xtask faults [WORD [--points N]]
  cargo xtask fuzz [READER] [--seconds N]
  cargo xtask exercise [--check | --seed N --out DIR]
  cargo xtask material --articles N --rows N --out DIR
  cargo xtask muc4 --train TRAIN.jsonl --test FILE.jsonl --predictions OUT.jsonl
  cargo xtask names learn parts|weights";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(done) => tell(&mut std::io::stdout(), &done, ExitCode::SUCCESS),
        Err(e) => tell(&mut std::io::stderr(), &format!("{e:#}"), ExitCode::FAILURE),
    }
}

fn dispatch(arguments: &[String]) -> Result<String> {
    // The folder of xtask lies in the repository, wherever the command is given.
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no repository")?;
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["bench"] => bench::run(None),
        ["bench", area] => bench::run(Some(area)),
        ["faults", rest @ ..] => faults::run(repository, rest),
        ["fuzz", rest @ ..] => fuzz::run(repository, rest),
        ["exercise"] => exercise::run(&repository.join("examples"), false),
        ["exercise", "--check"] => exercise::run(&repository.join("examples"), true),
        ["exercise", rest @ ..] => {
            let seed = option(rest, "--seed")?.parse().context("--seed takes a number")?;
            exercise::write(Path::new(option(rest, "--out")?), seed)
        }
        ["material", rest @ ..] => {
            let number = |name| -> Result<usize> {
                option(rest, name)?.parse().with_context(|| format!("{name} takes a number"))
            };
            let (articles, rows) = (number("--articles")?, number("--rows")?);
            material::run(Path::new(option(rest, "--out")?), articles, rows)
        }
        ["names", "learn", "parts"] => {
            names::learn_parts(&repository.join("crates/sijil-text/data"))
        }
        ["names", "learn", "weights"] => {
            names::learn_weights(&repository.join("crates/sijil-text/data"))
        }
        ["muc4", rest @ ..] => {
            let path = |name| option(rest, name).map(Path::new);
            muc4::run(path("--train")?, path("--test")?, path("--predictions")?)
        }
        _ => bail!("{USAGE}"),
    }
}

/// The word after an option.
fn option<'a>(words: &[&'a str], name: &str) -> Result<&'a str> {
    let at = words.iter().position(|word| *word == name);
    at.and_then(|at| words.get(at + 1)).copied().with_context(|| format!("{name} missing\n{USAGE}"))
}

/// Says how it went; a reader that has gone away is no failure of the task.
fn tell(to: &mut impl std::io::Write, text: &str, code: ExitCode) -> ExitCode {
    let told = writeln!(to, "{text}");
    told.map_or(ExitCode::FAILURE, |()| code)
}
