//! The examples of the repository: the job on them gives what their makers know.

use crate::fixture::{Place, repository, stderr, stdout};

#[test]
fn the_exercise_is_linked_well_and_says_so() {
    let place = Place::new();
    let folder = repository("examples/exercise");
    let output = place.run(&["report".into(), folder, "-o".into(), place.path("out")]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let said = stdout(&output);
    let line = said.lines().find(|line| line.contains("pairwise")).expect("the score is printed");
    let f1: f64 = line.rsplit(' ').next().and_then(|f1| f1.parse().ok()).expect("a number");
    assert!(f1 >= 0.97, "{line}");
    let totals = place.json("out")["totals"].clone();
    let number = |name: &str| totals[name].as_u64().expect("a number");
    assert!(number("persons") < number("records"));
    assert!(number("persons_low") <= number("persons"));
    assert!(number("persons") <= number("persons_high"));
    for name in ["persons", "records"] {
        assert!(said.contains(&number(name).to_string()), "{name} is not printed");
    }
    assert!(said.contains("pairs stay open"));
}

#[test]
fn the_coast_shows_each_sources_series_beside_the_others() {
    let place = Place::new();
    let folder = repository("examples/coast-2025");
    let output = place.run(&["report".into(), folder, "-o".into(), place.path("out")]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let json = place.json("out");
    let accounts = json["accounts"].as_array().expect("a list");
    let lows = |source: &str| -> Vec<u64> {
        let of_source = accounts.iter().filter(|a| a["source"] == source && a["act"] == "killed");
        let points = of_source.flat_map(|a| a["points"].as_array().expect("a list"));
        points.filter_map(|p| p["quantity"]["low"].as_u64()).collect()
    };
    // Figures with their sources: shared/data/register/march2025_claims.csv, O4 to O21, N3, U1.
    let observatory = lows("Syrian Observatory for Human Rights");
    for toll in [745, 973, 1225, 1383, 1614] {
        assert!(observatory.contains(&toll), "{toll} is not among {observatory:?}");
    }
    let network = lows("Syrian Network for Human Rights");
    for toll in [803, 1334] {
        assert!(network.contains(&toll), "{toll} is not among {network:?}");
    }
    let sums = json["sums"].as_array().expect("a list");
    let check = |stated: u64| sums.iter().find(move |sum| sum["stated"] == stated);
    assert_eq!(check(1383).map(|sum| &sum["closes"]), Some(&serde_json::json!(true)));
}
