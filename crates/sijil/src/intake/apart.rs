//! Readers of foreign binary formats in a process of their own, with limits: a file that makes them
//! fail, hang or ask for all memory is refused, and this program goes on.
//!
//! The process is this program again, with a hidden command: a line in names a format and a path,
//! a line out gives what was read, as JSON. It is kept for the next file, and a new one takes its
//! place when it ends. Whoever uses this crate as a library and names no program reads within its
//! own process, where only a panic is caught.

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

/// What is to be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Asked {
    /// An old spreadsheet, and its length.
    Xls(PathBuf, u64),
    /// A PDF, without any other program.
    Pdf(PathBuf),
    /// What an image says of itself.
    Image(PathBuf),
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
pub(super) fn ask(asked: &Asked) -> Answer {
    let Some(program) = PROGRAM.get() else { return answer(asked) };
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
            match reader.as_mut().and_then(|apart| apart.ask(asked)) {
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
fn answer(asked: &Asked) -> Answer {
    let mut answer = Answer::default();
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut problem = |place, message| answer.problems.push((place, message));
        match asked {
            Asked::Xls(path, bytes) => answer.tables = xls::read(path, *bytes, &mut problem),
            Asked::Pdf(path) => answer.text = pdf::plain(path, &mut problem),
            Asked::Image(path) => answer.facts = media::facts(path),
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
    fn ask(&mut self, asked: &Asked) -> Option<Answer> {
        let mut line = serde_json::to_string(asked).ok()?;
        line.push('\n');
        self.to.write_all(line.as_bytes()).ok()?;
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

/// The hidden command: answers each line of `from` until it ends.
///
/// # Errors
/// When the limits cannot be set or a line cannot be read or written.
pub fn serve(from: impl BufRead, mut to: impl Write) -> io::Result<()> {
    limit()?;
    for line in from.lines() {
        writeln!(to, "{}", answer_line(&line?)?)?;
        to.flush()?;
    }
    Ok(())
}

/// One line in, one line out, without limits: what a process apart does with each.
///
/// # Errors
/// When the line is no question.
pub fn answer_line(line: &str) -> io::Result<String> {
    Ok(serde_json::to_string(&answer(&serde_json::from_str(line)?))?)
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
