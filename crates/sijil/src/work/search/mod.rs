//! Finds items, documents, claims, persons and incidents by words, and shows where the words stand.

mod shown;
mod terms;

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::error::{Error, Result};
use super::extract::{gazetteer, settings};
use crate::register::{AsOf, Clearance, Hit, Kind, Register, Sought, day_words, is_code, tokens};
use shown::find;
use terms::{Term, Wanted, terms};

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
        // In the area of a code the index finds the codes within; others are named one by one.
        let found = |id: &str| is_code(&area.id) && is_code(id) && id.starts_with(&area.id);
        let within = gazetteer.iter().filter(|entry| {
            entry.id == area.id || (!found(&entry.id) && gazetteer.lies_in(&entry.id, &area.id))
        });
        any.extend(within.map(|entry| format!("\"{}\"", tokens(&entry.id).concat())));
    }
    if any.is_empty() {
        return Err(Error::Unknown(format!("{place:?} is no name of a place")));
    }
    Ok(format!("place : ({})", any.join(" OR ")))
}
