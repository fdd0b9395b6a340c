//! Accounts side by side: one block a source, one row a statement, the latest strong.
//!
//! Figures of different sources overlap and count different people; they are set side by side and
//! never added. A running toll shows all its steps, so that a reader sees it grow.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use sijil_claims::accounts::{Account, Point, latest};
use sijil_claims::{Modality, Scope};

use super::cite::Cites;
use super::context::Context;
use super::words;
use crate::model::class_label;

/// One source and all that it says.
pub(super) struct SourceBlock {
    pub(super) source: String,
    pub(super) kind: String,
    pub(super) repeats: Vec<String>,
    pub(super) series: Vec<Series>,
}

/// One thing that a source counts, over its days of publication.
pub(super) struct Series {
    pub(super) act: &'static str,
    pub(super) of_whom: String,
    pub(super) by_words: String,
    pub(super) by_side: String,
    pub(super) area: String,
    pub(super) repeats: Option<String>,
    /// What kind of statement all of the rows are, where they are one kind.
    pub(super) note: String,
    pub(super) rows: Vec<Row>,
}

/// One statement of a series.
pub(super) struct Row {
    pub(super) superseded: bool,
    pub(super) quantity: String,
    pub(super) surface: String,
    pub(super) language: Option<&'static str>,
    pub(super) note: String,
    pub(super) window: String,
    pub(super) published: String,
    pub(super) carried_by: String,
    pub(super) cites: Cites,
}

/// One block a source: those with the highest toll first, then by name.
pub(super) fn blocks(context: &mut Context<'_>) -> Vec<SourceBlock> {
    let report = context.report;
    let rank: BTreeMap<&str, usize> = latest(&context.report.accounts)
        .iter()
        .enumerate()
        .map(|(n, l)| (l.account.source.as_str(), n))
        .collect();
    let mut of_source: BTreeMap<(usize, &str), Vec<&Account>> = BTreeMap::new();
    for account in &report.accounts {
        let name = account.source.as_str();
        let place = rank.get(name).copied().unwrap_or(usize::MAX);
        of_source.entry((place, name)).or_default().push(account);
    }
    let blocks =
        of_source.into_iter().map(|((_, source), accounts)| block(context, source, accounts));
    blocks.collect()
}

fn block(context: &mut Context<'_>, source: &str, mut accounts: Vec<&Account>) -> SourceBlock {
    // Running tolls first, then incidents, then parts; within each the largest first.
    let rank = |account: &Account| match account.points.last().map(|point| point.scope) {
        Some(Scope::Cumulative) => 0,
        Some(Scope::Incident | Scope::Unknown) => 1,
        _ => 2,
    };
    let most = |account: &Account| account.points.last().map_or(0, |point| point.quantity.low);
    accounts.sort_by_key(|account| (account.act, rank(account), Reverse(most(account))));
    let mut repeats: Vec<String> =
        accounts.iter().filter_map(|account| account.depends_on.clone()).collect();
    repeats.sort();
    repeats.dedup();
    // Where only some of the series repeat another source, each says so for itself.
    let all_repeat = accounts.iter().all(|account| account.depends_on.is_some());
    let kind = accounts.first().map(|account| account.source_kind.clone()).unwrap_or_default();
    let series = accounts.iter().map(|account| series(context, account, all_repeat)).collect();
    SourceBlock {
        source: source.to_owned(),
        kind: kind_label(&kind).to_owned(),
        repeats: if all_repeat { repeats } else { Vec::new() },
        series,
    }
}

fn kind_label(kind: &str) -> &str {
    match kind {
        "monitor" => "monitoring group",
        "un" => "United Nations",
        "state" => "authorities",
        "press" => "press",
        "ngo" => "non-governmental organisation",
        _ => "",
    }
}

fn series(context: &mut Context<'_>, account: &Account, said_above: bool) -> Series {
    let mut rows: Vec<Row> =
        account.points.iter().map(|point| row(context, account, point)).collect();
    let note = rows.first().map(|row| row.note.clone()).unwrap_or_default();
    let one_kind = rows.iter().all(|row| row.note == note);
    if one_kind {
        rows.iter_mut().for_each(|row| row.note.clear());
    }
    Series {
        act: account.act.code(),
        of_whom: words::whom(account),
        by_words: account.party_words.join("; "),
        by_side: sides(account),
        area: context.area(&account.area),
        repeats: if said_above { None } else { account.depends_on.clone() },
        note: if one_kind { note } else { String::new() },
        rows,
    }
}

/// Sides held responsible, in words.
pub(super) fn sides(account: &Account) -> String {
    let sides: Vec<&str> = account.parties.iter().map(|class| class_label(*class)).collect();
    sides.join(" and ")
}

fn row(context: &mut Context<'_>, account: &Account, point: &Point) -> Row {
    let carriers = point.carried_by.iter().filter(|outlet| **outlet != account.source);
    let carriers: Vec<&str> = carriers.map(String::as_str).collect();
    Row {
        superseded: point.superseded,
        quantity: words::quantity(point.quantity),
        surface: point.surface.clone(),
        language: words::language(&point.surface),
        note: note(point),
        window: point.window.map(words::window).unwrap_or_default(),
        published: point.published.map(words::day).unwrap_or_default(),
        carried_by: words::isolated(&carried_by(&carriers)),
        cites: context.cite_statements(&point.statements),
    }
}

/// What kind of statement it is, where it is not a plain one.
fn note(point: &Point) -> String {
    let scope = match point.scope {
        Scope::Cumulative => "running toll",
        Scope::Incident => "one incident",
        Scope::Breakdown => "part of another figure",
        Scope::Unknown => "",
    };
    let modality = match point.modality {
        Modality::Asserted => "",
        Modality::Alleged => "alleged",
        Modality::Estimated => "an estimate",
        Modality::Denied => "denied",
        Modality::Expected => "feared, not stated",
    };
    let parts: Vec<&str> = [scope, modality].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// Names of few carriers, the number of many.
fn carried_by(carriers: &[&str]) -> String {
    match carriers {
        [first, second, third, rest @ ..] if !rest.is_empty() => {
            let more = words::number(rest.len() as u64);
            format!("{first}, {second}, {third} and {more} more")
        }
        few => few.join(", "),
    }
}
