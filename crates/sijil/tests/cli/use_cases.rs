//! Every way to write: leaves an entry in the ledger in its transaction, and takes no row away.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use rusqlite::Connection;
use sijil::model::FixedClock;
use sijil::model::entity::{
    Author, Body, ClaimRef, Entity, EntityId, EntityKind, Member, Source, SourceKind, Subject,
    Verdict,
};
use sijil::register::{AsOf, Register};
use sijil::work::{self, Hand, Material, PairVerdict, Quiet};

use crate::fixture::{Place, repository};

/// A use case: its name in `work`, and a call of it that has something to write.
type UseCase = (&'static str, fn(&Place, &mut Register, Hand<'_>));

/// Every use case that is handed a register to write, in an order in which each has work to do.
const USE_CASES: &[UseCase] = &[
    ("add", |place, register, hand| {
        work::add(register, &place.material(), &[], hand, &Quiet).expect("taken in");
    }),
    ("import", |place, register, hand| {
        let file = place.path("sources.toml");
        fs::write(&file, "[[source]]\nid = \"valley\"\nname = \"Valley Desk\"\n").expect("written");
        let importing = work::Importing::default();
        work::import(register, &file, &importing, hand, &Quiet).expect("imported");
    }),
    ("extract", |_, register, hand| {
        work::extract(register, hand, &Quiet).expect("read");
    }),
    ("link", |_, register, hand| {
        work::link(register, hand, &Quiet).expect("linked");
    }),
    ("suggest_incidents", |_, register, hand| {
        let mut material = Material::of(register, AsOf::NOW).expect("readable");
        work::suggest_incidents(register, &mut material, hand).expect("suggested");
    }),
    ("judge_records", |_, register, hand| {
        let pair = pair(register);
        work::judge_records(register, (&pair.0, &pair.1), PairVerdict::Different, "read", hand)
            .expect("judged");
    }),
    ("unjudge_records", |_, register, hand| {
        let pair = pair(register);
        work::unjudge_records(register, (&pair.0, &pair.1), "again", hand).expect("taken back");
    }),
    ("judge_claim", |_, register, hand| {
        let at = claim(register);
        work::judge_claim(register, &at, Verdict::Accepted, "read", hand).expect("judged");
    }),
    ("unjudge", |_, register, hand| {
        let on = Subject::Claim(claim(register));
        work::unjudge(register, &on, "again", hand).expect("taken back");
    }),
    ("undo_entry", |_, register, hand| {
        let (at, verdict) = (claim(register), Verdict::Rejected);
        let entries = register.entries().expect("readable");
        let told = entries.iter().find(|entry| entry.said()["verdict"] == "rejected");
        let number = told.map_or(register.size().expect("a number"), |entry| entry.entry.number);
        if told.is_none() {
            work::judge_claim(register, &at, verdict, "read", hand).expect("judged");
        }
        work::undo_entry(register, number, "again", hand).expect("taken back");
    }),
    ("judge_members", |_, register, hand| {
        let (a, b) = pair(register);
        let (a, b) = (Member::Record(a), Member::Record(b));
        work::judge_members(register, (&a, &b), false, "read", hand).expect("judged");
    }),
    ("seal", |_, register, hand| {
        let items = register.items(AsOf::NOW).expect("readable");
        work::seal(register, &items[0].item.id, true, hand).expect("sealed");
    }),
    ("seal_source", |_, register, hand| {
        let to = [work::new_private_key("Rana").expect("a key").person()];
        let (code, kind, identity) = ("W-17", SourceKind::Witness, "Umm Khalid, the red house");
        let sealing = work::Sealing { code, kind, identity, to: &to, again: false };
        let there = register.entity(EntityKind::Source, &EntityId(code.to_owned()), AsOf::NOW);
        let sealed = work::seal_source(register, &sealing, hand);
        assert_eq!(sealed.is_err(), there.expect("readable").is_some(), "sealed once");
    }),
    ("enter", |_, register, hand| {
        let source = Source { name: "Hills Office".to_owned(), ..Source::default() };
        let entity = Entity {
            id: EntityId("hills".to_owned()),
            body: Body::Source(source),
            author: Author::User("Rana".to_owned()),
            basis: Vec::new(),
        };
        work::enter(register, &[entity], "enter", serde_json::json!({}), hand).expect("entered");
    }),
    ("withdraw", |_, register, hand| {
        let id = EntityId("hills".to_owned());
        work::withdraw(register, EntityKind::Source, &id, "wrong", hand).expect("ended");
    }),
    ("witness", |place, register, hand| {
        let other = place.path("another office");
        let head = if Register::is_at(&other) {
            let read = Register::read(&other).expect("opens");
            work::head(&read, None).expect("a head")
        } else {
            work::head(&work::init(&other, hand).expect("a register"), None).expect("a head")
        };
        work::witness(register, &head, hand).expect("cosigned");
    }),
    ("take_stamp", |place, register, hand| {
        let file = place.path("reply.tsr");
        if !file.exists() {
            let (request, _) = work::stamp_request(register).expect("a request");
            fs::write(&file, crate::stamps::unsigned_reply(&request)).expect("can be written");
        }
        work::take_stamp(register, &file, hand).expect("taken");
    }),
    ("publish", |place, register, hand| {
        let report = work::report_of(register, AsOf::NOW, "Report", false).expect("counted");
        work::publish(register, &report, &place.path("out"), false, hand).expect("published");
    }),
    ("publish_edition", |place, register, hand| {
        let out = place.path("edition");
        work::publish_edition(register, "first", "Report", &out, false, hand).expect("published");
    }),
    ("add_edition", |place, register, hand| {
        let newer = place.path("newer.csv");
        fs::write(&newer, "Name,Age\nOmar Rashid Qassab,23\n").expect("can be written");
        work::add_edition(register, &newer, "lists/north.csv", hand).expect("taken in");
    }),
];

fn pair(register: &Register) -> (sijil::model::RecordRef, sijil::model::RecordRef) {
    let records = register.records(AsOf::NOW).expect("readable");
    (records[0].record.at.clone(), records[1].record.at.clone())
}

fn claim(register: &Register) -> ClaimRef {
    let documents = register.documents(AsOf::NOW).expect("readable");
    let row = documents.iter().find(|row| !row.reading.claims.is_empty()).expect("a claim");
    ClaimRef { item: row.item.clone(), start: row.reading.claims[0].span.start }
}

#[test]
fn every_use_case_leaves_an_entry_and_takes_no_row_away() {
    let place = Place::with_material();
    let clock = FixedClock("2031-06-01T09:00:00Z".parse().expect("a time"));
    let hand = Hand { name: "Rana", clock: &clock };
    let mut register = work::init(&place.path("register"), hand).expect("a register");
    let mut rows = counts(&place);
    for (name, run) in USE_CASES {
        let size = register.size().expect("a number");
        run(&place, &mut register, hand);
        assert!(register.size().expect("a number") > size, "{name} left no entry");
        let findings = work::verify(&register).expect("verifiable");
        assert!(findings.is_empty(), "after {name}: {findings:?}");
        let now = counts(&place);
        for (table, count) in &rows {
            assert!(now[table] >= *count, "{name} took rows of {table} away");
        }
        rows = now;
        let size = register.size().expect("a number");
        if *name != "publish_edition" {
            run(&place, &mut register, hand);
            assert_eq!(
                register.size().expect("a number"),
                size,
                "{name} wrote an entry though nothing changed"
            );
        }
    }
}

fn counts(place: &Place) -> BTreeMap<String, i64> {
    let db = Connection::open(place.path("register").join("sijil.db")).expect("a database");
    let mut query = db
        // Columns and the index of words are derived and may be built anew.
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table'
             AND name NOT LIKE 'column^_%' ESCAPE '^' AND name NOT LIKE 'search^_%' ESCAPE '^'
             ORDER BY name",
        )
        .expect("a schema");
    let names: Vec<String> = query
        .query_map([], |row| row.get(0))
        .expect("tables")
        .map(|name| name.expect("a name"))
        .collect();
    let count = |name: String| {
        let sql = format!("SELECT count(*) FROM {name}");
        let count = db.query_row(&sql, [], |row| row.get(0)).expect("a count");
        (name, count)
    };
    names.into_iter().map(count).collect()
}

#[test]
fn no_use_case_is_forgotten_here() {
    let known: BTreeSet<String> = USE_CASES.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut written = BTreeSet::new();
    let mut folders = vec![repository("crates/sijil/src/work")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the room is there") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                written.extend(writers(&fs::read_to_string(path).expect("readable")));
            }
        }
    }
    assert_eq!(written, known);
}

/// Names of the public functions that are handed a register to write.
fn writers(code: &str) -> Vec<String> {
    let functions = code.split("\npub fn ").skip(1);
    functions
        .filter(|function| {
            let signature = function.split('{').next().unwrap_or_default();
            signature.contains("&mut Register")
        })
        .filter_map(|function| Some(function.split(['(', '<']).next()?.to_owned()))
        .collect()
}
