//! Names of persons in the register: stable, readable, and never one for two.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::model::{PersonId, Record, RecordRef};

/// The person of each record. Two clusters never share a name: where `name` gives two the same,
/// the later one gets the next that it gives.
pub(super) fn persons(
    records: &[Record],
    clusters: &[u32],
    name: impl Fn(&RecordRef, u32) -> PersonId,
) -> BTreeMap<RecordRef, PersonId> {
    let mut holders: BTreeMap<PersonId, u32> = BTreeMap::new();
    let mut names: BTreeMap<u32, PersonId> = BTreeMap::new();
    let mut persons = BTreeMap::new();
    for (record, first) in records.iter().zip(clusters) {
        let id = names.entry(*first).or_insert_with(|| {
            let at = &records[*first as usize].at;
            let mut tries = 0..;
            loop {
                let id = name(at, tries.next().unwrap_or(u32::MAX));
                if *holders.entry(id.clone()).or_insert(*first) == *first {
                    return id;
                }
            }
        });
        persons.insert(record.at.clone(), id.clone());
    }
    persons
}

/// Digits and letters that are not taken for each other (no i, l, o, u).
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A person is named after its first record: the same records, the same name, on every machine.
/// 80 bits in groups of four, such as `p-4k7q-9xd2-m3fa-7e1c`.
pub(super) fn person_id(at: &RecordRef, again: u32) -> PersonId {
    let mut hash = Sha256::new();
    hash.update(format!("{}\n{}\n{}", at.item, at.sheet, at.row));
    if again > 0 {
        hash.update(format!("\n{again}"));
    }
    let mut bits =
        hash.finalize().iter().take(16).fold(0_u128, |all, b| (all << 8) | u128::from(*b));
    let mut id = "p".to_owned();
    for nth in 0..16 {
        if nth % 4 == 0 {
            id.push('-');
        }
        // The highest five bits.
        id.push(char::from(DIGITS[(bits >> 123) as usize]));
        bits <<= 5;
    }
    PersonId(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::samples::{at, records};

    #[test]
    fn names_of_persons_are_long_and_readable() {
        let PersonId(id) = person_id(&at(7), 0);
        assert_eq!(id.len(), "p-4k7q-9xd2-m3fa-7e1c".len());
        let groups: Vec<&str> = id.split('-').skip(1).collect();
        assert!(groups.iter().all(|group| group.len() == 4), "{id}");
        assert_ne!(person_id(&at(7), 0), person_id(&at(8), 0));
        assert_ne!(person_id(&at(7), 0), person_id(&at(7), 1));
    }

    #[test]
    fn clusters_whose_names_meet_stay_apart() {
        // A name that is the same for every record until it is asked again.
        let name =
            |at: &RecordRef, again: u32| PersonId(format!("p-{}", u64::from(again) * at.row));
        let persons = persons(&records(3), &[0, 1, 1], name);
        assert_ne!(persons[&at(0)], persons[&at(1)]);
        assert_eq!(persons[&at(1)], persons[&at(2)]);
    }
}
