//! What accounts look at of a statement, part by part, and columns of it.
//!
//! Two million statements have few days, few places, few numbers. Each part is kept once and known
//! by its code, so that what depends on words alone is found out once a wording and not once a
//! statement. A part holds the words as they were said: what they mean is for whoever groups them to
//! say.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use jiff::civil::Date;

use super::{Statement, StatementRef};
use crate::{Act, Claim, Modality, PartyClass, PlaceMention, Quantity, Scope, Victims, Window};

/// What was done, how it is put, and how it hangs together with other figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Form {
    /// What was done.
    pub(super) act: Act,
    /// Running toll, incident or part.
    pub(super) scope: Scope,
    /// How it is put.
    pub(super) modality: Modality,
    /// Of a statement of a table: whether it stands as a part within the row of its total.
    pub(super) listed: Option<bool>,
}

/// Who speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Speaking {
    /// Who published it.
    pub(super) outlet: Option<String>,
    /// Who says so.
    pub(super) source: Option<String>,
    /// The end of the chain of speakers, who said it before all others.
    pub(super) first: Option<String>,
    /// Origin that a table says it repeats.
    pub(super) repeats: Option<String>,
}

/// Of whom a figure speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Whom {
    /// Kinds of victims.
    pub(super) victims: Vec<Victims>,
    /// Ethnic or religious group.
    pub(super) group: Option<String>,
}

/// Who is held responsible: words and class each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Blamed(pub(super) Vec<(String, PartyClass)>);

/// Where: words and, where they resolve, the id each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Places(pub(super) Vec<(String, Option<String>)>);

/// The total that a part belongs to, and the total at the top.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Belongs {
    /// Whom the total counts.
    pub(super) whom: Whom,
    /// Whom it blames.
    pub(super) blamed: Blamed,
    /// Where it counts.
    pub(super) places: Places,
    /// Scope, days and places of the one at the top.
    pub(super) top: (Scope, Option<Window>, Places),
}

/// One statement as accounts look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Saying {
    /// Where it stands.
    pub(super) at: StatementRef,
    /// Index of the statement of its document that it is a part of.
    pub(super) parent: Option<usize>,
    /// Index of the statement of its table whose place it takes.
    pub(super) supersedes: Option<usize>,
    /// Day of publication.
    pub(super) published: Option<Date>,
    /// Window of the acts.
    pub(super) window: Option<Window>,
    /// How many.
    pub(super) quantity: Quantity,
    /// Words of the quantity.
    pub(super) surface: String,
    /// What was done and how it is put.
    pub(super) form: Form,
    /// Who speaks.
    pub(super) speaking: Speaking,
    /// Of whom.
    pub(super) whom: Whom,
    /// By whom.
    pub(super) blamed: Blamed,
    /// Where.
    pub(super) places: Places,
    /// What it is a part of.
    pub(super) belongs: Option<Belongs>,
}

/// One part of many statements: a code each, and what the codes stand for.
#[derive(Clone, Debug)]
pub(super) struct Coded<T> {
    /// A code each.
    pub(super) codes: Vec<u32>,
    /// What they stand for.
    pub(super) values: Vec<T>,
}

/// Statements in columns. All columns have one length; codes lie within their values.
#[derive(Clone, Debug, Default)]
pub(super) struct Sayings {
    /// Where each stands.
    pub(super) at: Vec<StatementRef>,
    /// Index of the statement that each is a part of, and 1; 0 for none.
    pub(super) parent: Vec<u32>,
    /// Index of the statement whose place each takes, and 1; 0 for none.
    pub(super) supersedes: Vec<u32>,
    /// Days of publication.
    pub(super) published: Coded<Option<Date>>,
    /// Windows of the acts.
    pub(super) window: Coded<Option<Window>>,
    /// How many.
    pub(super) quantity: Coded<Quantity>,
    /// Words of the quantities.
    pub(super) surface: Coded<String>,
    /// What was done and how it is put.
    pub(super) form: Coded<Form>,
    /// Who speaks.
    pub(super) speaking: Coded<Speaking>,
    /// Of whom.
    pub(super) whom: Coded<Whom>,
    /// By whom.
    pub(super) blamed: Coded<Blamed>,
    /// Where.
    pub(super) places: Coded<Places>,
    /// What each is a part of.
    pub(super) belongs: Coded<Option<Belongs>>,
}

impl<T> Default for Coded<T> {
    fn default() -> Self {
        Self { codes: Vec::new(), values: Vec::new() }
    }
}

impl<T> Coded<T> {
    /// The value of the statement with this index.
    pub(super) fn of(&self, nth: usize) -> &T {
        &self.values[self.codes[nth] as usize]
    }
}

impl<T: Hash + Eq + Clone> Coded<T> {
    fn from(all: impl Iterator<Item = T>) -> Self {
        let mut known: HashMap<T, u32> = HashMap::new();
        let mut coded = Self::default();
        for value in all {
            let next = u32::try_from(coded.values.len()).unwrap_or(u32::MAX);
            let code = *known.entry(value).or_insert_with_key(|value| {
                coded.values.push(value.clone());
                next
            });
            coded.codes.push(code);
        }
        coded
    }
}

impl Saying {
    /// Statements as accounts look at them, in order of their places; of two with the same `at` the
    /// last one counts.
    pub(super) fn of(statements: &[Statement<'_>]) -> Vec<Self> {
        let all: BTreeMap<StatementRef, &Statement<'_>> =
            statements.iter().map(|s| (s.at, s)).collect();
        all.values().map(|s| saying(s, &all)).collect()
    }
}

impl Sayings {
    /// Columns of `all`.
    pub(super) fn from(all: &[Saying]) -> Self {
        let small = |index: Option<usize>| {
            index.map_or(0, |index| u32::try_from(index + 1).unwrap_or(u32::MAX))
        };
        Self {
            at: all.iter().map(|s| s.at).collect(),
            parent: all.iter().map(|s| small(s.parent)).collect(),
            supersedes: all.iter().map(|s| small(s.supersedes)).collect(),
            published: Coded::from(all.iter().map(|s| s.published)),
            window: Coded::from(all.iter().map(|s| s.window)),
            quantity: Coded::from(all.iter().map(|s| s.quantity)),
            surface: Coded::from(all.iter().map(|s| s.surface.clone())),
            form: Coded::from(all.iter().map(|s| s.form)),
            speaking: Coded::from(all.iter().map(|s| s.speaking.clone())),
            whom: Coded::from(all.iter().map(|s| s.whom.clone())),
            blamed: Coded::from(all.iter().map(|s| s.blamed.clone())),
            places: Coded::from(all.iter().map(|s| s.places.clone())),
            belongs: Coded::from(all.iter().map(|s| s.belongs.clone())),
        }
    }

    /// Number of statements.
    pub(super) fn len(&self) -> usize {
        self.at.len()
    }
}

fn saying(s: &Statement<'_>, all: &BTreeMap<StatementRef, &Statement<'_>>) -> Saying {
    let claim = s.claim;
    let stated = claim.stated.as_deref();
    Saying {
        at: s.at,
        parent: claim.parent.filter(|parent| *parent != s.at.claim),
        supersedes: stated.and_then(|stated| stated.supersedes),
        published: s.published,
        window: claim.window,
        quantity: claim.quantity,
        surface: claim.surface.clone(),
        form: Form {
            act: claim.act,
            scope: claim.scope,
            modality: claim.modality,
            listed: stated.map(|stated| stated.listed),
        },
        speaking: Speaking {
            outlet: s.outlet.map(str::to_owned),
            source: claim.source.as_ref().map(|source| source.text.clone()),
            first: claim.speaker_chain.last().cloned(),
            repeats: stated.and_then(|stated| stated.repeats.clone()),
        },
        whom: whom(claim),
        blamed: blamed(claim),
        places: places(&claim.places),
        belongs: parent_of(s, all).map(|parent| {
            let top = root_of(s, all);
            Belongs {
                whom: whom(parent.claim),
                blamed: blamed(parent.claim),
                places: places(&parent.claim.places),
                top: (top.scope, top.window, places(&top.places)),
            }
        }),
    }
}

fn whom(claim: &Claim) -> Whom {
    Whom { victims: claim.victims.clone(), group: claim.group.clone() }
}

fn blamed(claim: &Claim) -> Blamed {
    Blamed(claim.perpetrators.iter().map(|p| (p.text.clone(), p.class)).collect())
}

fn places(all: &[PlaceMention]) -> Places {
    Places(all.iter().map(|p| (p.text.clone(), p.id.clone())).collect())
}

fn parent_of<'s, 'a>(
    s: &Statement<'a>,
    all: &BTreeMap<StatementRef, &'s Statement<'a>>,
) -> Option<&'s Statement<'a>> {
    let at = StatementRef { document: s.at.document, claim: s.claim.parent? };
    if at == s.at { None } else { all.get(&at).copied() }
}

/// The claim at the top of the parts; a circle of parents ends where it closes.
fn root_of<'a>(s: &Statement<'a>, all: &BTreeMap<StatementRef, &Statement<'a>>) -> &'a Claim {
    let mut seen = std::collections::BTreeSet::from([s.at]);
    let mut top = *s;
    while let Some(p) = parent_of(&top, all) {
        if !seen.insert(p.at) {
            break;
        }
        top = *p;
    }
    top.claim
}
