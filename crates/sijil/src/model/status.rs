//! Status of a person, as lists write it, to the population that it says.
//!
//! Words are compared whole, in English and Arabic. Where the words do not say which population,
//! or say two of them, it is none: such a person counts among all killed only.

use sijil_text::letters::fold;

use super::Population;

/// Words in folded form, without the article, and the population that they say.
const WORDS: &[(Population, &[&str])] = &[
    (
        Population::Civilians,
        &[
            "civilian",
            "civilians",
            "civil",
            "civ",
            "noncombatant",
            "noncombatants",
            "مدني",
            "مدنيه",
            "مدنيون",
            "مدنيين",
            "مدنيات",
        ],
    ),
    (
        Population::SecurityForces,
        &[
            "soldier",
            "soldiers",
            "police",
            "policeman",
            "policewoman",
            "policemen",
            "officer",
            "security",
            "army",
            "military",
            "conscript",
            "conscripts",
            "troops",
            "gendarme",
            "عسكري",
            "عسكريه",
            "عسكريون",
            "عسكريين",
            "امن",
            "امني",
            "شرطه",
            "شرطي",
            "جندي",
            "جنود",
            "مجند",
            "مجندون",
            "جيش",
            "ضابط",
        ],
    ),
    (
        Population::Fighters,
        &[
            "fighter",
            "fighters",
            "combatant",
            "combatants",
            "militant",
            "militants",
            "gunman",
            "gunmen",
            "armed",
            "rebel",
            "rebels",
            "insurgent",
            "insurgents",
            "militia",
            "militiaman",
            "militiamen",
            "مقاتل",
            "مقاتله",
            "مقاتلون",
            "مقاتلين",
            "مسلح",
            "مسلحه",
            "مسلحون",
            "مسلحين",
            "ميليشيا",
        ],
    ),
];

/// Words that turn the next one round.
const NEGATIONS: &[&str] = &["non", "not", "no", "غير", "ليس", "ليست"];

/// Words by which the next one is said of another time.
const FORMER: &[&str] = &["former", "ex", "retired"];

/// Words by which the one before is said of another time.
const FORMERLY: &[&str] = &["سابق", "سابقا", "متقاعد"];

/// Words that may stand between a negation and what it turns round.
const BETWEEN: &[&str] = &["a", "an", "of", "the", "من"];

/// Who is a civilian by not being this: lists divide people into combatants and the others.
const COMBATANTS: &[&str] = &[
    "fighter",
    "fighters",
    "combatant",
    "combatants",
    "مقاتل",
    "مقاتله",
    "مقاتلون",
    "مقاتلين",
    "military",
    "عسكري",
    "عسكريه",
    "عسكريون",
    "عسكريين",
];

/// The population that a status says; `None` where it says none or more than one.
pub(super) fn population_in(status: &str) -> Option<Population> {
    let folded = fold(status);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !BETWEEN.contains(word))
        .collect();
    let mut said: Vec<Population> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let is = |word: Option<&&str>, list: &[&str]| word.is_some_and(|w| list.contains(w));
        if is(before, FORMER) || is(words.get(at + 1), FORMERLY) {
            continue;
        }
        let bare = bare(word);
        if is(before, NEGATIONS) {
            said.extend(COMBATANTS.contains(&bare).then_some(Population::Civilians));
        } else {
            said.extend(WORDS.iter().find(|(_, list)| list.contains(&bare)).map(|(p, _)| *p));
        }
    }
    said.sort_unstable();
    said.dedup();
    // "Civil police" are police: what somebody belongs to says more than the adjective before it.
    if words.first().is_some_and(|first| matches!(*first, "civil" | "military")) && said.len() > 1 {
        said.retain(|population| *population != Population::Civilians);
    }
    match said.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// A word without the Arabic article.
fn bare(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_field_say_who_is_who() {
        use Population::{Civilians, Fighters, SecurityForces};
        for (status, expected) in [
            ("Civilian", Some(Civilians)),
            ("civilians", Some(Civilians)),
            ("مدني", Some(Civilians)),
            ("المدنيين", Some(Civilians)),
            ("Civil defence volunteer", Some(Civilians)),
            ("Non-combatant", Some(Civilians)),
            ("noncombatant", Some(Civilians)),
            ("not a fighter", Some(Civilians)),
            ("غير مقاتل", Some(Civilians)),
            ("civilian from Lebanon", Some(Civilians)),
            ("civilian (former soldier)", Some(Civilians)),
            ("مدني، عسكري سابق", Some(Civilians)),
            ("Fighter", Some(Fighters)),
            ("armed man from Lebanon", Some(Fighters)),
            ("مسلح", Some(Fighters)),
            ("مقاتلون", Some(Fighters)),
            ("soldier", Some(SecurityForces)),
            ("police officer", Some(SecurityForces)),
            ("civil police", Some(SecurityForces)),
            ("عنصر أمن", Some(SecurityForces)),
            ("الشرطة", Some(SecurityForces)),
            // Neither says on which side.
            ("non-civilian", None),
            ("غير مدني", None),
            // Who had no arms may still be of a force.
            ("غير مسلح", None),
            ("unarmed", None),
            ("civilian or fighter", None),
            ("Lebanon", None),
            ("unknown", None),
            ("", None),
        ] {
            assert_eq!(population_in(status), expected, "{status}");
        }
    }
}
