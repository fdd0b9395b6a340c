//! Writes a report's files: whole or not at all, and into the ledger that they were. Editions are
//! frozen under a name and can be counted again.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::digits::hex;
use super::error::{Error, Result};
use super::moment::edition;
use super::page::report_of;
use super::progress::Hand;
use crate::model::Report;
use crate::model::entity::{Author, Body, Edition, EditionFile, Entity, EntityId, EntityKind};
use crate::publish::{self, Options};
use crate::register::{AsOf, Register};

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
    let changed = write_files(&files, out)?;
    note(register, report, names, &listed(&files), hand)?;
    Ok(Published { page: out.join("index.html"), changed })
}

/// Publishes what the register holds now as an edition: frozen under `name`, so that it can be
/// made again and compared.
///
/// # Errors
/// When there is an edition of that name, or as for [`publish`].
pub fn publish_edition(
    register: &mut Register,
    name: &str,
    title: &str,
    out: &Path,
    names: bool,
    hand: Hand<'_>,
) -> Result<Published> {
    let editions = register.entities(EntityKind::Edition, AsOf::NOW)?;
    if editions.iter().any(|entity| entity.id.0 == name) {
        return Err(Error::Unknown(format!(
            "there is an edition {name:?} already, and an edition never changes; give another name"
        )));
    }
    if name.parse::<u64>().is_ok() || name.parse::<Date>().is_ok() {
        return Err(Error::Unknown(format!(
            "{name:?} would be taken for a ledger entry or a day; give the edition a name"
        )));
    }
    let entry = register.size()?.saturating_sub(1);
    let report = report_of(register, AsOf(entry), title, names)?;
    let files = publish::render(&report, &Options { names })?;
    let edition = Edition {
        entry,
        title: title.to_owned(),
        names,
        fingerprint: report.fingerprint.clone(),
        files: listed(&files),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let changed = write_files(&files, out)?;
    let entity = Entity {
        id: EntityId(name.to_owned()),
        body: Body::Edition(edition),
        author: Author::User(hand.name.to_owned()),
        basis: Vec::new(),
    };
    let said = json!({ "edition": name, "entry": entry, "fingerprint": report.fingerprint });
    super::enter(register, &[entity], "publish", said, hand)?;
    Ok(Published { page: out.join("index.html"), changed })
}

/// A file of an edition that comes out otherwise than it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// Its name.
    pub file: String,
    /// SHA-256 as published.
    pub published: String,
    /// SHA-256 as it comes out now; empty where it does not come out.
    pub recounted: String,
}

/// Counts an edition again as of its entry and gives the files that come out otherwise than they
/// were published; with `out` it writes them there.
///
/// # Errors
/// When there is no such edition, drawing fails or `out` cannot be written.
pub fn recount(register: &Register, name: &str, out: Option<&Path>) -> Result<Vec<Differing>> {
    let edition = edition(register, name)?;
    let report = report_of(register, AsOf(edition.entry), &edition.title, edition.names)?;
    let files = publish::render(&report, &Options { names: edition.names })?;
    if let Some(out) = out {
        write_files(&files, out)?;
    }
    let now: BTreeMap<String, String> =
        listed(&files).into_iter().map(|file| (file.file, file.sha256)).collect();
    let differing = edition.files.into_iter().filter_map(|EditionFile { file, sha256 }| {
        let recounted = now.get(&file).cloned().unwrap_or_default();
        (recounted != sha256).then_some(Differing { file, published: sha256, recounted })
    });
    Ok(differing.collect())
}

fn listed(files: &[publish::Rendered]) -> Vec<EditionFile> {
    let one = |file: &publish::Rendered| EditionFile {
        file: file.file.to_owned(),
        sha256: hex(&Sha256::digest(&file.bytes)),
    };
    files.iter().map(one).collect()
}

/// Writes what differs from what lies in `out`; gives whether anything did.
fn write_files(files: &[publish::Rendered], out: &Path) -> Result<bool> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| Error::Output { path, source }
    };
    fs::create_dir_all(out).map_err(failed(out))?;
    let mut changed = false;
    for file in files {
        let path = out.join(file.file);
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
    Ok(changed)
}

fn note(
    register: &mut Register,
    report: &Report,
    names: bool,
    files: &[EditionFile],
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
