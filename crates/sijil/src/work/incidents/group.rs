//! Which claims and records speak of one event.
//!
//! Those of one place whose days meet, unless they hold different sides responsible: an ambush of
//! police and a killing of villagers on one day are two events. Running tolls and figures of wide
//! areas or long windows speak of no one event. Judgements of users come first and bind.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sijil_claims::{Act, Modality, PartyClass, Scope};

use crate::model::entity::{ClaimRef, Member};
use crate::model::{Person, RecordRef};
use crate::work::material::Material;

/// Days that a claim's window may span and still speak of one event.
const LONGEST: i32 = 3;

/// The coarsest level of a place at which an event can be told: a district.
const COARSEST: u8 = 2;

/// Something to be grouped: a claim, or all records of a person, with what tells events apart.
struct Told<'m> {
    members: Vec<Member>,
    place: &'m str,
    start: Date,
    end: Date,
    /// Side held responsible; `None` where nobody is named.
    side: Option<PartyClass>,
}

/// By side the event that may still go on.
type Open = BTreeMap<Option<PartyClass>, Event>;

/// An event that more may join.
#[derive(Clone, Copy)]
struct Event {
    /// Its first member.
    first: usize,
    /// Its days so far.
    start: Date,
    end: Date,
}

impl Event {
    /// Whether `this` is of its days, and makes it no longer than an event is.
    fn meets(&self, this: &Told<'_>) -> bool {
        let days = self.start.until(self.end.max(this.end)).map_or(i32::MAX, |d| d.get_days());
        self.end >= this.start && days < LONGEST
    }
}

/// Groups in order of their first members, each in order.
pub(super) fn groups(material: &Material, judged: &[(Member, Member, bool)]) -> Vec<Vec<Member>> {
    let mut told: Vec<Told<'_>> =
        material.persons.iter().filter_map(|p| of_person(material, p)).collect();
    told.extend(claims(material));
    told.sort_by(|a, b| {
        (a.place, a.start, a.end, &a.members).cmp(&(b.place, b.start, b.end, &b.members))
    });
    let mut sets = Sets::of(&told, judged);
    sets.join_judged(judged);
    let mut base = 0;
    for run in told.chunk_by(|a, b| a.place == b.place) {
        join_run(&mut sets, base, run);
        base += run.len();
    }
    sets.groups(told)
}

/// Joins what meets in time and does not name different sides, at one place, in order of time;
/// the first of `run` is number `base`.
fn join_run(sets: &mut Sets, base: usize, run: &[Told<'_>]) {
    let mut open = Open::new();
    for (offset, this) in run.iter().enumerate() {
        let at = base + offset;
        match open_event(&open, this) {
            Some((side, event)) if sets.join(event.first, at) => {
                open.remove(&side);
                open.insert(side.or(this.side), Event { end: event.end.max(this.end), ..event });
            }
            _ => {
                open.insert(this.side, Event { first: at, start: this.start, end: this.end });
            }
        }
    }
}

/// The open event that `this` belongs to: of its own side, or of nobody named. Where it names nobody,
/// the one event that is told then, and none of several.
fn open_event(open: &Open, this: &Told<'_>) -> Option<(Option<PartyClass>, Event)> {
    let met = || open.iter().filter(|(_, event)| event.meets(this));
    let of = |wanted: Option<PartyClass>| met().find(|(side, _)| **side == wanted);
    let only = || met().next().filter(|_| met().count() == 1);
    let found = match this.side {
        Some(side) => of(Some(side)).or_else(|| of(None)),
        None => of(None).or_else(only),
    };
    found.map(|(side, event)| (*side, *event))
}

/// A person whose place and day are told.
fn of_person<'m>(material: &'m Material, person: &'m Person) -> Option<Told<'m>> {
    let (day, place) = (person.date?, person.place_id.as_deref()?);
    let harmed = matches!(person.fate, Act::Killed | Act::Injured);
    let fine = material.gazetteer.get(place).is_some_and(|entry| entry.level >= COARSEST);
    let side = person.party.as_ref().map(|party| party.class);
    (fine && harmed).then(|| Told {
        members: person.records.iter().map(|record| Member::Record(record.at.clone())).collect(),
        place,
        start: day,
        end: day,
        side: side.filter(|class| *class != PartyClass::Unknown),
    })
}

fn claims(material: &Material) -> impl Iterator<Item = Told<'_>> {
    material.claims().filter_map(|(_, row, claim)| {
        let tells = matches!(claim.act, Act::Killed | Act::Injured)
            && claim.scope != Scope::Cumulative
            && !matches!(claim.modality, Modality::Denied | Modality::Expected);
        let window = claim.window.filter(|_| tells)?;
        let (start, end) = window.start.zip(window.end)?;
        let days = start.until(end).ok()?.get_days();
        let mut places = claim.places.iter().filter_map(|place| {
            let entry = material.gazetteer.get(place.id.as_deref()?)?;
            (entry.level >= COARSEST).then_some(entry.id.as_str())
        });
        let (place, more) = (places.next()?, places.next());
        let mut sides: Vec<PartyClass> = claim.perpetrators.iter().map(|p| p.class).collect();
        sides.sort();
        sides.dedup();
        sides.retain(|class| *class != PartyClass::Unknown);
        (more.is_none() && (0..LONGEST).contains(&days)).then(|| Told {
            members: vec![Member::Claim(ClaimRef {
                item: row.item.clone(),
                start: claim.span.start,
            })],
            place,
            start,
            end,
            side: match sides.as_slice() {
                [only] => Some(*only),
                _ => None,
            },
        })
    })
}

/// Disjoint sets under judgements: two members that a user holds apart never meet.
struct Sets {
    parent: Vec<usize>,
    apart: Vec<(usize, usize)>,
    index: BTreeMap<Member, usize>,
}

impl Sets {
    fn of(told: &[Told<'_>], judged: &[(Member, Member, bool)]) -> Self {
        let mut index = BTreeMap::new();
        if !judged.is_empty() {
            for (at, this) in told.iter().enumerate() {
                index.extend(this.members.iter().map(|member| (member.clone(), at)));
            }
        }
        let apart = judged.iter().filter(|(_, _, same)| !same);
        let apart = apart.filter_map(|(a, b, _)| Some((*index.get(a)?, *index.get(b)?))).collect();
        Self { parent: (0..told.len()).collect(), apart, index }
    }

    fn join_judged(&mut self, judged: &[(Member, Member, bool)]) {
        for (a, b, _) in judged.iter().filter(|(_, _, same)| *same) {
            if let (Some(a), Some(b)) = (self.index.get(a).copied(), self.index.get(b).copied()) {
                self.join(a, b);
            }
        }
    }

    /// Makes one set of two, unless a judgement holds them apart; gives whether they are one.
    fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        let parted = (0..self.apart.len()).any(|nth| {
            let (x, y) = self.apart[nth];
            let (x, y) = (self.root(x), self.root(y));
            (x, y) == (a, b) || (x, y) == (b, a)
        });
        if !parted {
            self.parent[a.max(b)] = a.min(b);
        }
        !parted
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn groups(mut self, told: Vec<Told<'_>>) -> Vec<Vec<Member>> {
        let mut groups: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
        for (at, this) in told.into_iter().enumerate() {
            groups.entry(self.root(at)).or_default().extend(this.members);
        }
        let mut groups: Vec<Vec<Member>> = groups.into_values().collect();
        for members in &mut groups {
            members.sort();
            members.dedup();
        }
        groups.sort();
        groups
    }
}

/// Whether a member is a record.
pub(super) fn record_of(member: &Member) -> Option<&RecordRef> {
    match member {
        Member::Record(at) => Some(at),
        Member::Claim(_) => None,
    }
}
