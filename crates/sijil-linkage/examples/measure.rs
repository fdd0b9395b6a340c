//! Links a CSV file whose truth is known, and prints scores and seconds.
//!
//! `measure SET FILE...`: SET names the columns to read (see `set`). The truth column is read for
//! scoring only. Rows of several files are put after each other, each file a list. With `BEST` set it
//! tries other thresholds too, to see what the program's own one costs; with `LATER` set to a number it
//! links all but so many rows first, and times how the others join.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "it measures, and says so")]

use std::collections::BTreeMap;
use std::fs;
use std::time::Instant;

use sijil_linkage::{Field, Kind, Linkage, Roll, Row, Settings, Spec, Value, score};

/// Name of the truth column, of the list column, and for each field its kind, name and columns.
type Set = (&'static str, &'static str, &'static [(Kind, &'static str, &'static str)]);

fn set(name: &str) -> Option<Set> {
    casualties(name).or_else(|| others(name))
}

/// Lists of the killed.
fn casualties(name: &str) -> Option<Set> {
    use Kind::{Age, Date, Name, PartName, Place, Sex};
    Some(match name {
        "official" => (
            "id",
            "source",
            &[
                (Name, "name", "name"),
                (Sex, "sex", "sex"),
                (Age, "age", "age"),
                (Date, "born", "dob"),
            ],
        ),
        "people" => (
            "entity_id",
            "source",
            &[
                (Name, "name", "given_name family_name"),
                (PartName, "father", "father_name"),
                (Sex, "sex", "sex"),
                (Age, "age", "age"),
                (Date, "born", "birth_date"),
                (Date, "date", "death_date"),
                (Place, "governorate", "governorate"),
                (Place, "locality", "locality"),
            ],
        ),
        "people-full" => (
            "entity_id",
            "source",
            &[
                (Name, "name", "given_name father_name family_name"),
                (Sex, "sex", "sex"),
                (Age, "age", "age"),
                (Date, "born", "birth_date"),
                (Date, "date", "death_date"),
                (Place, "place", "locality"),
            ],
        ),
        _ => return None,
    })
}

/// Other people.
fn others(name: &str) -> Option<Set> {
    use Kind::{Category, Date, Id, Name, PartName, Place, Sex};
    Some(match name {
        "historical" => (
            "cluster",
            "",
            &[
                (Name, "name", "first_and_surname"),
                (Sex, "gender", "gender"),
                (Date, "born", "dob"),
                (Place, "birth place", "birth_place"),
                (Id, "postcode", "postcode_fake"),
                (Category, "occupation", "occupation"),
            ],
        ),
        "febrl" => (
            "ent_id",
            "",
            &[
                (Name, "name", "given_name surname"),
                (Id, "street number", "street_number"),
                (Place, "address", "address_1"),
                (Place, "suburb", "suburb"),
                (Id, "postcode", "postcode"),
                (Category, "state", "state"),
                (Date, "date of birth", "date_of_birth"),
            ],
        ),
        "fake" => (
            "cluster",
            "",
            &[
                (PartName, "first name", "first_name"),
                (PartName, "surname", "surname"),
                (Date, "dob", "dob"),
                (Place, "city", "city"),
                (Id, "email", "email"),
            ],
        ),
        _ => return None,
    })
}

fn value(kind: Kind, text: &str) -> Option<Value> {
    let text = text.trim();
    match kind {
        _ if text.is_empty() => None,
        // Lists write -1 where the age is not known.
        Kind::Age => text.parse().ok().filter(|age| *age >= 0).map(Value::Number),
        Kind::Date if text.len() == 8 => {
            format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).parse().ok().map(Value::Date)
        }
        Kind::Date => text.parse().ok().map(Value::Date),
        _ => Some(Value::Text(text.to_owned())),
    }
}

/// A file's records as maps; quoted cells may hold commas.
fn records(path: &str) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(path).expect("the file can be read");
    let mut lines = text.lines();
    let heads = cells(lines.next().unwrap_or_default());
    lines.map(|line| heads.iter().cloned().zip(cells(line)).collect()).collect()
}

fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    cells.push(cell);
    cells
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((truth, list, fields)) = arguments.first().and_then(|name| set(name)) else {
        println!("measure people|people-full|official|historical|febrl|fake FILE...");
        return;
    };
    let (mut rows, mut known) = (Vec::new(), Vec::new());
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut number = |text: String| {
        let next = u32::try_from(numbers.len()).expect("fewer");
        *numbers.entry(text).or_insert(next)
    };
    for path in &arguments[1..] {
        for record in records(path) {
            known.push(number(format!("person {}", record[truth])));
            let list = number(format!("{path} {}", record.get(list).map_or("", |l| l.as_str())));
            let values = fields.iter().map(|(kind, _, columns)| {
                let texts: Vec<&str> = columns
                    .split(' ')
                    .map(|c| record.get(c).map_or("", |cell| cell.as_str()))
                    .collect();
                value(*kind, &texts.join(" "))
            });
            rows.push(Row { list, values: values.collect() });
        }
    }
    let field = |(kind, name, _): &(Kind, &str, &str)| Field { name: (*name).into(), kind: *kind };
    let spec = Spec { fields: fields.iter().map(field).collect() };
    let start = Instant::now();
    let linkage = Linkage::of(Roll::of(&rows, &spec), &[], &Settings::default());
    let seconds = start.elapsed().as_secs_f64();
    tell(&linkage, &known, seconds);
    let later = std::env::var("LATER").ok().and_then(|rows| rows.parse().ok());
    if let Some(later) = later {
        join(&rows, &spec, later, &linkage);
    }
    if std::env::var_os("BEST").is_some() {
        best(&rows, &spec, &known);
    }
}

fn tell(linkage: &Linkage, known: &[u32], seconds: f64) {
    let clusters = linkage.clusters();
    let (pairs, cubed) = (score::pairwise(&clusters, known), score::b_cubed(&clusters, known));
    println!(
        "{} rows, {seconds:.2} s; pairs P {:.4} R {:.4} F1 {:.4}; B-cubed F1 {:.4}; open {}",
        known.len(),
        pairs.precision,
        pairs.recall,
        pairs.f1,
        cubed.f1,
        linkage.open_pairs(),
    );
    let mut distinct = known.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let persons = linkage.persons().expect("all pairs were weighed");
    println!(
        "  {} true persons, expected {:.0} ({:.0} to {:.0})",
        distinct.len(),
        persons.expected,
        persons.low,
        persons.high
    );
    let calibration = score::calibration(linkage.weighed(), known);
    print!("  calibration error {:.4}; told and true share by tenths:", calibration.error);
    for step in calibration.steps.iter().filter(|step| step.pairs > 0) {
        print!(" {}: {:.2} {:.2}", step.pairs, step.told, step.true_share);
    }
    println!();
    linkage.notes().iter().for_each(|note| println!("  {note}"));
}

/// Links the rows without every nth, has those join, and compares that with linking all of them.
fn join(rows: &[Row], spec: &Spec, later: usize, full: &Linkage) {
    let every = rows.len() / later.max(1);
    let (late, early): (Vec<u32>, Vec<u32>) =
        (0..).take(rows.len()).partition(|at: &u32| (*at as usize) % every.max(2) == 1);
    let roll = |of: &[u32]| {
        let rows: Vec<Row> = of.iter().map(|at| rows[*at as usize].clone()).collect();
        Roll::of(&rows, spec)
    };
    let mut linkage = Linkage::of(roll(&early), &[], &Settings::default());
    let start = Instant::now();
    linkage.prepare();
    println!("  made ready in {:.2} s", start.elapsed().as_secs_f64());
    let more = roll(&late);
    let start = Instant::now();
    linkage.add(more, &[], &Settings::default());
    let seconds = start.elapsed().as_secs_f64();
    let all = full.clusters();
    let order = early.iter().chain(&late);
    let full: Vec<u32> = order.map(|at| all[*at as usize]).collect();
    let same = score::unchanged(&linkage.clusters(), &full);
    println!("  {} rows joined in {seconds:.2} s; {same:.5} of all as in a full run", late.len());
}

/// F1 at other thresholds.
fn best(rows: &[Row], spec: &Spec, known: &[u32]) {
    for join in [0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95] {
        let settings = Settings { join, ..Settings::default() };
        let clusters = Linkage::of(Roll::of(rows, spec), &[], &settings).clusters();
        println!("  at {join}: F1 {:.4}", score::pairwise(&clusters, known).f1);
    }
}
