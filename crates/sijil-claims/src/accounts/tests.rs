//! Series of invented statements: what takes the place of what, and what is another thing.

use jiff::civil::{Date, date};

use super::{Account, Accounts, Statement, StatementRef};
use crate::{
    Act, Claim, Modality, PlaceMention, Qualifier, Quantity, Scope, Span, Speaker, Stated, Victims,
    Window,
};

/// A figure of one monitor: document, day of publication in May, number, qualifier.
pub(super) struct Said {
    pub(super) document: usize,
    pub(super) day: i8,
    pub(super) low: u64,
    pub(super) qualifier: Qualifier,
    pub(super) scope: Scope,
}

pub(super) fn claim(said: &Said) -> Claim {
    let span = Span { start: 0, end: 0 };
    let open = matches!(said.qualifier, Qualifier::AtLeast | Qualifier::MoreThan);
    let start = match said.scope {
        Scope::Incident => date(2031, 5, 7),
        _ => date(2031, 5, 6),
    };
    let end = if said.scope == Scope::Incident { start } else { date(2031, 5, said.day) };
    Claim {
        span,
        surface: said.low.to_string(),
        act: Act::Killed,
        quantity: Quantity {
            low: said.low,
            high: (!open).then_some(said.low),
            qualifier: said.qualifier,
        },
        scope: said.scope,
        parent: None,
        victims: vec![Victims::Civilians],
        group: None,
        names: Vec::new(),
        perpetrators: Vec::new(),
        source: Some(Speaker { text: "Hills Monitoring Office".to_owned(), span }),
        speaker_chain: Vec::new(),
        modality: Modality::Asserted,
        places: vec![PlaceMention {
            text: "Jableh".to_owned(),
            id: Some("SY0602".to_owned()),
            span,
        }],
        window: Some(Window { start: Some(start), end: Some(end) }),
        violations: Vec::new(),
        motives: Vec::new(),
        sentence: span,
        confidence: 1.0,
        rules: Vec::new(),
        stated: None,
    }
}

fn accounts(all: &[Said]) -> Vec<Account> {
    let claims: Vec<Claim> = all.iter().map(claim).collect();
    let published = |day: i8| -> Option<Date> { Some(date(2031, 5, day)) };
    let statements: Vec<Statement<'_>> = all
        .iter()
        .zip(&claims)
        .enumerate()
        .map(|(nth, (said, claim))| Statement {
            at: StatementRef { document: said.document, claim: nth },
            outlet: None,
            published: published(said.day),
            claim,
        })
        .collect();
    Accounts::of(&statements).accounts
}

/// Figures of an account that no later one takes the place of.
fn standing(account: &Account) -> Vec<u64> {
    let points = account.points.iter().filter(|point| !point.superseded);
    points.map(|point| point.quantity.low).collect()
}

fn toll(document: usize, day: i8, low: u64, qualifier: Qualifier) -> Said {
    Said { document, day, low, qualifier, scope: Scope::Cumulative }
}

#[test]
fn after_a_correction_what_is_higher_again_is_new() {
    use Qualifier::{Exact, MoreThan};
    for (figures, latest) in [
        (vec![toll(0, 9, 1000, Exact), toll(1, 10, 800, Exact)], 800),
        (vec![toll(0, 9, 1000, Exact), toll(1, 10, 800, Exact), toll(2, 11, 901, MoreThan)], 901),
        // What the figure that stands already satisfies says nothing new.
        (vec![toll(0, 9, 1000, Exact), toll(1, 10, 800, Exact), toll(2, 11, 701, MoreThan)], 800),
        (vec![toll(0, 9, 1000, Exact), toll(1, 10, 901, MoreThan)], 1000),
    ] {
        let all = accounts(&figures);
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(standing(&all[0]), [latest], "{all:?}");
    }
}

#[test]
fn two_figures_of_one_day_in_one_document_are_two_incidents() {
    let incident = |document, low| Said {
        document,
        day: 8,
        low,
        qualifier: Qualifier::Exact,
        scope: Scope::Incident,
    };
    // One report tells of two attacks in one town on one day.
    let mut all: Vec<Vec<u64>> =
        accounts(&[incident(0, 5), incident(0, 9)]).iter().map(standing).collect();
    all.sort();
    assert_eq!(all, [[5], [9]]);
    // Another report that repeats one of them joins it; the same figure twice is one.
    assert_eq!(accounts(&[incident(0, 5), incident(0, 9), incident(1, 9)]).len(), 2);
    assert_eq!(accounts(&[incident(0, 5), incident(0, 5)]).len(), 1);
    // A rising figure of two reports is still one incident.
    let rising = accounts(&[incident(0, 5), incident(1, 9)]);
    assert_eq!(rising.iter().map(standing).collect::<Vec<_>>(), [[9]]);
}

/// A figure of a table: its day, its number, and the index of the figure whose place it takes.
fn stated(day: i8, low: u64, supersedes: Option<usize>) -> Claim {
    let qualifier = Qualifier::Exact;
    let said = Said { document: 0, day, low, qualifier, scope: Scope::Cumulative };
    let stated = Stated { published: Some(date(2031, 5, day)), supersedes, ..Stated::default() };
    Claim { stated: Some(Box::new(stated)), ..claim(&said) }
}

#[test]
fn a_table_says_itself_which_figures_are_one_series() {
    // Texts with these words would be one series; here the third stands by itself.
    let claims = [stated(7, 78, None), stated(8, 147, Some(0)), stated(9, 160, None)];
    let statements: Vec<Statement<'_>> = claims
        .iter()
        .enumerate()
        .map(|(nth, claim)| Statement {
            at: StatementRef { document: 0, claim: nth },
            outlet: None,
            published: claim.stated.as_ref().and_then(|stated| stated.published),
            claim,
        })
        .collect();
    let series: Vec<Vec<(u64, bool)>> = Accounts::of(&statements)
        .accounts
        .iter()
        .map(|account| account.points.iter().map(|p| (p.quantity.low, p.superseded)).collect())
        .collect();
    assert_eq!(series, [vec![(78, true), (147, false)], vec![(160, false)]]);
    // A ring ends.
    let ring = [stated(7, 78, Some(1)), stated(8, 147, Some(0))];
    let statements: Vec<Statement<'_>> = ring
        .iter()
        .enumerate()
        .map(|(nth, claim)| Statement {
            at: StatementRef { document: 0, claim: nth },
            outlet: None,
            published: None,
            claim,
        })
        .collect();
    let points: usize = Accounts::of(&statements).accounts.iter().map(|a| a.points.len()).sum();
    assert_eq!(points, 2);
}
