//! Invented rows as intake and linkage would hand them to the store: lists with records, links
//! between them, documents with claims. Nobody and nothing in them is real but names of places.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use sha2::{Digest, Sha256};
use sijil::model::{
    Capture, Clock, Column, Details, Document, FixedClock, Format, Item, ItemId, Mapping, Party,
    PersonId, Record, RecordRef, Role, Sex,
};
use sijil::register::{LinkState, NewItem, NewReading, PairRow, ReadContent, RecordRow, Verdict};
use sijil_claims::{
    Act, Claim, Language, Modality, PartyClass, Perpetrator, PlaceMention, Qualifier, Quantity,
    Reading, Scope, Span, Speaker, Victims, Window,
};

use crate::dice::Dice;

/// Records of one list.
pub(crate) const LIST: u64 = 25_000;
/// Lists that name the same persons.
pub(crate) const ROUNDS: u64 = 3;
/// Claims of one document.
pub(crate) const CLAIMS: u64 = 10;
/// Persons in a hundred that are in an open pair with another.
const OPEN: u64 = 3;

const GIVEN: &[(&str, &str)] = &[
    ("Salim", "سليم"),
    ("Karim", "كريم"),
    ("Omar", "عمر"),
    ("Nabil", "نبيل"),
    ("Adel", "عادل"),
    ("Ramzi", "رمزي"),
    ("Hani", "هاني"),
    ("Fadi", "فادي"),
    ("Samir", "سمير"),
    ("Rashid", "راشد"),
    ("Tariq", "طارق"),
    ("Yusuf", "يوسف"),
    ("Ziad", "زياد"),
    ("Walid", "وليد"),
    ("Munir", "منير"),
    ("Anwar", "انور"),
    ("Bashir", "بشير"),
    ("Khalil", "خليل"),
    ("Jamil", "جميل"),
    ("Elias", "الياس"),
    ("Mariam", "مريم"),
    ("Hala", "هالة"),
    ("Layla", "ليلى"),
    ("Salma", "سلمى"),
    ("Rima", "ريما"),
    ("Nadia", "نادية"),
    ("Huda", "هدى"),
    ("Amal", "امل"),
    ("Dalal", "دلال"),
    ("Suad", "سعاد"),
];
const STEMS: &[(&str, &str)] = &[
    ("Haddad", "حداد"),
    ("Sabbagh", "صباغ"),
    ("Qassab", "قصاب"),
    ("Najjar", "نجار"),
    ("Khayyat", "خياط"),
    ("Hallaq", "حلاق"),
    ("Tahhan", "طحان"),
    ("Dabbagh", "دباغ"),
    ("Farran", "فران"),
    ("Jammal", "جمال"),
    ("Attar", "عطار"),
    ("Sayegh", "صايغ"),
    ("Bustani", "بستاني"),
    ("Hourani", "حوراني"),
    ("Jabali", "جبلي"),
    ("Rifai", "رفاعي"),
];
const ENDS: &[(&str, &str)] = &[
    ("", ""),
    (" al-Din", " الدين"),
    (" Beik", " بيك"),
    (" Agha", " اغا"),
    ("i", "ي"),
    (" al-Sahli", " السهلي"),
    (" al-Wadi", " الوادي"),
    (" al-Nahri", " النهري"),
];
/// Places by the ids of the gazetteer.
const PLACES: &[(&str, &str)] = &[
    ("SY0600", "Latakia"),
    ("SY0603", "Jableh"),
    ("SY1000", "Tartous"),
    ("SY1002", "Banyas"),
    ("SY0500", "Hama"),
    ("SY0400", "Homs"),
    ("SY0700", "Idleb"),
    ("SY0200", "Aleppo"),
    ("SY0300", "Rural Damascus"),
    ("SY0100", "Damascus"),
    ("SY1200", "Dar'a"),
    ("SY0900", "Deir-ez-Zor"),
    ("SY1100", "Ar-Raqqa"),
    ("SY0800", "Al-Hasakeh"),
    ("SY1300", "As-Sweida"),
    ("SY0604", "Qardaha"),
    ("SY0602", "Al-Haffa"),
];
const CAUSES: &[&str] =
    &["shot", "shelling", "air strike", "explosion", "torture", "mine", "sniper", "siege"];
const STATUSES: &[&str] = &["civilian", "civilian", "fighter", "soldier"];
const SOURCES: &[&str] = &[
    "Hills Monitoring Office",
    "Valley Documentation Centre",
    "River Rights Network",
    "Plain Casualty Recorders",
    "Harbour Observatory",
    "Steppe Witness Group",
];
const OUTLETS: &[&str] =
    &["Valley News", "Hill Post", "River Times", "Plain Wire", "Harbour Daily"];

/// The only time at which anything here happens.
pub(crate) fn clock() -> impl Clock {
    FixedClock(jiff::Timestamp::UNIX_EPOCH)
}

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An item that came in under a path.
pub(crate) fn item(path: &str, format: Format) -> NewItem {
    let id = ItemId(hash(path));
    let capture = Capture {
        item: id.clone(),
        origin: "invented".to_owned(),
        path: path.to_owned(),
        taken_in: clock().now(),
        by: "bench".to_owned(),
    };
    NewItem { item: Item { id, bytes: 1000, format }, capture }
}

/// Path of the list with this number in this round.
pub(crate) fn list_path(round: u64, number: u64) -> String {
    format!("lists/round-{round}/list-{number:05}.csv")
}

/// What is true of a person; records of it may leave out or mistake some.
struct Truth {
    given: &'static (&'static str, &'static str),
    father: &'static (&'static str, &'static str),
    family: (String, String),
    female: bool,
    age: u32,
    died: Date,
    place: &'static (&'static str, &'static str),
}

fn day(dice: &mut Dice) -> Date {
    let days = i64::try_from(dice.below(3650)).expect("few days");
    date(2031, 1, 1).saturating_add(days.days())
}

fn truth(person: u64) -> Truth {
    let mut dice = Dice::of(1, person);
    let (stem, end) = (dice.often(STEMS), dice.often(ENDS));
    let given = dice.often(GIVEN);
    Truth {
        given,
        father: dice.often(&GIVEN[..20]),
        family: (format!("al-{}{}", stem.0, end.0), format!("ال{}{}", stem.1, end.1)),
        female: GIVEN[20..].iter().any(|name| name == given),
        age: u32::try_from(dice.below(85)).expect("small"),
        died: day(&mut dice),
        place: dice.often(PLACES),
    }
}

/// The list with this number: `LIST` persons in a row, as this round gives them.
pub(crate) fn list(round: u64, number: u64, persons: u64) -> NewReading {
    let id = ItemId(hash(&list_path(round, number)));
    let first = number * LIST;
    let people = first..(first + LIST).min(persons);
    let records: Vec<RecordRow> =
        people.map(|person| row(&id, round, person, person - first + 2)).collect();
    let headers = [
        ("name", Role::Name),
        ("father", Role::Father),
        ("sex", Role::Sex),
        ("age", Role::Age),
        ("date", Role::Date),
        ("place", Role::Place),
        ("status", Role::Status),
        ("cause", Role::Cause),
        ("party", Role::Party),
    ];
    let column = |(header, role): (&str, Role)| Column { header: header.to_owned(), role };
    let mapping = Mapping { columns: headers.map(column).to_vec() };
    let count = records.len() as u64;
    NewReading {
        item: id,
        reader: "invented".to_owned(),
        format: Format::Csv,
        content: ReadContent::Tables(vec![(String::new(), mapping, count)]),
        records,
        problems: Vec::new(),
    }
}

fn row(item: &ItemId, round: u64, person: u64, number: u64) -> RecordRow {
    let truth = truth(person);
    let mut dice = Dice::of(10 + round, person);
    let arabic = round == 1;
    let form = |name: &(&str, &str)| if arabic { name.1.to_owned() } else { name.0.to_owned() };
    let family = if arabic { &truth.family.1 } else { &truth.family.0 };
    let name = format!("{} {} {family}", form(truth.given), form(truth.father));
    let said = |dice: &mut Dice| !dice.chance(10);
    let age = said(&mut dice).then_some(truth.age);
    let place = if dice.chance(4) { dice.often(PLACES) } else { truth.place };
    let classes = [PartyClass::State, PartyClass::StateAligned, PartyClass::NonState];
    let party = (round == 0 || dice.chance(30))
        .then(|| Party { text: "armed factions".to_owned(), class: *dice.often(&classes) });
    let record = Record {
        at: RecordRef { item: item.clone(), sheet: String::new(), row: number },
        name: Some(name.clone()),
        name_other: None,
        father: said(&mut dice).then(|| form(truth.father)),
        mother: None,
        sex: said(&mut dice).then_some(if truth.female { Sex::Female } else { Sex::Male }),
        age,
        born: None,
        date: said(&mut dice).then_some(truth.died),
        place: Some(place.1.to_owned()),
        province: None,
        place_id: Some(place.0.to_owned()),
        status: said(&mut dice).then(|| (*dice.often(STATUSES)).to_owned()),
        group: None,
        cause: said(&mut dice).then(|| (*dice.often(CAUSES)).to_owned()),
        party,
        list_id: None,
        details: Details::default(),
    };
    let text = |value: Option<String>| value.unwrap_or_default();
    let cells = vec![
        name,
        text(record.father.clone()),
        if truth.female { "f".to_owned() } else { "m".to_owned() },
        text(age.map(|age| age.to_string())),
        text(record.date.map(|day| day.to_string())),
        place.1.to_owned(),
        text(record.status.clone()),
        text(record.cause.clone()),
        text(record.party.as_ref().map(|party| party.text.clone())),
    ];
    RecordRow { record, cells }
}

/// Name of a person, of the form that linkage gives.
pub(crate) fn person(number: u64) -> PersonId {
    let digits = hash(&format!("person {number}"));
    PersonId(format!("p-{}-{}-{}-{}", &digits[..4], &digits[4..8], &digits[8..12], &digits[12..16]))
}

/// Links of the persons of one list of each round: their records, the decisions that join them,
/// and some pairs that stay open.
pub(crate) fn links(number: u64, persons: u64) -> LinkState {
    let items: Vec<ItemId> =
        (0..ROUNDS).map(|round| ItemId(hash(&list_path(round, number)))).collect();
    let at = |round: usize, row: u64| RecordRef {
        item: items[round].clone(),
        sheet: String::new(),
        row,
    };
    let mut state = LinkState { persons: BTreeMap::new(), pairs: Vec::new() };
    let first = number * LIST;
    for nth in first..(first + LIST).min(persons) {
        let mut dice = Dice::of(2, nth);
        let row = nth - first + 2;
        let id = person(nth);
        for round in 0..items.len() {
            state.persons.insert(at(round, row), id.clone());
        }
        for (a, b) in [(0, 1), (1, 2)] {
            let likely = [0.999, 0.999, 0.98, 0.93];
            let probability = *dice.often(&likely);
            state.pairs.push(pair(at(a, row), at(b, row), Verdict::Same, probability));
        }
        if dice.chance(OPEN) && row > 2 {
            state.pairs.push(pair(at(0, row), at(0, row - 1), Verdict::Open, 0.4));
        }
    }
    state
}

fn pair(a: RecordRef, b: RecordRef, verdict: Verdict, probability: f64) -> PairRow {
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    let why = ["name: the same in another spelling", "date: the same day", "sex: the same"];
    PairRow {
        a,
        b,
        verdict,
        probability,
        why: why.map(str::to_owned).to_vec(),
        rule: Some("linkage 2".to_owned()),
        user: None,
    }
}

/// Path of the document with this number.
pub(crate) fn document_path(number: u64) -> String {
    format!("reports/{:03}/report-{number:06}.txt", number / 1000)
}

/// The document with this number: a daily report with `CLAIMS` tolls, each in its own sentence.
pub(crate) fn document(number: u64) -> NewReading {
    let mut dice = Dice::of(3, number);
    let published = day(&mut dice);
    let (outlet, source) = (*dice.often(OUTLETS), *dice.often(SOURCES));
    let mut text = format!("Daily report of {published}\n\n");
    let mut claims = Vec::new();
    for _ in 0..CLAIMS {
        claims.push(claim(&mut dice, &mut text, published, source));
    }
    let document = Document {
        body: 0,
        title: Some(format!("Daily report of {published}")),
        outlet: Some(outlet.to_owned()),
        url: None,
        published: Some(published),
        language: Language::En,
        text,
    };
    NewReading {
        item: ItemId(hash(&document_path(number))),
        reader: "invented".to_owned(),
        format: Format::Txt,
        content: ReadContent::Document(
            Box::new(document),
            Box::new(Reading { claims, ..Reading::default() }),
        ),
        records: Vec::new(),
        problems: Vec::new(),
    }
}

/// Writes a sentence and gives the claim in it.
fn claim(dice: &mut Dice, text: &mut String, published: Date, source: &str) -> Claim {
    let place = dice.often(PLACES);
    let (number, ago) = (dice.below(60) + 1, dice.below(3));
    let day = published.saturating_sub(i64::try_from(ago).expect("few days").days());
    let killed = dice.chance(70);
    let verb = if killed { "killed" } else { "injured" };
    let sentence = text.len();
    let put = |text: &mut String, words: &str| {
        let start = text.len();
        text.push_str(words);
        Span { start, end: text.len() }
    };
    let surface = number.to_string();
    let span = put(text, &surface);
    text.push_str(&format!(" civilians were {verb} in "));
    let at = put(text, place.1);
    text.push_str(&format!(" on {day} when "));
    let blamed = put(text, "armed factions");
    text.push_str(" entered a quarter of the town at night, the ");
    let speaker = put(text, source);
    text.push_str(" said.\n");
    let classes = [PartyClass::State, PartyClass::StateAligned, PartyClass::NonState];
    Claim {
        span,
        surface,
        act: if killed { Act::Killed } else { Act::Injured },
        quantity: Quantity { low: number, high: Some(number), qualifier: Qualifier::Exact },
        scope: Scope::Incident,
        parent: None,
        victims: vec![Victims::Civilians],
        group: None,
        names: Vec::new(),
        perpetrators: vec![Perpetrator {
            text: "armed factions".to_owned(),
            class: *dice.often(&classes),
            span: blamed,
        }],
        source: Some(Speaker { text: source.to_owned(), span: speaker }),
        speaker_chain: vec![source.to_owned()],
        modality: Modality::Asserted,
        places: vec![PlaceMention {
            text: place.1.to_owned(),
            id: Some(place.0.to_owned()),
            span: at,
        }],
        window: Some(Window { start: Some(day), end: Some(day) }),
        violations: Vec::new(),
        motives: Vec::new(),
        sentence: Span { start: sentence, end: text.len() - 1 },
        confidence: 0.9,
        rules: vec!["toll".to_owned()],
        stated: None,
    }
}
