//! `sijil-verify BUNDLE...`: checks evidence bundles offline. Exit codes: 0 all agrees, 2 no bundle,
//! 3 something does not agree.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: sijil-verify BUNDLE...\n\n\
    Checks evidence bundles (ZIP files or the folders that they unpack to) without the program\n\
    that wrote them and without a network. Compare the key and the root that it prints with those\n\
    that the register has published.";

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let asks = |path: &PathBuf| path.to_string_lossy().starts_with('-');
    if arguments.is_empty() || arguments.iter().any(asks) {
        let _ = writeln!(io::stderr(), "{USAGE}");
        return ExitCode::from(2);
    }
    let mut code = 0;
    for path in &arguments {
        code = code.max(one(path));
    }
    ExitCode::from(code)
}

fn one(path: &Path) -> u8 {
    let shown = path.display();
    let told = match sijil_verify::check(path) {
        Ok(told) => told,
        Err(why) => {
            let _ = writeln!(io::stderr(), "{shown}: {why}");
            return 2;
        }
    };
    for finding in &told.findings {
        let _ = writeln!(io::stderr(), "does not agree: {finding}");
    }
    if !told.findings.is_empty() {
        return 3;
    }
    let [entries, items, rows, steps] = told.checked;
    let _ = writeln!(
        io::stdout(),
        "verified  {shown}: {}\n{entries} entries, {items} originals, {rows} rows, {steps} steps\n\
         key   {}\nroot  {} over {} entries",
        told.about,
        told.key,
        told.root,
        told.size
    );
    0
}
