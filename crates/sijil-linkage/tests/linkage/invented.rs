//! Lists of invented people with known truth, made from a seed.
//!
//! Families die together; three lists name the dead, one of them in Arabic; names are romanised in
//! several ways, letters slip, fathers, ages and days are missing or a little off.

use jiff::civil::date;
use sijil_linkage::{Row, Value};

/// Chance as a function of a seed (SplitMix64).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).expect("31 bits") % limit.max(1)
    }

    fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const MEN: &[&str] = &[
    "سليم Salim Saleem",
    "كريم Karim Kareem",
    "نبيل Nabil Nabeel",
    "عمر Omar Umar",
    "راشد Rashid Rached",
    "يوسف Yusuf Youssef",
    "فؤاد Fuad Fouad",
    "قاسم Qasim Kassem",
    "جمال Jamal Gamal",
    "طارق Tariq Tarek",
    "خليل Khalil Khaleel",
    "منير Munir Mounir",
    "زياد Ziad Ziyad",
    "هشام Hisham Hesham",
    "وليد Walid Waleed",
    "سامر Samer Samir",
];
const WOMEN: &[&str] = &[
    "مريم Mariam Maryam",
    "هدى Huda Hoda",
    "ليلى Layla Leila",
    "فاطمة Fatima Fatmeh",
    "زينب Zainab Zaynab",
    "رنا Rana Rana",
    "سعاد Suad Souad",
    "نجاح Najah Najah",
];
/// Consonants that family names are made of.
const LETTERS: &[&str] = &[
    "ب b", "ت t", "ج j", "ح h", "خ kh", "د d", "ر r", "ز z", "س s", "ش sh", "غ gh", "ف f", "ق q",
    "ك k", "ل l", "م m", "ن n",
];

/// Arabic and two Latin spellings of a name.
type Spelled = [String; 3];

fn spelled(words: &str) -> Spelled {
    let mut words = words.split(' ').map(str::to_owned);
    std::array::from_fn(|_| words.next().expect("three spellings"))
}

fn family(chance: &mut Chance) -> Spelled {
    let letters: Vec<(&str, &str)> = (0..3)
        .map(|_| LETTERS[chance.below(LETTERS.len())].split_once(' ').expect("two"))
        .collect();
    let [(a, x), (b, y), (c, z)] = [letters[0], letters[1], letters[2]];
    if chance.percent(50) {
        [format!("ال{a}{b}ا{c}"), format!("al-{x}a{y}a{z}"), format!("{x}a{y}{y}a{z}")]
    } else {
        [format!("{a}ا{b}{c}ي"), format!("{x}a{y}{z}i"), format!("{x}a{y}e{z}y")]
    }
}

/// A family name in Arabic.
pub(crate) fn family_name(chance: &mut Chance) -> String {
    let [arabic, _, _] = family(chance);
    arabic
}

/// A man's name in Arabic.
pub(crate) fn man_name(chance: &mut Chance) -> String {
    let [arabic, _, _] = spelled(MEN[chance.below(MEN.len())]);
    arabic
}

/// Rows of three lists, and for each row the number of its person.
pub(crate) fn lists(seed: u64, people: usize) -> (Vec<Row>, Vec<u32>) {
    let mut chance = Chance::of(seed);
    let families: Vec<Spelled> = (0..people / 4 + 3).map(|_| family(&mut chance)).collect();
    let (mut rows, mut truth) = (Vec::new(), Vec::new());
    let mut person = 0_u32;
    while (person as usize) < people {
        let family = families[chance.below(families.len())].clone();
        let father = spelled(MEN[chance.below(MEN.len())]);
        let day = chance.below(200);
        let place = format!("SY{:02}{:02}", 1 + chance.below(6), chance.below(4));
        let mut given: Vec<&str> = Vec::new();
        for _ in 0..1 + chance.below(4) {
            let man = chance.percent(70);
            let names = if man { MEN } else { WOMEN };
            let name = names[chance.below(names.len())];
            if given.contains(&name) {
                continue;
            }
            given.push(name);
            let life = Life {
                name: spelled(name),
                father: &father,
                family: &family,
                man,
                day,
                place: &place,
                age: chance.below(80),
            };
            for list in 0..3 {
                if chance.percent(60) {
                    rows.push(life.listed(list, &mut chance));
                    truth.push(person);
                }
            }
            person += 1;
        }
    }
    (rows, truth)
}

struct Life<'a> {
    name: Spelled,
    father: &'a Spelled,
    family: &'a Spelled,
    man: bool,
    day: usize,
    place: &'a str,
    age: usize,
}

impl Life<'_> {
    fn listed(&self, list: u32, chance: &mut Chance) -> Row {
        let mut write = |name: &Spelled| {
            let spelling = if list == 2 { 0 } else { 1 + chance.below(2) };
            let mut letters: Vec<char> = name[spelling].chars().collect();
            if chance.percent(6) && letters.len() > 3 {
                letters.remove(1 + chance.below(letters.len() - 2));
            }
            letters.into_iter().collect::<String>()
        };
        let (given, father, family) = (write(&self.name), write(self.father), write(self.family));
        let name = if chance.percent(80) {
            format!("{given} {father} {family}")
        } else {
            format!("{given} {family}")
        };
        let number = |n: usize| i64::try_from(n).expect("small");
        let age = chance
            .percent(70)
            .then(|| Value::Number(number(self.age + usize::from(chance.percent(15)))));
        let day = self.day + if chance.percent(12) { 1 } else { 0 };
        let day = date(2031, 1, 1).saturating_add(jiff::Span::new().days(number(day)));
        let sex = Value::Text(if self.man { "m" } else { "f" }.to_owned());
        let place = chance.percent(85).then(|| Value::Text(self.place.to_owned()));
        let day = chance.percent(92).then_some(Value::Date(day));
        let values = vec![Some(Value::Text(name)), None, None, Some(sex), age, None, day, place];
        Row { list, values }
    }
}
