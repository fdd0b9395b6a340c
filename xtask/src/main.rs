//! Generation and checks that are not part of the program.

mod bench;

use anyhow::bail;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["bench"] => bench::run(None),
        ["bench", area] => bench::run(Some(area)),
        _ => bail!("usage: cargo xtask bench [AREA]"),
    }
}
