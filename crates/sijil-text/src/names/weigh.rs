//! How likely two names are one, from how their parts answer each other.
//!
//! What the alignment shows is a row of numbers (`features`), and a logistic model with learned weights makes
//! log odds of them. A learned scale turns these into a probability. There are three models: for
//! names in two scripts, both in Arabic, and both in another script.
//!
//! The probability is that of a list in which a quarter of the pairs that are looked at are of one
//! name and the rest are brothers, look-alikes and strangers in equal parts. It is about names: two
//! people may bear one.

use std::sync::LazyLock;

use super::align::{Alignment, Link};
use super::features::{FEATURES, Features, MOST};
use super::learned::lines;
use super::similarity::{How, Likeness};

/// The scripts of two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scripts {
    /// One is Arabic, the other is not.
    Crossed,
    /// Both are Arabic.
    Arabic,
    /// Neither is Arabic.
    Other,
}

impl Scripts {
    pub(super) fn of(a_is_arabic: bool, b_is_arabic: bool) -> Self {
        match (a_is_arabic, b_is_arabic) {
            (true, true) => Self::Arabic,
            (false, false) => Self::Other,
            _ => Self::Crossed,
        }
    }

    /// The word for it in data files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Crossed => "crossed",
            Self::Arabic => "arabic",
            Self::Other => "other",
        }
    }
}

/// Two names compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Which parts answer each other.
    pub alignment: Alignment,
    /// The logarithm of the odds that the names are one, as the model of their scripts has it: finer
    /// than the probability, and no measure across models.
    pub odds: f32,
    /// The probability that the names are spellings of one name.
    pub probability: f64,
}

/// Weights of the features, and the scale from log odds to probability.
struct Model {
    weights: Features,
    scale: Vec<(f32, f64)>,
}

static MODELS: LazyLock<[Model; 3]> = LazyLock::new(|| {
    let text = include_str!("../../data/name_weights.csv");
    [Scripts::Crossed, Scripts::Arabic, Scripts::Other].map(|scripts| Model::read(text, scripts))
});

impl Model {
    fn read(text: &'static str, scripts: Scripts) -> Self {
        let mut model = Self { weights: [0.0; FEATURES.len()], scale: Vec::new() };
        for line in lines(text) {
            let cells: Vec<&str> = line.split(',').collect();
            let [of, what, value] = cells[..] else { continue };
            if of != scripts.word() {
                continue;
            }
            if let Some(at) = FEATURES.iter().position(|feature| *feature == what) {
                model.weights[at] = value.parse().unwrap_or(0.0);
            } else if let (Ok(odds), Ok(probability)) = (what.parse(), value.parse()) {
                model.scale.push((odds, probability));
            }
        }
        model
    }
}

/// Log odds that two names are one.
pub(super) fn odds(scripts: Scripts, features: &Features) -> f32 {
    if features[ONE_EACH] > 0.0 {
        // The odds of the only parts are those of the names.
        return features[WORST];
    }
    MODELS[scripts as usize].weights.iter().zip(features).map(|(w, x)| w * x).sum()
}

/// Log odds and probability.
pub(super) fn weighed(scripts: Scripts, features: &Features) -> (f32, f64) {
    let odds = odds(scripts, features);
    if features[ONE_EACH] > 0.0 {
        return (odds, 1.0 / (1.0 + f64::from(-odds).exp()));
    }
    let probability = on_scale(&MODELS[scripts as usize].scale, odds);
    let first_out =
        features[FIRST_OUT] > 0.0 && features[TURNED] == 0.0 && features[ONE_ONLY] == 0.0;
    // Without the first part it is the father's name as well as the son's.
    (odds, if first_out { probability.min(FATHER_OR_SON) } else { probability })
}

/// The most that is given to a name that lacks the other's first part.
const FATHER_OR_SON: f64 = 0.4;
/// Places of features that decide by themselves.
const WORST: usize = 3;
const FIRST_OUT: usize = 14;
const TURNED: usize = 17;
const ONE_EACH: usize = 18;
const ONE_ONLY: usize = 19;

/// Between the points of the scale it runs straight.
fn on_scale(scale: &[(f32, f64)], odds: f32) -> f64 {
    let at = scale.iter().take_while(|(point, _)| *point <= odds).count();
    match (at.checked_sub(1).and_then(|at| scale.get(at)), scale.get(at)) {
        (Some((o, p)), Some((q, r))) => p + f64::from((odds - o) / (q - o)) * (r - p),
        (Some((_, p)), None) | (None, Some((_, p))) => *p,
        (None, None) => 1.0 / (1.0 + f64::from(-odds).exp()),
    }
}

/// What names of one text get.
pub(super) fn same(parts: usize) -> Comparison {
    let like = |at| Link {
        a: at,
        a_parts: 1,
        b: at,
        b_parts: 1,
        likeness: Likeness { score: 1.0, how: How::Same },
    };
    let alignment =
        Alignment { links: (0..parts.min(MOST)).map(like).collect(), turned: false, score: 1.0 };
    Comparison { alignment, odds: 20.0, probability: 1.0 }
}
