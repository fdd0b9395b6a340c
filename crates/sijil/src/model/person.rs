//! Persons: the one human being behind one or more records.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sijil_claims::{Act, PartyClass};

use super::{AgeBand, Party, Record, RecordRef, Sex};

/// Name of a person in the register: derived from the first record, so that it is stable.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonId(pub String);

/// The one human being behind one or more records, with what the records agree on.
///
/// A field that the records contradict each other in carries the value of most records (the
/// earliest record on a tie) and its name stands in `contested`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Stable name.
    pub id: PersonId,
    /// Records behind the person, in order.
    pub records: Vec<Record>,
    /// Name most records give.
    pub name: Option<String>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Age in years at death.
    pub age: Option<u32>,
    /// Band of the age.
    pub band: Option<AgeBand>,
    /// Day of the killing.
    pub date: Option<Date>,
    /// Place of the killing as written.
    pub place: Option<String>,
    /// Governorate or province.
    pub province: Option<String>,
    /// Gazetteer id of the finest place.
    pub place_id: Option<String>,
    /// Civilian or not, as written.
    pub status: Option<String>,
    /// Ethnic or religious group.
    pub group: Option<String>,
    /// What became of the person: killed where no record says otherwise.
    pub fate: Act,
    /// Place of birth or residence, as written.
    pub origin: Option<String>,
    /// Occupation, as written.
    pub occupation: Option<String>,
    /// Cause of death.
    pub cause: Option<String>,
    /// Party held responsible.
    pub party: Option<Party>,
    /// Names of the fields that records contradict each other in.
    pub contested: Vec<String>,
}

/// Two records that may be one person: too likely to dismiss, too unlikely to join.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenPair {
    /// The earlier record.
    pub a: RecordRef,
    /// The later record.
    pub b: RecordRef,
    /// Probability that they are one person.
    pub probability: f64,
    /// Why, one short phrase a comparison.
    pub why: Vec<String>,
}

impl Person {
    /// What `records` agree on; of contradicting values the one of most records, of the earliest
    /// record on a tie. `records` must be in order and not empty.
    pub fn of(id: PersonId, records: Vec<Record>) -> Self {
        let mut contested = Vec::new();
        let name = settled(&records, |r| r.name.clone(), None, &mut contested);
        let sex = settled(&records, |r| r.sex, Some("sex"), &mut contested);
        let age = settled(&records, |r| r.age, None, &mut contested);
        let date = settled(&records, |r| r.date, Some("date"), &mut contested);
        let place_id = settled(&records, |r| r.place_id.clone(), Some("place"), &mut contested);
        let place = settled(&records, |r| r.place.clone(), None, &mut contested);
        let province = settled(&records, |r| r.province.clone(), None, &mut contested);
        let status = settled(&records, |r| r.status.clone(), Some("status"), &mut contested);
        let group = settled(&records, |r| r.group.clone(), Some("group"), &mut contested);
        let cause = settled(&records, |r| r.cause.clone(), None, &mut contested);
        settled(&records, |r| r.party.as_ref().map(side), Some("party"), &mut contested);
        let party = settled(&records, |r| r.party.clone(), None, &mut contested);
        let stated = settled(&records, |r| r.details.band, None, &mut contested);
        let band = age.map(AgeBand::of).or(stated);
        let fate = settled(&records, |r| r.details.fate, Some("fate"), &mut contested);
        let origin = settled(&records, |r| r.details.origin.clone(), None, &mut contested);
        let occupation = settled(&records, |r| r.details.occupation.clone(), None, &mut contested);
        Self {
            id,
            records,
            name,
            sex,
            age,
            band,
            date,
            place,
            province,
            place_id,
            status,
            group,
            fate: fate.unwrap_or(Act::Killed),
            origin,
            occupation,
            cause,
            party,
            contested,
        }
    }

    /// Whether records contradict each other in `field`.
    pub fn is_contested(&self, field: &str) -> bool {
        self.contested.iter().any(|name| name == field)
    }
}

/// Two wordings of one side do not contradict each other; two unknown parties do.
fn side(party: &Party) -> (PartyClass, Option<String>) {
    let unnamed = (party.class == PartyClass::Unknown).then(|| party.text.clone());
    (party.class, unnamed)
}

fn settled<T: Ord + Clone>(
    records: &[Record],
    value: impl Fn(&Record) -> Option<T>,
    contest: Option<&str>,
    contested: &mut Vec<String>,
) -> Option<T> {
    let mut votes: BTreeMap<T, (usize, usize)> = BTreeMap::new();
    for (nth, record) in records.iter().enumerate() {
        if let Some(value) = value(record) {
            votes.entry(value).or_insert((0, nth)).0 += 1;
        }
    }
    if votes.len() > 1
        && let Some(field) = contest
    {
        contested.push(field.to_owned());
    }
    let most = votes.into_iter().max_by_key(|(_, (count, first))| (*count, Reverse(*first)));
    most.map(|(value, _)| value)
}
