//! The register of a report that names none: a folder that is removed at the end.
//!
//! It is removed when the report is done or fails, when the user breaks it off, and, where the
//! program was killed, by the next report. Nobody else can read it on systems that know of rights.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sijil::register::Register;
use tempfile::{Builder, TempDir};

/// What the folder's name begins with, so that the next report knows it.
const PREFIX: &str = "sijil-report-";

const REGISTER: &str = "register";

/// Exit code of a program that the user broke off.
const BROKEN_OFF: i32 = 130;

/// A folder for a register, removed when dropped.
pub(super) struct Temporary(TempDir);

impl Temporary {
    /// Makes the folder, after removing those that killed reports left.
    pub(super) fn new() -> io::Result<Self> {
        let all = std::env::temp_dir();
        sweep(&all);
        let folder = builder().tempdir_in(&all)?;
        let path = folder.path().to_path_buf();
        let remove = move || {
            remove_while_used(&path);
            std::process::exit(BROKEN_OFF);
        };
        // Only a second handler in one program is refused, and there is none.
        ctrlc::set_handler(remove).map_err(io::Error::other)?;
        Ok(Self(folder))
    }

    /// Where the register belongs.
    pub(super) fn register(&self) -> PathBuf {
        self.0.path().join(REGISTER)
    }
}

fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o700));
    }
    builder
}

/// Removes what killed reports left. What cannot be removed belongs to somebody else.
fn sweep(all: &Path) {
    for entry in fs::read_dir(all).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if ours && folder && Register::is_abandoned(&entry.path().join(REGISTER)) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Removes a folder that another thread may still write into.
fn remove_while_used(path: &Path) {
    const TRIES: usize = 50;
    for _ in 0..TRIES {
        if fs::remove_dir_all(path).is_ok() || !path.exists() {
            return;
        }
    }
}
