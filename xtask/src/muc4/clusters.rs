//! Groups of words that stand in the same company, found in the training texts.
//!
//! A rare word ("dynamited", a town) tells little by itself and much by its kind. Each frequent
//! word is described by how much more often than chance (positive pointwise mutual information) the
//! commonest words stand one and two places before and after it; k-means with cosine similarity
//! puts words of like description together. No answer is looked at.

use std::collections::BTreeMap;

use super::words::Words;

/// Words at a place beside a word that describe it.
const CONTEXTS: usize = 600;
/// Words seen less often are in no cluster.
const LEAST_COUNT: usize = 4;
const ROUNDS: usize = 12;

/// The cluster of each word.
pub(super) struct Clusters(BTreeMap<String, usize>);

/// Place and strength, by place.
type Sparse = Vec<(usize, f32)>;

impl Clusters {
    /// Clusters of the words of these texts, at most so many.
    pub(super) fn learn(texts: &[Words<'_>], clusters: usize) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for words in texts {
            (0..words.len()).for_each(|at| *counts.entry(words.word(at)).or_default() += 1);
        }
        let mut known: Vec<(&str, usize)> =
            counts.into_iter().filter(|(_, count)| *count >= LEAST_COUNT).collect();
        // The commonest first; words of one count stay in the order of letters.
        known.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let rank: BTreeMap<&str, usize> =
            known.iter().enumerate().map(|(rank, (word, _))| (*word, rank)).collect();
        let vectors = vectors(texts, &rank);
        let members = means(&vectors, clusters);
        let names = known.iter().map(|(word, _)| (*word).to_owned());
        Self(names.zip(members).collect())
    }

    /// The number of a word's cluster, if it was frequent enough to have one.
    pub(super) fn of(&self, word: &str) -> Option<usize> {
        self.0.get(word).copied()
    }
}

/// The description of each word, as vectors of length 1.
fn vectors(texts: &[Words<'_>], rank: &BTreeMap<&str, usize>) -> Vec<Sparse> {
    const OFFSETS: [isize; 4] = [-2, -1, 1, 2];
    let mut counts: Vec<BTreeMap<usize, f32>> = vec![BTreeMap::new(); rank.len()];
    for words in texts {
        let ranks: Vec<Option<usize>> =
            (0..words.len()).map(|at| rank.get(words.word(at)).copied()).collect();
        for (at, own) in ranks.iter().enumerate() {
            let Some(own) = own else { continue };
            for (place, offset) in OFFSETS.iter().enumerate() {
                let beside = at.checked_add_signed(*offset).and_then(|at| ranks.get(at));
                if let Some(Some(context)) = beside
                    && *context < CONTEXTS
                {
                    *counts[*own].entry(place * CONTEXTS + context).or_default() += 1.0;
                }
            }
        }
    }
    let mut columns = vec![0.0_f32; OFFSETS.len() * CONTEXTS];
    for (place, count) in counts.iter().flatten() {
        columns[*place] += count;
    }
    let total: f32 = columns.iter().sum();
    counts
        .into_iter()
        .map(|row| {
            let sum: f32 = row.values().sum();
            let strength = |place: usize, n: f32| (n * total / (sum * columns[place])).ln();
            let row = row.into_iter().map(|(place, n)| (place, strength(place, n)));
            unit(row.filter(|(_, strength)| *strength > 0.0).collect())
        })
        .collect()
}

fn unit(mut vector: Sparse) -> Sparse {
    let length = vector.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
    vector.iter_mut().for_each(|(_, x)| *x /= length);
    vector
}

/// Spherical k-means that starts from the first vectors.
fn means(vectors: &[Sparse], clusters: usize) -> Vec<usize> {
    let width = vectors.iter().flatten().map(|(place, _)| place + 1).max().unwrap_or(0);
    let mut centres: Vec<Vec<f32>> =
        vectors.iter().take(clusters).map(|vector| dense(vector, width)).collect();
    let mut members = vec![0; vectors.len()];
    for _ in 0..ROUNDS {
        for (member, vector) in members.iter_mut().zip(vectors) {
            let near =
                |centre: &Vec<f32>| vector.iter().map(|(at, x)| x * centre[*at]).sum::<f32>();
            let nearest = centres.iter().map(near).enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
            *member = nearest.map_or(0, |(at, _)| at);
        }
        for centre in &mut centres {
            centre.fill(0.0);
        }
        for (member, vector) in members.iter().zip(vectors) {
            vector.iter().for_each(|(at, x)| centres[*member][*at] += x);
        }
        for centre in &mut centres {
            let length = centre.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            centre.iter_mut().for_each(|x| *x /= length);
        }
    }
    members
}

fn dense(vector: &Sparse, width: usize) -> Vec<f32> {
    let mut dense = vec![0.0; width];
    vector.iter().for_each(|(at, x)| dense[*at] = *x);
    dense
}

#[cfg(test)]
mod tests {
    use super::{Clusters, Words};

    #[test]
    fn words_in_like_company_share_a_cluster() {
        let text = "a red car stops . a blue car stops . the red bus waits . the blue bus waits . "
            .repeat(4);
        let words = Words::new(&text);
        let clusters = Clusters::learn(&[words], 3);
        assert_eq!(clusters.of("red"), clusters.of("blue"));
        assert_ne!(clusters.of("red"), clusters.of("a"));
        assert_eq!(clusters.of("unseen"), None);
    }
}
