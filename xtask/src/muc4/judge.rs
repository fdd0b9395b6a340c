//! The probability that a candidate fills an incident of a type, and the choice of what to write.
//!
//! F1 is greatest if everything is written whose probability is above half of the F1 that can be
//! had (Lipton, Elkan and Naryanaswamy 2014), and a template if its type and fillers together gain.
//! The two bars are chosen on training documents, judged by trees taught on the other folds.

use std::collections::BTreeMap;

use super::boost::{Settings, Trees};
use super::candidates::{Candidate, Scene};
use super::corpus::{Document, Template};
use super::evidence::{FOLDS, KINDS};
use super::score;

const TREES: Settings = Settings {
    trees: 200,
    depth: 4,
    rate: 0.05,
    least_weight: 4.0,
    ridge: 5.0,
    rows_per_mille: 600,
    columns_per_mille: 300,
    seed: 1,
};

/// Types less probable than this are not asked about.
const LEAST_KIND: f64 = 0.02;

/// The probability of each candidate for each type.
pub(super) type Verdicts = Vec<[f64; KINDS.len()]>;

/// Judges candidates.
pub(super) struct Judge {
    trees: Trees,
    priors: Priors,
}

impl Judge {
    pub(super) fn learn(lessons: &[(&Document, &Scene<'_>)]) -> Self {
        let mut priors = Priors::default();
        for (document, scene) in lessons {
            for candidate in scene.candidates {
                priors.add(candidate, candidate.is_right(document, None));
            }
        }
        let (mut rows, mut truth) = (Vec::new(), Vec::new());
        for (document, scene) in lessons {
            for candidate in scene.candidates {
                // Its own answer is taken out of what is known of its string.
                let known = priors.of(candidate, Some(candidate.is_right(document, None)));
                for kind in 0..KINDS.len() {
                    let right = candidate.is_right(document, Some(kind));
                    if right || scene.kinds[kind] > LEAST_KIND {
                        rows.push(scene.row(candidate, kind, known));
                        truth.push(f64::from(u8::from(right)));
                    }
                }
            }
        }
        Self { trees: Trees::learn(&rows, &truth, TREES), priors }
    }

    pub(super) fn verdicts(&self, scene: &Scene<'_>) -> Verdicts {
        let judge = |candidate: &Candidate| {
            let known = self.priors.of(candidate, None);
            std::array::from_fn(|kind| {
                if scene.kinds[kind] <= LEAST_KIND {
                    return 0.0;
                }
                self.trees.predict(&scene.row(candidate, kind, known))
            })
        };
        scene.candidates.iter().map(judge).collect()
    }

    /// Verdicts on each scene by a judge taught on the other folds.
    pub(super) fn cross(lessons: &[(&Document, &Scene<'_>)]) -> Vec<Verdicts> {
        let judges: Vec<Self> =
            (0..FOLDS).map(|fold| Self::learn(&super::relevance::others(lessons, fold))).collect();
        let scenes = lessons.iter().enumerate();
        scenes.map(|(at, (_, scene))| judges[at % FOLDS].verdicts(scene)).collect()
    }
}

/// How often strings and heads were candidates and were right, by role.
#[derive(Default)]
struct Priors(BTreeMap<(usize, bool, String), (f64, f64)>);

impl Priors {
    fn names(candidate: &Candidate) -> [(usize, bool, String); 2] {
        let role = candidate.role;
        [(role, false, candidate.norm.clone()), (role, true, candidate.head().to_owned())]
    }

    fn add(&mut self, candidate: &Candidate, right: bool) {
        for name in Self::names(candidate) {
            let (rights, all) = self.0.entry(name).or_default();
            *rights += f64::from(u8::from(right));
            *all += 1.0;
        }
    }

    /// The share that was right, drawn towards one in five, and how many there were: of the string
    /// and of the head. `own` is an answer that is in the counts and must not be known.
    fn of(&self, candidate: &Candidate, own: Option<bool>) -> [f64; 4] {
        let [string, head] = Self::names(candidate).map(|name| {
            let (rights, all) = self.0.get(&name).copied().unwrap_or_default();
            let own_right = own.map_or(0.0, |right| f64::from(u8::from(right)));
            let (rights, all) = (rights - own_right, all - f64::from(u8::from(own.is_some())));
            ((rights + 0.6) / (all + 3.0), all.min(50.0))
        });
        [string.0, string.1, head.0, head.1]
    }
}

/// What a filler and a type must be worth to be written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bars {
    pub(super) filler: f64,
    pub(super) kind: f64,
}

impl Bars {
    const FILLERS: [f64; 6] = [0.17, 0.2, 0.23, 0.26, 0.3, 0.35];
    const KINDS: [f64; 5] = [0.2, 0.26, 0.32, 0.4, 0.5];

    /// The bars that give the best template F1 on these documents.
    pub(super) fn choose(lessons: &[(&Document, &Scene<'_>)], verdicts: &[Verdicts]) -> Self {
        let mut best = (f64::NEG_INFINITY, Self { filler: 0.25, kind: 0.25 });
        for filler in Self::FILLERS {
            for kind in Self::KINDS {
                let bars = Self { filler, kind };
                let mut sum = score::Tally::default();
                for ((document, scene), verdicts) in lessons.iter().zip(verdicts) {
                    let predicted = templates(scene, verdicts, bars);
                    sum.add(score::total(&score::templates(&predicted, &document.key.templates)));
                }
                if sum.f1() > best.0 {
                    best = (sum.f1(), bars);
                }
            }
        }
        best.1
    }
}

/// The templates worth writing: at most one a type, each entity with its most probable string.
pub(super) fn templates(scene: &Scene<'_>, verdicts: &Verdicts, bars: Bars) -> Vec<Template> {
    let mut templates = Vec::new();
    for (kind, name) in KINDS.iter().enumerate() {
        let worth = |at: usize| verdicts[at][kind] - bars.filler;
        let mut order: Vec<usize> =
            (0..scene.candidates.len()).filter(|at| worth(*at) > 0.0).collect();
        order.sort_by(|a, b| worth(*b).total_cmp(&worth(*a)));
        let mut gain = scene.kinds[kind] - bars.kind;
        let mut taken: Vec<&Candidate> = Vec::new();
        let mut template = Template { kind: (*name).to_owned(), ..Template::default() };
        for at in order {
            let candidate = &scene.candidates[at];
            if taken.iter().any(|other| same_entity(candidate, other)) {
                continue;
            }
            gain += worth(at);
            template.fillers[candidate.role].push(vec![candidate.text.clone()]);
            taken.push(candidate);
        }
        if gain > 0.0 {
            templates.push(template);
        }
    }
    templates
}

/// Whether two strings in one role name the same: one is part of the other, its initials, or its
/// bare head in another number.
fn same_entity(a: &Candidate, b: &Candidate) -> bool {
    let bare = |c: &Candidate| c.norm == c.head();
    let singular = |c: &Candidate| c.head().trim_end_matches('s').to_owned();
    a.role == b.role
        && (a.overlaps(b)
            || initials(&a.norm) == b.norm
            || initials(&b.norm) == a.norm
            || (bare(a) || bare(b)) && singular(a) == singular(b))
}

fn initials(name: &str) -> String {
    let words = name.split(' ').filter(|word| !matches!(*word, "of" | "de" | "and" | "for"));
    let initials: String = words.filter_map(|word| word.chars().next()).collect();
    if initials.chars().count() > 1 { initials } else { String::new() }
}
