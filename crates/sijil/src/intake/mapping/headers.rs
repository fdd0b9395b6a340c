//! Headers that lists of victims use, and what they mean.

use sijil_text::letters::fold;

use crate::model::Role;

/// Words of headers in folded form, by meaning, the surest first. A header matches a phrase when
/// it is the phrase; failing that, when it holds all words of the phrase.
const PHRASES: &[(Role, &[&str])] = &[
    (Role::Father, &["father", "fathers name", "father name", "اسم الاب", "الاب", "اسم الوالد"]),
    (Role::Mother, &["mother", "mothers name", "mother name", "اسم الام", "الام", "اسم الوالده"]),
    (
        Role::NameOther,
        &[
            "en name",
            "name en",
            "english name",
            "name english",
            "name in english",
            "latin name",
            "name latin",
            "arabic name",
            "name ar",
            "name arabic",
            "ar name",
            "name in arabic",
            "الاسم بالانكليزيه",
            "الاسم بالانجليزيه",
            "الاسم بالعربيه",
            "الاسم اللاتيني",
        ],
    ),
    (Role::Given, &["given name", "first name", "forename", "given", "الاسم الاول", "الاسم الشخصي"]),
    (
        Role::Family,
        &[
            "family name",
            "last name",
            "surname",
            "family",
            "اسم العائله",
            "العائله",
            "الكنيه",
            "النسبه",
            "اللقب",
        ],
    ),
    (
        Role::Name,
        &[
            "name",
            "full name",
            "victim name",
            "victims name",
            "name of victim",
            "victim",
            "name of the victim",
            "martyr",
            "martyr name",
            "الاسم",
            "الاسم الكامل",
            "الاسم الثلاثي",
            "الاسم الرباعي",
            "اسم الضحيه",
            "اسم الشهيد",
            "اسم القتيل",
            "اسم المتوفي",
            "الاسم والكنيه",
        ],
    ),
    (Role::Sex, &["sex", "gender", "الجنس", "النوع"]),
    (Role::Age, &["age", "age at death", "age years", "العمر", "السن"]),
    (
        Role::Born,
        &[
            "dob",
            "date of birth",
            "birth date",
            "birthdate",
            "birthday",
            "born",
            "تاريخ الميلاد",
            "تاريخ الولاده",
            "المواليد",
            "تولد",
        ],
    ),
    (
        Role::Date,
        &[
            "date of death",
            "death date",
            "date killed",
            "date of killing",
            "killed on",
            "incident date",
            "date of incident",
            "ward date",
            "date",
            "day",
            "تاريخ الوفاه",
            "تاريخ الاستشهاد",
            "تاريخ القتل",
            "تاريخ المقتل",
            "تاريخ الحادثه",
            "التاريخ",
            "اليوم",
        ],
    ),
    (
        Role::Place,
        &[
            "place of death",
            "place killed",
            "place of killing",
            "martyrdom location",
            "village",
            "locality",
            "place",
            "location",
            "town",
            "site",
            "مكان الوفاه",
            "مكان القتل",
            "مكان الاستشهاد",
            "مكان الحادثه",
            "القريه",
            "البلده",
            "المكان",
            "الموقع",
            "المدينه",
            "city",
            "area",
            "district",
            "المنطقه",
            "الناحيه",
        ],
    ),
    (
        Role::Province,
        &[
            "governorate",
            "province",
            "admin1",
            "المحافظه",
            "state",
            "district",
            "المنطقه",
            "الناحيه",
        ],
    ),
    (
        Role::Status,
        &[
            "status",
            "civilian status",
            "civilian fighter",
            "civilian",
            "civil status",
            "الصفه",
            "الحاله",
            "مدني عسكري",
            "التصنيف",
        ],
    ),
    (
        Role::Group,
        &[
            "ethnicity",
            "ethnic group",
            "sect",
            "community",
            "religion",
            "group",
            "الطائفه",
            "القوميه",
        ],
    ),
    (
        Role::Cause,
        &[
            "cause of death",
            "cause",
            "weapon",
            "type of weapon",
            "method",
            "سبب الوفاه",
            "سبب القتل",
            "طريقه القتل",
            "السبب",
            "نوع السلاح",
        ],
    ),
    (
        Role::Party,
        &[
            "responsible party",
            "party responsible",
            "perpetrator",
            "perpetrators",
            "responsible",
            "alleged perpetrator",
            "actor",
            "actors",
            "party",
            "الجهه المسؤوله",
            "الجهه الفاعله",
            "الجهه",
            "المسؤول",
            "الجاني",
            "الفاعل",
        ],
    ),
    (Role::Fate, &["fate", "outcome", "fate of the victim", "المصير", "مصير الضحيه"]),
    (
        Role::Origin,
        &[
            "place of birth",
            "birth place",
            "birthplace",
            "place of origin",
            "hometown",
            "origin",
            "place of residence",
            "residence",
            "مكان الولاده",
            "مسقط الراس",
            "مكان الاقامه",
            "الاقامه",
            "الاصل",
        ],
    ),
    (Role::Occupation, &["occupation", "profession", "job", "المهنه", "العمل"]),
    (
        Role::Kin,
        &[
            "family ties",
            "relatives",
            "kinship",
            "relationship",
            "number of kids",
            "صله القرابه",
            "القرابه",
        ],
    ),
    (
        Role::ListId,
        &[
            "id",
            "no",
            "number",
            "serial",
            "record id",
            "rec id",
            "ref",
            "reference",
            "list no",
            "national id",
            "national number",
            "id number",
            "الرقم",
            "م",
            "تسلسل",
            "رقم",
            "رقم الهويه",
            "الرقم الوطني",
            "الرقم التسلسلي",
        ],
    ),
];

/// Rank added to a phrase that is only part of the header.
const PART: usize = 1000;

/// What a header may mean, with a rank: the lower the surer.
pub(super) fn roles(header: &str) -> Vec<(usize, Role)> {
    let folded = fold(header);
    let plain: String = folded
        .chars()
        .filter(|c| *c != '\'')
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let whole = words.join(" ");
    let mut found = Vec::new();
    for (role, phrases) in PHRASES {
        let exact = phrases.iter().position(|phrase| *phrase == whole);
        let part = || {
            // "id" or "no" within a longer header says nothing; a phrase of two words does.
            let telling = |phrase: &&str| phrase.contains(' ') || phrase.chars().count() > 4;
            phrases.iter().position(|phrase| {
                telling(phrase) && phrase.split(' ').all(|word| words.contains(&word))
            })
        };
        if let Some(rank) = exact.or_else(|| part().map(|rank| rank + PART)) {
            found.push((rank, *role));
        }
    }
    found
}
