//! What accounts look at of a statement, part by part, and columns of it.
//!
//! Two million statements have few days, few places, few numbers. Each part is kept once and known
//! by its code, so that what depends on words alone is found out once a wording and not once a
//! statement, and a register can keep the codes as columns. A part holds the words as they were
//! said: what they mean is for whoever groups them to say, so no rule is baked into what is stored.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Statement, StatementRef};
use crate::{Act, Claim, Modality, PartyClass, PlaceMention, Quantity, Scope, Victims, Window};

/// What was done, how it is put, and how it hangs together with other figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Form {
    /// What was done.
    pub act: Act,
    /// Running toll, incident or part.
    pub scope: Scope,
    /// How it is put.
    pub modality: Modality,
    /// Of a statement of a table: whether it stands as a part within the row of its total.
    pub listed: Option<bool>,
}

/// Who speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Speaking {
    /// Who published it.
    pub outlet: Option<String>,
    /// Who says so.
    pub source: Option<String>,
    /// The end of the chain of speakers, who said it before all others.
    pub first: Option<String>,
    /// Origin that a table says it repeats.
    pub repeats: Option<String>,
}

/// Of whom a figure speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Whom {
    /// Kinds of victims.
    pub victims: Vec<Victims>,
    /// Ethnic or religious group.
    pub group: Option<String>,
}

/// Who is held responsible: words and class each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Blamed(pub Vec<(String, PartyClass)>);

/// Where: words and, where they resolve, the id each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Places(pub Vec<(String, Option<String>)>);

/// The total that a part belongs to, and the total at the top.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Belongs {
    /// Whom the total counts.
    pub whom: Whom,
    /// Whom it blames.
    pub blamed: Blamed,
    /// Where it counts.
    pub places: Places,
    /// Scope, days and places of the one at the top.
    pub top: (Scope, Option<Window>, Places),
}

/// One statement as accounts look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    /// Where it stands.
    pub at: StatementRef,
    /// Index of the statement of its document that it is a part of.
    pub parent: Option<usize>,
    /// Index of the statement of its table whose place it takes.
    pub supersedes: Option<usize>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Window of the acts.
    pub window: Option<Window>,
    /// How many.
    pub quantity: Quantity,
    /// Words of the quantity.
    pub surface: String,
    /// What was done and how it is put.
    pub form: Form,
    /// Who speaks.
    pub speaking: Speaking,
    /// Of whom.
    pub whom: Whom,
    /// By whom.
    pub blamed: Blamed,
    /// Where.
    pub places: Places,
    /// What it is a part of.
    pub belongs: Option<Belongs>,
}

/// One part of many statements: a code each, and what the codes stand for.
#[derive(Clone, Debug)]
pub struct Coded<T> {
    /// A code each.
    pub codes: Vec<u32>,
    /// What they stand for.
    pub values: Vec<T>,
}

/// Statements in columns. All columns have one length; codes lie within their values.
#[derive(Clone, Debug, Default)]
pub struct Sayings {
    /// Where each stands.
    pub at: Vec<StatementRef>,
    /// Index of the statement that each is a part of, and 1; 0 for none.
    pub parent: Vec<u32>,
    /// Index of the statement whose place each takes, and 1; 0 for none.
    pub supersedes: Vec<u32>,
    /// Days of publication.
    pub published: Coded<Option<Date>>,
    /// Windows of the acts.
    pub window: Coded<Option<Window>>,
    /// How many.
    pub quantity: Coded<Quantity>,
    /// Words of the quantities.
    pub surface: Coded<String>,
    /// What was done and how it is put.
    pub form: Coded<Form>,
    /// Who speaks.
    pub speaking: Coded<Speaking>,
    /// Of whom.
    pub whom: Coded<Whom>,
    /// By whom.
    pub blamed: Coded<Blamed>,
    /// Where.
    pub places: Coded<Places>,
    /// What each is a part of.
    pub belongs: Coded<Option<Belongs>>,
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
    #[must_use]
    pub fn of(statements: &[Statement<'_>]) -> Vec<Self> {
        let all: BTreeMap<StatementRef, &Statement<'_>> =
            statements.iter().map(|s| (s.at, s)).collect();
        all.values().map(|s| saying(s, &all)).collect()
    }
}

impl Sayings {
    /// Columns of `all`.
    #[must_use]
    pub fn from(all: &[Saying]) -> Self {
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
    #[must_use]
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether there is no statement.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
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
