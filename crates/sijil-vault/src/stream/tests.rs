//! Streams that come back as they went in, and every way to damage one.

use std::io::Cursor;

use proptest::prelude::*;

use super::*;

const ORIGINAL: [u8; 32] = [5; 32];

fn key(byte: u8) -> Key {
    Key::new(Zeroizing::new([byte; 32]))
}

fn plain(length: usize) -> Vec<u8> {
    (0..=250).cycle().take(length).collect()
}

fn sealed(plain: &[u8], nonce: u8, original: [u8; 32]) -> Vec<u8> {
    let mut writer = Writer::begin(&key(1), &[nonce; NONCE], Vec::new()).unwrap();
    for part in plain.chunks(10_007) {
        writer.write_all(part).unwrap();
    }
    writer.finish(&original).unwrap()
}

fn opened(file: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    Reader::open(&key(1), Cursor::new(file), &ORIGINAL)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

const LENGTHS: &[usize] = &[0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 77];

#[test]
fn every_length_comes_back() {
    for length in LENGTHS {
        let plain = plain(*length);
        let file = sealed(&plain, 2, ORIGINAL);
        assert_eq!(opened(&file).unwrap(), plain, "{length}");
        assert_eq!(plain_length(file.len() as u64), Some(*length as u64));
    }
}

#[test]
fn no_file_is_taken_for_another_or_opened_with_another_key() {
    let file = sealed(&plain(BLOCK + 9), 2, ORIGINAL);
    assert!(Reader::open(&key(1), Cursor::new(&file), &[6; 32]).is_err());
    assert!(Reader::open(&key(2), Cursor::new(&file), &ORIGINAL).is_err());
}

#[test]
fn cut_off_at_any_length_it_does_not_open() {
    let file = sealed(&plain(BLOCK + 40), 2, ORIGINAL);
    let near = |at: usize| at < 64 || at.abs_diff(BLOCK + 43) < 64 || at + 80 > file.len();
    for length in (0..file.len()).filter(|at| near(*at)) {
        assert!(opened(&file[..length]).is_err(), "{length} bytes");
    }
    // At the border of two blocks, where only the mark of the last one tells.
    let whole = sealed(&plain(3 * BLOCK), 2, ORIGINAL);
    for blocks in 0..3 {
        let end = usize::try_from(START).unwrap() + blocks * (BLOCK + TAG);
        assert!(opened(&whole[..end]).is_err(), "{blocks} blocks");
    }
    assert!(opened(&[&file[..], b"x"].concat()).is_err());
}

#[test]
fn blocks_can_be_neither_moved_nor_left_out_nor_taken_from_another_file() {
    let start = usize::try_from(START).unwrap();
    let (file, other) =
        (sealed(&plain(3 * BLOCK), 2, ORIGINAL), sealed(&plain(3 * BLOCK), 3, ORIGINAL));
    let block = |file: &[u8], n: usize| {
        file[start + n * (BLOCK + TAG)..start + (n + 1) * (BLOCK + TAG)].to_vec()
    };
    let head = file[..start].to_vec();
    let [a, b, c] = [0, 1, 2].map(|n| block(&file, n));
    for (what, made) in [
        ("moved", [head.clone(), b.clone(), a.clone(), c.clone()].concat()),
        ("left out", [head.clone(), a.clone(), c.clone()].concat()),
        ("doubled", [head.clone(), a.clone(), a.clone(), b.clone(), c.clone()].concat()),
        ("of another", [head.clone(), a.clone(), block(&other, 1), c.clone()].concat()),
        ("last of another", [head, a, b, block(&other, 2)].concat()),
    ] {
        assert!(opened(&made).is_err(), "{what}");
    }
}

proptest! {
    #[test]
    fn any_changed_bit_is_seen(at in 0..BLOCK + 200, bit in 0..8_u32) {
        let mut file = sealed(&plain(BLOCK + 141), 2, ORIGINAL);
        let at = at % file.len();
        file[at] ^= 1_u8 << bit;
        prop_assert!(opened(&file).is_err());
    }

    #[test]
    fn reading_from_any_place_gives_what_stands_there(
        length in prop::sample::select(LENGTHS), from in 0_usize..4 * BLOCK, count in 0_usize..BLOCK,
    ) {
        let plain = plain(length);
        let file = sealed(&plain, 2, ORIGINAL);
        let mut reader = Reader::open(&key(1), Cursor::new(&file), &ORIGINAL).unwrap();
        let mut bytes = Vec::new();
        reader.seek(SeekFrom::Start(from as u64)).unwrap();
        reader.by_ref().take(count as u64).read_to_end(&mut bytes).unwrap();
        let end = (from + count).min(length);
        prop_assert_eq!(&bytes, plain.get(from.min(length)..end).unwrap_or_default());
        prop_assert_eq!(reader.seek(SeekFrom::End(0)).unwrap(), length as u64);
    }
}
