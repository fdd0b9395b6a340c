//! Readers of foreign binary formats in a process of their own, with limits: a file that makes them
//! fail, hang or ask for all memory is refused, and this program goes on.
//!
//! The process is this program again, with a hidden command: a line in names a format and a length,
//! the bytes follow, a line out gives what was read, as JSON. It opens no file, so an original of an
//! encrypted register reaches it without lying anywhere. It is kept for the next file, and a new one
//! takes its place when it ends. Whoever uses this crate as a library and names no program reads
//! within its own process, where only a panic is caught.

use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::bytes::{Bytes, Held, length};
use super::{ImageFacts, media, pdf, xls};
use crate::model::{Place, Table};

/// The hidden command.
pub const COMMAND: &str = "read-apart";

/// How long one file may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of an answer that are taken: the most text of a PDF, as JSON at its longest.
const LONGEST_ANSWER: u64 = 512 << 20;

/// Why a file is refused that took the reader with it.
const TOO_MUCH: &str = "takes more time or memory than one file may have: kept, not read";

/// Bytes of a file that are handed over: more than any of these readers reads.
const MOST: u64 = 64 << 20;

/// What is to be read.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum Asked {
    /// An old spreadsheet.
    Xls,
    /// A PDF, without any other program.
    Pdf,
    /// What an image says of itself.
    Image,
}

/// The line before the bytes: what they are and how many follow.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Question {
    what: Asked,
    bytes: u64,
}

/// What came of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Answer {
    pub(super) tables: Vec<Table>,
    pub(super) text: Option<String>,
    pub(super) facts: ImageFacts,
    pub(super) problems: Vec<(Place, String)>,
}

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

thread_local! {
    /// The process that reads for this thread.
    static READER: RefCell<Option<Apart>> = const { RefCell::new(None) };
}

/// Has foreign binary formats read by this program from now on, with [`COMMAND`].
pub fn read_apart_by(program: PathBuf) {
    // Named once; a second name would be the same.
    let _ = PROGRAM.set(program);
}

/// Reads a file apart.
pub(super) fn ask(what: Asked, from: &dyn Bytes) -> Answer {
    let Some(program) = PROGRAM.get() else { return answer(what, from) };
    READER.with_borrow_mut(|reader| {
        // One that has ended between two files is no fault of the second.
        for _ in 0..2 {
            let fresh = reader.is_none();
            if fresh {
                match Apart::begin(program) {
                    Ok(begun) => *reader = Some(begun),
                    Err(e) => return refused(format!("no reader can be started ({e})")),
                }
            }
            // Before anything is sent: what cannot be read is no fault of the reader's.
            let opened = length(from).and_then(|bytes| Ok((from.open()?, bytes.min(MOST))));
            let Ok((stream, bytes)) = opened else {
                return refused("cannot be opened; try again".to_owned());
            };
            let question = Question { what, bytes };
            match reader.as_mut().and_then(|apart| apart.ask(question, stream)) {
                Some(answer) => return answer,
                None => *reader = None,
            }
            if fresh {
                break;
            }
        }
        refused(TOO_MUCH.to_owned())
    })
}

/// Reads within this process.
fn answer(what: Asked, from: &dyn Bytes) -> Answer {
    let mut answer = Answer::default();
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut problem = |place, message| answer.problems.push((place, message));
        match what {
            Asked::Xls => answer.tables = xls::read(from, &mut problem),
            Asked::Pdf => answer.text = pdf::plain(from, &mut problem),
            Asked::Image => answer.facts = media::facts(from),
        }
    }));
    match read {
        Ok(()) => answer,
        Err(_) => refused("is damaged: kept, not read".to_owned()),
    }
}

fn refused(why: String) -> Answer {
    Answer { problems: vec![(Place::File, why)], ..Answer::default() }
}

/// A process that reads, and the lines to and from it.
struct Apart {
    child: Child,
    to: ChildStdin,
    from: Receiver<String>,
}

impl Apart {
    fn begin(program: &Path) -> io::Result<Self> {
        let mut child = Command::new(program)
            .arg(COMMAND)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(to), Some(out)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (send, from) = sync_channel(1);
        thread::spawn(move || {
            let mut out = BufReader::new(out);
            loop {
                let mut line = String::new();
                let read = out.by_ref().take(LONGEST_ANSWER).read_line(&mut line);
                if !read.is_ok_and(|_| line.ends_with('\n')) || send.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Self { child, to, from })
    }

    /// Nothing where the process ended or took too long.
    fn ask(&mut self, question: Question, from: impl Read) -> Option<Answer> {
        let mut line = serde_json::to_string(&question).ok()?;
        line.push('\n');
        self.to.write_all(line.as_bytes()).ok()?;
        let sent = io::copy(&mut from.take(question.bytes), &mut self.to).ok()?;
        if sent < question.bytes {
            return None;
        }
        self.to.flush().ok()?;
        let answer = self.from.recv_timeout(PATIENCE).ok()?;
        serde_json::from_str(&answer).ok()
    }
}

impl Drop for Apart {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The hidden command: answers each question of `from` until it ends.
///
/// # Errors
/// When the limits cannot be set or a question cannot be read or answered.
pub fn serve(mut from: impl BufRead, mut to: impl Write) -> io::Result<()> {
    limit()?;
    let mut line = String::new();
    while from.read_line(&mut line)? > 0 {
        let question: Question = serde_json::from_str(&line)?;
        let mut bytes = Vec::new();
        from.by_ref().take(question.bytes.min(MOST)).read_to_end(&mut bytes)?;
        writeln!(to, "{}", serde_json::to_string(&answer(question.what, &Held(bytes.into())))?)?;
        to.flush()?;
        line.clear();
    }
    Ok(())
}

/// What a process apart would answer about bytes called `Xls`, `Pdf` or `Image`, without limits.
///
/// # Errors
/// When they are called otherwise.
pub fn answer_about(what: &str, bytes: &[u8]) -> io::Result<String> {
    let what: Asked = serde_json::from_value(what.into())?;
    Ok(serde_json::to_string(&answer(what, &Held(bytes.into())))?)
}

/// 1 GiB of address space, an hour of processor over all files, no file written, no core left.
#[cfg(unix)]
fn limit() -> io::Result<()> {
    use rlimit::Resource;

    for (resource, most) in
        [(Resource::AS, 1 << 30), (Resource::CPU, 3600), (Resource::FSIZE, 0), (Resource::CORE, 0)]
    {
        resource.set(most, most)?;
    }
    Ok(())
}

/// Where there are no limits to set, the time that the asker waits is the only one.
#[cfg(not(unix))]
fn limit() -> io::Result<()> {
    Ok(())
}
