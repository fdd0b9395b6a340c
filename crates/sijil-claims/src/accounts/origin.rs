//! Who said it first: names of sources brought to one canonical name.
//!
//! "SOHR", "the Syrian Observatory" and "Syrian Observatory for Human Rights" are one origin. The
//! names stand in `lexicon/origins.toml`; a name that is not there is an origin of its own, as
//! written. Nothing here says how reliable an origin is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use sijil_text::letters::fold;

use super::saying::Speaking;

/// Name of the origin where neither a source nor an outlet is known.
const NOT_NAMED: &str = "source not named";

/// The origin of what somebody says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Origin {
    /// Canonical name.
    pub(super) name: String,
    /// Kind of source.
    pub(super) kind: String,
    /// Another origin that this one repeats: by the lexicon, or by the chain of speakers.
    pub(super) depends_on: Option<String>,
    /// The outlet says it in its own voice.
    pub(super) own_voice: bool,
    /// The words name a kind of source and nobody ("a monitoring group").
    pub(super) unnamed: bool,
}

#[derive(Deserialize)]
struct Lexicon {
    origin: Vec<Entry>,
    unnamed: Vec<Unnamed>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    aliases: Vec<String>,
    kind: String,
    depends_on: Option<String>,
    inside: bool,
}

#[derive(Deserialize)]
struct Unnamed {
    kind: String,
    words: Vec<String>,
}

/// The lexicon, by folded name.
struct Names {
    entries: Vec<Entry>,
    exact: BTreeMap<String, usize>,
    /// Names of two words and more, between blanks, that may stand inside a longer name, longest
    /// first.
    inside: Vec<(String, usize)>,
    unnamed: BTreeMap<String, String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let lexicon: Lexicon = toml::from_str(include_str!("../../lexicon/origins.toml"))
        .expect("the embedded lexicon is checked by a test");
    let mut exact = BTreeMap::new();
    let mut inside = Vec::new();
    for (i, entry) in lexicon.origin.iter().enumerate() {
        for name in entry.aliases.iter().chain([&entry.name]) {
            let key = key(name);
            if entry.inside && key.contains(' ') {
                inside.push((format!(" {key} "), i));
            }
            exact.insert(key, i);
        }
    }
    inside.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    let unnamed = lexicon
        .unnamed
        .iter()
        .flat_map(|u| u.words.iter().map(|w| (key(w), u.kind.clone())))
        .collect();
    Names { entries: lexicon.origin, exact, inside, unnamed }
});

/// Folded letters and digits of a name, words parted by one space, without a leading article.
fn key(name: &str) -> String {
    let folded = fold(name).replace('.', "");
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let from = usize::from(words.len() > 1 && matches!(words[0], "the" | "a" | "an"));
    words[from..].join(" ")
}

fn entry(name: &str) -> Option<&'static Entry> {
    let names = &*NAMES;
    let key = key(name);
    let index = names.exact.get(&key).copied().or_else(|| {
        let padded = format!(" {key} ");
        names.inside.iter().find(|(n, _)| padded.contains(n.as_str())).map(|(_, i)| *i)
    })?;
    names.entries.get(index)
}

/// The canonical name that `name` stands for, where the lexicon knows it.
#[must_use]
pub fn canonical_source(name: &str) -> Option<&'static str> {
    entry(name).map(|e| e.name.as_str())
}

/// The canonical form of a name: the lexicon's, else the name as written, tidied.
fn tidy(name: &str) -> String {
    let words = name.split_whitespace().collect::<Vec<_>>().join(" ");
    for article in ["the ", "The "] {
        if let Some(rest) = words.strip_prefix(article) {
            return rest.to_owned();
        }
    }
    words
}

impl Origin {
    /// The origin of what somebody says: the source, else the outlet.
    pub(super) fn of(speaking: &Speaking) -> Self {
        let named = |name: &'_ Option<String>| -> Option<String> {
            name.as_deref().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned)
        };
        let source = named(&speaking.source);
        let own_voice = source.is_none();
        let Some(name) = source.or_else(|| named(&speaking.outlet)) else {
            return Self::plain(NOT_NAMED, "unknown", false);
        };
        let mut origin = match entry(&name) {
            Some(e) => Self {
                depends_on: e.depends_on.clone(),
                ..Self::plain(&e.name, &e.kind, own_voice)
            },
            None => Self::unlisted(&name, own_voice),
        };
        let listed = |name: &str| entry(name).map_or_else(|| tidy(name), |e| e.name.clone());
        if let Some(repeats) = speaking.repeats.as_deref().map(listed) {
            origin.depends_on = Some(repeats).filter(|name| *name != origin.name);
            return origin;
        }
        // The chain runs from the last speaker to the first: its end said it before all others.
        if let Some(first) = speaking.first.as_deref().map(listed)
            && !first.is_empty()
            && first != origin.name
        {
            origin.depends_on = Some(first);
        }
        origin
    }

    fn unlisted(name: &str, own_voice: bool) -> Self {
        match NAMES.unnamed.get(&key(name)) {
            Some(kind) => Self { unnamed: true, ..Self::plain(&tidy(name), kind, own_voice) },
            None => {
                Self::plain(&tidy(name), if own_voice { "press" } else { "unknown" }, own_voice)
            }
        }
    }

    fn plain(name: &str, kind: &str, own_voice: bool) -> Self {
        Self {
            name: name.to_owned(),
            kind: kind.to_owned(),
            depends_on: None,
            own_voice,
            unnamed: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_origin_meet() {
        let full = Some("Syrian Observatory for Human Rights");
        for name in [
            "SOHR",
            "the Syrian Observatory",
            "Syrian Observatory for Human Rights (SOHR)",
            "head of the Syrian Observatory for Human Rights",
            "المرصد السورى لحقوق الانسان",
        ] {
            assert_eq!(canonical_source(name), full, "{name}");
        }
        assert_eq!(canonical_source("Syrian Network"), Some("Syrian Network for Human Rights"));
        assert_eq!(canonical_source("Example Observer"), None);
    }

    #[test]
    fn every_entry_of_the_lexicon_is_sound() {
        let kinds = ["monitor", "un", "state", "press", "ngo"];
        let mut seen = BTreeMap::new();
        for e in &NAMES.entries {
            assert!(kinds.contains(&e.kind.as_str()), "{}: {}", e.name, e.kind);
            for name in e.aliases.iter().chain([&e.name]) {
                let other = seen.insert(key(name), &e.name);
                assert!(other.is_none_or(|o| *o == e.name), "{name}: {} and {other:?}", e.name);
            }
            if let Some(d) = &e.depends_on {
                assert_eq!(canonical_source(d), Some(d.as_str()), "{} depends on {d}", e.name);
            }
        }
        assert!(NAMES.unnamed.keys().all(|w| !NAMES.exact.contains_key(w)));
    }
}
