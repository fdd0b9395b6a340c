//! Enters entities: what users and readers of foreign formats say of sources, parties, incidents.

use serde_json::{Value, json};

use super::error::Result;
use super::progress::Hand;
use crate::model::entity::{Entity, EntityId, EntityKind};
use crate::register::{Entered, Register};

/// Brings entities to the states given, all in one transaction, under one ledger entry of the kind
/// `deed` that says `said` beside the numbers. Without a change nothing is written.
///
/// # Errors
/// When the register fails.
pub fn enter(
    register: &mut Register,
    entities: &[Entity],
    deed: &str,
    said: Value,
    hand: Hand<'_>,
) -> Result<Entered> {
    let mut write = register.write()?;
    let done = write.enter(entities)?;
    if done.new + done.changed > 0 {
        let mut body = said;
        body["new"] = json!(done.new);
        body["changed"] = json!(done.changed);
        write.append(hand.clock.now(), hand.name, deed, &body)?;
    }
    write.commit()?;
    Ok(done)
}

/// Ends an entity: it counts no longer, and stays in the history. Gives whether it stood.
///
/// # Errors
/// When the register fails.
pub fn withdraw(
    register: &mut Register,
    kind: EntityKind,
    id: &EntityId,
    why: &str,
    hand: Hand<'_>,
) -> Result<bool> {
    let mut write = register.write()?;
    let stood = write.withdraw(kind, id)?;
    if stood {
        let body = json!({ "entity": kind.code(), "id": id.0, "why": why });
        write.append(hand.clock.now(), hand.name, "withdraw", &body)?;
    }
    write.commit()?;
    Ok(stood)
}
