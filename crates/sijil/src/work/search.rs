//! Finds items, documents, claims and persons by words, and shows where the words stand.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::error::{Error, Result};
use super::extract::{gazetteer, settings};
use super::slices::Slices;
use crate::model::{ItemId, RecordRef};
use crate::register::{AsOf, Clearance, Hit, Kind, Register, Sought, day_words, keys, tokens};

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Words that must all be there; `"words in a row"` as they stand, `word*` for a beginning.
    pub words: String,
    /// Kinds of things; every kind where none is given.
    pub kinds: Vec<Kind>,
    /// Not wholly before this day.
    pub from: Option<Date>,
    /// Not wholly after this day.
    pub to: Option<Date>,
    /// In this place or area: a name, in either script, or an id.
    pub place: Option<String>,
    /// Words of the party held responsible, or the code of its side.
    pub party: Option<String>,
    /// Things shown at the most.
    pub limit: usize,
    /// Things passed over first.
    pub offset: usize,
}

/// A page of what was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Best first.
    pub finds: Vec<Find>,
    /// Things found in all; with `more` only the newest of them.
    pub total: usize,
    /// Whether there are older things, not ranked and not counted.
    pub more: bool,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq)]
pub struct Find {
    /// What it is.
    pub kind: Kind,
    /// Its name, as `sijil trace` takes it.
    pub id: String,
    /// Path of the item it stands in.
    pub path: String,
    /// Words around the first that was looked for, the ones found between `«` and `»`.
    pub snippet: String,
}

/// Code points shown before and behind the first word found.
const AROUND: usize = 60;

/// Words for years and months that narrow a search down; of longer spans hardly anything is left
/// out by them.
const MOST_DAYS: usize = 60;

/// Finds what answers `search`. What `clearance` does not reach is neither shown nor counted.
///
/// # Errors
/// When there is nothing to look for, or the register cannot be read.
pub fn search(register: &Register, search: &Search, clearance: Clearance) -> Result<Page> {
    let (terms, limits) = expressions(register, search)?;
    let sought = Sought {
        terms,
        limits,
        from: search.from.map(|day| day.to_string()),
        to: search.to.map(|day| day.to_string()),
        clearance,
    };
    let found = register.find(&sought)?;
    // A person once, by its best record.
    let mut met = BTreeSet::new();
    let once = |hit: &&Hit| hit.person.as_ref().is_none_or(|person| met.insert(person.clone()));
    let hits: Vec<&Hit> = found.hits.iter().filter(once).collect();
    let wanted = Wanted::of(&search.words);
    let shown = hits.iter().skip(search.offset).take(search.limit);
    let finds = shown.map(|hit| find(register, hit, &wanted)).collect::<Result<Vec<Find>>>()?;
    Ok(Page { finds, total: hits.len(), more: found.more })
}

/// The question in FTS5's own words: what is looked for, and what limits it. Only letters and
/// digits of the user's get into it.
fn expressions(register: &Register, search: &Search) -> Result<(Vec<String>, Vec<String>)> {
    let words = terms(&search.words).into_iter().map(|term| match term {
        Term::Row(words) => format!("words : \"{}\"", words.join(" ")),
        Term::Beginning(word) => format!("words : \"{word}\" *"),
        Term::Word(word, sounds) if sounds.is_empty() => format!("words : \"{word}\""),
        Term::Word(word, sounds) => {
            let sounds: Vec<String> = sounds.iter().map(|key| format!("\"{key}\"")).collect();
            format!("(words : \"{word}\" OR keys : ({}))", sounds.join(" AND "))
        }
    });
    let mut limits = Vec::new();
    if let Some(place) = &search.place {
        limits.push(place_expression(register, place)?);
    }
    if let Some(party) = &search.party {
        limits.extend(tokens(party).iter().map(|word| format!("party : \"{word}\"")));
    }
    let words: Vec<String> = words.collect();
    if words.is_empty() && limits.is_empty() {
        let why = "give a word, a place or a party";
        return Err(Error::Unknown(format!("there is nothing to look for; {why}")));
    }
    if !search.kinds.is_empty() {
        let kinds: Vec<String> =
            search.kinds.iter().map(|kind| format!("\"{}\"", kind.code())).collect();
        limits.push(format!("kind : ({})", kinds.join(" OR ")));
    }
    if let (Some(from), Some(to)) = (search.from, search.to) {
        // Words narrow down what the days themselves are then compared with.
        let days = day_words(from, to);
        if days.len() <= MOST_DAYS {
            let days: Vec<String> = days.iter().map(|word| format!("\"{word}\"")).collect();
            limits.push(format!("days : ({})", days.join(" OR ")));
        }
    }
    Ok((words, limits))
}

/// A place by its words, and by the ids of all places within it.
fn place_expression(register: &Register, place: &str) -> Result<String> {
    let (settings, _) = settings(register, AsOf::NOW)?;
    let gazetteer = gazetteer(&settings);
    let words: Vec<String> = tokens(place).iter().map(|word| format!("\"{word}\"")).collect();
    let mut any = Vec::new();
    if !words.is_empty() {
        any.push(format!("({})", words.join(" AND ")));
    }
    if let Some(area) = gazetteer.get(place).or_else(|| gazetteer.find(place)) {
        let within = gazetteer.iter().filter(|entry| gazetteer.lies_in(&entry.id, &area.id));
        any.extend(within.map(|entry| format!("\"{}\"", tokens(&entry.id).concat())));
    }
    if any.is_empty() {
        return Err(Error::Unknown(format!("{place:?} is no name of a place")));
    }
    Ok(format!("place : ({})", any.join(" OR ")))
}

/// One term of a question.
enum Term {
    /// Words in a row.
    Row(Vec<String>),
    /// The beginning of a word.
    Beginning(String),
    /// A word, and how it sounds as a name.
    Word(String, Vec<String>),
}

fn terms(words: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    for (nth, part) in words.split('"').enumerate() {
        if nth % 2 == 1 {
            let row = tokens(part);
            terms.extend((!row.is_empty()).then_some(Term::Row(row)));
            continue;
        }
        for word in part.split_whitespace() {
            let split = tokens(word);
            match (split.as_slice(), word.ends_with('*')) {
                ([], _) => {}
                ([only], true) => terms.push(Term::Beginning(only.clone())),
                ([only], false) => {
                    let sounds = keys(word).iter().flat_map(|key| tokens(key)).collect();
                    terms.push(Term::Word(only.clone(), sounds));
                }
                _ => terms.push(Term::Row(split)),
            }
        }
    }
    terms
}

/// What a snippet marks.
struct Wanted(Vec<Term>);

impl Wanted {
    fn of(words: &str) -> Self {
        Self(terms(words))
    }

    /// How many of these words, from the first on, are one of the terms; `heard` is how the first
    /// of them sounds as a name.
    fn begins(&self, words: &[Vec<String>], heard: &[String]) -> usize {
        let first = words.first().map_or(&[][..], Vec::as_slice);
        let lengths = self.0.iter().map(|term| match term {
            Term::Row(row) => row_length(row, words),
            Term::Beginning(start) => usize::from(first.iter().any(|word| word.starts_with(start))),
            Term::Word(word, sounds) => {
                let sounds = heard.iter().any(|key| sounds.contains(key));
                usize::from(sounds || first.contains(word))
            }
        });
        lengths.max().unwrap_or(0)
    }

    /// The words of `text` around the first that is wanted, each wanted one marked.
    fn snippet(&self, text: &str, by_sound: bool) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let split: Vec<Vec<String>> = words.iter().map(|word| tokens(word)).collect();
        let mut marked = vec![false; words.len()];
        for start in 0..words.len() {
            let heard = if by_sound { keys(words[start]) } else { Vec::new() };
            let length = self.begins(&split[start..], &heard);
            marked[start..start + length].fill(true);
        }
        let first = marked.iter().position(|marked| *marked).unwrap_or(0);
        let start = first - fitting(words[..first].iter().rev());
        let end = (first + 1).min(words.len());
        let end = end + fitting(words[end..].iter());
        let shown = words[start..end].iter().zip(&marked[start..end]);
        let shown = shown
            .map(|(word, marked)| if *marked { format!("«{word}»") } else { (*word).to_owned() });
        let before = (start > 0).then(|| "…".to_owned());
        let behind = (end < words.len()).then(|| "…".to_owned());
        before.into_iter().chain(shown).chain(behind).collect::<Vec<_>>().join(" ")
    }
}

/// Words that `row` takes of `words` if it stands at their beginning; else 0.
fn row_length(row: &[String], words: &[Vec<String>]) -> usize {
    let mut left = row;
    for (nth, word) in words.iter().enumerate() {
        for token in word {
            match left.split_first() {
                Some((next, rest)) if next == token => left = rest,
                _ => return 0,
            }
            if left.is_empty() {
                return nth + 1;
            }
        }
    }
    0
}

/// How many of these words have room beside the first one found.
fn fitting<'w>(words: impl Iterator<Item = &'w &'w str>) -> usize {
    let lengths = words.scan(0, |length, word| {
        *length += word.chars().count() + 1;
        Some(*length)
    });
    lengths.take_while(|length| *length <= AROUND).count()
}

/// A hit as it is shown. Nothing is read here that the query did not let through.
fn find(register: &Register, hit: &Hit, wanted: &Wanted) -> Result<Find> {
    let Hit { kind, at, person, .. } = hit;
    let path = register.item(&at.item, AsOf::NOW)?.map_or(String::new(), |c| c.path);
    let (id, snippet) = match kind {
        Kind::Items => (at.item.0.clone(), wanted.snippet(&path, false)),
        Kind::Documents => {
            let row = register.document(&at.item, AsOf::NOW)?;
            let text = row.map_or(String::new(), |row| {
                let head = [row.document.title, row.document.outlet];
                let head: Vec<String> = head.into_iter().flatten().collect();
                format!("{} {}", head.join(" "), row.document.text)
            });
            (at.item.0.clone(), wanted.snippet(&text, false))
        }
        Kind::Claims => claim(register, at, wanted)?,
        Kind::Persons => {
            let id = person.as_ref().map_or_else(|| record_id(at), |person| person.0.clone());
            (id, wanted.snippet(&names(register, at)?, true))
        }
    };
    Ok(Find { kind: *kind, id, path, snippet })
}

fn record_id(at: &RecordRef) -> String {
    let ItemId(item) = &at.item;
    format!("{item} row {}", at.row)
}

/// Name and sentence of the claim with this ordinal.
fn claim(register: &Register, at: &RecordRef, wanted: &Wanted) -> Result<(String, String)> {
    let row = register.document(&at.item, AsOf::NOW)?;
    let nth = usize::try_from(at.row).ok();
    let found = row.as_ref().and_then(|row| Some((row, row.reading.claims.get(nth?)?)));
    let Some((row, claim)) = found else { return Ok((record_id(at), String::new())) };
    let sentence = Slices::of(&row.document.text).get(claim.sentence.start, claim.sentence.end);
    let id = format!("{}-{}", at.item.short(), claim.span.start);
    Ok((id, wanted.snippet(sentence, true)))
}

/// What a record says of who the person is, in one line.
fn names(register: &Register, at: &RecordRef) -> Result<String> {
    let Some(record) = register.record(at, AsOf::NOW)? else { return Ok(String::new()) };
    let age = record.age.map(|age| age.to_string());
    let day = record.date.map(|day| day.to_string());
    let all =
        [record.name, record.name_other, record.father, record.mother, age, day, record.place];
    Ok(all.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}
