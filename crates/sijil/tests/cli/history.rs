//! The history holds: whatever is decided later, an edition comes out the same, a decision taken
//! back leaves no trace in the figures, and nobody is counted twice.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sijil::model::entity::{
    Affiliation, Author, Body, Correction, Entity, EntityId, EntityKind, Party, Source, Subject,
    Verdict,
};
use sijil::model::{Dimension, FigureTable, FixedClock};
use sijil::register::{AsOf, Register};
use sijil::work::{self, Hand, Material, PairVerdict, Query, Quiet};
use sijil_claims::PartyClass;

use crate::fixture::Place;

/// Changes after which an edition must still come out the same.
const CHANGES: usize = 1000;

/// Editions are counted again after so many changes.
const EVERY: usize = 200;

fn clock() -> FixedClock {
    FixedClock("2031-06-01T09:00:00Z".parse().expect("a time"))
}

/// What a user may do.
#[derive(Clone, Debug)]
enum Deed {
    Judge(usize, usize, u8),
    Unjudge(usize, usize),
    Claim(usize, u8),
    Unclaim(usize),
    Enter(u8, u8, u8),
    Withdraw(u8),
    Relist(u8),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (0..12_usize, 0..12_usize, 0..3_u8).prop_map(|(a, b, v)| Deed::Judge(a, b, v)),
        2 => (0..12_usize, 0..12_usize).prop_map(|(a, b)| Deed::Unjudge(a, b)),
        3 => (0..8_usize, 0..3_u8).prop_map(|(at, v)| Deed::Claim(at, v)),
        1 => (0..8_usize).prop_map(Deed::Unclaim),
        2 => (0..5_u8, 0..5_u8, 0..3_u8).prop_map(|(a, b, what)| Deed::Enter(a, b, what)),
        1 => (0..5_u8).prop_map(Deed::Withdraw),
        1 => (0..4_u8).prop_map(Deed::Relist),
    ]
}

/// A register with material, and the place that its lists lie in.
struct World {
    place: Place,
    register: Register,
}

impl World {
    fn new() -> Self {
        let place = Place::with_material();
        let clock = clock();
        let hand = Hand { name: "Rana", clock: &clock };
        let register = work::init(&place.path("register"), hand).expect("a register");
        let mut world = Self { place, register };
        world.take_in();
        world
    }

    fn hand(&self) -> Hand<'static> {
        static CLOCK: std::sync::LazyLock<FixedClock> = std::sync::LazyLock::new(clock);
        Hand { name: "Rana", clock: &*CLOCK }
    }

    fn take_in(&mut self) {
        let (folder, hand) = (self.place.material(), self.hand());
        work::add(&mut self.register, &folder, &[], hand, &Quiet).expect("taken in");
        work::extract(&mut self.register, hand, &Quiet).expect("read");
        self.settle();
    }

    fn settle(&mut self) {
        let hand = self.hand();
        work::link(&mut self.register, hand, &Quiet).expect("linked");
        let mut material = self.material();
        work::suggest_incidents(&mut self.register, &mut material, hand).expect("suggested");
    }

    fn material(&self) -> Material {
        Material::of(&self.register, AsOf::NOW).expect("readable")
    }

    fn publish(&mut self, edition: &str) {
        let (out, hand) = (self.place.path(edition), self.hand());
        work::publish_edition(&mut self.register, edition, "Report", &out, true, hand)
            .expect("published");
    }

    fn does_not_differ(&self, edition: &str) {
        let differing = work::recount(&self.register, edition, None).expect("counted again");
        assert_eq!(differing, [], "{edition}");
    }

    fn does(&mut self, deed: &Deed) {
        let hand = self.hand();
        let material = self.material();
        let pair = |a: usize, b: usize| {
            let at = |nth: usize| &material.records[nth % material.records.len()].record.at;
            (at(a) != at(b)).then(|| (at(a).clone(), at(b).clone()))
        };
        let claim = |nth: usize| {
            let claims: Vec<_> = material.claims().collect();
            claims.get(nth % claims.len().max(1)).map(|(_, row, claim)| {
                sijil::model::entity::ClaimRef { item: row.item.clone(), start: claim.span.start }
            })
        };
        let register = &mut self.register;
        match deed {
            Deed::Judge(a, b, verdict) => {
                let verdict = [PairVerdict::Same, PairVerdict::Different, PairVerdict::Open]
                    [usize::from(*verdict)];
                if let Some((a, b)) = pair(*a, *b) {
                    work::judge_records(register, (&a, &b), verdict, "read", hand).expect("judged");
                }
            }
            Deed::Unjudge(a, b) => {
                if let Some((a, b)) = pair(*a, *b) {
                    work::unjudge_records(register, (&a, &b), "again", hand).expect("taken back");
                }
            }
            Deed::Claim(nth, verdict) => {
                let correction =
                    Correction { low: Some(7), high: Some(9), ..Correction::default() };
                let verdict = match verdict {
                    0 => Verdict::Accepted,
                    1 => Verdict::Rejected,
                    _ => Verdict::Corrected(Box::new(correction)),
                };
                if let Some(at) = claim(*nth) {
                    work::judge_claim(register, &at, verdict, "read", hand).expect("judged");
                }
            }
            Deed::Unclaim(nth) => {
                if let Some(at) = claim(*nth) {
                    work::unjudge(register, &Subject::Claim(at), "", hand).expect("taken back");
                }
            }
            Deed::Enter(a, b, what) => {
                let entities = [entity(*a, *b, *what)];
                let said = serde_json::json!({});
                work::enter(register, &entities, "enter", said, hand).expect("entered");
            }
            Deed::Withdraw(nth) => {
                let id = EntityId(format!("party {nth}"));
                work::withdraw(register, EntityKind::Party, &id, "wrong", hand).expect("ended");
            }
            Deed::Relist(nth) => {
                let rows = ["Nader Elias Khalil,60", "Adel Ramzi Hourani,30", "Sami Haddad,41"];
                let list = format!("Name,Age\n{}\n", rows[..usize::from(*nth)].join("\n"));
                self.place.write("lists/later.csv", list.as_bytes());
                self.take_in();
            }
        }
    }
}

fn entity(a: u8, b: u8, what: u8) -> Entity {
    let party = |nth: u8| EntityId(format!("party {nth}"));
    let (id, body) = match what {
        0 => {
            let name = format!("Brigade {b}");
            let aliases = vec!["armed factions".to_owned()];
            let class = PartyClass::NonState;
            let extra = Default::default();
            (party(a), Body::Party(Party { name, aliases, class, extra }))
        }
        1 => {
            let held = Affiliation {
                member: party(a),
                party: party(b),
                tree: "command".to_owned(),
                role: String::new(),
                first_cited: None,
                last_cited: None,
                start: None,
                end: None,
            };
            (EntityId(format!("held {a} {b}")), Body::Affiliation(held))
        }
        _ => {
            let depends_on = vec![EntityId(format!("source {b}"))];
            let name = format!("Office {a}");
            let source = Source { name, depends_on, ..Source::default() };
            (EntityId(format!("source {a}")), Body::Source(source))
        }
    };
    Entity { id, body, author: Author::User("Rana".to_owned()), basis: Vec::new() }
}

#[test]
fn an_edition_comes_out_the_same_after_a_thousand_later_changes() {
    let mut runner = TestRunner::deterministic();
    let mut world = World::new();
    world.publish("edition 0");
    let mut editions = 1;
    let start = world.register.size().expect("a number");
    for nth in 1..=CHANGES {
        let deed = deed().new_tree(&mut runner).expect("a deed").current();
        world.does(&deed);
        if nth % 20 == 0 {
            world.settle();
        }
        if nth % EVERY == 0 {
            for edition in 0..editions {
                world.does_not_differ(&format!("edition {edition}"));
            }
            world.publish(&format!("edition {editions}"));
            editions += 1;
        }
    }
    let written = world.register.size().expect("a number") - start;
    assert!(written > CHANGES as u64 / 2, "only {written} entries: the deeds do nothing");
    let findings = work::verify(&world.register).expect("verifiable");
    assert!(findings.is_empty(), "{findings:?}");
}

/// Every figure of every single breakdown and some of two dimensions.
fn figures(material: &Material) -> Vec<FigureTable> {
    let single = Dimension::ALL.iter().map(|by| vec![*by]);
    let double = [vec![Dimension::Day, Dimension::Party], vec![Dimension::Place, Dimension::Grade]];
    single
        .chain(double)
        .chain([Vec::new()])
        .flat_map(|by| {
            let query = Query { by, ..Query::default() };
            work::count_in(material, &query)
        })
        .collect()
}

#[test]
fn a_decision_taken_back_leaves_no_trace_in_the_figures() {
    let mut world = World::new();
    let before = figures(&world.material());
    let incidents =
        |world: &World| world.register.entities(EntityKind::Incident, AsOf::NOW).expect("readable");
    let events = incidents(&world);
    let records: Vec<_> =
        world.material().records.iter().map(|row| row.record.at.clone()).collect();
    let mut moved = 0;
    for a in &records {
        for b in records.iter().filter(|b| *b > a) {
            for verdict in [PairVerdict::Same, PairVerdict::Different] {
                let hand = world.hand();
                work::judge_records(&mut world.register, (a, b), verdict, "", hand)
                    .expect("judged");
                world.settle();
                moved += usize::from(figures(&world.material()) != before);
                work::unjudge_records(&mut world.register, (a, b), "", hand).expect("taken back");
                world.settle();
                assert_eq!(figures(&world.material()), before, "{a:?} {b:?} {verdict:?}");
                assert_eq!(incidents(&world), events, "{a:?} {b:?} {verdict:?}");
            }
        }
    }
    assert!(moved > records.len(), "only {moved} decisions moved a figure");
}

#[test]
fn nobody_is_counted_twice_in_whatever_order_the_rules_stand() {
    let mut world = World::new();
    let mut runner = TestRunner::deterministic();
    for _ in 0..120 {
        let deed = deed().new_tree(&mut runner).expect("a deed").current();
        world.does(&deed);
    }
    world.settle();
    let mut material = world.material();
    let rules = material.grading.persons.clone();
    let everybody = material.persons.len() as u64;
    for turn in 0..rules.len() {
        material.grading.persons.rotate_left(1);
        if turn % 2 == 1 {
            material.grading.persons.reverse();
        }
        for first in Dimension::ALL {
            for second in Dimension::ALL {
                let query = Query { by: vec![*first, *second], ..Query::default() };
                // Persons are of no dataset.
                if query.by.contains(&Dimension::Dataset) {
                    continue;
                }
                let documented = work::count_in(&material, &query).remove(0);
                let mut seen: Vec<_> = documented.cells.iter().flat_map(|c| &c.persons).collect();
                let best: u64 =
                    documented.cells.iter().filter_map(|cell| cell.figure.best.value).sum();
                assert_eq!(best, everybody, "{first:?} {second:?}");
                seen.sort();
                seen.dedup();
                assert_eq!(seen.len() as u64, everybody, "{first:?} {second:?}");
            }
        }
    }
}

#[test]
fn what_moves_a_cell_adds_up_to_how_far_it_moved() {
    let mut world = World::new();
    let mut runner = TestRunner::deterministic();
    let mut points = vec![world.register.size().expect("a number") - 1];
    for _ in 0..8 {
        for _ in 0..6 {
            let deed = deed().new_tree(&mut runner).expect("a deed").current();
            world.does(&deed);
        }
        world.settle();
        points.push(world.register.size().expect("a number") - 1);
    }
    let at = |entry: u64| Material::of(&world.register, AsOf(entry)).expect("readable");
    let mut moves = 0;
    for (nth, before) in points.iter().enumerate() {
        for after in &points[nth + 1..] {
            let (before, after) = (at(*before), at(*after));
            for by in [Dimension::Party, Dimension::Place, Dimension::Day, Dimension::Sex] {
                let query = Query { by: vec![by], ..Query::default() };
                for cell in work::diff_persons(&before, &after, &query) {
                    let best = |figure: &Option<sijil::model::Figure>| {
                        let value = figure.as_ref().and_then(|figure| figure.best.value);
                        i64::try_from(value.unwrap_or(0)).expect("small")
                    };
                    let moved: i64 = cell.changes.iter().map(|change| change.by).sum();
                    assert_eq!(moved, best(&cell.after) - best(&cell.before), "{}", cell.cell);
                    moves += cell.changes.len();
                }
            }
        }
    }
    assert!(moves > 20, "only {moves} moves");
}
