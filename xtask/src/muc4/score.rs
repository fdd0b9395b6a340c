//! The two metrics of the papers, written anew from their definition.
//!
//! **TF micro-F1** (the scorer of GTT, Du et al. 2021; `CEAF-REE_impl` in IterX): within a document
//! predicted and gold templates are paired one to one, a pair counts only if the predicted type is
//! a substring of the gold one ("attack" of "bombing / attack"); a predicted entity is right if
//! all its mentions are mentions of one gold entity of that role, a gold entity is found if some
//! predicted entity is right by it; type and roles of pairs and of templates left over are summed.
//! The pairing is the one with the greatest sum of right and found; the original tries all
//! pairings for the best F1 of the document.
//!
//! **CEAF-REE** (GRIT, Du et al. 2021): templates are ignored. Entities of all templates stand
//! side by side (one whose mentions are a subset of another's is dropped) and are paired one to
//! one by the same rule.
//!
//! Both normalise mentions alike and drop gold templates that say the same twice.

use super::assignment::best_pairs;
use super::corpus::{ROLES, Template};

/// What was right and how many there were, seen from the predicted and from the gold side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) right: f64,
    pub(super) predicted: f64,
    pub(super) found: f64,
    pub(super) gold: f64,
}

impl Tally {
    pub(super) fn add(&mut self, other: Self) {
        self.right += other.right;
        self.predicted += other.predicted;
        self.found += other.found;
        self.gold += other.gold;
    }

    pub(super) fn precision(&self) -> f64 {
        ratio(self.right, self.predicted)
    }

    pub(super) fn recall(&self) -> f64 {
        ratio(self.found, self.gold)
    }

    pub(super) fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        ratio(2.0 * p * r, p + r)
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

/// Counts of one document: the roles in order, then the incident type (TF only).
pub(super) type Counts = [Tally; 6];

/// The place of the incident type in [`Counts`].
pub(super) const TYPE: usize = ROLES.len();

/// The sum over type and roles.
pub(super) fn total(counts: &Counts) -> Tally {
    counts.iter().fold(Tally::default(), |mut sum, tally| {
        sum.add(*tally);
        sum
    })
}

/// Counts of a document by the template metric.
pub(super) fn templates(predicted: &[Template], gold: &[Template]) -> Counts {
    let (predicted, gold) = (prepared(predicted), prepared(&distinct(gold)));
    let weight = |p: &Template, g: &Template| {
        let counts = pair(p, g);
        let sum = total(&counts);
        sum.right + sum.found
    };
    let weights: Vec<Vec<f64>> =
        predicted.iter().map(|p| gold.iter().map(|g| weight(p, g)).collect()).collect();
    let (_, pairs) = best_pairs(&weights);
    let mut counts = Counts::default();
    for (predicted, partner) in predicted.iter().zip(pairs) {
        let scored = partner.map_or(alone(predicted), |at| pair(predicted, &gold[at]));
        for (sum, scored) in counts.iter_mut().zip(scored) {
            sum.right += scored.right;
            sum.predicted += scored.predicted;
            sum.found += scored.found;
        }
    }
    for (role, sum) in counts.iter_mut().enumerate() {
        let there = |g: &Template| g.fillers.get(role).map_or(1, Vec::len) as f64;
        sum.gold = gold.iter().map(there).sum();
    }
    counts
}

/// A predicted template without partner: all of it is wrong.
fn alone(predicted: &Template) -> Counts {
    let mut counts = Counts::default();
    counts[TYPE].predicted = 1.0;
    for (sum, fillers) in counts.iter_mut().zip(&predicted.fillers) {
        sum.predicted = fillers.len() as f64;
    }
    counts
}

/// A pair of templates; one whose types do not agree is worth nothing.
fn pair(predicted: &Template, gold: &Template) -> Counts {
    let mut counts = alone(predicted);
    if !gold.kind.contains(&predicted.kind) {
        return counts;
    }
    (counts[TYPE].right, counts[TYPE].found) = (1.0, 1.0);
    for (sum, (predicted, gold)) in
        counts.iter_mut().zip(predicted.fillers.iter().zip(&gold.fillers))
    {
        let right = predicted.iter().filter(|p| gold.iter().any(|g| within(p, g)));
        let found = gold.iter().filter(|g| predicted.iter().any(|p| within(p, g)));
        (sum.right, sum.found) = (right.count() as f64, found.count() as f64);
    }
    counts
}

/// Counts of a document by the entity metric; the place of the type stays empty.
pub(super) fn entities(predicted: &[Template], gold: &[Template]) -> Counts {
    let mut counts = Counts::default();
    for (role, sum) in counts.iter_mut().enumerate().take(ROLES.len()) {
        let predicted = side_by_side(predicted, role);
        let gold = side_by_side(gold, role);
        let weights: Vec<Vec<f64>> = predicted
            .iter()
            .map(|p| gold.iter().map(|g| f64::from(u8::from(within(p, g)))).collect())
            .collect();
        let (right, _) = best_pairs(&weights);
        *sum = Tally {
            right,
            predicted: predicted.len() as f64,
            found: right,
            gold: gold.len() as f64,
        };
    }
    counts
}

/// The entities of a role over all templates, in order. One that says less or more of the same
/// is dropped before mentions are normalised, as in the files that GRIT was scored with.
fn side_by_side(templates: &[Template], role: usize) -> Vec<Vec<String>> {
    let mut kept: Vec<&Vec<String>> = Vec::new();
    for entity in templates.iter().flat_map(|template| &template.fillers[role]) {
        if !kept.iter().any(|known| within(entity, known) || within(known, entity)) {
            kept.push(entity);
        }
    }
    kept.into_iter().map(|entity| entity.iter().map(|m| normalised(m)).collect()).collect()
}

fn within(part: &[String], whole: &[String]) -> bool {
    part.iter().all(|mention| whole.contains(mention))
}

fn distinct(templates: &[Template]) -> Vec<Template> {
    let mut kept: Vec<Template> = Vec::new();
    for template in templates {
        if !kept.contains(template) {
            kept.push(template.clone());
        }
    }
    kept
}

fn prepared(templates: &[Template]) -> Vec<Template> {
    let mut templates = templates.to_vec();
    for mention in templates.iter_mut().flat_map(|t| &mut t.fillers).flatten().flatten() {
        *mention = normalised(mention);
    }
    templates
}

/// Lower case, no ASCII punctuation, no article, one space between words.
pub(super) fn normalised(mention: &str) -> String {
    let bare: String =
        mention.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    let words = bare.split_whitespace().filter(|word| !matches!(*word, "a" | "an" | "the"));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "score_tests.rs"]
mod tests;
