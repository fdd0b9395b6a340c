//! `accounts.csv`: one line a point of a series.

use std::collections::BTreeMap;

use sijil_claims::accounts::{Account, Point, StatementRef};

use super::super::Error;
use super::{Table, marks, optional, several};
use crate::model::{ClaimLine, MarkId, Report};

const HEADERS: [&str; 24] = [
    "series",
    "source",
    "source_kind",
    "depends_on",
    "act",
    "victims_class",
    "victims_group",
    "parties",
    "party_words",
    "area",
    "published",
    "window_start",
    "window_end",
    "count_low",
    "count_high",
    "qualifier",
    "surface",
    "scope",
    "modality",
    "carried_by",
    "superseded",
    "statements",
    "claims",
    "marks",
];

pub(in super::super) fn accounts(report: &Report) -> Result<Vec<u8>, Error> {
    let claims: BTreeMap<StatementRef, &ClaimLine> =
        report.claims.iter().map(|line| (line.at, line)).collect();
    let mut csv = Table::new(&HEADERS)?;
    for (nth, account) in report.accounts.iter().enumerate() {
        for point in &account.points {
            let mut cells = series(nth + 1, account);
            cells.extend(of_point(point, &claims));
            csv.row(&cells)?;
        }
    }
    csv.bytes()
}

fn series(nth: usize, account: &Account) -> Vec<String> {
    vec![
        nth.to_string(),
        account.source.clone(),
        account.source_kind.clone(),
        account.depends_on.clone().unwrap_or_default(),
        account.act.code().to_owned(),
        several(account.population.victims.iter().map(|kind| kind.code())),
        account.population.group.clone().unwrap_or_default(),
        several(account.parties.iter().map(|party| party.code())),
        several(account.party_words.iter().map(String::as_str)),
        several(account.area.iter().map(String::as_str)),
    ]
}

fn of_point(point: &Point, claims: &BTreeMap<StatementRef, &ClaimLine>) -> Vec<String> {
    let behind: Vec<&ClaimLine> =
        point.statements.iter().filter_map(|at| claims.get(at).copied()).collect();
    let numbers: Vec<MarkId> = behind.iter().map(|line| line.mark).collect();
    vec![
        optional(point.published),
        optional(point.window.and_then(|window| window.start)),
        optional(point.window.and_then(|window| window.end)),
        point.quantity.low.to_string(),
        optional(point.quantity.high),
        point.quantity.qualifier.code().to_owned(),
        point.surface.clone(),
        point.scope.code().to_owned(),
        point.modality.code().to_owned(),
        several(point.carried_by.iter().map(String::as_str)),
        point.superseded.to_string(),
        point.statements.len().to_string(),
        several(behind.iter().map(|line| line.id.as_str())),
        marks(&numbers),
    ]
}
