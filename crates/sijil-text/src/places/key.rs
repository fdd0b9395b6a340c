//! The key under which spellings of one place name meet.

use crate::letters::fold;

/// Words that say what kind of area a name is of, in folded form; they carry no name.
const KINDS: &[&str] = &[
    "governorate",
    "governate",
    "province",
    "district",
    "subdistrict",
    "city",
    "town",
    "village",
    "region",
    "countryside",
    "area",
    "محافظه",
    "منطقه",
    "ناحيه",
    "مدينه",
    "بلده",
    "قريه",
    "مركز",
    "ريف",
];

/// Articles before or within a name, in folded form.
const ARTICLES: &[&str] = &["al", "el", "ar", "as", "at", "ad", "an", "ash", "az", "ath"];

/// Folds a name, drops the words of kind and the articles, and joins the rest.
pub(super) fn key(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '`');
    let mut key = String::with_capacity(folded.len());
    for word in words {
        push(word, &mut key);
    }
    // "Damascus Countryside" is no other name than its words of kind leave.
    if key.is_empty() { folded.chars().filter(|c| c.is_alphanumeric()).collect() } else { key }
}

/// Adds a folded word's share of a key.
pub(super) fn push(word: &str, key: &mut String) {
    if KINDS.contains(&word) || ARTICLES.contains(&word) {
        return;
    }
    let bare = match word.strip_prefix("ال") {
        Some(rest) if rest.chars().count() > 2 => rest,
        _ => word,
    };
    key.extend(bare.chars().filter(|c| c.is_alphanumeric()));
}
