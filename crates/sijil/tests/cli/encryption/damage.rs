//! Whatever is done to an encrypted original, `verify` names it, and nothing else.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::{Locked, tree};
use crate::fixture::{Place, stderr, stdout};

#[test]
fn a_changed_byte_in_any_page_of_the_encrypted_database_is_found() {
    const PAGE: usize = 4096;
    let locked = Locked::new(Place::with_material());
    locked.done(&["add", "material", "-R", "register"]);
    let path = locked.place.path("register/sijil.db");
    let whole = fs::read(&path).expect("readable");
    let verify = || locked.with("words", &["verify", "-R", "register"]);
    assert_eq!(verify().status.code(), Some(0), "{}", stderr(&verify()));
    assert!(whole.len() / PAGE > 40, "{} bytes are few pages", whole.len());
    for page in 0..whole.len() / PAGE {
        // Somewhere else in each page: in its content, its nonce, its code.
        let at = page * PAGE + (page * 1237 + 5) % PAGE;
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (page % 8);
        fs::write(&path, &flipped).expect("written");
        assert_eq!(verify().status.code(), Some(3), "byte {at}: {}", stderr(&verify()));
    }
    for length in [PAGE * 3, whole.len() - PAGE, whole.len() - 1] {
        fs::write(&path, &whole[..length]).expect("written");
        assert_eq!(verify().status.code(), Some(3), "{length} bytes: {}", stderr(&verify()));
    }
    fs::write(&path, &whole).expect("put back");
    locked.done(&["verify", "-R", "register"]);
}

fn write(path: &Path, bytes: &[u8]) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("ours");
    fs::write(path, bytes).expect("can be written");
}

#[test]
fn every_damage_to_an_encrypted_original_is_named() {
    let locked = Locked::new(Place::new());
    // One block, several blocks, and two of the same length.
    let long: String = (0..9000).map(|n| format!("{n} quiet lines.\n")).collect();
    locked.place.write("a.txt", b"Nothing was seen in the first village.\n");
    locked.place.write("b.txt", b"Nothing was seen in the other village.\n");
    locked.place.write("c.txt", long.as_bytes());
    locked.done(&["add", "material", "-R", "register"]);
    let evidence = locked.place.path("register/evidence");
    let originals = tree(&evidence);
    let originals: Vec<(PathBuf, Vec<u8>)> =
        originals.into_iter().filter(|(_, bytes)| !bytes.is_empty()).collect();
    assert_eq!(originals.len(), 3);
    let named = |what: &str| {
        let told = locked.with("words", &["verify", "-R", "register"]);
        assert_eq!(told.status.code(), Some(3), "{what}: {}", stderr(&told));
        stdout(&told)
            .lines()
            .chain(stderr(&told).lines())
            .filter(|l| l.contains("original "))
            .count()
    };
    for (name, bytes) in &originals {
        let (path, last) = (evidence.join(name), bytes.len() - 1);
        for at in [0, 8, 27, 40, bytes.len() / 2, last - 15, last] {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            write(&path, &flipped);
            assert_eq!(named("flipped"), 1, "byte {at} of {}", bytes.len());
        }
        for length in [0, 1, 26, 27, 43, bytes.len() / 2, last] {
            write(&path, &bytes[..length]);
            assert_eq!(named("cut off"), 1, "{length} of {} bytes", bytes.len());
        }
        write(&path, &[bytes.as_slice(), b"\0"].concat());
        assert_eq!(named("longer"), 1);
        fs::remove_file(&path).expect("removed");
        assert_eq!(named("removed"), 1);
        fs::write(&path, bytes).expect("put back");
    }
    for (a, b) in [(0, 1), (1, 2)] {
        write(&evidence.join(&originals[a].0), &originals[b].1);
        write(&evidence.join(&originals[b].0), &originals[a].1);
        assert_eq!(named("swapped"), 2);
        write(&evidence.join(&originals[a].0), &originals[a].1);
        write(&evidence.join(&originals[b].0), &originals[b].1);
    }
    locked.done(&["verify", "-R", "register"]);
}
