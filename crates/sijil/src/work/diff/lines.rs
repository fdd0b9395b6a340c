//! All that moved between two points, as lines for a list or a page.

use super::super::count::Query;
use super::super::material::Material;
use super::{CellChange, FigureChange, diff_accounts, diff_persons};
use crate::model::{ChangeLine, Dimension, Figure};

/// Cells of the breakdowns that moved, and accounts whose latest figure moved, with why.
pub fn changes(before: &Material, after: &Material, by: &[Vec<Dimension>]) -> Vec<ChangeLine> {
    let mut lines = Vec::new();
    for by in by {
        let query = Query { by: by.clone(), ..Query::default() };
        lines.extend(diff_persons(before, after, &query).iter().flat_map(of_cell));
    }
    lines.extend(diff_accounts(before, after).into_iter().map(of_account));
    lines
}

/// Low, best and high of a figure in one phrase.
fn ends(figure: Option<&Figure>) -> String {
    let end = |value: Option<u64>| value.map_or_else(|| "open".to_owned(), |n| n.to_string());
    figure.map_or_else(String::new, |f| {
        let (low, best, high) = (end(f.low.value), end(f.best.value), end(f.high.value));
        if low == best && best == high { best } else { format!("{best} ({low} to {high})") }
    })
}

fn of_cell(cell: &CellChange) -> Vec<ChangeLine> {
    let line = |cause: &str, by: String, because: String| ChangeLine {
        cell: cell.cell.clone(),
        before: ends(cell.before.as_ref()),
        after: ends(cell.after.as_ref()),
        cause: cause.to_owned(),
        by,
        because,
    };
    if cell.changes.is_empty() {
        let because = "linkage leaves more or fewer pairs open, or is surer of its links";
        return vec![line("linkage", "+0".to_owned(), because.to_owned())];
    }
    let lines = cell.changes.iter().map(|change| {
        line(change.cause.label(), format!("{:+}", change.by), change.because.join("; "))
    });
    lines.collect()
}

fn of_account(change: FigureChange) -> ChangeLine {
    ChangeLine {
        cell: format!("{}: {}", change.source, change.what),
        before: change.before.unwrap_or_default(),
        after: change.after.unwrap_or_default(),
        cause: "said".to_owned(),
        by: String::new(),
        because: change.why,
    }
}
