//! Words of incidents, and the items that each rests on: whoever may not see one of those does not
//! find the incident.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::super::error::{Result, corrupt};
use super::follow::Entry;
use super::words::Words;
use super::{Kind, follow};
use crate::model::ItemId;
use crate::model::entity::{Body, Citation, EntityKind, Incident, Member};

/// Brings what is found of incidents to the state with ledger entry number `entry`.
pub(super) fn follow_incidents(rows: &Connection, index: &Connection, entry: i64) -> Result<()> {
    let touched = "SELECT id FROM entity WHERE kind = 'incident' AND since = ?1
                   UNION SELECT id FROM entity WHERE kind = 'incident' AND until = ?1";
    for id in follow::items(rows, touched, entry)? {
        follow::end(index, &id, "kind = 'incident'", entry)?;
        let Some((incident, basis)) = standing(rows, &id, entry)? else { continue };
        let words = Words::of_incident(&incident);
        let found = Entry { kind: Kind::Incidents, sheet: String::new(), row: 0, words };
        for number in follow::begin(index, &id, &[found], entry)? {
            let mut rests =
                index.prepare_cached("INSERT INTO search_basis (number, item) VALUES (?1, ?2)")?;
            for item in &basis {
                rests.execute(params![number, item.0])?;
            }
        }
    }
    Ok(())
}

/// The incident that stands as of an entry, with the items that it rests on.
fn standing(
    rows: &Connection,
    id: &str,
    entry: i64,
) -> Result<Option<(Incident, BTreeSet<ItemId>)>> {
    let mut query = rows.prepare_cached(
        "SELECT body, basis FROM entity WHERE kind = 'incident' AND id = ?1 AND since <= ?2
         AND (until IS NULL OR until > ?2)",
    )?;
    let stored: Option<(String, String)> =
        query.query_row(params![id, entry], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((body, basis)) = stored else { return Ok(None) };
    let body = Body::from_json(EntityKind::Incident, &body).map_err(corrupt("incident"))?;
    let cited: Vec<Citation> = serde_json::from_str(&basis).map_err(corrupt("incident"))?;
    let Body::Incident(incident) = body else { return Ok(None) };
    let members = incident.members.iter().map(|member| match member {
        Member::Claim(at) => at.item.clone(),
        Member::Record(at) => at.item.clone(),
    });
    let items = cited.into_iter().filter_map(|cited| cited.item).chain(members).collect();
    Ok(Some((*incident, items)))
}
