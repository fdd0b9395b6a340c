//! Small cases counted by hand, all of them invented.

use super::{TYPE, Tally, entities, normalised, templates, total};
use crate::muc4::corpus::Template;

/// A template from `role: mention = mention, mention; role: …`; `=` joins mentions of one entity.
fn template(kind: &str, roles: &[(usize, &[&[&str]])]) -> Template {
    let mut template = Template { kind: kind.to_owned(), ..Template::default() };
    for (role, entities) in roles {
        template.fillers[*role] =
            entities.iter().map(|e| e.iter().map(|m| (*m).to_owned()).collect()).collect();
    }
    template
}

fn tally(right: f64, predicted: f64, found: f64, gold: f64) -> Tally {
    Tally { right, predicted, found, gold }
}

const PERP: usize = 0;
const TARGET: usize = 2;
const VICTIM: usize = 3;

#[test]
fn mentions_are_compared_without_articles_punctuation_and_case() {
    assert_eq!(normalised("The  \"Red Owls\" of a town, an hour"), "red owls of town hour");
    assert_eq!(normalised("u.s. bank's"), "us banks");
    assert_eq!(normalised("theatre"), "theatre");
}

#[test]
fn a_right_template_counts_type_and_fillers() {
    let gold = template("attack", &[(PERP, &[&["two men", "men"]]), (VICTIM, &[&["ana vela"]])]);
    let predicted = template("attack", &[(PERP, &[&["men"]]), (VICTIM, &[&["luis vela"]])]);
    let counts = templates(&[predicted], &[gold]);
    assert_eq!(counts[TYPE], tally(1.0, 1.0, 1.0, 1.0));
    assert_eq!(counts[PERP], tally(1.0, 1.0, 1.0, 1.0));
    assert_eq!(counts[VICTIM], tally(0.0, 1.0, 0.0, 1.0));
    // Two of three right and two of three found.
    assert!((total(&counts).f1() - 2.0 / 3.0).abs() < 1e-12);
}

#[test]
fn one_foreign_mention_makes_an_entity_wrong() {
    let gold = template("attack", &[(TARGET, &[&["bridge"], &["mill"]])]);
    let mixed = template("attack", &[(TARGET, &[&["bridge", "mill"]])]);
    assert_eq!(templates(&[mixed], &[gold])[TARGET], tally(0.0, 1.0, 0.0, 2.0));
}

#[test]
fn two_predicted_entities_may_be_right_by_one_gold_entity() {
    let gold = template("attack", &[(PERP, &[&["two men", "men"]])]);
    let twice = template("attack", &[(PERP, &[&["men"], &["two men"]])]);
    assert_eq!(
        templates(std::slice::from_ref(&twice), std::slice::from_ref(&gold))[PERP],
        tally(2.0, 2.0, 1.0, 1.0)
    );
    // The entity metric pairs one to one, and so counts one of them as wrong.
    assert_eq!(entities(&[twice], &[gold])[PERP], tally(1.0, 2.0, 1.0, 1.0));
}

#[test]
fn a_type_agrees_as_part_of_a_double_type_but_not_the_other_way() {
    let double = template("bombing / attack", &[]);
    let single = template("attack", &[]);
    let counts = templates(std::slice::from_ref(&single), std::slice::from_ref(&double));
    assert_eq!(counts[TYPE], tally(1.0, 1.0, 1.0, 1.0));
    assert_eq!(templates(&[double], &[single])[TYPE], tally(0.0, 1.0, 0.0, 1.0));
}

#[test]
fn a_wrong_type_makes_all_fillers_wrong() {
    let gold = template("bombing", &[(TARGET, &[&["mill"]])]);
    let predicted = template("attack", &[(TARGET, &[&["mill"]])]);
    let counts = templates(std::slice::from_ref(&predicted), std::slice::from_ref(&gold));
    assert_eq!(total(&counts), tally(0.0, 2.0, 0.0, 2.0));
    // The entity metric does not look at types.
    assert_eq!(total(&entities(&[predicted], &[gold])), tally(1.0, 1.0, 1.0, 1.0));
}

#[test]
fn templates_are_paired_for_the_greatest_agreement() {
    let first = template("attack", &[(VICTIM, &[&["ana vela"]])]);
    let second = template("attack", &[(VICTIM, &[&["luis soto"]]), (TARGET, &[&["mill"]])]);
    let gold = [first.clone(), second.clone()];
    // Given in the other order, and with a third that nothing answers to.
    let predicted = [second, first, template("arson", &[(TARGET, &[&["mill"]])])];
    let counts = templates(&predicted, &gold);
    assert_eq!(counts[TYPE], tally(2.0, 3.0, 2.0, 2.0));
    assert_eq!(counts[VICTIM], tally(2.0, 2.0, 2.0, 2.0));
    assert_eq!(counts[TARGET], tally(1.0, 2.0, 1.0, 1.0));
}

#[test]
fn gold_templates_that_say_the_same_count_once() {
    let gold = template("attack", &[(VICTIM, &[&["ana vela"]])]);
    let counts = templates(&[], &[gold.clone(), gold]);
    assert_eq!(total(&counts), tally(0.0, 0.0, 0.0, 2.0));
}

#[test]
fn empty_sides_give_zero_and_no_division() {
    assert_eq!(total(&templates(&[], &[])).f1(), 0.0);
    let predicted = template("attack", &[(TARGET, &[&["mill"]])]);
    assert_eq!(total(&templates(&[predicted], &[])), tally(0.0, 2.0, 0.0, 0.0));
}

#[test]
fn the_entity_metric_drops_what_another_template_says_already() {
    let long = template("attack", &[(VICTIM, &[&["ana vela", "vela"]])]);
    let short = template("bombing", &[(VICTIM, &[&["vela"], &["luis soto"]])]);
    let counts = entities(&[], &[long, short]);
    assert_eq!(counts[VICTIM], tally(0.0, 0.0, 0.0, 2.0));
}
