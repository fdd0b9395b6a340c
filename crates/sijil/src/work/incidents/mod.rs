//! Incidents suggested from claims and records, kept under stable names, joined and split by users.
//!
//! A rule proposes; what a user says of two members overrules it. The suggestion is made anew from
//! all that counts, so that a judgement taken back leaves no trace in it.

mod describe;
mod group;
mod listing;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use sha2::{Digest, Sha256};

use super::error::Result;
use super::judged::Judged;
use super::material::Material;
use super::progress::Hand;
use crate::model::entity::{Author, Body, Entity, EntityId, EntityKind, Incident, Member};
use crate::register::{AsOf, Entered, Register};
pub use listing::{incident_lines, similar_incidents};

/// Name of the rule that suggests; raise it when it suggests otherwise.
const RULE: &str = "incidents 2";

/// Brings the suggested incidents up to what `material` holds now, and `material` up to them. Those
/// of datasets and of users are left alone.
///
/// # Errors
/// When the register fails.
pub fn suggest_incidents(
    register: &mut Register,
    material: &mut Material,
    hand: Hand<'_>,
) -> Result<Entered> {
    let judged = Judged::of(register, AsOf::NOW)?;
    let old: Vec<Entity> = suggested(register, AsOf::NOW)?;
    let groups = group::groups(material, &judged.members);
    let new = named(material, groups, &old);
    let mut write = register.write()?;
    let done = write.enter(&new)?;
    let standing: BTreeSet<&EntityId> = new.iter().map(|entity| &entity.id).collect();
    let mut gone = 0_u64;
    for entity in old.iter().filter(|entity| !standing.contains(&entity.id)) {
        gone += u64::from(write.withdraw(EntityKind::Incident, &entity.id)?);
    }
    if done.new + done.changed + gone > 0 {
        let body = json!({
            "rule": RULE, "new": done.new, "changed": done.changed, "gone": gone,
        });
        write.append(hand.clock.now(), hand.name, "incidents", &body)?;
    }
    write.commit()?;
    material.incidents = new;
    material.incidents.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(done)
}

/// Incidents that the rule has suggested and that stand.
fn suggested(register: &Register, as_of: AsOf) -> Result<Vec<Entity>> {
    let all = register.entities(EntityKind::Incident, as_of)?;
    Ok(all.into_iter().filter(is_suggested).collect())
}

/// Whether the rule has suggested an incident.
pub(super) fn is_suggested(entity: &Entity) -> bool {
    matches!(&entity.author, Author::Rule(rule) if rule == RULE)
}

/// The member that stands for the incident of this name in a judgement: its first.
///
/// # Errors
/// When the register cannot be read.
pub fn incident_member(register: &Register, name: &str) -> Result<Option<Member>> {
    let found = suggested(register, AsOf::NOW)?.into_iter().find(|entity| entity.id.0 == name);
    Ok(found.and_then(|entity| match entity.body {
        Body::Incident(incident) => incident.members.into_iter().next(),
        _ => None,
    }))
}

/// Gives each group its name: that of the old incident that shares most members with it, each at
/// most once, else one made of its first member.
fn named(material: &Material, groups: Vec<Vec<Member>>, old: &[Entity]) -> Vec<Entity> {
    let mut holder: BTreeMap<&Member, &EntityId> = BTreeMap::new();
    for entity in old {
        if let Body::Incident(incident) = &entity.body {
            holder.extend(incident.members.iter().map(|member| (member, &entity.id)));
        }
    }
    let mut wishes = Vec::new();
    for (index, members) in groups.iter().enumerate() {
        let mut shared: BTreeMap<&EntityId, usize> = BTreeMap::new();
        for id in members.iter().filter_map(|member| holder.get(member)) {
            *shared.entry(id).or_default() += 1;
        }
        wishes.extend(shared.into_iter().map(|(id, count)| (count, id, index)));
    }
    wishes.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)).then(a.2.cmp(&b.2)));
    let mut ids: BTreeMap<usize, EntityId> = BTreeMap::new();
    let mut taken: BTreeSet<EntityId> = BTreeSet::new();
    for (_, id, index) in wishes {
        if !ids.contains_key(&index) && taken.insert(id.clone()) {
            ids.insert(index, id.clone());
        }
    }
    let mut days = describe::Days::new();
    for person in &material.persons {
        let records = person.records.iter().map(|record| &record.at);
        days.extend(
            records.zip(std::iter::repeat(person.date)).filter_map(|(at, day)| Some((at, day?))),
        );
    }
    let mut entities = Vec::with_capacity(groups.len());
    for (index, members) in groups.into_iter().enumerate() {
        let id = ids.remove(&index).unwrap_or_else(|| {
            let fresh = (0..).map(|nth| fresh_id(&members, nth)).find(|id| !taken.contains(id));
            fresh.unwrap_or_else(|| fresh_id(&members, 0))
        });
        taken.insert(id.clone());
        let incident: Incident = describe::describe(material, &days, members);
        entities.push(Entity {
            id,
            body: Body::Incident(Box::new(incident)),
            author: Author::Rule(RULE.to_owned()),
            basis: Vec::new(),
        });
    }
    entities
}

/// A name made of the first member: `i-` and ten hexadecimal digits.
fn fresh_id(members: &[Member], nth: u32) -> EntityId {
    let first = serde_json::to_vec(&members.first()).expect("a member is plain data");
    let mut hash = Sha256::new();
    hash.update(first);
    hash.update(nth.to_be_bytes());
    let hex: String = hash.finalize().iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    EntityId(format!("i-{hex}"))
}
