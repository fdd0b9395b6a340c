//! What is said without a number: who is held responsible, what was said in response, and what a
//! careful reader would stop at.

use std::collections::BTreeMap;

use sijil_claims::{Victims, Zone};

use super::cite::Cites;
use super::context::Context;
use super::words;
use crate::model::{AttributionLine, MarkId, class_label};

/// Who holds whom responsible, for what.
pub(super) struct AttributionRow {
    pub(super) source: String,
    pub(super) parties: Vec<(String, &'static str)>,
    pub(super) violations: String,
    pub(super) motives: String,
    pub(super) victims: String,
    pub(super) places: String,
    pub(super) zone: &'static str,
    pub(super) cites: Cites,
}

/// Attributions in the order in which they are first made; what is said again in the same terms
/// only adds a mark.
pub(super) fn attributions(context: &mut Context<'_>) -> Vec<AttributionRow> {
    let report = context.report;
    let mut order: BTreeMap<Terms<'_>, usize> = BTreeMap::new();
    let mut grouped: Vec<(&AttributionLine, Vec<MarkId>)> = Vec::new();
    for line in &report.attributions {
        let nth = *order.entry(terms(line)).or_insert(grouped.len());
        match grouped.get_mut(nth) {
            Some((_, marks)) => marks.push(line.mark),
            None => grouped.push((line, vec![line.mark])),
        }
    }
    grouped.into_iter().map(|(line, marks)| row(context, line, marks)).collect()
}

type Terms<'r> = (&'r str, Vec<&'r str>, Vec<&'static str>, &'r [String], bool);

/// All that a row shows but its marks.
fn terms(line: &AttributionLine) -> Terms<'_> {
    let kinds = line.violations.iter().map(|kind| kind.code());
    let kinds = kinds.chain(line.motives.iter().map(|motive| motive.code()));
    (
        &line.source,
        line.parties.iter().map(|(words, _)| words.as_str()).collect(),
        kinds.chain(line.victims.iter().map(|kind| kind.code())).collect(),
        &line.places,
        line.zone == Zone::Lead,
    )
}

fn row(context: &mut Context<'_>, line: &AttributionLine, marks: Vec<MarkId>) -> AttributionRow {
    let victims = line.victims.iter().filter(|kind| **kind != Victims::Unspecified);
    AttributionRow {
        source: line.source.clone(),
        parties: line
            .parties
            .iter()
            .map(|(text, side)| (text.clone(), class_label(*side)))
            .collect(),
        violations: words::plain_list(line.violations.iter().map(|kind| kind.code())),
        motives: words::plain_list(line.motives.iter().map(|motive| motive.code())),
        victims: words::plain_list(victims.map(|kind| kind.code())),
        places: line.places.join(", "),
        zone: match line.zone {
            Zone::Lead => "heading or lead",
            Zone::Body => "body",
        },
        cites: context.cite_all(marks),
    }
}

/// One thing that does not agree.
pub(super) struct FlagRow {
    pub(super) document: String,
    pub(super) message: String,
    pub(super) cites: Cites,
}

pub(super) fn flags(context: &mut Context<'_>) -> Vec<FlagRow> {
    let report = context.report;
    let rows = report.flags.iter().map(|flag| FlagRow {
        document: flag.document.clone(),
        message: words::isolated(&words::capital(&flag.message)),
        cites: context.cite_all(flag.marks.iter().copied()),
    });
    rows.collect()
}

/// One thing said or done in response.
pub(super) struct ResponseRow {
    pub(super) kind: String,
    pub(super) actor: String,
    pub(super) date: String,
    pub(super) document: String,
    pub(super) cites: Cites,
}

pub(super) fn responses(context: &mut Context<'_>) -> Vec<ResponseRow> {
    let report = context.report;
    let rows = report.responses.iter().map(|response| ResponseRow {
        kind: words::plain(response.kind.code()),
        actor: response.actor.clone().unwrap_or_default(),
        date: response.date.map(words::day).unwrap_or_default(),
        document: response.document.clone(),
        cites: context.cite_all([response.mark]),
    });
    rows.collect()
}
