//! Two official lists with names of four parts, ages and days of birth, and nothing else: no place,
//! no day, no field of the father. Neither names anybody twice, and namesakes are many.

use jiff::civil::date;
use sijil_linkage::{Row, Value, score};

use crate::invented::{Chance, family_name, man_name};
use crate::rows::linked;

/// Rows of both lists, and for each row the number of its person. Half of the people are on the
/// earlier list, which has ages and no days of birth.
fn lists(seed: u64, people: u32) -> (Vec<Row>, Vec<u32>) {
    let mut chance = Chance::of(seed);
    let (mut rows, mut truth) = (Vec::new(), Vec::new());
    let families: Vec<String> = (0..people / 6).map(|_| family_name(&mut chance)).collect();
    for person in 0..people {
        let [given, father, grandfather] = [0; 3].map(|_| man_name(&mut chance));
        let family = &families[chance.below(families.len())];
        let name = Some(Value::Text(format!("{given} {father} {grandfather} {family}")));
        let number = |n: usize| i64::try_from(n).expect("small");
        let born =
            date(1950, 1, 1).saturating_add(jiff::Span::new().days(number(chance.below(25_000))));
        let age = i64::from(2031 - born.year());
        let sex = Some(Value::Text("m".to_owned()));
        let row = |list, age, born: Option<_>| Row {
            list,
            values: vec![
                name.clone(),
                None,
                None,
                sex.clone(),
                Some(Value::Number(age)),
                born.map(Value::Date),
                None,
                None,
            ],
        };
        if chance.below(2) == 0 {
            rows.push(row(0, age - i64::from(chance.below(2) == 0), None));
            truth.push(person);
        }
        rows.push(row(1, age, Some(born)));
        truth.push(person);
    }
    (rows, truth)
}

#[test]
fn namesakes_on_one_list_stay_apart_and_the_lists_meet() {
    let (rows, truth) = lists(3, 3000);
    let scores = score::pairwise(&linked(&rows, &[]).clusters, &truth);
    assert!(scores.precision > 0.97 && scores.recall > 0.97, "{scores:?}");
}
