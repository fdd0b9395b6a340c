//! Cells to values: sex, age, and names that are none.

use sijil_claims::Act;
use sijil_text::letters::fold;

use crate::model::{AgeBand, Sex};

/// Words for female in folded form.
const FEMALE: &[&str] =
    &["f", "female", "woman", "girl", "w", "انثي", "امراه", "اناث", "طفله", "فتاه"];

/// Words for male in folded form.
const MALE: &[&str] = &["m", "male", "man", "boy", "ذكر", "رجل", "ذكور", "طفل", "شاب"];

/// What stands where no name is known, in folded form.
const NAMELESS: &[&str] = &[
    "unknown",
    "unidentified",
    "n/a",
    "na",
    "-",
    "--",
    "?",
    "none",
    "not known",
    "مجهول",
    "مجهول الهويه",
    "مجهوله الهويه",
    "غير معروف",
    "لا يوجد",
];

/// What begins a row that sums others up, in folded form.
const TOTALS: &[&str] = &["total", "totals", "sum", "grand total", "المجموع", "الاجمالي", "مجموع"];

/// Sex, where the last word or the whole cell says it ("Adult - Male", "ذكر").
pub(super) fn sex(cell: &str) -> Option<Sex> {
    let folded = fold(cell);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).rev();
    words.find_map(|word| {
        if FEMALE.contains(&word) {
            Some(Sex::Female)
        } else if MALE.contains(&word) {
            Some(Sex::Male)
        } else {
            None
        }
    })
}

/// Words for children, adults and the old in folded form; those that also say the sex among them.
const BANDS: &[(AgeBand, &[&str])] = &[
    (
        AgeBand::Child,
        &[
            "child",
            "minor",
            "infant",
            "baby",
            "girl",
            "boy",
            "طفل",
            "طفله",
            "رضيع",
            "رضيعه",
            "قاصر",
        ],
    ),
    (AgeBand::Adult, &["adult", "بالغ", "بالغه", "شاب", "رجل", "امراه"]),
    (AgeBand::Elderly, &["elderly", "مسن", "مسنه", "عجوز"]),
];

/// Words for what became of somebody in folded form. A death in detention is a death.
const FATES: &[(Act, &[&str])] = &[
    (
        Act::Killed,
        &[
            "killed",
            "dead",
            "died",
            "deceased",
            "martyr",
            "executed",
            "قتيل",
            "مقتول",
            "شهيد",
            "شهيده",
            "متوفي",
            "متوفاه",
            "استشهد",
            "قتل",
        ],
    ),
    (Act::Injured, &["injured", "wounded", "جريح", "جريحه", "مصاب", "مصابه"]),
    (Act::Missing, &["missing", "disappeared", "مفقود", "مفقوده", "مختفي", "مختفيه"]),
    (
        Act::Detained,
        &[
            "detained",
            "arrested",
            "detainee",
            "prisoner",
            "معتقل",
            "معتقله",
            "محتجز",
            "محتجزه",
            "موقوف",
        ],
    ),
    (Act::Abducted, &["abducted", "kidnapped", "مخطوف", "مخطوفه", "مختطف", "مختطفه"]),
    (Act::Displaced, &["displaced", "نازح", "نازحه", "مهجر", "مهجره"]),
];

fn words_of(cell: &str) -> Vec<String> {
    let folded = fold(cell);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.strip_prefix("ال").unwrap_or(word).to_owned()).collect()
}

/// Child, adult or elderly, where a word says it ("Adult - Male", "طفلة").
pub(super) fn band(cell: &str) -> Option<AgeBand> {
    let words = words_of(cell);
    let said = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    BANDS.iter().find(|(_, known)| said(known)).map(|(band, _)| *band)
}

/// What became of somebody, where a word says it; where several do, the gravest.
pub(super) fn fate(cell: &str) -> Option<Act> {
    let words = words_of(cell);
    let said = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    FATES.iter().find(|(_, known)| said(known)).map(|(fate, _)| *fate)
}

/// Units below a year, in folded form.
const MONTHS: &[&str] =
    &["month", "week", "day", "شهر", "اشهر", "شهور", "يوم", "ايام", "اسبوع", "اسابيع"];

/// Years as a unit, in folded form.
const YEARS: &[&str] = &["year", "سنه", "سنوات", "سنين", "عام", "اعوام"];

/// Years that are said without a number, in folded form.
const TWO_YEARS: &[&str] = &["two years", "سنتان", "سنتين", "عامان", "عامين"];
const ONE_YEAR: &[&str] = &["a year", "one year", "سنه", "عام"];

/// What an age cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    /// Years.
    Years(u32),
    /// Nothing that is an age, and nothing wrong with that ("adult", "unknown").
    NotGiven,
    /// A number that is no age: a year of birth, or above 120.
    Impossible,
}

/// An age: `34`, `٣٤`, `34 years`, `2 years 3 months`, `3 months` (0 years), `about 40`.
pub(super) fn age(cell: &str) -> Age {
    let folded = fold(cell);
    let start = folded.find(|c: char| c.is_ascii_digit());
    let Some(start) = start else { return Age::NotGiven };
    let digits: String = folded[start..].chars().take_while(char::is_ascii_digit).collect();
    let rest = &folded[start + digits.len()..];
    // Nobody is less than nought years old: lists write -1 where the age is not known.
    if folded[..start].trim_end() == "-" {
        return Age::NotGiven;
    }
    // A range is no age: neither end is what the list says.
    if rest.trim_start().starts_with('-') {
        return Age::NotGiven;
    }
    // The unit of the first number; a second number has its own.
    let unit = rest.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let first = |words: &[&str]| words.iter().filter_map(|word| unit.find(word)).min();
    let in_months = first(MONTHS).is_some_and(|month| first(YEARS).is_none_or(|year| month < year));
    let before = &folded[..start];
    match digits.parse() {
        Ok(_) if in_months && TWO_YEARS.iter().any(|word| before.contains(word)) => Age::Years(2),
        Ok(_) if in_months && ONE_YEAR.iter().any(|word| before.contains(word)) => Age::Years(1),
        Ok(_) if in_months => Age::Years(0),
        Ok(years) if years <= 120 => Age::Years(years),
        _ => Age::Impossible,
    }
}

/// A name, unless the cell says that none is known.
pub(super) fn name(cell: &str) -> Option<String> {
    let known = !cell.is_empty() && !NAMELESS.contains(&fold(cell).trim());
    known.then(|| cell.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether the cell is the label of a row of totals.
pub(super) fn is_total(cell: &str) -> bool {
    let folded = fold(cell);
    let label = folded.trim().trim_end_matches(':').trim();
    TOTALS.contains(&label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_the_field_are_read() {
        for (cell, expected) in [
            ("Male", Some(Sex::Male)),
            ("أنثى", Some(Sex::Female)),
            ("Adult - Female", Some(Sex::Female)),
            ("ذكر", Some(Sex::Male)),
            ("x", None),
        ] {
            assert_eq!(sex(cell), expected, "{cell}");
        }
        for (cell, expected) in [
            ("Killed", Some(Act::Killed)),
            ("died in detention (detained 2030)", Some(Act::Killed)),
            ("المفقود", Some(Act::Missing)),
            ("معتقلة", Some(Act::Detained)),
            ("at home", None),
        ] {
            assert_eq!(fate(cell), expected, "{cell}");
        }
        for (cell, expected) in [
            ("Child - Female", Some(AgeBand::Child)),
            ("Adult - Male", Some(AgeBand::Adult)),
            ("مسنة", Some(AgeBand::Elderly)),
            ("Male", None),
            ("34", None),
        ] {
            assert_eq!(band(cell), expected, "{cell}");
        }
        for (cell, expected) in [
            ("34", Age::Years(34)),
            ("٣٤", Age::Years(34)),
            ("34.0", Age::Years(34)),
            ("3 months", Age::Years(0)),
            ("٤ أشهر", Age::Years(0)),
            ("about 40", Age::Years(40)),
            ("2 years 3 months", Age::Years(2)),
            ("2 years and a month", Age::Years(2)),
            ("a year and 3 months", Age::Years(1)),
            ("3 months, less than a year", Age::Years(0)),
            ("سنتان و3 أشهر", Age::Years(2)),
            ("سنة و ٤ أشهر", Age::Years(1)),
            ("٥ سنوات و٣ أشهر", Age::Years(5)),
            ("30-35", Age::NotGiven),
            ("-1", Age::NotGiven),
            ("adult", Age::NotGiven),
            ("1987", Age::Impossible),
            ("99999999999", Age::Impossible),
        ] {
            assert_eq!(age(cell), expected, "{cell}");
        }
        assert_eq!(name("  Sami   Yusuf "), Some("Sami Yusuf".to_owned()));
        assert_eq!(name("مجهول الهوية"), None);
        assert!(is_total("المجموع:") && is_total("Total") && !is_total("Tota"));
    }
}
