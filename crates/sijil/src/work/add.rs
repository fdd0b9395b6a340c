//! Takes files in: bytes under their hash, a capture record, a ledger entry for each.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::json;

use super::error::{Error, Result};
use super::progress::{Hand, Progress};
use crate::intake::{self, Found};
use crate::model::{Capture, Format, Item, ItemId, Place, Problem};
use crate::register::{AsOf, CapturedItem, Evidence, NewItem, Register, Staged};

/// Files whose bytes are made durable together: one flush of the folder a batch.
const BATCH: usize = 256;

/// Bytes looked at to tell a format.
const HEAD: usize = 4096;

/// What came of taking a folder in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Files met.
    pub files: u64,
    /// Items whose bytes or path are new.
    pub new: u64,
    /// What could not be taken in.
    pub problems: Vec<Problem>,
}

/// Takes in every file below `folder` but what lies in `skip` (the output, the register).
///
/// Safe to break off at any moment: what is acknowledged is on disk, and the same call again
/// goes on where it stopped.
///
/// # Errors
/// When `folder` is no readable folder or the register fails. A bad file is a problem, no error.
pub fn add(
    register: &mut Register,
    folder: &Path,
    skip: &[PathBuf],
    hand: Hand<'_>,
    progress: &dyn Progress,
) -> Result<Added> {
    let origin = folder.canonicalize().map_err(|e| Error::Input {
        path: folder.to_path_buf(),
        reason: format!("cannot be read ({e}); name a folder of reports and lists"),
    })?;
    let (found, mut problems) = intake::walk(&origin, skip);
    let origin = origin.to_string_lossy().into_owned();
    progress.begin("intake", found.len() as u64);
    let mut new = 0;
    for batch in found.chunks(BATCH) {
        let (staged, bad) = stage_batch(register, &origin, batch, progress)?;
        problems.extend(bad);
        new += staged.len() as u64;
        keep_batch(register, &origin, staged, hand)?;
    }
    progress.end();
    problems.sort();
    note_problems(register, &origin, &problems, hand)?;
    Ok(Added { files: found.len() as u64, new, problems })
}

/// Takes in one file as `format`, whatever its name says, unless its bytes lie there as that
/// already; gives the item.
///
/// # Errors
/// When the file cannot be read or the register fails.
pub(super) fn add_file(
    register: &mut Register,
    file: &Path,
    format: Format,
    hand: Hand<'_>,
) -> Result<CapturedItem> {
    let unreadable = |e: std::io::Error| Error::Input {
        path: file.to_path_buf(),
        reason: format!("cannot be read ({e}); name a file that this user may read"),
    };
    let whole = file.canonicalize().map_err(unreadable)?;
    let mut source = File::open(&whole).map_err(unreadable)?;
    let mut staged = register.evidence().stage()?;
    let (id, bytes) =
        intake::hash_and_copy(&mut source, &mut staged.file).map_err(|e| match e {
            intake::CopyError::Read(e) => unreadable(e),
            intake::CopyError::Write(source) => Error::Output { path: whole.clone(), source },
        })?;
    let text = |part: &std::ffi::OsStr| part.to_string_lossy().into_owned();
    let path = whole.file_name().map(text).unwrap_or_default();
    let origin = whole.parent().map(|folder| text(folder.as_os_str())).unwrap_or_default();
    let item = Item { id, bytes, format };
    let known = register.item_at(&origin, &path)?.is_some_and(|(id, _)| id == item.id);
    let items = register.items(AsOf::NOW)?;
    let held = items.iter().any(|c| c.item == item && register.evidence().holds(&item.id));
    if !(known && held) {
        let incoming = Incoming { name: path.clone(), item: item.clone(), staged };
        keep_batch(register, &origin, vec![incoming], hand)?;
    }
    Ok(CapturedItem { item, path })
}

/// A file whose bytes are new, or came under a new path.
struct Incoming {
    name: String,
    item: Item,
    staged: Staged,
}

fn stage_batch(
    register: &Register,
    origin: &str,
    batch: &[Found],
    progress: &dyn Progress,
) -> Result<(Vec<Incoming>, Vec<Problem>)> {
    let known: Vec<Option<(ItemId, u64)>> = batch
        .iter()
        .map(|found| register.item_at(origin, &found.name))
        .collect::<std::result::Result<_, _>>()?;
    let evidence = register.evidence();
    let outcomes: Vec<Outcome> = batch
        .par_iter()
        .zip(known)
        .map(|(found, known)| {
            let outcome = stage(evidence, found, known.as_ref());
            progress.step(1);
            outcome
        })
        .collect();
    let (mut incoming, mut problems) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        match outcome {
            Outcome::Known => {}
            Outcome::New(new) => incoming.push(new),
            Outcome::Bad(problem) => problems.push(problem),
            Outcome::Failed(error) => return Err(error),
        }
    }
    Ok((incoming, problems))
}

enum Outcome {
    Known,
    New(Incoming),
    Bad(Problem),
    Failed(Error),
}

fn stage(evidence: &Evidence, found: &Found, known: Option<&(ItemId, u64)>) -> Outcome {
    let bad = |e: std::io::Error| {
        Outcome::Bad(Problem {
            file: found.name.clone(),
            place: Place::File,
            message: format!("cannot be read ({e}); give this user the right to read it"),
        })
    };
    if let Some((id, bytes)) = known
        && *bytes == found.bytes
        && evidence.holds(id)
    {
        match intake::hash(&found.path) {
            Ok((same, _)) if same == *id => return Outcome::Known,
            Ok(_) => {}
            Err(e) => return bad(e),
        }
    }
    let mut source = match File::open(&found.path) {
        Ok(file) => file,
        Err(e) => return bad(e),
    };
    let mut staged = match evidence.stage() {
        Ok(staged) => staged,
        Err(e) => return Outcome::Failed(e.into()),
    };
    match intake::hash_and_copy(&mut source, &mut staged.file) {
        Ok((id, bytes)) => match head_of(&mut staged.file) {
            Ok(head) => {
                let format = intake::format_of(&found.name, &head);
                let item = Item { id, bytes, format };
                Outcome::New(Incoming { name: found.name.clone(), item, staged })
            }
            Err(e) => bad(e),
        },
        Err(intake::CopyError::Read(e)) => bad(e),
        Err(intake::CopyError::Write(source)) => Outcome::Failed(Error::Output {
            path: evidence.path_of(&ItemId(String::new())),
            source,
        }),
    }
}

fn head_of(file: &mut File) -> std::io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(0))?;
    let mut head = Vec::with_capacity(HEAD);
    file.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

fn keep_batch(
    register: &mut Register,
    origin: &str,
    incoming: Vec<Incoming>,
    hand: Hand<'_>,
) -> Result<()> {
    if incoming.is_empty() {
        return Ok(());
    }
    let evidence = register.evidence();
    let kept: Vec<(String, Item)> = incoming
        .into_par_iter()
        .map(|Incoming { name, item, staged }| {
            evidence.keep(&staged, &item.id).map(|()| (name, item))
        })
        .collect::<std::result::Result<_, _>>()?;
    evidence.flush()?;
    let mut write = register.write()?;
    for (path, item) in kept {
        let taken_in = hand.clock.now();
        let body = json!({
            "item": item.id.0, "bytes": item.bytes, "format": item.format.code(), "path": path,
            "origin": origin,
        });
        let capture = Capture {
            item: item.id.clone(),
            origin: origin.to_owned(),
            path,
            taken_in,
            by: hand.name.to_owned(),
        };
        write.insert_item(&NewItem { item, capture })?;
        write.append(taken_in, hand.name, "add", &body)?;
    }
    Ok(write.commit()?)
}

fn note_problems(
    register: &mut Register,
    origin: &str,
    problems: &[Problem],
    hand: Hand<'_>,
) -> Result<()> {
    let before = register.walk_problems(origin)?;
    let appeared: Vec<Problem> = problems.iter().filter(|p| !before.contains(p)).cloned().collect();
    let gone: Vec<Problem> = before.into_iter().filter(|p| !problems.contains(p)).collect();
    if appeared.is_empty() && gone.is_empty() {
        return Ok(());
    }
    let mut write = register.write()?;
    let body = json!({ "origin": origin, "appeared": appeared, "gone": gone });
    write.change_walk_problems(origin, &appeared, &gone)?;
    write.append(hand.clock.now(), hand.name, "problems", &body)?;
    Ok(write.commit()?)
}
