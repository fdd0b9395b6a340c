//! `pdftotext` as a child: no shell words from outside, no files to write, little time and memory.
//!
//! It is handed the bytes, not a path: of an encrypted register nothing is ever laid down in plain.

use super::super::Bytes;

#[cfg(unix)]
use super::LARGEST_TEXT as LARGEST;

/// What became of a file.
pub(super) enum Outcome {
    /// Its text, a form feed behind each page.
    Text(String),
    /// Why it has none.
    Refused(String),
    /// The machine has no `pdftotext`.
    NoProgram,
}

/// The text of a file.
#[cfg(unix)]
pub(super) fn text(from: &dyn Bytes) -> Outcome {
    use std::io::Read;
    use std::process::{Command, Stdio};

    /// Ten seconds of processor, 1 GiB of address space, no file written, no core left behind.
    /// The shell sets the limits on itself and becomes the program: none runs without them.
    const LIMITED: &str = "ulimit -t 10 && ulimit -v 1048576 && ulimit -f 0 && ulimit -c 0 && \
                           exec pdftotext -q -enc UTF-8 -eol unix - -";

    let damaged = |why: &str| Outcome::Refused(format!("{why}; ask its sender for the file again"));
    let Ok(mut stream) = from.open() else { return damaged("cannot be opened") };
    let child = Command::new("sh")
        .args(["-c", LIMITED])
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return Outcome::NoProgram };
    let (to, out) = (child.stdin.take(), child.stdout.take());
    let mut bytes = Vec::new();
    let (read, full) = std::thread::scope(|threads| {
        // Beside the reading: whoever writes all first waits for ever on a child that waits too.
        threads.spawn(move || to.map(|mut to| std::io::copy(&mut stream, &mut to)));
        let read = out.map(|out| out.take(LARGEST + 1).read_to_end(&mut bytes));
        let full = bytes.len() as u64 > LARGEST;
        if full {
            // It may have ended by itself: then there is nothing to end.
            let _ = child.kill();
        }
        (read, full)
    });
    let Ok(status) = child.wait() else { return damaged("cannot be read") };
    match status.code() {
        _ if full => Outcome::Refused(format!("has more than {} MiB of text", LARGEST >> 20)),
        Some(126 | 127) => Outcome::NoProgram,
        Some(0) if matches!(read, Some(Ok(_))) => {
            Outcome::Text(String::from_utf8_lossy(&bytes).into_owned())
        }
        Some(3) => Outcome::Refused("is locked; ask its sender for a file that opens".to_owned()),
        Some(_) => damaged("is no whole PDF"),
        None => Outcome::Refused("takes more time or memory than one file may have".to_owned()),
    }
}

/// Where there are no limits to set, no foreign program is run.
#[cfg(not(unix))]
pub(super) fn text(_from: &dyn Bytes) -> Outcome {
    Outcome::NoProgram
}
