//! What documents say, line by line: claims, who is held responsible, responses, flags.

use sijil_claims::Speaker;

use super::super::mask::Mask;
use super::super::material::Material;
use super::marks::Marks;
use crate::model::{AttributionLine, ClaimLine, FlagLine, ResponseLine};
use crate::register::DocumentRow;

pub(super) fn claim_lines(material: &Material, mask: &Mask) -> Vec<ClaimLine> {
    material
        .claims()
        .map(|(at, row, claim)| ClaimLine {
            at,
            id: format!("{}-{}", row.item.short(), claim.span.start),
            document: mask.text(&material.name_of(row)),
            outlet: row.document.outlet.clone(),
            published: row.document.published,
            mark: material.claim_mark(at),
            claim: mask.claim(claim),
        })
        .collect()
}

/// Who says something in a document: the speaker, else the outlet, else the document itself.
fn who_says(material: &Material, row: &DocumentRow, source: Option<&Speaker>) -> String {
    match source {
        Some(speaker) => speaker.text.clone(),
        None => row.document.outlet.clone().unwrap_or_else(|| material.name_of(row)),
    }
}

pub(super) fn attributions(material: &Material, marks: &mut Marks<'_>) -> Vec<AttributionLine> {
    let mut lines = Vec::new();
    for row in &material.documents {
        for said in &row.reading.attributions {
            lines.push(AttributionLine {
                document: marks.mask.text(&material.name_of(row)),
                source: marks.mask.text(&who_says(material, row, said.source.as_ref())),
                parties: said.parties.iter().map(|p| (p.text.clone(), p.class)).collect(),
                zone: said.zone,
                violations: said.violations.clone(),
                motives: said.motives.clone(),
                victims: said.victims.clone(),
                places: said.places.iter().map(|place| place.text.clone()).collect(),
                mark: marks.sentence(row, said.span, said.span),
            });
        }
    }
    lines
}

pub(super) fn responses(material: &Material, marks: &mut Marks<'_>) -> Vec<ResponseLine> {
    let mut lines = Vec::new();
    for row in &material.documents {
        for said in &row.reading.responses {
            lines.push(ResponseLine {
                document: marks.mask.text(&material.name_of(row)),
                kind: said.kind,
                actor: said.actor.as_ref().map(|actor| marks.mask.text(&actor.text)),
                date: said.date,
                mark: marks.sentence(row, said.span, said.span),
            });
        }
    }
    lines
}

pub(super) fn flags(material: &Material, marks: &mut Marks<'_>) -> Vec<FlagLine> {
    let mut lines = Vec::new();
    for row in &material.documents {
        for flag in &row.reading.flags {
            lines.push(FlagLine {
                document: marks.mask.text(&material.name_of(row)),
                message: marks.mask.text(&flag.message),
                marks: flag.spans.iter().map(|s| marks.sentence(row, *s, *s)).collect(),
            });
        }
    }
    lines
}
