//! Splitting a name into parts.

use super::words::{self, Role};
use super::{Kunya, Part};
use crate::letters::{fold, is_arabic};

/// The parts of a name, in order.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let folded = reordered(&fold(text));
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphabetic() && c != '\'' && c != '`')
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    let roles: Vec<Option<Role>> = words.iter().map(|word| words::role(word)).collect();
    if roles.iter().all(|role| matches!(role, Some(Role::Nobody | Role::Article | Role::Nasab))) {
        return Vec::new();
    }
    let start = first_of_name(&roles);
    let mut walk = Walk::default();
    for at in start..words.len() {
        let last = at + 1 == words.len();
        walk.take(words[at], roles[at], last);
    }
    walk.end()
}

/// "AL-KHATIB, Yousef": what stands before the only comma is the family name and goes last.
fn reordered(folded: &str) -> String {
    match folded.split_once(',') {
        // A long tail ("Thomas Clifford, 1st Baron Clifford") is an addition, not the given name.
        Some((family, given))
            if !given.contains(',')
                && !given.trim().is_empty()
                && !family.trim().contains(' ')
                && given.split_whitespace().count() <= 3
                && !given.contains(|c: char| c.is_ascii_digit()) =>
        {
            format!("{given} {family}")
        }
        _ => folded.to_owned(),
    }
}

/// Index of the first word that is not a leading title.
fn first_of_name(roles: &[Option<Role>]) -> usize {
    let mut start = 0;
    while start + 1 < roles.len() {
        match roles[start] {
            Some(Role::Title) => {}
            Some(Role::Maybe) if start + 2 < roles.len() => {}
            // "Hojjat al-Eslam": an article after a title belongs to it only before more words.
            Some(Role::Article) if start > 0 && start + 2 < roles.len() => {}
            _ => break,
        }
        start += 1;
    }
    start
}

/// The words read so far.
#[derive(Default)]
struct Walk {
    done: Vec<Piece>,
    /// "Abd" or "Abu", waiting for the word it belongs to.
    open: Option<Piece>,
}

/// A part as it is read.
struct Piece {
    text: String,
    kunya: Option<Kunya>,
    /// "Abd", and how long it is: the word after it, written apart, may be a part of its own.
    servant: Option<usize>,
}

impl Piece {
    fn of(text: &str, kunya: Option<Kunya>) -> Self {
        Self { text: text.to_owned(), kunya, servant: None }
    }

    fn part(self) -> Part {
        let halves = self.servant.map(|at| self.text.split_at(at));
        let halves = halves.filter(|(_, own)| !own.is_empty());
        let halves = halves.map(|(head, own)| [head, own].map(|t| Part::of(t.to_owned(), None)));
        Part { halves: halves.map(Box::new), ..Part::of(self.text, self.kunya) }
    }
}

impl Walk {
    fn take(&mut self, word: &str, role: Option<Role>, last: bool) {
        let begun = !self.done.is_empty() || self.open.is_some();
        match role {
            Some(Role::Nasab) if begun && !last => {}
            Some(Role::Article) if !last => self.tie(),
            Some(Role::Servant) if !last => self.begin(servant(word), None),
            Some(Role::Father) if !last => self.begin_kunya(word, Kunya::Father),
            Some(Role::Mother) if !last => self.begin_kunya(word, Kunya::Mother),
            Some(Role::Faith) if begun => self.append(if arabic(word) { "دين" } else { "din" }),
            Some(Role::God) if begun => self.append(god(word)),
            None if kunya_of(word).is_some() => {
                self.begin_kunya(word, Kunya::Father);
                self.push(&bare(kunya_of(word).unwrap_or_default(), None));
            }
            _ => {
                let bare = bare(word, role);
                if bare != word {
                    self.tie();
                }
                self.push(&bare);
            }
        }
    }

    /// An article ties a waiting "Abd" to its word: "Abd al-Rahman" cannot be two parts, while
    /// "Abdel Rahman" may be.
    fn tie(&mut self) {
        if let Some(open) = &mut self.open {
            open.servant = None;
        }
    }

    fn begin_kunya(&mut self, word: &str, kunya: Kunya) {
        self.begin(head(word, kunya), Some(kunya));
    }

    fn begin(&mut self, word: &str, kunya: Option<Kunya>) {
        match &mut self.open {
            // "Abu Abd al-Rahman" is one kunya.
            Some(open) => open.text.push_str(word),
            None => {
                let servant = kunya.is_none().then_some(word.len());
                self.open = Some(Piece { servant, ..Piece::of(word, kunya) });
            }
        }
    }

    fn push(&mut self, word: &str) {
        let open = self.open.take();
        self.done.push(match open {
            Some(open) => Piece { text: open.text + word, ..open },
            None => Piece::of(word, None),
        });
    }

    fn append(&mut self, word: &str) {
        match (&mut self.open, self.done.last_mut()) {
            (Some(_), _) | (None, None) => self.push(word),
            (None, Some(Piece { text, .. })) => {
                // Ta marbuta is a t before the word it belongs to: "Hibat Allah".
                if text.ends_with('ه') && word == "اله" {
                    text.pop();
                    text.push('ت');
                }
                text.push_str(word);
            }
        }
    }

    fn end(mut self) -> Vec<Part> {
        self.done.extend(self.open.take());
        self.done.into_iter().map(Piece::part).collect()
    }
}

fn arabic(word: &str) -> bool {
    word.chars().any(is_arabic)
}

fn god(word: &str) -> &'static str {
    if arabic(word) { "اله" } else { "alah" }
}

fn servant(word: &str) -> &'static str {
    if arabic(word) { "عبد" } else { "abd" }
}

/// *Abu* or *Umm* in the one form, so that "Abou Omar" and "Abu Omar" are one text.
fn head(word: &str, kunya: Kunya) -> &'static str {
    words::KUNYA[usize::from(kunya == Kunya::Mother)][usize::from(arabic(word))]
}

/// The child's name where *Abu* and it are written as one word.
fn kunya_of(word: &str) -> Option<&str> {
    // With the article between them first: "Abulfazl", "Abualnaja".
    let heads: &[&str] = if arabic(word) {
        &["ابو"]
    } else {
        &[
            "aboual", "abouel", "abual", "abuel", "aboal", "aboel", "aboul", "abul", "abol",
            "abou", "abu", "abo",
        ]
    };
    let vowels = |c: char| "aeiou".contains(c);
    heads.iter().find_map(|head| {
        let child = word.strip_prefix(head)?;
        let is_name = child.chars().count() >= 3 && !child.starts_with(vowels);
        is_name.then_some(child)
    })
}

/// A word without article and with its compound, if it is one, in the one form.
fn bare(word: &str, role: Option<Role>) -> String {
    let word: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    if role == Some(Role::Whole) {
        return word;
    }
    if arabic(&word) { bare_arabic(&word) } else { bare_latin(&word) }
}

fn bare_arabic(word: &str) -> String {
    let long = |rest: &str, least: usize| rest.chars().count() >= least;
    if matches!(word, "الله" | "هللا") {
        return "اله".to_owned();
    }
    let word = mended(word);
    let mut word = match word.strip_prefix("ال") {
        Some(rest) if long(rest, 3) => rest.to_owned(),
        _ => word,
    };
    for (tail, short) in [("الدين", "دين"), ("الله", "اله"), ("هللا", "اله")]
    {
        if let Some(head) = word.strip_suffix(tail)
            && long(head, 2)
        {
            word = format!("{head}{short}");
        }
    }
    match word.strip_prefix("عبدال") {
        Some(rest) if long(rest, 2) => format!("عبد{rest}"),
        _ => word,
    }
}

/// A word with the ligature lam-alef set right where it can only have been turned round when the
/// text was taken out of a PDF file: "اال" at the beginning, "الل" after it.
fn mended(word: &str) -> String {
    match word.strip_prefix("اال") {
        Some(rest) => format!("الا{rest}"),
        None => match word.rfind("الل") {
            Some(at) if at > 0 && !word.ends_with("الله") => word.replacen("الل", "لال", 1),
            _ => word.to_owned(),
        },
    }
}

fn bare_latin(word: &str) -> String {
    if let Some(rest) = servant_of(word) {
        return if matches!(rest, "lah" | "la") { "abdalah".into() } else { format!("abd{rest}") };
    }
    for tail in
        ["eddine", "uddine", "eddin", "uddin", "aldin", "eldin", "eldeen", "aldeen", "addin"]
    {
        if let Some(head) = word.strip_suffix(tail)
            && head.len() >= 2
        {
            return format!("{head}din");
        }
    }
    for article in ["al", "el"] {
        if let Some(rest) = word.strip_prefix(article)
            && rest.len() >= 4
            && rest.starts_with(|c: char| c.is_alphabetic() && !"aeioul".contains(c))
        {
            return rest.to_owned();
        }
    }
    word.to_owned()
}

/// What follows "abdul", "abdel" or, with the sun letter doubled, "abdur" within one word.
fn servant_of(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("abd")?;
    let mut letters = rest.chars();
    let vowel = letters.next().filter(|c| "aeiou".contains(*c))?;
    let second = letters.next()?;
    let after = &rest[vowel.len_utf8() + second.len_utf8()..];
    let doubled = letters.next() == Some(second);
    ((second == 'l' || doubled) && after.chars().count() >= 2).then_some(after)
}

/// A part without a prefix that may be an article ("Alahmad", "Essayed") or *ben* ("Bensouda")
/// written into the word, or may belong to it.
pub(super) fn without_prefix(text: &str) -> Option<&str> {
    let long = |rest: &&str| rest.chars().count() >= 3;
    if arabic(text) {
        return text.strip_prefix("بن").or_else(|| text.strip_prefix("ال")).filter(long);
    }
    let ben = ["ben", "bin", "bel"].iter().find_map(|prefix| text.strip_prefix(prefix));
    let article = ["al", "el", "ul", "il"].iter().find_map(|prefix| text.strip_prefix(prefix));
    ben.or(article).or_else(|| assimilated(text)).filter(long)
}

/// What follows an article whose l has become the next consonant: "Ashshami", "Ennajjar".
fn assimilated(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['a', 'e'])?;
    let heads = ["sh", "s", "d", "r", "z", "n", "t", "th", "dh"];
    heads.iter().find_map(|head| rest.strip_prefix(head).filter(|rest| rest.starts_with(head)))
}
