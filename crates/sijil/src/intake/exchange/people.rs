//! Of whom a cell speaks: kinds of victims and their group.

use sijil_claims::{Lexicon, Victims};

/// Words, or beginnings of words, and the kind they stand for.
const KINDS: &[(&str, Victims)] = &[
    ("civilian", Victims::Civilians),
    ("villager", Victims::Civilians),
    ("security", Victims::SecurityForces),
    ("police", Victims::SecurityForces),
    ("army", Victims::SecurityForces),
    ("military", Victims::SecurityForces),
    ("soldier", Victims::SecurityForces),
    ("forces", Victims::SecurityForces),
    ("gunmen", Victims::Fighters),
    ("militant", Victims::Fighters),
    ("fighter", Victims::Fighters),
    ("loyalist", Victims::Fighters),
    ("women", Victims::Women),
    ("children", Victims::Children),
    ("child", Victims::Children),
    ("elderly", Victims::Elderly),
    ("medic", Victims::Medics),
    ("journalist", Victims::Journalists),
];

/// Short forms that tables use within brackets.
const SHORT: &[(&str, Victims)] = &[("ch", Victims::Children), ("w", Victims::Women)];

/// Words that say that others are counted too.
const MOSTLY: &[&str] = &["mostly", "mainly", "most", "majority", "many"];

/// Kinds and group of the people that `words` name. "Mostly civilians" counts others too and is no
/// count of civilians; "civilians, most Alawite" is one of civilians, of no group.
pub(super) fn people(words: &str, lexicon: &Lexicon) -> (Vec<Victims>, Option<String>) {
    let lower = words.to_lowercase();
    let tokens: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mostly = tokens.iter().position(|word| MOSTLY.contains(word)).unwrap_or(tokens.len());
    let certain = &tokens[..mostly];
    let mut kinds: Vec<Victims> = certain.iter().filter_map(|word| kind_of(word)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.is_empty() {
        kinds.push(Victims::Unspecified);
    }
    (kinds, lexicon.group_in(&certain.join(" ")))
}

fn kind_of(word: &str) -> Option<Victims> {
    let short = SHORT.iter().find(|(short, _)| *short == word);
    let long = || KINDS.iter().find(|(start, _)| word.starts_with(start));
    short.or_else(long).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_groups_that_cells_name() {
        let lexicon = Lexicon::embedded();
        for (words, kinds, group) in [
            ("all killed", vec![Victims::Unspecified], None),
            ("Alawite civilians", vec![Victims::Civilians], Some("Alawite")),
            ("civilians, most Alawite", vec![Victims::Civilians], None),
            ("mostly civilians", vec![Victims::Unspecified], None),
            ("security and army", vec![Victims::SecurityForces], None),
            ("security 100; civilians 15", vec![Victims::Civilians, Victims::SecurityForces], None),
            ("51 ch", vec![Victims::Children], None),
        ] {
            let group = group.map(str::to_owned);
            assert_eq!(people(words, &lexicon), (kinds, group), "{words}");
        }
    }
}
