//! One row of a table of statements as a claim, and its parts as claims.

use std::ops::Range;

use jiff::civil::Date;
use sijil_claims::{
    Act, Claim, Modality, PartyClass, Perpetrator, PlaceMention, Qualifier, Quantity, Scope, Span,
    Speaker, Stated, Victims, Window,
};

use super::cells::{Points, Row};
use super::parts::{Part, PartKind};
use super::people::people;
use super::{Flood, Foreign, sheet};
use crate::model::Place;

/// The cells of a row by their columns.
pub(super) struct Cells<'t> {
    pub(super) text: &'t str,
    pub(super) headers: &'t [String],
    pub(super) row: &'t Row,
}

impl<'t> Cells<'t> {
    /// Where a column's cell stands and what it holds; `None` where it is blank or missing.
    pub(super) fn value(&self, column: &str) -> Option<(Range<usize>, &'t str)> {
        let at = self.headers.iter().position(|header| header == column)?;
        let range = self.row.cells.get(at)?;
        let cell = &self.text[range.clone()];
        let trimmed = cell.trim();
        let start = range.start + (cell.len() - cell.trim_start().len());
        (!trimmed.is_empty()).then_some((start..start + trimmed.len(), trimmed))
    }

    fn text_of(&self, column: &str) -> Option<String> {
        self.value(column).map(|(_, cell)| cell.replace("\"\"", "\""))
    }

    /// The place of a cell in problems.
    pub(super) fn place(&self, column: &str) -> Place {
        sheet::cell(self.row.line, column)
    }

    fn day(&self, column: &str, flood: &mut Flood<'_, '_>) -> Option<Date> {
        let (_, cell) = self.value(column)?;
        let day = cell.parse().ok();
        if day.is_none() {
            let message = "is no day such as 2031-05-07: left blank; write the whole day";
            flood.tell(self.place(column), message.to_owned());
        }
        day
    }

    fn number(&self, column: &str, flood: &mut Flood<'_, '_>) -> Option<u64> {
        let (_, cell) = self.value(column)?;
        let number = cell.replace(',', "").parse().ok();
        if number.is_none() {
            flood.tell(self.place(column), "is no whole number: left blank; mend it".to_owned());
        }
        number
    }
}

/// What a row says, before it is tied to others.
pub(super) struct Line {
    pub(super) id: String,
    pub(super) part_of: Option<String>,
    pub(super) supersedes: Option<String>,
    pub(super) repeats: Option<String>,
    pub(super) note: String,
    /// Numbers that stand in the row outside its note.
    pub(super) numbers: Vec<u64>,
    line: u64,
    published: Option<Date>,
    window: Option<Window>,
    quantity: Quantity,
    count_kind: String,
    place_column: &'static str,
}

impl Line {
    /// Reads a row; `None`, with a problem, where it has no name, no source or no number.
    pub(super) fn read(cells: &Cells<'_>, flood: &mut Flood<'_, '_>) -> Option<Self> {
        let (low, best) = (cells.number("n_low", flood), cells.number("n_best", flood));
        let high = cells.number("n_high", flood);
        let id = cells.text_of("claim_id");
        let source = cells.value("source");
        let (Some(id), Some(_), Some(low)) = (id, source, low.or(best)) else {
            let message = "has no claim_id, no source or no number: left out; fill them in";
            flood.tell(sheet::row(cells.row.line), message.to_owned());
            return None;
        };
        if high.is_some_and(|high| high < low) {
            let message = "is below n_low: left open; mend it";
            flood.tell(cells.place("n_high"), message.to_owned());
        }
        let qualifier = qualifier(&cells.text_of("qualifier").unwrap_or_default());
        let open = matches!(qualifier, Qualifier::AtLeast | Qualifier::MoreThan);
        let high = high.filter(|high| *high >= low && !(open && *high == low));
        let count_kind = cells.text_of("count_kind").unwrap_or_default().to_lowercase();
        let start = cells.day("window_from", flood);
        let end = cells.day("window_to", flood);
        // Days of documentation are no days of killing: of those only the last one is known.
        let start = start.filter(|_| !is_documentation(&count_kind));
        let digits = |column: &str| cells.value(column).is_some_and(|(_, cell)| has_digit(cell));
        let place_column =
            if cells.value("place").is_some() && !digits("place") { "place" } else { "admin1" };
        Some(Self {
            id,
            part_of: cells.text_of("part_of"),
            supersedes: cells.text_of("supersedes"),
            repeats: cells.text_of("repeats"),
            note: cells.text_of("note").unwrap_or_default(),
            numbers: numbers(cells),
            line: cells.row.line,
            published: cells.day("published", flood),
            window: (start.is_some() || end.is_some()).then_some(Window { start, end }),
            quantity: Quantity { low, high, qualifier },
            count_kind,
            place_column,
        })
    }

    /// The place of one of its cells in problems.
    pub(super) fn place(&self, column: &str) -> Place {
        sheet::cell(self.line, column)
    }

    /// The claim of the row.
    pub(super) fn claim(
        &self,
        file: &Foreign<'_>,
        cells: &Cells<'_>,
        points: &Points<'_>,
    ) -> Claim {
        let span_of = |column: &str| cells.value(column).map(|(range, _)| points.span(&range));
        let number = cells.value("n_low").or_else(|| cells.value("n_best"));
        let (range, surface) = number.unwrap_or((0..0, ""));
        let row = &cells.row.cells;
        let whole = row[0].start..row[row.len() - 1].end;
        let source = cells.text_of("source").unwrap_or_default();
        let whom = cells.text_of("victim_group").unwrap_or_default();
        let (victims, group) = people(&whom, file.lexicon);
        let act = cells.text_of("act").and_then(|act| Act::from_code(&act)).unwrap_or(Act::Killed);
        Claim {
            span: points.span(&range),
            surface: surface.to_owned(),
            act,
            quantity: self.quantity,
            scope: scope(&self.count_kind),
            parent: None,
            victims,
            group,
            names: Vec::new(),
            perpetrators: perpetrators(file, cells, points),
            speaker_chain: vec![source.clone()],
            source: span_of("source").map(|span| Speaker { text: source, span }),
            modality: if self.count_kind == "rumour" {
                Modality::Alleged
            } else {
                Modality::Asserted
            },
            places: places(file, cells, self.place_column, points),
            window: self.window,
            violations: Vec::new(),
            motives: Vec::new(),
            sentence: points.span(&whole),
            confidence: 1.0,
            rules: vec!["table of statements".to_owned()],
            stated: Some(Box::new(Stated {
                id: self.id.clone(),
                published: self.published,
                outlet: cells.text_of("relayed_by"),
                ..Stated::default()
            })),
        }
    }
}

/// The claim of a part of `whole`, which is the claim `total`.
pub(super) fn part(
    file: &Foreign<'_>,
    whole: &Claim,
    part: &Part,
    total: usize,
    nth: usize,
    span: Span,
) -> Claim {
    // What follows "where" speaks of somebody else.
    let whom = part.label.split(" where ").next().unwrap_or_default();
    let (victims, group) = people(whom, file.lexicon);
    let unnamed = victims == [Victims::Unspecified];
    let place = file.gazetteer.find(&part.label).filter(|_| !part.label.is_empty());
    let named = place.map(|entry| PlaceMention {
        text: part.label.clone(),
        id: Some(entry.id.clone()),
        span,
    });
    // A name that is neither people's nor a known place's is that of a place; other words are none.
    let is_name = part.label.starts_with(char::is_uppercase) && unnamed && group.is_none();
    let other = is_name.then(|| PlaceMention { text: part.label.clone(), id: None, span });
    let area = named.or(other).filter(|_| part.kind == PartKind::Share);
    let qualifier = qualifier(&part.qualifier);
    let open = matches!(qualifier, Qualifier::AtLeast | Qualifier::MoreThan);
    let high = (!open).then_some(part.number);
    let doer = |by: &str| Perpetrator {
        text: by.to_owned(),
        class: file.lexicon.classify_party(by),
        span,
    };
    let stated = whole.stated.clone().unwrap_or_default();
    Claim {
        span,
        surface: part.number.to_string(),
        quantity: Quantity { low: part.number, high, qualifier },
        scope: match part.kind {
            PartKind::Share => Scope::Breakdown,
            PartKind::Among => Scope::Unknown,
            PartKind::OfDay => Scope::Incident,
        },
        parent: Some(total),
        victims: if unnamed { whole.victims.clone() } else { victims },
        group: group.or_else(|| whole.group.clone()),
        perpetrators: if part.by.is_empty() {
            whole.perpetrators.clone()
        } else {
            vec![doer(&part.by)]
        },
        places: area.map_or_else(|| whole.places.clone(), |area| vec![area]),
        stated: Some(Box::new(Stated {
            id: format!("{}/{nth}", stated.id),
            supersedes: None,
            repeats: None,
            listed: true,
            ..*stated
        })),
        ..whole.clone()
    }
}

fn perpetrators(file: &Foreign<'_>, cells: &Cells<'_>, points: &Points<'_>) -> Vec<Perpetrator> {
    let Some((range, words)) = cells.value("responsible_as_claimed") else { return Vec::new() };
    let side = cells.text_of("responsible_class").unwrap_or_default().to_lowercase();
    let class = match side.as_str() {
        "government-side" => PartyClass::StateAligned,
        "former-government-side" => PartyClass::FormerRegime,
        other => match PartyClass::from_code(other) {
            Some(class) => class,
            None if side.is_empty() => file.lexicon.classify_party(words),
            // A sum over several sides holds nobody responsible.
            None => return Vec::new(),
        },
    };
    vec![Perpetrator { text: words.to_owned(), class, span: points.span(&range) }]
}

/// The places of a cell: names parted by semicolons, those with a number left out.
fn places(
    file: &Foreign<'_>,
    cells: &Cells<'_>,
    column: &str,
    points: &Points<'_>,
) -> Vec<PlaceMention> {
    let Some((range, cell)) = cells.value(column) else { return Vec::new() };
    let mut start = range.start;
    let mut places = Vec::new();
    for name in cell.split(';') {
        let lead = name.len() - name.trim_start().len();
        let at = start + lead..start + lead + name.trim().len();
        start += name.len() + 1;
        let name = name.trim();
        if name.is_empty() || has_digit(name) {
            continue;
        }
        let id = file.gazetteer.find(name).map(|entry| entry.id.clone());
        places.push(PlaceMention { text: name.to_owned(), id, span: points.span(&at) });
    }
    places
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// Every whole number in the row but those of its note.
fn numbers(cells: &Cells<'_>) -> Vec<u64> {
    let columns = cells.headers.iter().filter(|header| *header != "note" && *header != "url");
    let words = columns.filter_map(|column| cells.value(column));
    let words = words.flat_map(|(_, cell)| cell.split(|c: char| !(c.is_ascii_digit() || c == ',')));
    words.filter_map(|word| word.replace(',', "").parse().ok()).collect()
}

fn is_documentation(count_kind: &str) -> bool {
    count_kind.starts_with("documented")
}

fn scope(count_kind: &str) -> Scope {
    match count_kind {
        "cumulative" | "rumour" => Scope::Cumulative,
        "part" | "increment" => Scope::Breakdown,
        "" => Scope::Unknown,
        kind if is_documentation(kind) => Scope::Unknown,
        _ => Scope::Incident,
    }
}

fn qualifier(words: &str) -> Qualifier {
    let words = words.to_lowercase();
    let starts = |with: &[&str]| with.iter().any(|with| words.starts_with(with));
    if starts(&["at least"]) {
        Qualifier::AtLeast
    } else if starts(&["more than", "over"]) {
        Qualifier::MoreThan
    } else if starts(&["about", "around", "some", "approximately"]) {
        Qualifier::About
    } else if starts(&["up to"]) {
        Qualifier::UpTo
    } else if starts(&["nearly", "almost"]) {
        Qualifier::Nearly
    } else if starts(&["could", "dozens", "hundreds"]) {
        Qualifier::Vague
    } else {
        Qualifier::Exact
    }
}
