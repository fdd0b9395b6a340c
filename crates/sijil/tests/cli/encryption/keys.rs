//! What opens an encrypted register, and what does not.

use std::fs;

use super::{Locked, WORDS, tree};
use crate::fixture::{Place, stderr, stdout};

/// Commands that write and such that read; each must be refused in the same way.
const COMMANDS: &[&[&str]] = &[
    &["add", "material", "-R", "register"],
    &["report", "material", "-R", "register", "-o", "out"],
    &["verify", "-R", "register"],
    &["search", "killed", "-R", "register"],
    &["backup", "copy", "-R", "register"],
    &["log", "-R", "register"],
    &["passphrase", "-R", "register", "--new-passphrase-file", "words"],
];

#[test]
fn a_wrong_passphrase_opens_nothing_and_changes_nothing() {
    let locked = Locked::new(Place::with_material());
    locked.done(&["add", "material", "-R", "register"]);
    locked.file("wrong", "olive lantern seven stone");
    locked.file("lines", "olive lantern\nseven stones\n");
    let register = locked.place.path("register");
    let before = tree(&register);
    for command in COMMANDS {
        for (file, why) in [
            ("wrong", "does not open"),
            ("lines", "more than one line"),
            ("nowhere", "cannot be read"),
        ] {
            let refused = locked.with(file, command);
            assert_eq!(refused.status.code(), Some(2), "{command:?}: {}", stderr(&refused));
            assert!(stderr(&refused).contains(why), "{command:?}: {}", stderr(&refused));
            assert!(!stderr(&refused).contains("olive"), "{}", stderr(&refused));
        }
        let mut command_line = locked.place.command();
        let refused = command_line.args(*command).output().expect("the program starts");
        assert_eq!(refused.status.code(), Some(2), "{command:?}: {}", stderr(&refused));
        assert!(stderr(&refused).contains("--passphrase-file"), "{}", stderr(&refused));
    }
    assert_eq!(tree(&register), before);
    assert!(!locked.place.path("copy").exists() && !locked.place.path("out").exists());
}

#[test]
fn a_passphrase_can_be_changed_and_what_is_encrypted_stays() {
    let locked = Locked::new(Place::with_material());
    locked.done(&["add", "material", "-R", "register"]);
    let evidence = locked.place.path("register/evidence");
    let before = tree(&evidence);
    locked.file("next", "another row of seven words");
    locked.file("short", "short");
    let change = |file| ["passphrase", "-R", "register", "--new-passphrase-file", file];
    let refused = locked.with("words", &change("short"));
    assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
    locked.done(&change("next"));
    assert_eq!(locked.with("words", &["verify", "-R", "register"]).status.code(), Some(2));
    let verified = locked.with("next", &["verify", "-R", "register"]);
    assert_eq!(verified.status.code(), Some(0), "{}", stderr(&verified));
    assert_eq!(tree(&evidence), before);
    let log = stdout(&locked.with("next", &["log", "-R", "register", "--format", "csv"]));
    assert!(log.contains("lock"), "{log}");
}

#[test]
fn the_recovery_key_opens_it_until_another_is_made() {
    let locked = Locked { place: Place::with_material() };
    locked.file("words", WORDS);
    let made = locked.with("words", &["init", "--encrypt", "-R", "register"]);
    let printed = |text: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix("recovery  "));
        line.expect("a recovery key").to_owned()
    };
    let first = printed(&stdout(&made));
    locked.file("paper", &first.to_lowercase().replace('-', " "));
    let kept = tree(&locked.place.path("register"));
    for (name, bytes) in &kept {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(&first[..9]), "the recovery key is kept in {}", name.display());
    }
    locked.file("next", "another row of seven words");
    let recover = ["passphrase", "--recover", "--recovery-key-file", "paper"];
    let rest = ["--new-passphrase-file", "next", "-R", "register"];
    let recovered = locked.with("nowhere", &[&recover[..], &rest].concat());
    assert_eq!(recovered.status.code(), Some(0), "{}", stderr(&recovered));
    let verified = locked.with("next", &["verify", "-R", "register"]);
    assert_eq!(verified.status.code(), Some(0), "{}", stderr(&verified));

    let renewed = locked.with("next", &["passphrase", "--new-recovery-key", "-R", "register"]);
    assert_ne!(printed(&stdout(&renewed)), first);
    let refused = locked.with("nowhere", &[&recover[..], &rest].concat());
    assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
    locked.file("paper", &printed(&stdout(&renewed)));
    let recovered = locked.with("nowhere", &[&recover[..], &rest].concat());
    assert_eq!(recovered.status.code(), Some(0), "{}", stderr(&recovered));
}

#[test]
fn a_key_file_and_a_second_person_are_needed_where_they_were_asked_for() {
    let locked = Locked { place: Place::with_material() };
    locked.file("words", WORDS);
    locked.file("second", "the second person's own words");
    let init = ["init", "--encrypt", "-R", "register", "--people", "2", "--key-file", "stick"];
    let both = ["--passphrase-file", "words", "--passphrase-file", "second"];
    let mut command = locked.place.command();
    command.env("SIJIL_WEAK_KEYS", "1").args(init).args(both);
    let made = command.output().expect("the program starts");
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    let stick = fs::metadata(locked.place.path("stick")).expect("it was made");
    assert_eq!(stick.len(), 64);
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&stick.permissions()) & 0o777, 0o600);

    let verify = |arguments: &[&str]| {
        let output = locked.place.run(&[&["verify", "-R", "register"], arguments].concat());
        (output.status.code(), stderr(&output))
    };
    let key_file = ["--key-file", "stick"];
    assert_eq!(verify(&[&both[..], &key_file].concat()).0, Some(0));
    locked.file("other stick", &"x".repeat(64));
    for (arguments, why) in [
        (both.to_vec(), "needs its key file"),
        ([&both[..2], &key_file].concat(), "two people"),
        ([&both[2..], &both[..2], &key_file].concat(), "does not open"),
        ([&both[..], &["--key-file", "other stick"]].concat(), "does not open"),
        ([&both[..], &["--key-file", "lost"]].concat(), "cannot be read"),
    ] {
        let (code, told) = verify(&arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {told}");
        assert!(told.contains(why), "{arguments:?}: {told}");
    }
}

#[test]
fn keys_that_are_lost_or_another_registers_are_told() {
    let locked = Locked::new(Place::with_material());
    locked.done(&["add", "material", "-R", "register"]);
    locked.done(&["init", "--encrypt", "-R", "other"]);
    let keys = locked.place.path("register/keys.toml");
    let own = fs::read(&keys).expect("there");
    let verify = ["verify", "-R", "register"];

    fs::copy(locked.place.path("other/keys.toml"), &keys).expect("copied");
    let told = locked.with("words", &verify);
    assert_eq!(told.status.code(), Some(3), "{}", stderr(&told));
    assert!(stderr(&told).contains("another register's"), "{}", stderr(&told));

    fs::remove_file(&keys).expect("removed");
    let told = locked.with("words", &verify);
    assert_eq!(told.status.code(), Some(3), "{}", stderr(&told));
    assert!(stderr(&told).contains("keys.toml is missing"), "{}", stderr(&told));

    fs::write(&keys, "format = 1").expect("written");
    let told = locked.with("words", &verify);
    assert_eq!(told.status.code(), Some(3), "{}", stderr(&told));

    fs::write(&keys, own).expect("put back");
    locked.done(&verify);

    // Keys without a register are not made anew: they may be the only ones of something.
    fs::create_dir(locked.place.path("half")).expect("a folder");
    fs::copy(&keys, locked.place.path("half/keys.toml")).expect("copied");
    let refused = locked.with("words", &["init", "--encrypt", "-R", "half"]);
    assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
}
