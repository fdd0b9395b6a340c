//! Totals with their parts, and equal numbers that mean different things.

use sijil_claims::accounts::{StatementRef, SumCheck, SumKind};

use super::cite::Cites;
use super::context::Context;
use super::words;
use crate::model::class_label;

/// A total and its parts, as a row.
pub(super) struct SumRow {
    pub(super) source: String,
    pub(super) stated: String,
    pub(super) total: Cites,
    pub(super) split: &'static str,
    pub(super) parts: Vec<Part>,
    pub(super) sum: String,
    pub(super) result: String,
    pub(super) closes: bool,
}

/// One part of a total.
pub(super) struct Part {
    pub(super) number: String,
    pub(super) label: String,
    pub(super) cites: Cites,
}

/// Sums that do not close first, each with the difference.
pub(super) fn sums(context: &mut Context<'_>) -> Vec<SumRow> {
    let report = context.report;
    let mut sums: Vec<&SumCheck> = report.sums.iter().collect();
    sums.sort_by_key(|sum| (sum.closes, sum.kind == SumKind::Included));
    sums.into_iter().map(|sum| row(context, sum)).collect()
}

fn row(context: &mut Context<'_>, sum: &SumCheck) -> SumRow {
    // Parts in one and the same place are not told apart by it.
    let places = |at: &StatementRef| {
        let places = context.claim(*at).map(|line| line.claim.places.iter().map(|p| &p.id));
        places.map(Iterator::collect::<Vec<_>>)
    };
    let one_place = sum.parts.windows(2).all(|two| places(&two[0]) == places(&two[1]));
    let split = match sum.kind {
        SumKind::Mixed if one_place => SumKind::Population,
        kind => kind,
    };
    let parts = sum.parts.iter().filter_map(|at| part(context, *at, split)).collect();
    SumRow {
        source: sum.source.clone(),
        stated: words::number(sum.stated),
        total: context.cite_statements(&[sum.total]),
        split: match sum.kind {
            SumKind::Place => "by place",
            SumKind::Population => "by kind of victims",
            SumKind::Party => "by party",
            SumKind::Mixed => "mixed",
            SumKind::Included => "some of it",
        },
        parts,
        sum: words::number(sum.sum),
        result: result(sum),
        closes: sum.closes,
    }
}

fn result(sum: &SumCheck) -> String {
    if sum.kind == SumKind::Included {
        return "the parts do not claim to be all of it".to_owned();
    }
    let difference = words::number(sum.stated.abs_diff(sum.sum));
    match (sum.closes, sum.stated == sum.sum) {
        (true, true) => "closes".to_owned(),
        (true, false) => format!("closes within its wording; {difference} apart"),
        (false, _) if sum.sum < sum.stated => {
            format!("does not close: the parts are {difference} short")
        }
        (false, _) => format!("does not close: the parts are {difference} too many"),
    }
}

fn part(context: &mut Context<'_>, at: StatementRef, kind: SumKind) -> Option<Part> {
    let claim = &context.claim(at)?.claim;
    let places: Vec<&str> = claim.places.iter().map(|place| place.text.as_str()).collect();
    let victims = words::plain_list(claim.victims.iter().map(|kind| kind.code()));
    let parties: Vec<&str> =
        claim.perpetrators.iter().map(|party| class_label(party.class)).collect();
    let label = match kind {
        SumKind::Place => places.join(", "),
        SumKind::Party => format!("by {}", parties.join(" and ")),
        SumKind::Population | SumKind::Included => victims,
        SumKind::Mixed if places.is_empty() => victims,
        SumKind::Mixed => format!("{victims}, {}", places.join(", ")),
    };
    let number = words::quantity(claim.quantity);
    Some(Part { number, label, cites: context.cite_statements(&[at]) })
}

/// An equal number of different meaning.
pub(super) struct LookAlikeRow {
    pub(super) number: String,
    pub(super) difference: String,
    pub(super) statements: Vec<Meaning>,
}

/// One meaning of the number.
pub(super) struct Meaning {
    pub(super) who: String,
    pub(super) surface: String,
    pub(super) language: Option<&'static str>,
    pub(super) published: String,
    pub(super) cites: Cites,
}

pub(super) fn look_alikes(context: &mut Context<'_>) -> Vec<LookAlikeRow> {
    let report = context.report;
    let rows = report.look_alikes.iter().map(|alike| LookAlikeRow {
        number: words::number(alike.number),
        difference: without_number(&alike.difference, alike.number),
        statements: alike.statements.iter().filter_map(|at| meaning(context, *at)).collect(),
    });
    rows.collect()
}

/// The sentence without the number that it begins with, which stands before it in large type.
fn without_number(difference: &str, number: u64) -> String {
    let rest = difference.strip_prefix(&number.to_string());
    let rest = rest.and_then(|rest| rest.strip_prefix(':')).unwrap_or(difference);
    words::isolated(rest.trim_start())
}

fn meaning(context: &mut Context<'_>, at: StatementRef) -> Option<Meaning> {
    let line = context.claim(at)?;
    let speaker = line.claim.source.as_ref().map(|speaker| &speaker.text);
    Some(Meaning {
        who: speaker.or(line.outlet.as_ref()).unwrap_or(&line.document).clone(),
        surface: line.claim.surface.clone(),
        language: words::language(&line.claim.surface),
        published: line.published.map(words::day).unwrap_or_default(),
        cites: context.cite_statements(&[at]),
    })
}
