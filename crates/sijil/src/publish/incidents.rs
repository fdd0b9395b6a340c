//! Incidents, grades of proof, and why figures moved since the last edition.

use sijil_claims::Window;

use super::cite::Cites;
use super::context::Context;
use super::words;
use crate::model::{ChangeLine, GradeCount, IncidentLine};

/// Incidents that a page lists; all of them stand in `report.json`.
const SHOWN: usize = 60;

/// One incident as a row.
pub(super) struct IncidentRow {
    pub(super) id: String,
    pub(super) days: String,
    pub(super) place: String,
    pub(super) province: String,
    pub(super) documented: String,
    pub(super) reported: String,
    pub(super) sources: u64,
    pub(super) grade: String,
    pub(super) responsible: String,
    pub(super) cites: Cites,
}

/// Incidents that the page lists, and how many it does not.
pub(super) struct Incidents {
    pub(super) rows: Vec<IncidentRow>,
    pub(super) more: String,
}

/// The incidents with most dead, in the order of the report.
pub(super) fn incidents(context: &mut Context<'_>) -> Incidents {
    let report = context.report;
    let rows: Vec<IncidentRow> =
        report.incidents.iter().take(SHOWN).map(|line| row(context, line)).collect();
    let more = report.incidents.len() - rows.len();
    Incidents { more: if more == 0 { String::new() } else { words::number(more as u64) }, rows }
}

fn row(context: &mut Context<'_>, line: &IncidentLine) -> IncidentRow {
    let province = if line.province == line.place { String::new() } else { line.province.clone() };
    let reported = match (line.reported_low, line.reported_high) {
        (None, _) => String::new(),
        (Some(low), Some(high)) if low == high => words::number(low),
        (Some(low), Some(high)) => format!("{} to {}", words::number(low), words::number(high)),
        (Some(low), None) => format!("{} or more", words::number(low)),
    };
    let documented =
        if line.documented == 0 { String::new() } else { words::number(line.documented) };
    IncidentRow {
        id: line.id.clone(),
        days: words::window(Window { start: line.start, end: line.end }),
        place: line.place.clone(),
        province,
        documented,
        reported,
        sources: line.sources,
        grade: line.grade.clone(),
        responsible: line.responsible.clone(),
        cites: context.cite_all(line.marks.iter().copied()),
    }
}

/// One grade of proof as a row.
pub(super) struct GradeRow {
    pub(super) grade: String,
    pub(super) persons: String,
    pub(super) share: String,
    pub(super) why: String,
}

/// Grades of the persons killed, best first.
pub(super) fn grades(context: &Context<'_>) -> Vec<GradeRow> {
    let grades = &context.report.grades;
    let all: u64 = grades.iter().map(|grade| grade.persons).sum();
    let row = |GradeCount { grade, persons, why }: &GradeCount| GradeRow {
        grade: grade.clone(),
        persons: words::number(*persons),
        share: words::percent(*persons, all),
        why: why.clone(),
    };
    grades.iter().map(row).collect()
}

/// What moved since the last edition.
pub(super) struct ChangesView<'r> {
    pub(super) since: &'r str,
    pub(super) lines: &'r [ChangeLine],
}

/// What moved since the last edition, where there is one.
pub(super) fn changes<'r>(context: &Context<'r>) -> Option<ChangesView<'r>> {
    let changes = context.report.changes.as_ref()?;
    Some(ChangesView { since: &changes.since, lines: &changes.lines })
}
