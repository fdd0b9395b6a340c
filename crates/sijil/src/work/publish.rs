//! Writes a report's files: whole or not at all, and into the ledger that they were.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest, Sha256};

use super::error::{Error, Result};
use super::progress::Hand;
use crate::model::Report;
use crate::publish::{self, Options};
use crate::register::Register;

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The page to open.
    pub page: PathBuf,
    /// Whether the files differ from what lay there.
    pub changed: bool,
}

/// Draws the report and writes its files into `out`, each by a rename. Writes a ledger entry when
/// a report with this fingerprint has not been published before.
///
/// # Errors
/// When drawing fails or `out` cannot be written.
pub fn publish(
    register: &mut Register,
    report: &Report,
    out: &Path,
    names: bool,
    hand: Hand<'_>,
) -> Result<Published> {
    let files = publish::render(report, &Options { names })?;
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| Error::Output { path, source }
    };
    fs::create_dir_all(out).map_err(failed(out))?;
    let mut changed = false;
    let mut listed = Vec::new();
    for file in &files {
        let path = out.join(file.file);
        listed.push(json!({ "file": file.file, "sha256": hex(&Sha256::digest(&file.bytes)) }));
        if fs::read(&path).is_ok_and(|there| there == file.bytes) {
            continue;
        }
        changed = true;
        let aside = out.join(format!(".{}.tmp", file.file));
        let write = || -> std::io::Result<()> {
            let mut new = File::create(&aside)?;
            new.write_all(&file.bytes)?;
            new.sync_all()?;
            fs::rename(&aside, &path)
        };
        write().map_err(failed(&path))?;
    }
    note(register, report, names, &listed, hand)?;
    Ok(Published { page: out.join("index.html"), changed })
}

fn note(
    register: &mut Register,
    report: &Report,
    names: bool,
    files: &[serde_json::Value],
    hand: Hand<'_>,
) -> Result<()> {
    let body = json!({ "fingerprint": report.fingerprint, "names": names, "files": files });
    if register.last_entry("publish")?.is_some_and(|last| last.said() == body) {
        return Ok(());
    }
    let mut write = register.write()?;
    write.append(hand.clock.now(), hand.name, "publish", &body)?;
    Ok(write.commit()?)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
