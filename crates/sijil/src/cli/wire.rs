//! The line of `sijil claims`: the contract's fields, in the contract's order.

use serde::Serialize;
use sijil_claims::{Claim, PartyClass, PlaceMention};

/// One claim as the contract writes it.
#[derive(Debug, Serialize)]
pub(super) struct ClaimLine<'a> {
    id: &'a str,
    article: &'a str,
    start: usize,
    end: usize,
    surface: &'a str,
    act: &'static str,
    count_low: u64,
    count_high: Option<u64>,
    qualifier: &'static str,
    scope: &'static str,
    parent: Option<&'a str>,
    victims_class: Vec<&'static str>,
    victims_group: Option<&'a str>,
    victim_names: &'a [String],
    perpetrators: Vec<PerpetratorLine<'a>>,
    source: Option<&'a str>,
    source_start: Option<usize>,
    source_end: Option<usize>,
    speaker_chain: &'a [String],
    modality: &'static str,
    place: Vec<&'a str>,
    place_ids: Vec<&'a str>,
    date_start: Option<String>,
    date_end: Option<String>,
    violation_types: Vec<&'static str>,
    motives: Vec<&'static str>,
    confidence: f64,
    rules: &'a [String],
}

#[derive(Debug, Serialize)]
struct PerpetratorLine<'a> {
    text: &'a str,
    class: &'static str,
    start: usize,
    end: usize,
}

impl<'a> ClaimLine<'a> {
    /// The line of claim `ids[nth]` of `article`; `ids` names all claims of the article.
    pub(super) fn of(claim: &'a Claim, nth: usize, ids: &'a [String], article: &'a str) -> Self {
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
        Self {
            id: &ids[nth],
            article,
            start: claim.span.start,
            end: claim.span.end,
            surface: &claim.surface,
            act: claim.act.code(),
            count_low: claim.quantity.low,
            count_high: claim.quantity.high,
            qualifier: claim.quantity.qualifier.code(),
            scope: claim.scope.code(),
            parent: claim.parent.and_then(|parent| ids.get(parent)).map(String::as_str),
            victims_class: claim.victims.iter().map(|kind| kind.code()).collect(),
            victims_group: claim.group.as_deref(),
            victim_names: &claim.names,
            perpetrators: claim.perpetrators.iter().map(perpetrator).collect(),
            source: claim.source.as_ref().map(|speaker| speaker.text.as_str()),
            source_start: claim.source.as_ref().map(|speaker| speaker.span.start),
            source_end: claim.source.as_ref().map(|speaker| speaker.span.end),
            speaker_chain: &claim.speaker_chain,
            modality: claim.modality.code(),
            place: claim.places.iter().map(|place| place.text.as_str()).collect(),
            place_ids: claim.places.iter().filter_map(place_id).collect(),
            date_start: day(claim.window.and_then(|window| window.start)),
            date_end: day(claim.window.and_then(|window| window.end)),
            violation_types: claim.violations.iter().map(|kind| kind.code()).collect(),
            motives: claim.motives.iter().map(|motive| motive.code()).collect(),
            confidence: claim.confidence,
            rules: &claim.rules,
        }
    }
}

fn perpetrator(party: &sijil_claims::Perpetrator) -> PerpetratorLine<'_> {
    let class: PartyClass = party.class;
    PerpetratorLine {
        text: &party.text,
        class: class.code(),
        start: party.span.start,
        end: party.span.end,
    }
}

fn place_id(place: &PlaceMention) -> Option<&str> {
    place.id.as_deref()
}
