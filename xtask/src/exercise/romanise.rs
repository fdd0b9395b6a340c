//! Names spelled in Latin letters by ear, as people of different schools write them.
//!
//! A recorder keeps to one habit within a record and wavers in it: the same person is Khaled in
//! one list and Khalid in another. Nothing here is a transliteration standard.

use super::names::Name;
use crate::dice::Dice;

/// How somebody spells Arabic names in Latin letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    /// As in English newspapers.
    Press,
    /// As in English chat: long vowels doubled, no q.
    Plain,
    /// As in French: ch, ou, dj.
    French,
}

/// The habits with the share of records, in tenths, that a list's recorders write in each.
pub(crate) fn habit(press: usize, plain: usize, dice: &mut Dice) -> Habit {
    match dice.below(10) {
        draw if draw < press => Habit::Press,
        draw if draw < press + plain => Habit::Plain,
        _ => Habit::French,
    }
}

/// A name in Latin letters, each word with a capital.
pub(crate) fn spell(name: &Name, habit: Habit, dice: &mut Dice) -> String {
    let words: Vec<String> =
        name.sound.split(' ').map(|word| spell_word(word, habit, dice)).collect();
    words.join(" ")
}

fn spell_word(word: &str, habit: Habit, dice: &mut Dice) -> String {
    let Some(rest) = word.strip_prefix("al-") else { return capital(&letters(word, habit, dice)) };
    let rest = capital(&letters(rest, habit, dice));
    // In the middle of a given name the article melts into what follows.
    let article = match habit {
        Habit::Press => ["al-", "al-", "Al-", "el-"],
        Habit::Plain => ["Al ", "al ", "Al-", "El "],
        Habit::French => ["El ", "al-", "El-", "el "],
    };
    format!("{}{rest}", dice.pick(&article))
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The sounds of a word, two letters where two letters are one sound.
fn sounds(word: &str) -> Vec<&str> {
    const PAIRS: &[&str] = &["aa", "ii", "uu", "ay", "aw", "th", "kh", "dh", "sh", "gh"];
    let mut sounds = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let pair = rest.get(..2).filter(|pair| PAIRS.contains(pair));
        // All sounds are ASCII: a byte is a letter.
        let (sound, after) = rest.split_at(pair.map_or(1, str::len));
        sounds.push(sound);
        rest = after;
    }
    sounds
}

fn letters(word: &str, habit: Habit, dice: &mut Dice) -> String {
    let sounds = sounds(word);
    let mut out = String::new();
    for (at, sound) in sounds.iter().enumerate() {
        let last = at + 1 == sounds.len();
        out.push_str(match habit {
            Habit::Press => press(sound, last, dice),
            Habit::Plain => plain(sound, last, dice),
            Habit::French => french(sound, last, dice),
        });
    }
    out
}

/// What all habits agree on.
fn shared(sound: &str) -> &str {
    match sound {
        "H" => "h",
        "S" => "s",
        "D" => "d",
        "T" => "t",
        "Z" => "z",
        "3" | "'" => "",
        other => other,
    }
}

fn press<'a>(sound: &'a str, last: bool, dice: &mut Dice) -> &'a str {
    match sound {
        "aa" => "a",
        "ii" if last => "i",
        "ii" => dice.pick(&["i", "i", "ee"]),
        "uu" => dice.pick(&["u", "u", "ou"]),
        "i" if !last => dice.pick(&["i", "i", "e"]),
        "u" => dice.pick(&["u", "u", "o"]),
        "ay" => dice.pick(&["ay", "ai", "ei"]),
        "@" => dice.pick(&["a", "a", "ah"]),
        "3" => dice.pick(&["", "", "'"]),
        "Z" => dice.pick(&["z", "dh"]),
        other => shared(other),
    }
}

fn plain<'a>(sound: &'a str, last: bool, dice: &mut Dice) -> &'a str {
    match sound {
        "aa" => dice.pick(&["a", "a", "a", "aa"]),
        "ii" if last => dice.pick(&["i", "y"]),
        "ii" => "ee",
        "uu" => "oo",
        "i" => dice.pick(&["i", "e"]),
        "u" => dice.pick(&["o", "u"]),
        "ay" => dice.pick(&["ai", "ay", "e"]),
        "aw" => dice.pick(&["aw", "ow"]),
        "@" => dice.pick(&["a", "ah", "eh"]),
        "q" => dice.pick(&["k", "q"]),
        "th" => dice.pick(&["th", "t"]),
        "D" => dice.pick(&["d", "dh"]),
        other => shared(other),
    }
}

fn french<'a>(sound: &'a str, last: bool, dice: &mut Dice) -> &'a str {
    match sound {
        "aa" => "a",
        "ii" if last => "i",
        "ii" => "i",
        "uu" | "u" => "ou",
        "i" => dice.pick(&["i", "e"]),
        "ay" => dice.pick(&["ai", "ei"]),
        "aw" => dice.pick(&["aou", "aw"]),
        "sh" => dice.pick(&["ch", "ch", "sh"]),
        "j" => dice.pick(&["j", "dj"]),
        "q" => dice.pick(&["k", "q"]),
        "@" => dice.pick(&["a", "e"]),
        "th" => dice.pick(&["th", "t"]),
        other => shared(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds_of_two_letters_stay_whole() {
        assert_eq!(sounds("khaalid"), ["kh", "aa", "l", "i", "d"]);
        assert_eq!(sounds("Husayn"), ["H", "u", "s", "ay", "n"]);
        assert_eq!(sounds("ibraahiim"), ["i", "b", "r", "aa", "h", "ii", "m"]);
    }

    #[test]
    fn habits_differ_and_keep_capitals_and_articles() {
        let mut dice = Dice::new(1, 0);
        let name = Name { arabic: String::new(), sound: "al-darmuuq".to_owned() };
        for habit in [Habit::Press, Habit::Plain, Habit::French] {
            let spelled = spell(&name, habit, &mut dice);
            assert!(spelled.to_lowercase().starts_with(['a', 'e']), "{spelled}");
            assert!(spelled.contains("Darm"), "{spelled}");
            assert!(spelled.is_ascii());
        }
    }
}
