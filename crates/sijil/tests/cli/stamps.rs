//! Time stamps of an authority: asked for by file, kept, listed, checked offline. The authority is one
//! of our own, made by `openssl`.

use std::fs;
use std::process::{Command, Output};

use crate::fixture::{Place, stderr, stdout};

/// A reply as an authority writes it, with nobody's signature: enough to be kept, not to hold.
pub(crate) fn unsigned_reply(request: &[u8]) -> Vec<u8> {
    let element = |tag: u8, content: &[u8]| {
        let length = u16::try_from(content.len()).expect("short").to_be_bytes();
        [&[tag, 0x82], length.as_slice(), content].concat()
    };
    // Of a request: the message behind its version.
    let message = &request[5..56];
    let number = element(0x02, &[1]);
    let policy = element(0x06, &[0x2A, 3]);
    let time = element(0x18, b"20310601090000Z");
    let info =
        element(0x30, &[&number, &policy, message, &number, &time].map(|p: &[u8]| p).concat());
    let stamp = element(0x06, &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 16, 1, 4]);
    let inner = element(0x30, &[stamp, element(0xA0, &element(0x04, &info))].concat());
    let signed = element(0x30, &[number, element(0x31, &[]), inner].concat());
    let name = element(0x06, &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2]);
    let token = element(0x30, &[name, element(0xA0, &signed)].concat());
    element(0x30, &[element(0x30, &element(0x02, &[0])), token].concat())
}

/// Runs openssl in the place; whether it did what it was told.
fn openssl(place: &Place, words: &str) -> bool {
    let output =
        Command::new("openssl").current_dir(place.path("")).args(words.split(' ')).output();
    output.is_ok_and(|output| output.status.success())
}

const SETTINGS: &str = "\
[req]
distinguished_name = name
prompt = no
[name]
CN = An authority of a test
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[stamps]
basicConstraints = CA:FALSE
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = t
[t]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
";

/// A root, and an authority that it vouches for; `None`, told, where there is no openssl.
#[expect(clippy::print_stdout, reason = "a test that skips itself says so")]
fn authority(place: &Place, name: &str) -> Option<()> {
    fs::write(place.path("settings"), SETTINGS).expect("can be written");
    fs::write(place.path("serial"), "01\n").expect("can be written");
    let done = openssl(place, "version")
        && openssl(place, &format!(
            "req -x509 -newkey rsa:2048 -nodes -keyout {name}.key -out {name}.pem -days 30 -config settings -extensions root"
        ))
        && openssl(place, &format!(
            "req -newkey rsa:2048 -nodes -keyout {name}-tsa.key -out {name}.csr -config settings -subj /CN=stamps"
        ))
        && openssl(place, &format!(
            "x509 -req -in {name}.csr -CA {name}.pem -CAkey {name}.key -CAcreateserial -out {name}-tsa.pem -days 30 \
             -extfile settings -extensions stamps"
        ).replace("             ", ""));
    if !done {
        println!("skipped: no openssl that can be an authority is on this machine");
    }
    done.then_some(())
}

fn stamp(place: &Place, words: &[&str]) -> Output {
    let mut all = vec!["stamp"];
    all.extend(words);
    all.extend(["-R", "register"]);
    place.run(&all)
}

#[test]
fn a_head_is_stamped_kept_and_checked() {
    let place = Place::with_material();
    let Some(()) = authority(&place, "root") else { return };
    assert_eq!(place.report("register", "out").status.code(), Some(0));
    let waiting = stdout(&stamp(&place, &["list", "--format", "csv"]));
    assert!(waiting.contains(",waits,"), "{waiting}");
    assert_eq!(stamp(&place, &["request", "a.tsq"]).status.code(), Some(0));
    assert!(openssl(
        &place,
        "ts -reply -config settings -section t -queryfile a.tsq -signer root-tsa.pem -inkey root-tsa.key -out a.tsr"
    ));
    let taken = stamp(&place, &["take", "a.tsr"]);
    assert_eq!(taken.status.code(), Some(0), "{}", stderr(&taken));
    assert!(stdout(&taken).starts_with("stamped"), "{}", stdout(&taken));
    assert!(stderr(&stamp(&place, &["take", "a.tsr"])).contains("nothing to do"));
    let listed = stdout(&stamp(&place, &["list", "--format", "csv"]));
    assert!(!listed.contains("waits"), "all but the stamp's own entry is covered: {listed}");
    let checked = stamp(&place, &["check", "--ca", "root.pem"]);
    assert_eq!(checked.status.code(), Some(0), "{}", stderr(&checked));
    assert!(stdout(&checked).starts_with("holds"), "{}", stdout(&checked));
    assert_eq!(place.run(&["verify", "-R", "register"]).status.code(), Some(0));
    // Another root vouches for nothing of it, and an unsigned reply holds for nobody.
    authority(&place, "other").expect("as before");
    let foreign = stamp(&place, &["check", "--ca", "other.pem"]);
    assert_eq!(foreign.status.code(), Some(3), "{}", stderr(&foreign));
    place.write("lists/west.csv", b"Name,Age,Date of death\nNader Elias Khalil,60,2031-05-10\n");
    place.report("register", "out");
    assert!(stdout(&stamp(&place, &["list"])).contains("waits"));
    stamp(&place, &["request", "b.tsq"]);
    let request = fs::read(place.path("b.tsq")).expect("written");
    fs::write(place.path("b.tsr"), unsigned_reply(&request)).expect("can be written");
    assert_eq!(stamp(&place, &["take", "b.tsr"]).status.code(), Some(0));
    let checked = stamp(&place, &["check", "--ca", "root.pem"]);
    assert_eq!(checked.status.code(), Some(3), "{}", stdout(&checked));
    assert!(stdout(&checked).contains("holds"), "the first still does");
}

#[test]
fn what_is_about_no_head_is_not_taken() {
    let place = Place::with_material();
    assert_eq!(place.report("register", "out").status.code(), Some(0));
    stamp(&place, &["request", "a.tsq"]);
    let mut request = fs::read(place.path("a.tsq")).expect("written");
    request[40] ^= 1;
    fs::write(place.path("a.tsr"), unsigned_reply(&request)).expect("can be written");
    let other = stamp(&place, &["take", "a.tsr"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(stderr(&other).contains("no head"), "{}", stderr(&other));
    fs::write(place.path("a.tsr"), b"nonsense").expect("can be written");
    let nonsense = stamp(&place, &["take", "a.tsr"]);
    assert_eq!(nonsense.status.code(), Some(2), "{}", stderr(&nonsense));
}
