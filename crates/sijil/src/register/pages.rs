//! A digest of every page of the database file, so that a bit that turned anywhere is found.
//!
//! Rows carry digests in the ledger, but a page has bytes that are no row: free space, pointers,
//! counters, what a removed row left. `sijil.db-pages` has eight bytes of SHA-256 for each page, and
//! the head that they were taken under. They are brought up to date when a register that was
//! written is closed, page by page as the journal names them, so the cost follows what changed.
//!
//! An encrypted register has none: SQLCipher keeps an authentication code on each page.
//!
//! They find damage, not deceit: whoever writes the folder can write them as well. Against that
//! stand ledger and heads.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use super::error::{Error, Result, io as io_error};
use super::open::Register;

/// What the file is called, beside the database.
pub(super) const FILE: &str = "sijil.db-pages";

/// First bytes of the file.
const MARK: &[u8; 16] = b"sijil pages 1\n\0\0";

/// Where the database says how long its pages are.
const PAGE_SIZE_AT: usize = 16;

/// Length of the journal's own head.
const JOURNAL_HEAD: usize = 32;

/// Length of what stands before each page in the journal: its number, then twice four bytes, then
/// two numbers of the journal that it belongs to.
const FRAME_HEAD: usize = 24;

/// The beginning of the SHA-256 of a page.
type PageDigest = [u8; 8];

/// Digests as they stand in the file, and the head that they were taken under.
#[derive(Debug, Default)]
struct Digests {
    head: Vec<u8>,
    pages: Vec<PageDigest>,
}

/// What an open register knows of its pages.
#[derive(Debug)]
pub(super) struct Pages {
    database: PathBuf,
    /// As they were when it was opened; `None` where all must be taken anew.
    known: Option<Digests>,
    /// Pages that transactions wrote since.
    changed: BTreeSet<u32>,
    /// Numbers of the journal that was read last, and how far.
    journal: (Vec<u8>, u64),
}

impl Pages {
    /// Of a database about to be written. `anew`: it was changed already, so nothing is believed.
    pub(super) fn of(database: &Path, anew: bool) -> Self {
        Self {
            database: database.to_path_buf(),
            known: if anew { None } else { load(&beside(database, FILE)).ok() },
            changed: BTreeSet::new(),
            journal: (Vec::new(), 0),
        }
    }

    /// Takes down the pages that a transaction has just put into the journal. To be called after
    /// each: the next one may begin the journal anew.
    pub(super) fn follow(&mut self) {
        if self.read_journal().is_err() {
            self.known = None;
        }
    }

    fn read_journal(&mut self) -> io::Result<()> {
        let mut journal = File::open(beside(&self.database, "sijil.db-wal"))?;
        let mut head = [0; JOURNAL_HEAD];
        journal.read_exact(&mut head)?;
        let (page, of) = (number(&head[8..12]), head[16..24].to_vec());
        if self.journal.0 != of {
            self.journal = (of, 0);
        }
        let frame = FRAME_HEAD as u64 + u64::from(page);
        let mut head = [0; FRAME_HEAD];
        loop {
            journal.seek(SeekFrom::Start(JOURNAL_HEAD as u64 + self.journal.1 * frame))?;
            match journal.read_exact(&mut head) {
                Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
                read => read?,
            }
            if head[8..16] != *self.journal.0 {
                return Ok(());
            }
            self.changed.insert(number(&head[..4]));
            self.journal.1 += 1;
        }
    }

    /// Brings the file up to date. Where it cannot be, it stays behind, and the next opening takes
    /// all digests anew.
    fn close(&mut self, db: &Connection) -> Result<()> {
        let head = newest_head(db)?;
        if self.changed.is_empty() && self.known.as_ref().is_some_and(|known| known.head == head) {
            return Ok(());
        }
        db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        let failed = |e| io_error("cannot read", &self.database)(e);
        let known = self.known.take().map_or_else(Vec::new, |known| known.pages);
        let pages = digests(&self.database, &known, &self.changed).map_err(failed)?;
        let path = beside(&self.database, FILE);
        store(&path, &Digests { head, pages }).map_err(io_error("cannot write", &path))
    }
}

/// What went wrong when a register was closed, until somebody asks: dropping can give no error.
static UNSAID: Mutex<Option<Error>> = Mutex::new(None);

impl Drop for Register {
    fn drop(&mut self) {
        // Digests that are behind are told from those that are not by their head; so a failure here
        // loses nothing, but a disk that fails is never passed over in silence.
        let failed = self.pages.take().and_then(|mut pages| pages.close(&self.db).err());
        if let (Some(error), Ok(mut unsaid)) = (failed, UNSAID.lock()) {
            *unsaid = Some(error);
        }
    }
}

impl Register {
    /// Why a register that this process has closed could not be closed as it should; asked once.
    pub fn failure_of_closing() -> Option<Error> {
        UNSAID.lock().ok()?.take()
    }
}

/// Digests of nothing, written before the first transaction of a database and before one that
/// leaves no new head: until a run closes it they are behind, and not missing or wrong.
pub(super) fn begin(database: &Path) -> Result<()> {
    let path = beside(database, FILE);
    store(&path, &Digests::default()).map_err(io_error("cannot write", &path))
}

/// Whether the digests are of the database's newest head: else a run was broken off.
pub(super) fn is_behind(database: &Path, db: &Connection) -> bool {
    let (Ok(digests), Ok(head)) = (load(&beside(database, FILE)), newest_head(db)) else {
        // Damage is for `verify` to find.
        return false;
    };
    if digests.pages.is_empty() {
        return true;
    }
    // A head that is only another one is damage too, and so is a longer one without its entries.
    let entries = "SELECT COALESCE(MAX(number) + 1, 0) FROM ledger";
    let entries = db.query_row(entries, [], |row| row.get::<_, i64>(0)).unwrap_or_default();
    size_of(&head) > size_of(&digests.head) && size_of(&head) == entries
}

/// Entries under a head.
fn size_of(head: &[u8]) -> i64 {
    head.first_chunk::<8>().map_or(0, |size| i64::from_be_bytes(*size))
}

/// Pages of a database that are not what they were when it was closed, by number; and what is wrong
/// with the digests themselves.
///
/// # Errors
/// When the database cannot be read.
pub fn damaged_pages(folder: &Path) -> Result<(Vec<u32>, Option<String>)> {
    let database = folder.join("sijil.db");
    let known = match load(&beside(&database, FILE)) {
        Ok(known) => known,
        Err(e) => return Ok((Vec::new(), Some(e.to_string()))),
    };
    let now =
        digests(&database, &[], &BTreeSet::new()).map_err(io_error("cannot read", database))?;
    let most = now.len().max(known.pages.len());
    let differing = (0..most).filter(|at| now.get(*at) != known.pages.get(*at));
    Ok((differing.filter_map(|at| u32::try_from(at + 1).ok()).collect(), None))
}

impl Register {
    /// Pages that changed outside of the program, each with the table that it belongs to. None of a
    /// register that is being written.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn page_findings(&self) -> Result<Vec<(String, String)>> {
        // They are brought up to date when a register that is written is closed.
        if self.pages.is_some() || self.key().is_some() {
            return Ok(Vec::new());
        }
        if is_behind(&self.path().join("sijil.db"), &self.db) {
            let detail = "it is of an earlier state: a run was broken off, and it cannot be brought up \
                          to date here; open the register once where it can be written";
            return Ok(vec![(FILE.to_owned(), detail.to_owned())]);
        }
        let (pages, why) = damaged_pages(self.path())?;
        let mut findings: Vec<(String, String)> = Vec::new();
        if let Some(why) = why {
            let detail = format!(
                "pages cannot be compared ({why}): if the folder was copied, copy this file too; if \
                 all else verifies, any command that writes makes it anew"
            );
            findings.push((FILE.to_owned(), detail));
        }
        let tables = if pages.is_empty() { BTreeMap::new() } else { tables(&self.db) };
        for page in pages {
            let table = tables.get(&page).map_or("no table", String::as_str);
            let detail = "its bytes are not those that were written: keep the folder as it is and \
                          put a copy of the register in its place";
            findings.push((format!("page {page} of sijil.db ({table})"), detail.to_owned()));
        }
        Ok(findings)
    }
}

/// Table or index of each page, as far as the database can still tell.
fn tables(db: &Connection) -> BTreeMap<u32, String> {
    let read = || -> rusqlite::Result<BTreeMap<u32, String>> {
        let mut query = db.prepare("SELECT pageno, name FROM dbstat")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    };
    read().unwrap_or_default()
}

/// Size and root of the newest head; nothing where there is none.
fn newest_head(db: &Connection) -> rusqlite::Result<Vec<u8>> {
    let sql = "SELECT size, root FROM head ORDER BY size DESC LIMIT 1";
    let head = |row: &rusqlite::Row<'_>| {
        let (size, root): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        Ok([&size.to_be_bytes()[..], &root].concat())
    };
    db.query_row(sql, [], head).or_else(|e| match e {
        rusqlite::Error::QueryReturnedNoRows => Ok(Vec::new()),
        e => Err(e),
    })
}

/// The digest of every page: taken from `known` but for those `changed` and those it has not.
fn digests(
    database: &Path,
    known: &[PageDigest],
    changed: &BTreeSet<u32>,
) -> io::Result<Vec<PageDigest>> {
    let mut file = File::open(database)?;
    let bytes = file.metadata()?.len();
    let mut head = [0; PAGE_SIZE_AT + 2];
    file.read_exact(&mut head)?;
    // One is how 65,536 is written; what is damaged is taken for the usual.
    let size = match u16::from_be_bytes([head[PAGE_SIZE_AT], head[PAGE_SIZE_AT + 1]]) {
        1 => 1 << 16,
        size if size >= 512 && size.is_power_of_two() => u64::from(size),
        _ => 4096,
    };
    let mut page = vec![0; usize::try_from(size).unwrap_or(4096)];
    let mut all = Vec::new();
    for at in 0..bytes.div_ceil(size) {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let kept = usize::try_from(at).ok().and_then(|at| known.get(at));
        match kept.filter(|_| !changed.contains(&number)) {
            Some(digest) => all.push(*digest),
            None => {
                let length = usize::try_from(size.min(bytes - at * size)).unwrap_or(page.len());
                file.seek(SeekFrom::Start(at * size))?;
                file.read_exact(&mut page[..length])?;
                all.push(digest(&page[..length]));
            }
        }
    }
    Ok(all)
}

fn digest(page: &[u8]) -> PageDigest {
    let mut short = PageDigest::default();
    short.copy_from_slice(&Sha256::digest(page)[..8]);
    short
}

/// Mark, length of the head, head, digests, and the SHA-256 of all that.
fn store(path: &Path, digests: &Digests) -> io::Result<()> {
    let mut bytes = MARK.to_vec();
    bytes.push(u8::try_from(digests.head.len()).unwrap_or(0));
    bytes.extend(&digests.head);
    bytes.extend(digests.pages.iter().flatten());
    let seal = Sha256::digest(&bytes);
    bytes.extend(&seal[..]);
    let aside = path.with_extension("db-pages-new");
    let mut file = File::create(&aside)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    fs::rename(aside, path)
}

fn load(path: &Path) -> io::Result<Digests> {
    let damaged = || io::Error::new(io::ErrorKind::InvalidData, "the file is damaged");
    let bytes = fs::read(path)?;
    let (said, seal) = bytes.split_last_chunk::<32>().ok_or_else(damaged)?;
    if Sha256::digest(said)[..] != seal[..] {
        return Err(damaged());
    }
    let rest = said.strip_prefix(MARK).ok_or_else(damaged)?;
    let (length, rest) = rest.split_first().ok_or_else(damaged)?;
    let (head, rest) = rest.split_at_checked(usize::from(*length)).ok_or_else(damaged)?;
    let (pages, over) = rest.as_chunks::<8>();
    if !over.is_empty() {
        return Err(damaged());
    }
    Ok(Digests { head: head.to_vec(), pages: pages.to_vec() })
}

fn beside(database: &Path, name: &str) -> PathBuf {
    database.with_file_name(name)
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}
