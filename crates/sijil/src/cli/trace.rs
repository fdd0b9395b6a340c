//! `sijil trace`: walks a number back to the bytes it came from.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use sijil::work::{self, Node};

use super::Outcome;
use super::failure::Failure;
use super::place::{Place, as_of};

/// Walk a number back: figure, persons or claims, records or spans, items, bytes
#[derive(Args)]
pub(super) struct Arguments {
    /// A cell of `sijil count`, a person, a claim, or an item's hash
    #[arg(value_name = "CELL")]
    what: String,
    /// Trace what the register knew at this ledger entry, at the end of this day, or in this edition
    #[arg(long, value_name = "ENTRY|DATE|EDITION")]
    as_of: Option<String>,
    /// How to write the steps
    #[arg(long, value_enum, default_value = "tree")]
    format: Shape,
    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shape {
    Tree,
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let register = arguments.place.read()?;
    let as_of = as_of(&register, arguments.as_of.as_deref())?;
    let node = work::trace(&register, as_of, &arguments.what)?;
    let mut out = io::stdout().lock();
    match arguments.format {
        Shape::Json => {
            serde_json::to_writer_pretty(&mut out, &node).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Shape::Tree => draw(&mut out, &node, 0)?,
    }
    Ok(Outcome::Done)
}

fn draw(out: &mut impl Write, node: &Node, depth: usize) -> io::Result<()> {
    writeln!(out, "{}{} {}  {}", "  ".repeat(depth), node.kind, node.id, node.text)?;
    node.behind.iter().try_for_each(|behind| draw(out, behind, depth + 1))
}
