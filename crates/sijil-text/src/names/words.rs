//! Words around names, from the two small tables beside the crate's source.
//!
//! `name_words.csv` says what a word is that is not a name by itself; `name_forms.csv` has a line
//! for each name with forms that no letter rule brings together (Joseph and Yusuf, Bob and Robert).

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::letters::fold;

/// What a word does within a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Title, rank or honorific.
    Title,
    /// A title that is a name as well: dropped only before two other words.
    Maybe,
    /// "Son of", "daughter of".
    Nasab,
    /// The article, standing alone.
    Article,
    /// "Servant of": joins the next word.
    Servant,
    /// "Father of": joins the next word.
    Father,
    /// "Mother of": joins the next word.
    Mother,
    /// "The faith": joins the word before.
    Faith,
    /// "God": joins the word before.
    God,
    /// Says that nobody is named.
    Nobody,
    /// Begins like an article but has none.
    Whole,
}

static WORDS: LazyLock<HashMap<String, Role>> = LazyLock::new(|| {
    let lines = include_str!("../../data/name_words.csv").lines().skip(1);
    lines
        .filter_map(|line| line.split_once(','))
        .filter_map(|(word, role)| {
            let role = match role {
                "title" => Role::Title,
                "maybe" => Role::Maybe,
                "nasab" => Role::Nasab,
                "article" => Role::Article,
                "servant" => Role::Servant,
                "father" => Role::Father,
                "mother" => Role::Mother,
                "faith" => Role::Faith,
                "god" => Role::God,
                "nobody" => Role::Nobody,
                "whole" => Role::Whole,
                _ => return None,
            };
            Some((fold(word), role))
        })
        .collect()
});

static FORMS: LazyLock<HashMap<String, Vec<u16>>> = LazyLock::new(|| {
    let mut forms: HashMap<String, Vec<u16>> = HashMap::new();
    for (number, line) in (0..).zip(include_str!("../../data/name_forms.csv").lines().skip(1)) {
        for word in line.split_whitespace() {
            forms.entry(fold(word)).or_default().push(number);
        }
    }
    forms
});

/// What this folded word does within a name, if it is no name by itself.
pub(super) fn role(word: &str) -> Option<Role> {
    WORDS.get(word).copied()
}

/// The one form that *Abu* has in the text of a part, by script, and that *Umm* has.
pub(super) const KUNYA: [[&str; 2]; 2] = [["abu", "ابو"], ["umm", "ام"]];

/// What follows *Abu* or *Umm* in the text of a part that is a kunya.
pub(super) fn child(kunya: &str) -> &str {
    let rest = KUNYA.as_flattened().iter().find_map(|head| kunya.strip_prefix(head));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(kunya)
}

/// The names that this folded word is a known form of, in ascending order.
pub(super) fn forms(word: &str) -> &'static [u16] {
    FORMS.get(word).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_read() {
        let lines = include_str!("../../data/name_words.csv").lines().count() - 1;
        assert_eq!(WORDS.len(), lines, "a word twice, or a role misspelled");
        assert_eq!(role(&fold("الدكتورة")), Some(Role::Title));
        assert!(forms("joseph").iter().any(|form| forms(&fold("يوسف")).contains(form)));
    }
}
