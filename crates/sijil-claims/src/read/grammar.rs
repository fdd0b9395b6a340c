//! The small words of English that bound phrases and clauses. Closed classes: no data file.

/// Words that end a noun phrase from behind.
const PREPOSITIONS: &[&str] = &[
    "in",
    "at",
    "by",
    "from",
    "near",
    "on",
    "to",
    "with",
    "for",
    "during",
    "since",
    "over",
    "across",
    "after",
    "before",
    "between",
    "among",
    "within",
    "inside",
    "outside",
    "around",
    "into",
    "under",
    "through",
    "throughout",
    "against",
    "until",
    "despite",
    "along",
    "without",
    "amid",
    "following",
    "per",
    "including",
    "because",
    "of",
    "than",
    "as",
    "alone",
];

const AUXILIARIES: &[&str] = &[
    "was", "were", "is", "are", "be", "been", "being", "has", "have", "had", "will", "would",
    "could", "may", "might", "can", "should", "must", "did", "do", "does", "got", "get", "remain",
    "remained", "remains",
];

const BE: &[&str] = &["was", "were", "is", "are", "be", "been", "being", "got", "get"];

const RELATIVES: &[&str] = &["who", "which", "that", "whose", "where", "whom", "when"];

const CONJUNCTIONS: &[&str] = &[
    "and", "or", "but", "while", "as", "whereas", "nor", "plus", "then", "yet", "so", "if", "also",
];

const DETERMINERS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "any",
    "all", "both", "another", "other", "no", "each", "every", "most", "more", "such",
];

/// Adverbs and the like that may stand between a subject and its verb.
const ADVERBS: &[&str] = &[
    "also",
    "later",
    "reportedly",
    "already",
    "then",
    "since",
    "now",
    "still",
    "allegedly",
    "all",
    "not",
    "so",
    "far",
    "separately",
    "subsequently",
    "together",
    "again",
    "meanwhile",
    "first",
    "either",
    "mostly",
    "deliberately",
    "summarily",
    "unlawfully",
    "arbitrarily",
    "brutally",
    "confirmed",
    "known",
    "believed",
    "thought",
    "to",
    "have",
    "feared",
    "found",
    "left",
    "declared",
    "reported",
    "presumed",
    "recorded",
    "verified",
    "documented",
    "among",
    "each",
    "both",
    "always",
    "earlier",
    "previously",
    "there",
    "here",
    "often",
    "initially",
    "repeatedly",
    "yesterday",
    "today",
    "himself",
    "herself",
    "themselves",
    "itself",
    "never",
    "finally",
    "once",
    "jointly",
];

/// Small words and marks within a name of a body: "Office of the X for Y", "the X's Y".
const NAME_JOINTS: &[&str] = &[
    "of",
    "for",
    "the",
    "and",
    "on",
    "to",
    "in",
    "with",
    "a",
    "an",
    "&",
    "'s",
    "\u{2019}s",
    "'",
    "\u{2019}",
];

/// Whether a word or mark may stand within a name of several words.
pub(super) fn joins_name(word: &str) -> bool {
    NAME_JOINTS.contains(&word)
}

pub(super) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

pub(super) fn is_auxiliary(word: &str) -> bool {
    AUXILIARIES.contains(&word)
}

/// Forms of "to be", and "get" as in "got killed".
pub(super) fn is_be(word: &str) -> bool {
    BE.contains(&word)
}

pub(super) fn is_relative(word: &str) -> bool {
    RELATIVES.contains(&word)
}

pub(super) fn is_conjunction(word: &str) -> bool {
    CONJUNCTIONS.contains(&word)
}

pub(super) fn is_determiner(word: &str) -> bool {
    DETERMINERS.contains(&word)
}

/// Whether a word may stand between victims and the verb that says what was done to them.
pub(super) fn is_passed_over(word: &str) -> bool {
    is_auxiliary(word)
        || ADVERBS.contains(&word)
        || word.ends_with("ly")
        || matches!(word, "who" | "that")
}

/// Whether a word ends a noun phrase that it stands behind.
pub(super) fn ends_phrase(word: &str) -> bool {
    is_preposition(word) || is_auxiliary(word) || is_relative(word) || is_conjunction(word)
}
