//! Walks a number back: figure, persons or claims, records or spans, items, bytes.

use serde::Serialize;
use sijil_claims::accounts::StatementRef;

use super::count::{Query, count};
use super::error::{Error, Result};
use super::material::Material;
use super::slices::Slices;
use crate::model::{Basis, Cell, Dimension, ItemId, MarkId, Person, Record};

/// One step on the way from a number to the bytes it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Node {
    /// figure, person, record, claim, span or item.
    pub kind: &'static str,
    /// Name in the register.
    pub id: String,
    /// What it says, for a reader.
    pub text: String,
    /// What it rests on.
    pub behind: Vec<Node>,
}

/// Walks back `what`: a cell (`documented:party=state forces`, `reported:governorate=Latakia`;
/// several keys with `;`; `documented:` and `reported:` alone for the totals), a person's or a
/// claim's name, or an item's hash or its beginning.
///
/// # Errors
/// When nothing has that name.
pub fn trace(material: &Material, what: &str) -> Result<Node> {
    for basis in [Basis::Documented, Basis::Reported] {
        if let Some(keys) = what.strip_prefix(&format!("{basis}:")) {
            return cell(material, basis, keys, what);
        }
    }
    if let Some(person) = material.persons.iter().find(|p| p.id.0 == what) {
        return Ok(person_node(material, person));
    }
    for (at, row, claim) in material.claims() {
        if format!("{}-{}", row.item.short(), claim.span.start) == what {
            return Ok(claim_node(material, at));
        }
    }
    if what.len() >= 8
        && let Some(captured) = material.items.iter().find(|i| i.item.id.0.starts_with(what))
    {
        return Ok(item_node(material, &captured.item.id));
    }
    Err(Error::Unknown(format!(
        "nothing is called {what:?}; take a cell from `sijil count --format csv`, a claim from \
         claims.csv or a person from persons.csv"
    )))
}

fn cell(material: &Material, basis: Basis, keys: &str, what: &str) -> Result<Node> {
    let by = keys
        .split(';')
        .filter(|key| !key.is_empty())
        .map(|key| {
            let code = key.split_once('=').map_or(key, |(code, _)| code);
            let found = Dimension::ALL.iter().find(|d| d.code() == code).copied();
            found.ok_or_else(|| {
                let codes: Vec<&str> = Dimension::ALL.iter().map(|d| d.code()).collect();
                Error::Unknown(format!(
                    "{code:?} is no dimension; take one of {}",
                    codes.join(", ")
                ))
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let tables = count(material, &Query { by, ..Query::default() });
    let cells = tables.iter().filter(|t| t.basis == basis).flat_map(|t| &t.cells);
    let names: Vec<&Cell> = cells.collect();
    let Some(found) = names.iter().find(|cell| cell.name(basis) == what) else {
        let first: Vec<String> = names.iter().take(8).map(|cell| cell.name(basis)).collect();
        return Err(Error::Unknown(format!(
            "there is no cell {what:?}; there are {}",
            if first.is_empty() { "none of this kind".to_owned() } else { first.join(" · ") }
        )));
    };
    Ok(figure_node(material, basis, found))
}

fn figure_node(material: &Material, basis: Basis, cell: &Cell) -> Node {
    let figure = &cell.figure;
    let end = |value: Option<u64>| value.map_or("open".to_owned(), |n| n.to_string());
    let text = format!(
        "low {} ({}); best {} ({}); high {} ({})",
        end(figure.low.value),
        figure.low.reason,
        end(figure.best.value),
        figure.best.reason,
        end(figure.high.value),
        figure.high.reason
    );
    let mut behind: Vec<Node> = Vec::new();
    for id in &cell.persons {
        let person = material.persons.binary_search_by(|p| p.id.cmp(id));
        behind.extend(person.ok().map(|index| person_node(material, &material.persons[index])));
    }
    behind.extend(
        cell.marks
            .iter()
            .filter_map(|mark| Some(claim_node(material, statement_of(material, *mark)?))),
    );
    Node { kind: "figure", id: cell.name(basis), text, behind }
}

fn statement_of(material: &Material, mark: MarkId) -> Option<StatementRef> {
    material.claims().map(|(at, _, _)| at).find(|at| material.claim_mark(*at) == mark)
}

fn person_node(material: &Material, person: &Person) -> Node {
    let behind = person.records.iter().map(|record| record_node(material, record)).collect();
    let contested = match person.contested.as_slice() {
        [] => String::new(),
        fields => format!("; records contradict each other in {}", fields.join(", ")),
    };
    let text = format!("one person behind {} records{contested}", person.records.len());
    Node { kind: "person", id: person.id.0.clone(), text, behind }
}

fn record_node(material: &Material, record: &Record) -> Node {
    let at = &record.at;
    let sheet = if at.sheet.is_empty() { String::new() } else { format!("sheet {}, ", at.sheet) };
    let text = format!("{}, {sheet}row {}", material.path(&at.item), at.row);
    let id = format!("{}-{}-{}", at.item.short(), at.sheet, at.row);
    Node { kind: "record", id, text, behind: vec![item_node(material, &at.item)] }
}

fn claim_node(material: &Material, at: StatementRef) -> Node {
    let row = &material.documents[at.document];
    let claim = material.claim(at);
    let source = claim.source.as_ref().map_or_else(
        || row.document.outlet.clone().unwrap_or_else(|| material.name_of(row)),
        |speaker| speaker.text.clone(),
    );
    let sentence = Slices::of(&row.document.text).get(claim.sentence.start, claim.sentence.end);
    let one_line = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let span = Node {
        kind: "span",
        id: format!("{}..{}", claim.span.start, claim.span.end),
        text: one_line,
        behind: vec![item_node(material, &row.item)],
    };
    Node {
        kind: "claim",
        id: format!("{}-{}", row.item.short(), claim.span.start),
        text: format!("{source}: {} {}", claim.surface, claim.act.code()),
        behind: vec![span],
    }
}

fn item_node(material: &Material, item: &ItemId) -> Node {
    let captured = material.items.iter().find(|captured| captured.item.id == *item);
    let text = captured.map_or_else(String::new, |c| format!("{}, {} bytes", c.path, c.item.bytes));
    Node { kind: "item", id: item.0.clone(), text, behind: Vec::new() }
}
