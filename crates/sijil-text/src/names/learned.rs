//! What was learned from lists of names, read from the data files of the crate.
//!
//! `cargo xtask names learn` writes the files; each says in its first lines what it was learned
//! from. Costs in them are negative logarithms in sixteenths of a nat, so that a cost fits in a
//! byte and sums are whole numbers, the same on every machine.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::spelling::{ARABIC, CHUNKS, PLACES, SIGNS, chunk, latin, sign};

/// Units of cost in a nat.
pub(super) const NAT: f32 = 16.0;
/// The cost of what was never seen.
pub(super) const NEVER: u8 = 255;
/// What is reckoned for what was never seen: more than any reading is worth.
const FORBIDDEN: u16 = 1 << 12;
/// The number of the empty row of Latin letters.
pub(super) const SILENT: u16 = 0;
/// Up to this cost a letter is a usual way to write a sign.
const USUAL: u8 = 104;

/// Up to this cost a Latin part is a usual spelling of an Arabic one.
const READING: u8 = 72;

/// The tables.
pub(super) struct Learned {
    /// Numbers of the rows of Latin letters that occur; 1 stands for those that do not.
    numbers: Vec<u16>,
    /// How many numbers there are.
    width: usize,
    /// Cost of a row of Latin letters for a sign.
    costs: Vec<u16>,
    /// For each sign the Latin letters it is usually written with; all of them if it may be silent.
    pub(super) letters_of: [u32; SIGNS],
    /// For each Latin letter the Arabic letters it usually stands for; all if any may have it.
    pub(super) signs_of: [u64; 26],
    /// Cost of a letter after another, by script; the end is a letter too.
    after: [Vec<u8>; 2],
    /// Parts that are known, with their cost, and pairs of them.
    parts: HashMap<&'static str, (u32, u8)>,
    pairs: HashMap<(u32, u32), u8>,
    /// The known parts by number.
    texts: Vec<&'static str>,
    /// For each known Latin part the Arabic parts that it is a usual spelling of.
    readings: HashMap<u32, Vec<u32>>,
    /// For each known Arabic part its usual spellings.
    spellings: HashMap<u32, Vec<u32>>,
}

static LEARNED: LazyLock<Learned> = LazyLock::new(Learned::read);

/// The tables, read once.
pub(super) fn learned() -> &'static Learned {
    &LEARNED
}

/// The lines of a data file below its description and its header.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#')).skip(1)
}

impl Learned {
    fn read() -> Self {
        let mut read = Self {
            numbers: vec![1; CHUNKS],
            width: 2,
            costs: Vec::new(),
            letters_of: [0; SIGNS],
            signs_of: [0; 26],
            after: [vec![NEVER; 27 * 27], vec![NEVER; (ARABIC.len() + 1) * (ARABIC.len() + 1)]],
            parts: HashMap::new(),
            pairs: HashMap::new(),
            texts: Vec::new(),
            readings: HashMap::new(),
            spellings: HashMap::new(),
        };
        read.numbers[usize::from(SILENT)] = 0;
        read.read_sounds(include_str!("../../data/name_sounds.csv"));
        read.read_letters(include_str!("../../data/name_letters.csv"));
        read.read_parts(include_str!("../../data/name_parts.csv"));
        read.read_pairs(include_str!("../../data/name_pairs.csv"));
        read
    }

    fn read_sounds(&mut self, text: &'static str) {
        let mut entries = Vec::new();
        for line in lines(text) {
            let mut cells = line.split(',');
            let (Some(letter), Some(place), Some(row), Some(cost)) =
                (cells.next(), cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            let letter = ARABIC.iter().position(|c| letter.starts_with(*c));
            let place = PLACES.iter().find(|p| p.word() == place);
            let (Some(letter), Some(place), Ok(cost)) = (letter, place, cost.parse::<u8>()) else {
                continue;
            };
            let letters: Vec<u8> = row.bytes().map(|b| b.saturating_sub(b'a').min(25)).collect();
            let number = &mut self.numbers[chunk(&letters)];
            if *number == 1 && !letters.is_empty() {
                *number = u16::try_from(self.width).unwrap_or(1);
                self.width += 1;
            }
            entries.push((usize::from(sign(letter, *place)), *number, cost, letters));
        }
        self.costs = vec![FORBIDDEN; SIGNS * self.width];
        for (sign, number, cost, letters) in entries {
            self.costs[sign * self.width + usize::from(number)] = cost.into();
            if cost > USUAL {
                continue;
            }
            if letters.is_empty() {
                self.letters_of[sign] = u32::MAX;
            }
            for letter in letters {
                self.letters_of[sign] |= 1 << letter;
                self.signs_of[usize::from(letter)] |= 1 << (sign / PLACES.len());
            }
        }
    }

    fn read_letters(&mut self, text: &'static str) {
        for line in lines(text) {
            let cells: Vec<&str> = line.split(',').collect();
            let [script, before, letter, cost] = cells[..] else { continue };
            let arabic = script == "arabic";
            let size = if arabic { ARABIC.len() + 1 } else { 27 };
            let number = |cell: &str| match cell.chars().next() {
                None => size - 1,
                Some(c) if arabic => ARABIC.iter().position(|a| *a == c).unwrap_or(0),
                Some(_) => usize::from(latin(cell).first().copied().unwrap_or(0)),
            };
            self.after[usize::from(arabic)][number(before) * size + number(letter)] =
                cost.parse().unwrap_or(NEVER);
        }
    }

    fn read_parts(&mut self, text: &'static str) {
        for line in lines(text) {
            if let Some((part, cost)) = line.split_once(',') {
                let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
                self.parts.insert(part, (number, cost.parse().unwrap_or(NEVER)));
                self.texts.push(part);
            }
        }
    }

    fn read_pairs(&mut self, text: &'static str) {
        for line in lines(text) {
            let cells: Vec<&str> = line.split(',').collect();
            let [arabic, latin, cost] = cells[..] else { continue };
            if let (Some((a, _)), Some((b, _))) = (self.parts.get(arabic), self.parts.get(latin)) {
                let cost = cost.parse().unwrap_or(NEVER);
                self.pairs.insert((*a, *b), cost);
                if cost <= READING {
                    self.readings.entry(*b).or_default().push(*a);
                    self.spellings.entry(*a).or_default().push(*b);
                }
            }
        }
    }

    /// The number of a row of up to three Latin letters.
    pub(super) fn number(&self, letters: &[u8]) -> u16 {
        self.numbers[chunk(letters)]
    }

    /// The costs of all rows of Latin letters for a sign, by number.
    pub(super) fn costs_of(&self, sign: u8) -> &[u16] {
        &self.costs[usize::from(sign) * self.width..][..self.width]
    }

    /// The cost of letters as a row, each after the one before: how rare such a part is.
    pub(super) fn cost_of_letters(&self, letters: impl Iterator<Item = u8>, arabic: bool) -> u32 {
        let size = if arabic { ARABIC.len() + 1 } else { 27 };
        let table = &self.after[usize::from(arabic)];
        let (mut before, mut sum) = (size - 1, 0);
        for letter in letters.map(usize::from).chain([size - 1]) {
            sum += u32::from(table[before * size + letter]);
            before = letter;
        }
        sum
    }

    /// The number of a known part and its cost.
    pub(super) fn part(&self, text: &str) -> Option<(u32, u8)> {
        self.parts.get(text).copied()
    }

    /// Whether two known Latin parts are usual spellings of one Arabic part, where that is known.
    pub(super) fn share_reading(&self, a: u32, b: u32) -> Option<bool> {
        let (a, b) = (self.readings.get(&a)?, self.readings.get(&b)?);
        Some(a.iter().any(|reading| b.contains(reading)))
    }

    /// Known parts that are usual spellings or readings of this one, and other spellings of those.
    pub(super) fn akin(&self, number: u32) -> impl Iterator<Item = &'static str> {
        let next = |of: u32| {
            let (readings, spellings) = (self.readings.get(&of), self.spellings.get(&of));
            readings.into_iter().chain(spellings).flatten().copied()
        };
        next(number).flat_map(move |one| next(one).chain([one])).map(|one| self.texts[one as usize])
    }

    /// The cost of the Latin part for the Arabic one, where they are a known pair.
    pub(super) fn pair(&self, arabic: u32, latin: u32) -> Option<u8> {
        self.pairs.get(&(arabic, latin)).copied()
    }
}
