//! Connected groups of rows, and splitting them by average linkage.

use std::collections::BTreeMap;

use super::{Rulings, Weighed};
use crate::model::Evidence;

/// A judgement outweighs everything.
const JUDGED: f64 = 1e12;
/// The most that the size of a cluster speaks for it, in bits; connecting allows for as much.
pub(super) const MOST_COMPANY: f64 = 4.0;
/// Rows that are weighed each with each; a larger group is cut at its weaker pairs first.
const LARGEST: usize = 240;

/// Clusters of one group.
pub(super) struct Split {
    /// The rows of each cluster, ascending.
    pub(super) clusters: Vec<Vec<u32>>,
    /// The strongest pairs that hold each cluster together, judged ones left out.
    pub(super) joined: Vec<Weighed>,
    /// The bits of each step that joined two clusters, judged ones left out.
    pub(super) steps: Vec<f64>,
    /// Clusters that were left apart, each by a row of it, with the bits for joining them.
    pub(super) apart: Vec<Weighed>,
    /// Whether the group was too large to weigh in full.
    pub(super) cut: bool,
}

/// Groups of two or more rows that are connected by pairs of at least `threshold` bits. Groups too
/// large to weigh in full are connected by stronger pairs only.
pub(super) fn connected(
    rows: usize,
    weighed: &[Weighed],
    rulings: &Rulings,
    threshold: f64,
) -> Vec<Vec<u32>> {
    let usable: Vec<Weighed> = weighed
        .iter()
        .filter(|pair| pair.weight >= threshold - MOST_COMPANY && !rulings.apart(pair.a, pair.b))
        .copied()
        .collect();
    let mut done = Vec::new();
    let mut wanted = vec![true; rows];
    let mut least = threshold - MOST_COMPANY;
    loop {
        let groups = unite(rows, &usable, rulings, least, &wanted);
        // Beyond any weight that occurs, a group is one of equal rows: nothing cuts it.
        let last = least > 60.0;
        let (small, large): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.len() <= LARGEST || last);
        done.extend(small);
        if large.is_empty() {
            break;
        }
        wanted = vec![false; rows];
        large.iter().flatten().for_each(|row| wanted[*row as usize] = true);
        least += 2.0;
    }
    done.sort();
    done
}

fn unite(
    rows: usize,
    pairs: &[Weighed],
    rulings: &Rulings,
    least: f64,
    wanted: &[bool],
) -> Vec<Vec<u32>> {
    let mut root: Vec<u32> = (0..).take(rows).collect();
    fn find(root: &mut [u32], row: u32) -> u32 {
        let mut row = row;
        while root[row as usize] != row {
            root[row as usize] = root[root[row as usize] as usize];
            row = root[row as usize];
        }
        row
    }
    let mut linked = vec![false; rows];
    let strong = pairs.iter().filter(|pair| pair.weight >= least).map(|pair| (pair.a, pair.b));
    for (a, b) in strong.chain(rulings.same.iter().copied()) {
        if wanted[a as usize] && wanted[b as usize] {
            (linked[a as usize], linked[b as usize]) = (true, true);
            let (a, b) = (find(&mut root, a), find(&mut root, b));
            root[a.max(b) as usize] = a.min(b);
        }
    }
    let mut members: Vec<(u32, u32)> = (0..)
        .take(rows)
        .filter(|row: &u32| linked[*row as usize])
        .map(|row| (find(&mut root, row), row))
        .collect();
    members.sort_unstable();
    members
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|group| group.len() > 1)
        .map(|group| group.iter().map(|(_, row)| *row).collect())
        .collect()
}

/// What is known of rows before they are compared.
pub(super) struct Prior<'a> {
    /// The list of each row of the group.
    pub(super) lists: &'a [u32],
    /// For each list the bits by which a second row on it is less likely than one on another list;
    /// 0 or less.
    pub(super) repeats: &'a [f64],
    /// Whether two rows on one list are two persons for certain.
    pub(super) one_to_one: bool,
}

/// Splits one group into clusters.
pub(super) fn split(
    rows: &[u32],
    prior: &Prior<'_>,
    rulings: &Rulings,
    threshold: f64,
    weigh: &mut dyn FnMut(u32, u32) -> Evidence,
) -> Split {
    let mut clusters = Vec::new();
    let (mut joined, mut steps, mut apart) = (Vec::new(), Vec::new(), Vec::new());
    // Of equal rows without end, parts are as good as the whole.
    for (part, lists) in rows.chunks(LARGEST).zip(prior.lists.chunks(LARGEST)) {
        let prior = Prior { lists, ..*prior };
        let mut matrix = Matrix::of(part, &prior, rulings, weigh);
        let pairs = matrix.bits.clone();
        let sets = matrix.agglomerate(&prior, threshold, &mut steps);
        for set in &sets {
            let tree = Matrix::tree(part.len(), &pairs, set);
            joined.extend(tree.map(|(a, b, weight)| Weighed { a: part[a], b: part[b], weight }));
        }
        apart.extend(matrix.between(&sets).map(|(i, j, weight)| {
            let (a, b) = (part[i], part[j]);
            Weighed { a: a.min(b), b: a.max(b), weight }
        }));
        clusters
            .extend(sets.iter().map(|set| set.iter().map(|at| part[*at]).collect::<Vec<u32>>()));
    }
    steps.retain(|bits: &f64| bits.abs() < JUDGED);
    Split { clusters, joined, steps, apart, cut: rows.len() > LARGEST }
}

impl Prior<'_> {
    /// What the lists of two clusters say beforehand, in bits.
    ///
    /// Each list that both have a row of would name the person once more than once, and that
    /// counts against them for each such list. The pairs bring their own share of it along on
    /// average, which is taken out. Where one list is seen to name a person k times it counts for
    /// them: who is named often is named again. (In the Chinese restaurant process a newcomer sits
    /// down at a table of k with k times the chance of a table of one.)
    fn lists(&self, a: &[usize], b: &[usize]) -> f64 {
        let count = |set: &[usize]| {
            let mut counts: BTreeMap<u32, f64> = BTreeMap::new();
            set.iter().for_each(|at| *counts.entry(self.lists[*at]).or_default() += 1.0);
            counts
        };
        let (a, b) = (count(a), count(b));
        let all = a.values().sum::<f64>() * b.values().sum::<f64>();
        let both = a.iter().filter_map(|(list, n)| Some((list, n * b.get(list)?)));
        // The last is of lists that came later.
        let repeat = |list: u32| {
            let known = self.repeats.get(list as usize).or(self.repeats.last());
            known.copied().unwrap_or(0.0)
        };
        let repeats: f64 = both.map(|(list, n)| repeat(*list) * (1.0 - n / all)).sum();
        let most = a.values().chain(b.values()).copied().fold(1.0, f64::max);
        repeats + most.log2().min(MOST_COMPANY)
    }
}

/// Evidence between clusters: at first between single rows.
struct Matrix {
    size: usize,
    bits: Vec<f64>,
    /// At `i * size + j` with `i < j`.
    evidence: Vec<Evidence>,
}

impl Matrix {
    fn of(
        rows: &[u32],
        prior: &Prior<'_>,
        rulings: &Rulings,
        weigh: &mut dyn FnMut(u32, u32) -> Evidence,
    ) -> Self {
        let size = rows.len();
        let evidence = vec![Evidence::default(); size * size];
        let mut matrix = Self { size, bits: vec![0.0; size * size], evidence };
        for (i, a) in rows.iter().enumerate() {
            for (j, b) in rows.iter().enumerate().skip(i + 1) {
                let pair = (*a.min(b), *a.max(b));
                let evidence = weigh(*a, *b);
                let bits = if rulings.apart(*a, *b) {
                    -JUDGED
                } else if rulings.same.binary_search(&pair).is_ok() {
                    JUDGED
                } else if prior.one_to_one && prior.lists[i] == prior.lists[j] {
                    -JUDGED
                } else {
                    evidence.bits()
                };
                matrix.evidence[i * size + j] = evidence;
                matrix.set(i, j, bits);
            }
        }
        matrix
    }

    fn at(&self, i: usize, j: usize) -> f64 {
        self.bits[i * self.size + j]
    }

    fn set(&mut self, i: usize, j: usize, bits: f64) {
        self.bits[i * self.size + j] = bits;
        self.bits[j * self.size + i] = bits;
    }

    /// Joins the two clusters that agree best, until none reach the threshold.
    fn agglomerate(
        &mut self,
        prior: &Prior<'_>,
        threshold: f64,
        steps: &mut Vec<f64>,
    ) -> Vec<Vec<usize>> {
        let mut sets: Vec<Vec<usize>> = (0..self.size).map(|at| vec![at]).collect();
        let mut live: Vec<usize> = (0..self.size).collect();
        loop {
            let mut best: Option<(f64, usize, usize)> = None;
            for (at, i) in live.iter().enumerate() {
                for j in &live[at + 1..] {
                    let bits = self.at(*i, *j);
                    if bits >= threshold && best.is_none_or(|(most, _, _)| bits > most) {
                        best = Some((bits, *i, *j));
                    }
                }
            }
            let Some((bits, i, j)) = best else { break };
            steps.push(bits);
            let moved = std::mem::take(&mut sets[j]);
            sets[i].extend(moved);
            live.retain(|at| *at != j);
            self.merge(prior, &live, &sets, i, j);
        }
        let mut clusters: Vec<Vec<usize>> = live.into_iter().map(|at| sets[at].clone()).collect();
        clusters.iter_mut().for_each(|set| set.sort_unstable());
        clusters
    }

    /// The bits for joining each two clusters that are left, each named by its first row, where
    /// no judgement forbids it.
    fn between<'s>(
        &'s self,
        sets: &'s [Vec<usize>],
    ) -> impl Iterator<Item = (usize, usize, f64)> + 's {
        // What two clusters have is kept at the place of the row that each began with.
        let two = (0..sets.len()).flat_map(|at| (at + 1..sets.len()).map(move |other| (at, other)));
        two.filter_map(|(at, other)| {
            let (i, j) = (*sets[at].first()?, *sets[other].first()?);
            let bits = self.at(i, j);
            (bits.abs() < JUDGED).then_some((i, j, bits))
        })
    }

    /// Puts what `j` had to the others to what `i` has.
    fn merge(
        &mut self,
        prior: &Prior<'_>,
        live: &[usize],
        sets: &[Vec<usize>],
        i: usize,
        j: usize,
    ) {
        let place = |a: usize, b: usize| a.min(b) * self.size + a.max(b);
        for k in live.iter().copied().filter(|k| *k != i) {
            let (x, y) = (self.at(i, k), self.at(j, k));
            let (to, from) = (place(i, k), place(j, k));
            let moved = std::mem::take(&mut self.evidence[from]);
            self.evidence[to].add(&moved);
            let bits = if x <= -JUDGED || y <= -JUDGED {
                -JUDGED
            } else if x >= JUDGED || y >= JUDGED {
                JUDGED
            } else {
                self.evidence[to].bits() + prior.lists(&sets[i], &sets[k])
            };
            self.bits[i * self.size + k] = bits;
            self.bits[k * self.size + i] = bits;
        }
    }

    /// The strongest pairs that connect a cluster (Prim), without those that were judged.
    fn tree(
        size: usize,
        bits: &[f64],
        set: &[usize],
    ) -> impl Iterator<Item = (usize, usize, f64)> + use<> {
        let mut reached: Vec<usize> = set.iter().take(1).copied().collect();
        let mut pairs = Vec::new();
        while reached.len() < set.len() {
            let mut best: Option<(f64, usize, usize)> = None;
            for from in &reached {
                for to in set.iter().filter(|to| !reached.contains(to)) {
                    let bits = bits[from * size + to];
                    if best.is_none_or(|(most, _, _)| bits > most) {
                        best = Some((bits, *from, *to));
                    }
                }
            }
            let Some((bits, from, to)) = best else { break };
            reached.push(to);
            pairs.push((from, to, bits));
        }
        pairs.into_iter().filter(|(_, _, bits)| bits.abs() < JUDGED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(rows: &[u32], pairs: &[(u32, u32, f64)], rulings: &Rulings) -> Vec<Vec<u32>> {
        let mut weigh = |a: u32, b: u32| {
            let found = pairs.iter().find(|(x, y, _)| (*x, *y) == (a.min(b), a.max(b)));
            Evidence::of_bits(found.map_or(-14.0, |(_, _, bits)| *bits))
        };
        let prior = Prior { lists: rows, repeats: &[], one_to_one: false };
        split(rows, &prior, rulings, 0.0, &mut weigh).clusters
    }

    #[test]
    fn a_chain_breaks_at_its_weaker_link() {
        // 0 is like 1 and 2 is like 1, but 0 and 2 contradict each other.
        let pairs = [(0, 1, 9.0), (1, 2, 5.0), (0, 2, -12.0)];
        assert_eq!(clusters(&[0, 1, 2], &pairs, &Rulings::default()), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn a_weak_pair_is_carried_by_the_others() {
        let pairs = [(0, 1, 9.0), (1, 2, 8.0), (0, 2, -2.0)];
        assert_eq!(clusters(&[0, 1, 2], &pairs, &Rulings::default()), [vec![0, 1, 2]]);
    }

    #[test]
    fn judgements_come_first() {
        let pairs = [(0, 1, 9.0), (1, 2, 8.0), (0, 2, 7.0)];
        let mut rulings = Rulings::default();
        rulings.different.insert((0, 1));
        assert_eq!(clusters(&[0, 1, 2], &pairs, &rulings), [vec![0], vec![1, 2]]);
        rulings.same.push((0, 2));
        assert_eq!(clusters(&[0, 1, 2], &pairs, &rulings), [vec![0, 2], vec![1]]);
    }

    #[test]
    fn equal_rows_without_end_are_cut_and_told() {
        let rows: Vec<u32> = (0..500).collect();
        let found = {
            let prior = Prior { lists: &rows, repeats: &[], one_to_one: false };
            split(&rows, &prior, &Rulings::default(), 0.0, &mut |_, _| Evidence::of_bits(10.0))
        };
        assert!(found.cut && found.clusters.len() == 3);
    }

    #[test]
    fn each_list_that_would_repeat_itself_counts() {
        let prior = Prior { lists: &[0, 1, 2, 0, 1, 3], repeats: &[-4.0; 4], one_to_one: false };
        // Two lists have a row on either side; two of nine pairs bring their share along.
        assert!((prior.lists(&[0, 1, 2], &[3, 4, 5]) - -4.0 * (2.0 - 2.0 / 9.0)).abs() < 1e-9);
        assert!(prior.lists(&[0], &[1]).abs() < 1e-9, "two lists");
        assert!(prior.lists(&[0], &[3]).abs() < 1e-9, "the pair says it all");
    }

    #[test]
    fn a_list_that_repeats_itself_goes_on_doing_so() {
        let prior = Prior { lists: &[0; 5], repeats: &[], one_to_one: false };
        assert!((prior.lists(&[0, 1, 2, 3], &[4]) - 2.0).abs() < 1e-9);
        let prior = Prior { lists: &[0, 1, 2, 3, 4], repeats: &[], one_to_one: false };
        assert!(prior.lists(&[0, 1, 2, 3], &[4]).abs() < 1e-9, "many lists, each once");
    }
}
