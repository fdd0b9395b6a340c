//! Series of invented statements: what takes the place of what, and what is another thing.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{Account, Accounts, Statement, StatementRef};
use crate::{
    Act, Claim, Modality, PartyClass, Perpetrator, PlaceMention, Qualifier, Quantity, Scope, Span,
    Speaker, Stated, Victims, Window,
};

/// A statement, and the day in May on which it was published.
pub(super) type Told = (Claim, Option<i8>);

/// A statement of few possible days, numbers, places, voices and wordings, so that many may be
/// one's.
pub(super) fn said() -> impl Strategy<Value = Told> {
    let scope = prop_oneof![
        Just(Scope::Cumulative),
        Just(Scope::Incident),
        Just(Scope::Unknown),
        Just(Scope::Breakdown)
    ];
    let figure = (0_usize..6, 1_i8..28, 1_u64..5, any::<bool>(), scope);
    let window = proptest::option::of((1_i8..28, 0_i8..3, any::<bool>()));
    let place = prop::sample::subsequence(vec!["SY06", "SY0602", "SY10", "Syria", "a well"], 0..3);
    let party = prop::sample::subsequence(vec![PartyClass::State, PartyClass::NonState], 0..2);
    let group = proptest::option::of(Just("hill people".to_owned()));
    let published = proptest::option::of(1_i8..28);
    let voice = (0_usize..5, proptest::option::of(0_usize..3));
    (figure, window, place, party, group, published, voice).prop_map(
        |((document, day, low, large, scope), window, places, parties, group, published, voice)| {
            let qualifier = if day % 5 == 0 { Qualifier::AtLeast } else { Qualifier::Exact };
            let low = if large { low + 100 } else { low };
            let mut claim = claim(&Said { document, day, low, qualifier, scope });
            claim.window = window.map(|(first, days, open)| Window {
                start: (!open).then(|| date(2031, 5, first)),
                end: Some(date(2031, 5, first + days)),
            });
            let span = claim.span;
            let place = |name: &str| PlaceMention { text: name.to_owned(), id: None, span };
            claim.places = places.into_iter().map(place).collect();
            let party = |class| Perpetrator { text: String::new(), class, span };
            claim.perpetrators = parties.into_iter().map(party).collect();
            claim.group = group;
            let names = ["Hills Monitoring Office", "Valley Desk", "a monitoring group", "SOHR"];
            let speaker = |name: &&str| Speaker { text: (*name).to_owned(), span };
            claim.source = names.get(voice.0).map(speaker);
            claim.speaker_chain = voice.1.map(|nth| names[nth].to_owned()).into_iter().collect();
            claim.parent = (day % 7 == 0).then_some(usize::from(day.unsigned_abs()));
            (claim, published)
        },
    )
}

/// Statements of seven documents.
pub(super) fn statements(all: &[Told]) -> Vec<Statement<'_>> {
    all.iter()
        .enumerate()
        .map(|(nth, (claim, day))| Statement {
            at: StatementRef { document: nth % 7, claim: nth },
            outlet: Some("Valley News"),
            published: day.map(|day| date(2031, 5, day)),
            claim,
        })
        .collect()
}

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
