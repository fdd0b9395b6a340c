//! Takes files in: bytes under their hash, a capture record, a ledger entry for each.
//!
//! What an archive or a mail holds comes in with it, in the same transaction, each member as an item
//! of its own. Every run opens them anew, as it hashes every file anew: what was met is told again.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::json;

use super::error::{Error, Result};
use super::progress::{Hand, Progress, Quiet};
use crate::intake::{self, Allowance, CopyError, Found};
use crate::model::{Capture, Format, Item, ItemId, Place, Problem};
use crate::register::{AsOf, CapturedItem, Evidence, NewItem, Register, Staged};

/// Files whose bytes are made durable together: one flush of the folder a batch.
const BATCH: usize = 256;

/// Bytes looked at to tell a format.
const HEAD: usize = 4096;

/// What came of taking a folder in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Files met, and files within them.
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
    let (mut files, mut new) = (0, 0);
    for batch in found.chunks(BATCH) {
        let staged = stage_batch(register, &origin, batch, progress)?;
        problems.extend(staged.problems);
        files += staged.met;
        new += staged.incoming.len() as u64;
        keep_batch(register, &origin, staged.incoming, hand)?;
    }
    progress.end();
    problems.sort();
    note_problems(register, &origin, &problems, hand)?;
    Ok(Added { files, new, problems })
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
    let unreadable = |e: io::Error| Error::Input {
        path: file.to_path_buf(),
        reason: format!("cannot be read ({e}); name a file that this user may read"),
    };
    let whole = file.canonicalize().map_err(unreadable)?;
    let mut source = File::open(&whole).map_err(unreadable)?;
    let mut staged = register.evidence().stage()?;
    let (id, bytes) =
        intake::hash_and_copy(&mut source, &mut staged.file).map_err(|e| match e {
            CopyError::Read(e) => unreadable(e),
            CopyError::Write(source) => Error::Output { path: whole.clone(), source },
        })?;
    let text = |part: &std::ffi::OsStr| part.to_string_lossy().into_owned();
    let path = whole.file_name().map(text).unwrap_or_default();
    let origin = whole.parent().map(|folder| text(folder.as_os_str())).unwrap_or_default();
    let item = Item { id, bytes, format };
    let known = register.item_at(&origin, &path)?.is_some_and(|there| there.id == item.id);
    let items = register.items(AsOf::NOW)?;
    let held = items.iter().any(|c| c.item == item && register.evidence().holds(&item.id));
    if !(known && held) {
        let incoming = Incoming { name: path.clone(), item: item.clone(), staged: Some(staged) };
        keep_batch(register, &origin, vec![incoming], hand)?;
    }
    Ok(CapturedItem { item, path })
}

/// Takes in one file as the newer edition of what came in under the path `of`: it takes that
/// path's place, and the older edition stays in the history.
///
/// # Errors
/// When nothing came in under `of`, the file cannot be read or is named as another format, or the
/// register fails.
pub fn add_edition(
    register: &mut Register,
    file: &Path,
    of: &str,
    hand: Hand<'_>,
) -> Result<Added> {
    let input = |reason: String| Error::Input { path: file.to_path_buf(), reason };
    let captures = register.captures()?;
    let Some(older) = captures.iter().rev().find(|capture| capture.path == of) else {
        let reason = format!("nothing came in as {of}; `sijil lists` shows the paths of lists");
        return Err(input(reason));
    };
    let ending = |name: &str| name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
    let own = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if ending(&own) != ending(of) {
        return Err(input(format!("does not end as {of} does; save it in the same format")));
    }
    let about = std::fs::metadata(file).map_err(|e| input(format!("cannot be read ({e})")))?;
    let found = Found { path: file.to_path_buf(), name: of.to_owned(), bytes: about.len() };
    let origin = older.origin.clone();
    let staged = stage_batch(register, &origin, &[found], &Quiet)?;
    let new = staged.incoming.len() as u64;
    keep_batch(register, &origin, staged.incoming, hand)?;
    Ok(Added { files: staged.met, new, problems: staged.problems })
}

/// Bytes that are new, or came under a new path.
struct Incoming {
    name: String,
    item: Item,
    /// Not yet under their hash; members of archives are there at once, since an archive may hold
    /// more of them than files can be open.
    staged: Option<Staged>,
}

/// What came of a file, or of several.
#[derive(Default)]
struct Batch {
    met: u64,
    incoming: Vec<Incoming>,
    problems: Vec<Problem>,
}

fn stage_batch(
    register: &Register,
    origin: &str,
    batch: &[Found],
    progress: &dyn Progress,
) -> Result<Batch> {
    let known: Vec<Option<Item>> = batch
        .iter()
        .map(|found| register.item_at(origin, &found.name))
        .collect::<std::result::Result<_, _>>()?;
    let evidence = register.evidence();
    let outcomes: Vec<Result<Batch>> = batch
        .par_iter()
        .zip(known)
        .map(|(found, known)| {
            let outcome = stage(evidence, found, known.as_ref());
            progress.step(1);
            outcome
        })
        .collect();
    let mut all = Batch::default();
    for outcome in outcomes {
        let one = outcome?;
        all.met += one.met;
        all.problems.extend(one.problems);
        for incoming in one.incoming {
            let known = register.item_at(origin, &incoming.name)?;
            // The same bytes come in anew when a newer program takes them for another format.
            if known.is_none_or(|item| item != incoming.item || !evidence.holds(&item.id)) {
                all.incoming.push(incoming);
            }
        }
    }
    Ok(all)
}

fn stage(evidence: &Evidence, found: &Found, known: Option<&Item>) -> Result<Batch> {
    let mut batch = Batch { met: 1, ..Batch::default() };
    match stage_file(evidence, found, known) {
        Ok((item, mut staged)) => {
            if intake::holds_items(item.format) {
                if let Some(staged) = staged.take() {
                    evidence.keep(&staged, &item.id)?;
                }
                let mut allowance = Allowance::of(item.bytes);
                let within = (found.name.as_str(), &item);
                open(evidence, within, 0, &mut allowance, &mut batch)?;
            }
            let own = Incoming { name: found.name.clone(), item, staged };
            batch.incoming.insert(0, own);
        }
        Err(Stop::Bad(e)) => batch.problems.push(Problem {
            file: found.name.clone(),
            place: Place::File,
            message: format!("cannot be read ({e}); give this user the right to read it"),
        }),
        Err(Stop::Failed(error)) => return Err(error),
    }
    Ok(batch)
}

/// Why a file did not come in.
enum Stop {
    /// It cannot be read.
    Bad(io::Error),
    /// The register failed.
    Failed(Error),
}

/// The item, and its bytes where they are not kept yet.
fn stage_file(
    evidence: &Evidence,
    found: &Found,
    known: Option<&Item>,
) -> std::result::Result<(Item, Option<Staged>), Stop> {
    if let Some(Item { id, bytes, .. }) = known
        && *bytes == found.bytes
        && evidence.holds(id)
        && intake::hash(&found.path).map_err(Stop::Bad)?.0 == *id
    {
        let head = intake::head(&found.path).map_err(Stop::Bad)?;
        let format = intake::format_of(&found.name, &head);
        return Ok((Item { id: id.clone(), bytes: *bytes, format }, None));
    }
    let mut source = File::open(&found.path).map_err(Stop::Bad)?;
    let (item, staged) = match keep_bytes(evidence, &found.name, &mut source) {
        Ok(Ok(kept)) => kept,
        Ok(Err(e)) => return Err(Stop::Bad(e)),
        Err(error) => return Err(Stop::Failed(error)),
    };
    Ok((item, Some(staged)))
}

/// Copies bytes into a staging file; the inner error is that of their source.
fn keep_bytes(
    evidence: &Evidence,
    name: &str,
    mut source: &mut dyn Read,
) -> Result<io::Result<(Item, Staged)>> {
    let mut staged = evidence.stage()?;
    let written = |source: io::Error| Error::Output {
        path: evidence.path_of(&ItemId(String::new())),
        source,
    };
    match intake::hash_and_copy(&mut source, &mut staged.file) {
        Ok((id, bytes)) => {
            let head = head_of(&mut staged.file).map_err(written)?;
            let format = intake::format_of(name, &head);
            Ok(Ok((Item { id, bytes, format }, staged)))
        }
        Err(CopyError::Read(e)) => Ok(Err(e)),
        Err(CopyError::Write(e)) => Err(written(e)),
    }
}

/// Takes out what a kept file holds, and what that holds.
fn open(
    evidence: &Evidence,
    (name, item): (&str, &Item),
    depth: usize,
    allowance: &mut Allowance,
    batch: &mut Batch,
) -> Result<()> {
    let path = evidence.path_of(&item.id);
    let mut members: Vec<(String, Item)> = Vec::new();
    let problems =
        intake::unpack(name, item.format, &path, depth, allowance, &mut |member, bytes| {
            match keep_bytes(evidence, member, bytes)? {
                Ok((item, staged)) => {
                    evidence.keep(&staged, &item.id)?;
                    members.push((member.to_owned(), item));
                    Ok(None)
                }
                Err(e) => Ok::<_, Error>(Some(e)),
            }
        })?;
    batch.problems.extend(problems);
    for (name, item) in members {
        let nested = item.clone();
        batch.met += 1;
        batch.incoming.push(Incoming { name: name.clone(), item, staged: None });
        if intake::holds_items(nested.format) {
            open(evidence, (&name, &nested), depth + 1, allowance, batch)?;
        }
    }
    Ok(())
}

fn head_of(file: &mut File) -> io::Result<Vec<u8>> {
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
            staged.map_or(Ok(()), |s| evidence.keep(&s, &item.id)).map(|()| (name, item))
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
