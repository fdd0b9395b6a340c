//! Bundles: the evidence behind one person, claim, incident, figure or item, with its proofs.
//!
//! The way back is walked as `sijil trace` does it; each step names rows, each row the entry that
//! brought it, each entry its proof under the newest head. The format is that of `docs/bundle.md`.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

use serde_json::{Value, json};

use super::digits::hex;
use super::error::{Error, Result};
use super::judge::record_called;
use super::trace::{Node, trace};
use crate::model::entity::{EntityId, EntityKind};
use crate::model::{ItemId, PersonId};
use crate::publish::BundleWriter;
use crate::register::{AsOf, Register, RowsAt};

/// The format that is written.
const FORMAT: &str = "sijil bundle 1";

/// What went into a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bundled {
    /// Ledger entries with their proofs.
    pub entries: usize,
    /// Originals.
    pub items: usize,
}

/// What the steps of a way rest on.
#[derive(Default)]
struct Behind {
    items: BTreeSet<ItemId>,
    rows: BTreeSet<RowsAt>,
}

/// Writes the evidence behind `what` (as `sijil trace` takes it) into the file `out`.
///
/// # Errors
/// When nothing has that name, the register fails or `out` cannot be written.
pub fn bundle(register: &Register, what: &str, out: &Path) -> Result<Bundled> {
    let way = trace(register, AsOf::NOW, what)?;
    let mut behind = Behind::default();
    gather(register, &way, &mut behind)?;
    let (head, tree) = (register.newest_head()?, register.tree()?);
    let entries = entries(register, &behind)?;
    let proved: Vec<Value> = entries
        .iter()
        .map(|number| {
            let path = tree.inclusion(*number, head.head.size).unwrap_or_default();
            let path: Vec<String> = path.iter().map(ToString::to_string).collect();
            json!({ "number": number, "proof": path })
        })
        .collect();
    let captured = register.items(AsOf::NOW)?;
    let items = captured.iter().filter(|c| behind.items.contains(&c.item.id));
    let items: Vec<Value> = items
        .map(|c| json!({ "sha256": c.item.id.0, "bytes": c.item.bytes, "path": c.path }))
        .collect();
    let rows = behind.rows.iter().map(|at| json!({ "entry": at.entry, "table": at.table }));
    let about = json!({
        "format": FORMAT,
        "about": { "kind": way.kind, "id": way.id },
        "public_key": hex(&register.public_key()),
        "head": {
            "size": head.head.size,
            "root": head.head.root.to_string(),
            "signature": hex(&head.signature),
        },
        "entries": proved,
        "items": items,
        "rows": rows.collect::<Vec<_>>(),
        "way": way,
    });
    let failed = |source| Error::Output { path: out.to_path_buf(), source };
    let aside = out.with_extension("part");
    write(register, &about, &entries, &behind, &aside).map_err(|e| match e {
        Error::Output { source, .. } => failed(source),
        other => other,
    })?;
    fs::rename(&aside, out).map_err(failed)?;
    Ok(Bundled { entries: entries.len(), items: behind.items.len() })
}

/// Collects items and rows behind every step.
fn gather(register: &Register, node: &Node, behind: &mut Behind) -> Result<()> {
    match node.kind {
        "item" => {
            let item = ItemId(node.id.clone());
            behind.rows.extend(register.rows_of_item(&item, AsOf::NOW)?);
            behind.items.insert(item);
        }
        "person" => {
            behind.rows.extend(register.rows_of_person(&PersonId(node.id.clone()), AsOf::NOW)?);
        }
        "incident" => {
            let id = EntityId(node.id.clone());
            behind.rows.extend(register.rows_of_entity(EntityKind::Incident, &id, AsOf::NOW)?);
        }
        "judgement" => {
            if let Some((a, b)) = node.id.split_once('~') {
                let pair = (record_called(register, a)?, record_called(register, b)?);
                behind.rows.extend(register.rows_of_pair((&pair.0, &pair.1), AsOf::NOW)?);
            }
        }
        _ => {}
    }
    node.behind.iter().try_for_each(|node| gather(register, node, behind))
}

/// Numbers of the entries: the first, which names the key, those of the rows, and those that say
/// how the items came in.
fn entries(register: &Register, behind: &Behind) -> Result<BTreeSet<u64>> {
    let mut numbers: BTreeSet<u64> = behind.rows.iter().map(|at| at.entry).collect();
    numbers.insert(0);
    for stored in register.entries()?.iter().filter(|stored| stored.entry.kind == "add") {
        let said = stored.said();
        let item = said.get("item").and_then(Value::as_str).unwrap_or_default();
        if behind.items.iter().any(|id| id.0 == item) {
            numbers.insert(stored.entry.number);
        }
    }
    Ok(numbers)
}

fn write(
    register: &Register,
    about: &Value,
    entries: &BTreeSet<u64>,
    behind: &Behind,
    out: &Path,
) -> Result<()> {
    let failed = |source| Error::Output { path: out.to_path_buf(), source };
    let file = BufWriter::new(File::create(out).map_err(failed)?);
    let mut bundle = BundleWriter::new(file);
    let text = serde_json::to_vec_pretty(about).map_err(|e| failed(e.into()))?;
    bundle.add("bundle.json", &mut text.as_slice()).map_err(failed)?;
    for number in entries {
        if let Some(stored) = register.entry(*number)? {
            let bytes = stored.entry.to_bytes();
            bundle.add(&format!("entries/{number}"), &mut bytes.as_slice()).map_err(failed)?;
        }
    }
    for at in &behind.rows {
        let name = format!("rows/{}-{}.json", at.entry, at.table);
        let rows = serde_json::to_vec(&register.rows_at(*at)?).map_err(|e| failed(e.into()))?;
        bundle.add(&name, &mut rows.as_slice()).map_err(failed)?;
    }
    for item in &behind.items {
        let mut original = register.evidence().original(item).open().map_err(|e| {
            let path = register.evidence().path_of(item);
            Error::Input { path, reason: e.to_string() }
        })?;
        bundle.add(&format!("items/{item}"), &mut original).map_err(failed)?;
    }
    let file = bundle.finish().map_err(failed)?;
    let file = file.into_inner().map_err(|e| failed(e.into_error()))?;
    file.sync_all().map_err(failed)
}
