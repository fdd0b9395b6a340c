//! `sijil verify`: recomputes everything and names what does not agree.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use sijil::work;

use super::Outcome;
use super::failure::{Failure, note};
use super::head;
use super::place::Place;

/// Recompute hashes, ledger and signatures, and name what does not agree
#[derive(Args)]
pub(super) struct Arguments {
    /// A head of this register that was kept elsewhere: finds a rollback and a rewritten history
    #[arg(long, value_name = "FILE")]
    head: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let register =
        arguments.place.read().inspect_err(|_| tell(&work::damage(&arguments.place.folder())))?;
    let mut findings = work::verify(&register)?;
    if let Some(kept) = &arguments.head {
        findings.extend(work::check_head(&register, &head::read(kept)?)?);
    }
    tell(&findings);
    if !findings.is_empty() {
        return Ok(Outcome::DoesNotVerify);
    }
    let heads = register.heads()?;
    let root = heads.last().map_or_else(String::new, |signed| signed.head.root.to_string());
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "verified  {} entries, {} originals, root {root}",
        register.size()?,
        register.all_items()?.len()
    )?;
    Ok(Outcome::Done)
}

fn tell(findings: &[work::Finding]) {
    for finding in findings {
        note(&format!("does not agree: {}: {}", finding.object, finding.detail));
    }
}
