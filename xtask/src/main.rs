//! Generation and checks that are not part of the program.

mod bench;

use std::io::Write as _;

use anyhow::{Result, bail};

const USAGE: &str = "usage:
  cargo xtask bench [AREA]";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = dispatch(&arguments)?;
    Ok(writeln!(std::io::stdout(), "{done}")?)
}

fn dispatch(arguments: &[String]) -> Result<String> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["bench"] => bench::run(None),
        ["bench", area] => bench::run(Some(area)),
        _ => bail!("{USAGE}"),
    }
}
