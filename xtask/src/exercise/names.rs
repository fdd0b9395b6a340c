//! Names of invented people: common given names, and family names that nobody bears.
//!
//! A name is kept in Arabic letters and as it sounds. The sounds are one or two ASCII letters
//! each: `H S D T Z` are the emphatic letters, `3` is ayn, `'` hamza, `@` the ending ta marbuta.
//! `romanise` spells the sounds in Latin letters. No list of real people was used for this.

use crate::dice::Dice;

/// A part of a name, in letters and sounds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    /// In Arabic letters.
    pub(crate) arabic: String,
    /// As it sounds.
    pub(crate) sound: String,
}

impl Name {
    fn of((arabic, sound): (&str, &str)) -> Self {
        Self { arabic: arabic.to_owned(), sound: sound.to_owned() }
    }
}

/// A common given name of a man or boy.
pub(crate) fn male(dice: &mut Dice) -> Name {
    Name::of(common(MALE, dice))
}

/// A common given name of a woman or girl.
pub(crate) fn female(dice: &mut Dice) -> Name {
    Name::of(common(FEMALE, dice))
}

/// Names near the front of a table are borne more often, as in life.
fn common<'a>(table: &[(&'a str, &'a str)], dice: &mut Dice) -> (&'a str, &'a str) {
    let (a, b) = (dice.below(table.len()), dice.below(table.len()));
    table[a.min(b)]
}

/// An invented family name, one in three with the article.
pub(crate) fn family(dice: &mut Dice) -> Name {
    let (stem, ending) = (dice.pick(STEMS), dice.pick(ENDINGS));
    let (mut arabic, mut sound) =
        (format!("{}{}", stem.0, ending.0), format!("{}{}", stem.1, ending.1));
    if dice.chance(330) {
        arabic.insert_str(0, "ال");
        sound.insert_str(0, "al-");
    }
    Name { arabic, sound }
}

const MALE: &[(&str, &str)] = &[
    ("محمد", "muHammad"),
    ("أحمد", "aHmad"),
    ("علي", "3alii"),
    ("حسن", "Hasan"),
    ("خالد", "khaalid"),
    ("يوسف", "yuusuf"),
    ("إبراهيم", "ibraahiim"),
    ("حسين", "Husayn"),
    ("محمود", "maHmuud"),
    ("عمر", "3umar"),
    ("سامي", "saamii"),
    ("نبيل", "nabiil"),
    ("كريم", "kariim"),
    ("رامي", "raamii"),
    ("طارق", "Taariq"),
    ("جمال", "jamaal"),
    ("فؤاد", "fu'aad"),
    ("غسان", "ghassaan"),
    ("ياسر", "yaasir"),
    ("ماهر", "maahir"),
    ("زياد", "ziyaad"),
    ("بسام", "bassaam"),
    ("وليد", "waliid"),
    ("هشام", "hishaam"),
    ("عدنان", "3adnaan"),
    ("مصطفى", "muSTafaa"),
    ("عيسى", "3iisaa"),
    ("موسى", "muusaa"),
    ("سليمان", "sulaymaan"),
    ("داود", "daawuud"),
    ("قاسم", "qaasim"),
    ("ناصر", "naaSir"),
    ("صالح", "SaaliH"),
    ("فارس", "faaris"),
    ("أيمن", "ayman"),
    ("أنس", "anas"),
    ("بلال", "bilaal"),
    ("حازم", "Haazim"),
    ("راشد", "raashid"),
    ("شادي", "shaadii"),
    ("عماد", "3imaad"),
    ("لؤي", "lu'ay"),
    ("مازن", "maazin"),
    ("نزار", "nizaar"),
    ("هاني", "haanii"),
    ("وائل", "waa'il"),
    ("يحيى", "yaHyaa"),
    ("ضياء", "Diyaa'"),
    ("ظافر", "Zaafir"),
    ("ثائر", "thaa'ir"),
    ("جهاد", "jihaad"),
    ("سعيد", "sa3iid"),
    ("عبد الله", "3abdullaah"),
    ("عبد الرحمن", "3abd al-raHmaan"),
    ("نور الدين", "nuur al-diin"),
];

const FEMALE: &[(&str, &str)] = &[
    ("فاطمة", "faaTim@"),
    ("مريم", "maryam"),
    ("زينب", "zaynab"),
    ("ليلى", "laylaa"),
    ("عائشة", "3aa'ish@"),
    ("هدى", "hudaa"),
    ("سعاد", "su3aad"),
    ("نور", "nuur"),
    ("سلمى", "salmaa"),
    ("خديجة", "khadiij@"),
    ("أمل", "amal"),
    ("رنا", "ranaa"),
    ("ريم", "riim"),
    ("هناء", "hanaa'"),
    ("سميرة", "samiir@"),
    ("نادية", "naadiy@"),
    ("رشا", "rashaa"),
    ("دينا", "diinaa"),
    ("لمى", "lamaa"),
    ("ياسمين", "yaasamiin"),
    ("غادة", "ghaad@"),
    ("منى", "munaa"),
    ("سحر", "saHar"),
    ("وفاء", "wafaa'"),
    ("جميلة", "jamiil@"),
    ("آمنة", "aamin@"),
    ("حنان", "Hanaan"),
    ("رانيا", "raaniyaa"),
    ("شيماء", "shaymaa'"),
    ("ضحى", "DuHaa"),
    ("عبير", "3abiir"),
    ("كوثر", "kawthar"),
    ("لبنى", "lubnaa"),
    ("ميساء", "maysaa'"),
    ("نجوى", "najwaa"),
    ("هالة", "haal@"),
    ("يسرى", "yusraa"),
    ("ثناء", "thanaa'"),
    ("صفاء", "Safaa'"),
    ("بتول", "batuul"),
];

/// Beginnings of family names.
const STEMS: &[(&str, &str)] = &[
    ("قلف", "qalf"),
    ("زرن", "zarn"),
    ("درم", "darm"),
    ("سنط", "sanT"),
    ("شقرم", "shaqram"),
    ("بلخش", "balkhash"),
    ("طرفن", "Tarfan"),
    ("جرمق", "jarmaq"),
    ("خنفر", "khanfar"),
    ("عصلم", "3aSlam"),
    ("غندر", "ghandar"),
    ("حرشب", "Harshab"),
    ("صلدن", "Saldan"),
    ("ضمرن", "Damran"),
    ("فرقد", "farqad"),
    ("كندس", "kandas"),
    ("لبدر", "labdar"),
    ("مرجس", "marjas"),
    ("نعضر", "na3Dar"),
    ("هرمط", "harmaT"),
    ("وزلم", "wazlam"),
    ("ثلغم", "thalgham"),
    ("ظربل", "Zarbal"),
    ("يشمق", "yashmaq"),
];

/// Endings of family names.
const ENDINGS: &[(&str, &str)] = &[
    ("ون", "uun"),
    ("اوي", "aawii"),
    ("يش", "iish"),
    ("اط", "aaT"),
    ("وسة", "uus@"),
    ("ين", "iin"),
    ("ور", "uur"),
    ("ادة", "aad@"),
    ("وق", "uuq"),
    ("ايا", "aayaa"),
];
