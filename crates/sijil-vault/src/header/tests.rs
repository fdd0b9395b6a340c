//! What opens a register and what does not.

use zeroize::Zeroizing;

use super::*;

/// Bytes that differ from draw to draw and from seed to seed.
fn counted(seed: u8) -> impl FnMut(&mut [u8]) -> std::result::Result<(), String> {
    let mut next = seed;
    move |bytes| {
        for byte in bytes {
            next = next.wrapping_mul(167).wrapping_add(13);
            *byte = next;
        }
        Ok(())
    }
}

fn given(passphrases: &[&str], key_file: Option<u8>) -> Factors {
    Factors {
        passphrases: passphrases.iter().map(|p| Zeroizing::new((*p).to_owned())).collect(),
        key_file: key_file.map(|byte| Zeroizing::new([byte; 32])),
    }
}

fn made(factors: &Factors) -> (Key, Recovery, Header) {
    let mut fill = counted(7);
    let mut chance = Chance::new(&mut fill);
    let key = Key::draw(&mut chance).unwrap();
    let recovery = Recovery::draw(&mut chance).unwrap();
    let header = Header::new(&key, factors, Cost::WEAK, &recovery, &mut chance).unwrap();
    (key, recovery, Header::from_text(&header.to_text().unwrap()).unwrap())
}

const WORDS: &str = "olive lantern seven stones";

#[test]
fn only_what_it_was_made_with_opens_a_register() {
    let both = ["first person's words", "second person's words"];
    for (with, key_file) in [(&[WORDS][..], None), (&[WORDS], Some(4)), (&both, None)] {
        let (key, recovery, header) = made(&given(with, key_file));
        assert_eq!(header.open(&given(with, key_file)).unwrap(), key);
        assert_eq!(header.recover(&recovery).unwrap(), key);
        let mut wrong: Vec<Vec<&str>> = vec![vec![], vec!["olive lantern seven stone"]];
        wrong.push(with.iter().rev().copied().chain(["more"]).collect());
        if with.len() == 2 {
            wrong.extend([vec![both[0]], vec![both[1]], vec![both[1], both[0]]]);
        }
        for wrong in &wrong {
            assert!(header.open(&given(wrong, key_file)).is_err(), "{wrong:?}");
        }
        if key_file.is_some() {
            assert!(matches!(header.open(&given(with, None)), Err(Error::Needs(_))));
            assert_eq!(header.open(&given(with, Some(5))), Err(Error::Wrong));
        }
    }
}

#[test]
fn a_new_passphrase_takes_the_place_of_the_old() {
    let (key, recovery, header) = made(&given(&[WORDS], None));
    let (mut fill, next) = (counted(9), given(&["another set of words"], Some(1)));
    let mut chance = Chance::new(&mut fill);
    let changed = header.with_passphrase(&key, &next, Cost::WEAK, &mut chance).unwrap();
    assert_eq!(changed.open(&next).unwrap(), key);
    assert!(changed.open(&given(&[WORDS], None)).is_err());
    assert_eq!(changed.recover(&recovery).unwrap(), key);
    let other = Recovery::draw(&mut chance).unwrap();
    assert_eq!(changed.recover(&other), Err(Error::WrongRecovery));
    let renewed = changed.with_recovery(&key, &other, &mut chance).unwrap();
    assert_eq!(renewed.recover(&other).unwrap(), key);
    assert_eq!(renewed.recover(&recovery), Err(Error::WrongRecovery));
}

#[test]
fn a_passphrase_is_the_same_however_its_letters_are_put_together() {
    let (key, _, header) = made(&given(&["caf\u{e9} \u{622}\u{628} lantern"], None));
    let typed = given(&["cafe\u{301} \u{627}\u{653}\u{628} lantern"], None);
    assert_eq!(header.open(&typed).unwrap(), key);
}

#[test]
fn nothing_in_the_file_can_be_changed_unseen() {
    let (_, recovery, header) = made(&given(&[WORDS], Some(2)));
    let text = header.to_text().unwrap();
    let body = text.find("format").unwrap();
    let mut opened = 0;
    for at in body..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'1' { b'2' } else { b'1' };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let Ok(changed) = Header::from_text(&text) else { continue };
        let by_words = changed.open(&given(&[WORDS], Some(2))).is_ok();
        let by_paper = changed.recover(&recovery).is_ok();
        assert!(!(by_words && by_paper) || changed == header, "at {at}: {text}");
        opened += 1;
    }
    assert!(opened > 200, "the file was hardly read: {opened}");
}

#[test]
fn short_passphrases_and_costs_beyond_reason_are_refused() {
    let (key, recovery, header) = made(&given(&[WORDS], None));
    let (mut fill, cost) = (counted(3), Cost::WEAK);
    let mut chance = Chance::new(&mut fill);
    for short in [&["short"][..], &[], &["         a        "], &[WORDS, "short"]] {
        let refused = Header::new(&key, &given(short, None), cost, &recovery, &mut chance);
        assert!(matches!(refused, Err(Error::Passphrase(_))), "{short:?}");
    }
    let greedy = header.to_text().unwrap().replace("memory_kib = 64", "memory_kib = 4294967295");
    let opened = Header::from_text(&greedy).unwrap().open(&given(&[WORDS], None));
    assert!(matches!(opened, Err(Error::Header(_))));
    assert!(Cost::WEAK.is_weak() && !Cost::STRONG.is_weak() && header.is_weak());
}
