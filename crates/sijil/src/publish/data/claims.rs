//! `claims.csv`: the contract's fields of `sijil claims` in its order, then where the claim stands.

use std::collections::BTreeMap;

use sijil_claims::accounts::StatementRef;

use super::super::Error;
use super::{Table, optional, several};
use crate::model::{ClaimLine, Report};

const HEADERS: [&str; 35] = [
    "id",
    "article",
    "start",
    "end",
    "surface",
    "act",
    "count_low",
    "count_high",
    "qualifier",
    "scope",
    "parent",
    "victims_class",
    "victims_group",
    "victim_names",
    "perpetrators",
    "perpetrator_classes",
    "perpetrator_spans",
    "source",
    "source_start",
    "source_end",
    "speaker_chain",
    "modality",
    "place",
    "place_ids",
    "date_start",
    "date_end",
    "violation_types",
    "motives",
    "confidence",
    "rules",
    "document",
    "outlet",
    "published",
    "item",
    "mark",
];

pub(in super::super) fn claims(report: &Report) -> Result<Vec<u8>, Error> {
    let ids: BTreeMap<StatementRef, &str> =
        report.claims.iter().map(|line| (line.at, line.id.as_str())).collect();
    let mut csv = Table::new(&HEADERS)?;
    for line in &report.claims {
        let mut cells = contract(report, line, &ids);
        cells.extend(standing(report, line));
        csv.row(&cells)?;
    }
    csv.bytes()
}

/// The contract's fields; what a party's object holds there stands in three columns here.
fn contract(report: &Report, line: &ClaimLine, ids: &BTreeMap<StatementRef, &str>) -> Vec<String> {
    let claim = &line.claim;
    let at = |parent| StatementRef { document: line.at.document, claim: parent };
    let parent = claim.parent.and_then(|parent| ids.get(&at(parent)));
    let parties = &claim.perpetrators;
    let speaker = claim.source.as_ref();
    let span = |p: &sijil_claims::Perpetrator| format!("{}-{}", p.span.start, p.span.end);
    let spans: Vec<String> = parties.iter().map(span).collect();
    vec![
        line.id.clone(),
        article(report, line),
        claim.span.start.to_string(),
        claim.span.end.to_string(),
        claim.surface.clone(),
        claim.act.code().to_owned(),
        claim.quantity.low.to_string(),
        optional(claim.quantity.high),
        claim.quantity.qualifier.code().to_owned(),
        claim.scope.code().to_owned(),
        optional(parent),
        several(claim.victims.iter().map(|kind| kind.code())),
        claim.group.clone().unwrap_or_default(),
        several(claim.names.iter().map(String::as_str)),
        several(parties.iter().map(|party| party.text.as_str())),
        several(parties.iter().map(|party| party.class.code())),
        several(spans.iter().map(String::as_str)),
        optional(speaker.map(|speaker| speaker.text.as_str())),
        optional(speaker.map(|speaker| speaker.span.start)),
        optional(speaker.map(|speaker| speaker.span.end)),
        several(claim.speaker_chain.iter().map(String::as_str)),
        claim.modality.code().to_owned(),
        several(claim.places.iter().map(|place| place.text.as_str())),
        several(claim.places.iter().filter_map(|place| place.id.as_deref())),
        optional(claim.window.and_then(|window| window.start)),
        optional(claim.window.and_then(|window| window.end)),
        several(claim.violations.iter().map(|kind| kind.code())),
        several(claim.motives.iter().map(|motive| motive.code())),
        claim.confidence.to_string(),
        several(claim.rules.iter().map(String::as_str)),
    ]
}

/// The file that a claim stands in, without folders and extension.
fn article(report: &Report, line: &ClaimLine) -> String {
    let mark = line.mark.0.checked_sub(1).and_then(|nth| report.marks.get(nth));
    let file = mark.map_or("", |mark| mark.path.rsplit('/').next().unwrap_or_default());
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if stem.is_empty() { file.to_owned() } else { stem.to_owned() }
}

fn standing(report: &Report, line: &ClaimLine) -> [String; 5] {
    let mark = line.mark.0.checked_sub(1).and_then(|nth| report.marks.get(nth));
    [
        line.document.clone(),
        line.outlet.clone().unwrap_or_default(),
        optional(line.published),
        optional(mark.map(|mark| mark.item.to_string())),
        line.mark.0.to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CLAIM_FIELDS;

    #[test]
    fn every_field_of_the_contract_stands_in_its_order() {
        let mut headers = HEADERS.iter();
        for field in CLAIM_FIELDS {
            assert!(headers.any(|header| *header == field), "{field} is missing or out of order");
        }
    }
}
