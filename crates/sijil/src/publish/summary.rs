//! The head of the page: two short paragraphs and the head figures, put into words.
//!
//! The words depend on what there is. No two figures of different sources are ever added, and no
//! documented figure is set against a reported one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter, Write as _};

use askama::filters::HtmlSafe;
use sijil_claims::accounts::{Latest, latest};
use sijil_claims::{PartyClass, Scope};

use super::context::Context;
use super::svg::escape;
use super::{tables, words};
use crate::model::{Dimension, FigureTable, MarkId, class_label};

/// Text with marks in it, already made safe.
pub(super) struct Prose(String);

impl Display for Prose {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Made of escaped text and our own marks only.
impl HtmlSafe for Prose {}

/// The two paragraphs: what lists document, what sources report.
pub(super) fn paragraphs(context: &mut Context<'_>) -> Vec<Prose> {
    vec![Prose(documented(context)), Prose(reported(context))]
}

fn documented(context: &Context<'_>) -> String {
    let totals = &context.report.totals;
    if totals.records == 0 {
        return "No list of victims was taken in: no death is documented here person by person."
            .to_owned();
    }
    let persons = words::counted(totals.persons, "person", "persons");
    let verb = if totals.persons == 1 { "is" } else { "are" };
    let mut text =
        format!("<a href=\"#persons\"><strong>{persons}</strong></a> {verb} documented as killed");
    if totals.persons_low < totals.persons || totals.persons < totals.persons_high {
        let (low, high) = (words::number(totals.persons_low), words::number(totals.persons_high));
        let _ = write!(text, " (at least {low}, at most {high})");
    }
    let records = words::counted(totals.records, "record", "records");
    let _ = write!(text, ", behind {records}");
    if totals.tables > 0 {
        let _ = write!(text, " of {}", words::counted(totals.tables, "list", "lists"));
    }
    let days = context.report.persons.iter().filter_map(|line| line.person.date);
    if let (Some(first), Some(last)) = (days.clone().min(), days.max()) {
        let window = sijil_claims::Window { start: Some(first), end: Some(last) };
        let _ = write!(text, ", {}", words::window(window));
    }
    text.push('.');
    text.push_str(&groups(context));
    text.push_str(&leaders(context));
    if totals.open_pairs > 0 {
        let pairs = words::counted(totals.open_pairs, "pair of records", "pairs of records");
        let verb = if totals.open_pairs == 1 { "waits" } else { "wait" };
        let _ = write!(
            text,
            " {pairs} may be one person and {verb} for <a href=\"#pairs\">a human’s judgement</a>."
        );
    }
    text
}

/// How many women and children, where a table tells.
fn groups(context: &Context<'_>) -> String {
    let Some(table) = tables::documented_by(context, Dimension::Group) else {
        return String::new();
    };
    let of = |label: &str| cell(table, label).unwrap_or(0);
    let said: Vec<String> = [("woman", "women", "women"), ("child", "children", "children")]
        .iter()
        .filter(|(_, _, label)| of(label) > 0)
        .map(|(one, many, label)| words::counted(of(label), one, many))
        .collect();
    match said.is_empty() {
        true => String::new(),
        false => format!(" Among them are {}.", said.join(" and ")),
    }
}

fn cell(table: &FigureTable, label: &str) -> Option<u64> {
    let is_it = |key: &crate::model::Key| key.label == label;
    table.cells.iter().find(|cell| cell.keys.first().is_some_and(is_it))?.figure.best.value
}

/// Where most were killed, and whom most records hold responsible.
fn leaders(context: &Context<'_>) -> String {
    let most = |dimension| {
        let cells = &tables::documented_by(context, dimension)?.cells;
        let named =
            cells.iter().filter(|c| c.keys.first().is_some_and(|k| k.label != "not stated"));
        let most = named.max_by(|a, b| {
            let best = |c: &crate::model::Cell| c.figure.best.value;
            best(a).cmp(&best(b)).then_with(|| b.keys.cmp(&a.keys))
        })?;
        Some((most.keys.first()?.label.clone(), most.figure.best.value?))
    };
    let mut text = String::new();
    let place = most(Dimension::Governorate);
    let party = most(Dimension::Party).filter(|(label, _)| label != "contested");
    if let Some((label, n)) = place {
        let _ = write!(text, " Most are recorded in {} ({})", escape(&label), words::number(n));
    }
    if let Some((label, n)) = party {
        let joint = if text.is_empty() { " The" } else { "; the" };
        let _ = write!(
            text,
            "{joint} party most often held responsible is {} ({})",
            escape(&label),
            words::number(n)
        );
    }
    if !text.is_empty() {
        text.push('.');
    }
    text
}

fn reported(context: &mut Context<'_>) -> String {
    let totals = &context.report.totals;
    if totals.claims == 0 {
        return match totals.documents {
            0 => "No document was taken in: nothing is reported here.".to_owned(),
            n => format!(
                "{} read, and no statement of how many people were killed, injured or displaced \
                 was found.",
                words::counted(n, "document was", "documents were")
            ),
        };
    }
    let verb = if totals.claims == 1 { "goes" } else { "go" };
    let carry = words::counted(totals.documents, "document carries", "documents carry");
    let claims = words::counted(totals.claims, "statement", "statements");
    let sources = words::counted(totals.sources, "source", "sources");
    let mut text = format!(
        "{carry} <strong>{claims}</strong> of how many people were killed, hurt, missing, taken or \
         displaced, which {verb} back to <strong>{sources}</strong>."
    );
    let tolls = running(context);
    if let Some(highest) = tolls.first() {
        let runs = highest.point.scope == Scope::Cumulative;
        let what = if runs { "running toll" } else { "toll" };
        let _ = write!(text, " The highest {what} is {}", toll(context, highest));
        match tolls.last().filter(|_| tolls.len() > 1) {
            Some(lowest) => {
                let _ = write!(text, "; the lowest is {}.", toll(context, lowest));
                text.push_str(
                    " They count different people, places and days, and are never added.",
                );
            }
            None => text.push('.'),
        }
    }
    text.push_str(&responsible(context));
    text.push_str(&doubts(context));
    text
}

/// The latest tolls to compare: running ones, or what there is where nobody keeps one.
fn running<'r>(context: &Context<'r>) -> Vec<Latest<'r>> {
    let (running, single): (Vec<_>, Vec<_>) = latest(&context.report.accounts)
        .into_iter()
        .partition(|toll| toll.point.scope == Scope::Cumulative);
    if running.is_empty() { single } else { running }
}

fn toll(context: &mut Context<'_>, latest: &Latest<'_>) -> String {
    let (account, point) = (latest.account, latest.point);
    let area = context.area(&account.area);
    let place = if area.is_empty() { area } else { format!(" in {}", escape(&area)) };
    let days = point.window.map(words::window).filter(|window| !window.is_empty());
    let days = days.map(|days| format!(", {days}")).unwrap_or_default();
    let published = point.published.map(|day| format!(", published {}", words::day(day)));
    format!(
        "{} ({}{place}{days}) by <bdi>{}</bdi>{}{}",
        words::quantity(point.quantity),
        escape(&words::of_whom(account)),
        escape(&account.source),
        published.unwrap_or_default(),
        context.cite_statements(&point.statements)
    )
}

/// The sides held responsible, by how many voices; each with marks.
fn responsible(context: &mut Context<'_>) -> String {
    let mut sides: BTreeMap<PartyClass, (BTreeSet<&str>, Vec<MarkId>)> = BTreeMap::new();
    let report = context.report;
    for line in &report.attributions {
        for (_, side) in line.parties.iter().filter(|(_, side)| *side != PartyClass::Unknown) {
            let (voices, marks) = sides.entry(*side).or_default();
            voices.insert(&line.source);
            marks.push(line.mark);
        }
    }
    let mut ranked: Vec<_> = sides.into_iter().collect();
    ranked.sort_by_key(|(side, (voices, _))| (std::cmp::Reverse(voices.len()), *side));
    let said: Vec<String> = ranked
        .into_iter()
        .take(3)
        .map(|(side, (voices, marks))| {
            let voices = words::counted(voices.len() as u64, "voice", "voices");
            let cites = context.cite(marks.into_iter().take(3));
            format!("{} by {voices}{cites}", class_label(side))
        })
        .collect();
    match said.is_empty() {
        true => String::new(),
        false => format!(" Held responsible are {}.", said.join(", ")),
    }
}

/// What does not agree, with links to where it stands.
fn doubts(context: &Context<'_>) -> String {
    let report = context.report;
    let open = report.sums.iter().filter(|sum| !sum.closes).count() as u64;
    let mut parts = Vec::new();
    if open > 0 {
        let totals = words::counted(open, "total does", "totals do");
        parts.push(format!("<a href=\"#sums\">{totals} not equal the sum of the parts</a>"));
    }
    if !report.look_alikes.is_empty() {
        let n = report.look_alikes.len() as u64;
        let numbers = words::counted(n, "number is", "numbers are");
        parts.push(format!("<a href=\"#alike\">{numbers} used for different things</a>"));
    }
    if !report.flags.is_empty() {
        let n = report.flags.len() as u64;
        let things = words::counted(n, "contradiction", "contradictions");
        parts.push(format!("<a href=\"#flags\">{things} within a document</a>"));
    }
    match parts.is_empty() {
        true => String::new(),
        false => format!(" A careful reader stops here: {}.", parts.join("; ")),
    }
}

/// One head figure.
pub(super) struct Head {
    pub(super) value: String,
    pub(super) label: &'static str,
    pub(super) note: String,
    pub(super) href: &'static str,
}

/// The head figures: what is documented, what it rests on, what is reported, who judged.
pub(super) fn heads(context: &Context<'_>) -> Vec<Head> {
    let totals = &context.report.totals;
    let number = words::number;
    let head = |value, label, note, href| Head { value, label, note, href };
    let mut heads = Vec::new();
    if totals.records > 0 {
        let range =
            format!("low {} · high {}", number(totals.persons_low), number(totals.persons_high));
        heads.push(head(number(totals.persons), "persons documented", range, "#persons"));
        let lists = format!("of {}", words::counted(totals.tables, "list", "lists"));
        heads.push(head(number(totals.records), "records they rest on", lists, "#columns"));
        let open = "records that may be one person".to_owned();
        heads.push(head(number(totals.open_pairs), "pairs stay open", open, "#pairs"));
    }
    if totals.documents > 0 {
        let documents = format!("in {}", words::counted(totals.documents, "document", "documents"));
        heads.push(head(number(totals.claims), "claims", documents, "#accounts"));
        let origins = "origins, not outlets".to_owned();
        heads.push(head(number(totals.sources), "sources", origins, "#accounts"));
    }
    let read = totals.claims_read + totals.claims_struck;
    if totals.documents > 0 && read > 0 {
        let of = format!("{} of {}", number(read), number(totals.claims + totals.claims_struck));
        let share = words::percent(read, totals.claims + totals.claims_struck);
        heads.push(head(share, "of claims read by a human", of, "#accounts"));
    }
    let judged = totals.human_judgements + totals.rule_judgements;
    if judged > 0 {
        let of = format!("{} of {}", number(totals.human_judgements), number(judged));
        let share = words::percent(totals.human_judgements, judged);
        heads.push(head(share, "of judgements made by a human", of, "#method"));
    }
    heads
}
