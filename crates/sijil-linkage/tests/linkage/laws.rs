//! What must hold whatever the rows are.

use proptest::prelude::*;
use sijil_linkage::{Ruling, Settings, Verdict, link, score};

use crate::invented::{Chance, lists};
use crate::rows::{linked, spec};

#[test]
fn invented_people_are_found_again() {
    for (seed, people) in [(1, 60), (2, 400), (3, 3000)] {
        let (rows, truth) = lists(seed, people);
        let linked = linked(&rows, &[]);
        let pairs = score::pairwise(&linked.clusters, &truth);
        let cubed = score::b_cubed(&linked.clusters, &truth);
        println!(
            "{people} people, {} rows: {pairs:?} {cubed:?} open {}",
            rows.len(),
            linked.open.len()
        );
        assert!(pairs.f1 >= 0.9, "{people} people: {pairs:?}");
        assert!(cubed.f1 >= 0.95, "{people} people: {cubed:?}");
        assert!(
            linked.open.len() * 20 <= rows.len(),
            "{} open pairs of {} rows",
            linked.open.len(),
            rows.len()
        );
        for pair in linked.joined.iter().chain(&linked.open) {
            assert!(pair.a < pair.b && !pair.parts.is_empty(), "{pair:?}");
        }
    }
}

#[test]
fn any_number_of_threads_gives_the_same_result() {
    let (rows, _) = lists(5, 800);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads").install(|| linked(&rows, &[]))
    };
    assert_eq!(with(1), with(4));
}

/// Clusters as sets of rows in their first order.
fn partition(clusters: &[u32], order: &[usize]) -> Vec<Vec<usize>> {
    let mut sets: std::collections::BTreeMap<u32, Vec<usize>> = std::collections::BTreeMap::new();
    for (cluster, row) in clusters.iter().zip(order) {
        sets.entry(*cluster).or_default().push(*row);
    }
    let mut sets: Vec<Vec<usize>> = sets.into_values().collect();
    sets.iter_mut().for_each(|set| set.sort_unstable());
    sets.sort();
    sets
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_order_of_rows_does_not_matter(seed in 0_u64..1000) {
        let (rows, _) = lists(seed, 90);
        let straight: Vec<usize> = (0..rows.len()).collect();
        let mut order = straight.clone();
        let mut chance = Chance::of(seed + 1);
        for at in (1..order.len()).rev() {
            order.swap(at, chance.below(at + 1));
        }
        let mixed: Vec<_> = order.iter().map(|row| rows[*row].clone()).collect();
        let (a, b) = (linked(&rows, &[]), linked(&mixed, &[]));
        prop_assert_eq!(partition(&a.clusters, &straight), partition(&b.clusters, &order));
        prop_assert_eq!(a.open.len(), b.open.len());
    }

    #[test]
    fn judgements_hold(seed in 0_u64..1000) {
        let (rows, _) = lists(seed, 60);
        let mut chance = Chance::of(seed);
        let last = u32::try_from(rows.len()).expect("few");
        let rulings: Vec<Ruling> = (0..last / 2)
            .map(|pair| {
                // Each row in one judgement: they cannot contradict each other.
                let verdict = if chance.below(2) == 0 { Verdict::Same } else { Verdict::Different };
                Ruling { a: pair, b: last - 1 - pair, verdict }
            })
            .collect();
        let linked = link(&rows, &spec(), &rulings, &Settings::default());
        for ruling in rulings.iter().filter(|ruling| ruling.a != ruling.b) {
            let together = linked.clusters[ruling.a as usize] == linked.clusters[ruling.b as usize];
            prop_assert_eq!(together, ruling.verdict == Verdict::Same);
        }
    }

    #[test]
    fn any_text_is_linked_without_a_fall(texts in prop::collection::vec("\\PC{0,16}", 0..60)) {
        let rows: Vec<_> = texts
            .iter()
            .map(|text| sijil_linkage::Row {
                list: 0,
                values: vec![Some(sijil_linkage::Value::Text(text.clone()))],
            })
            .collect();
        prop_assert_eq!(linked(&rows, &[]).clusters.len(), rows.len());
    }
}
