//! The whole way on invented documents, and a look at the real files where they lie.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{corpus, run, score};

const FIRST: [&str; 6] = ["ana", "luis", "rosa", "pedro", "elena", "mario"];
const LAST: [&str; 7] = ["vela", "soto", "luna", "prado", "rey", "campo", "nieve"];
const TOWNS: [&str; 5] = ["millbrook", "easton", "harrow", "oakfield", "westdale"];

/// A document of the series: two of three report a killing or a bombing, the third a debate.
fn document(number: usize) -> Value {
    let name = format!("{} {}", FIRST[number % 6], LAST[number / 3 % 7]);
    let town = TOWNS[number % 5];
    let mention = |text: &str, all: &str| json!([[[text, all.find(text)]]]);
    let empty = json!([]);
    let (text, templates) = match number % 3 {
        0 => {
            let text = format!("guerrillas killed mayor {name} in {town} today.  he was shot.");
            let template = json!({"incident_type": "attack",
                "PerpInd": mention("guerrillas", &text), "PerpOrg": empty, "Target": empty,
                "Victim": mention(&name, &text), "Weapon": empty});
            (text, json!([template]))
        }
        1 => {
            let text =
                format!("a bomb exploded at the bank of {town} yesterday.  nobody was hurt.");
            let template = json!({"incident_type": "bombing", "PerpInd": empty, "PerpOrg": empty,
                "Target": mention("bank", &text), "Victim": empty,
                "Weapon": mention("bomb", &text)});
            (text, json!([template]))
        }
        _ => (format!("congress debated the budget with {name} of {town}."), empty.clone()),
    };
    json!({"docid": format!("D{number}"), "text": text, "dateline": "HARROW, 3 JAN 90",
        "header_tags": ["text"], "benchmark_templates": templates})
}

fn file(folder: &std::path::Path, name: &str, documents: &[Value]) -> PathBuf {
    let path = folder.join(name);
    let lines: String = documents.iter().map(|document| format!("{document}\n")).collect();
    std::fs::write(&path, lines).unwrap();
    path
}

#[test]
fn invented_incidents_are_learned_and_told_without_a_look_at_the_answers() {
    let folder = std::env::temp_dir().join(format!("sijil-muc4-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let train = file(&folder, "train", &(0..90).map(document).collect::<Vec<_>>());
    let mut asked: Vec<Value> = (90..120).map(document).collect();
    let test = file(&folder, "test", &asked);
    asked.iter_mut().for_each(|document| document["benchmark_templates"] = json!([]));
    let blind = file(&folder, "blind", &asked);
    let (open_answers, blind_answers) = (folder.join("open.out"), folder.join("blind.out"));

    let told = run(&train, &test, &open_answers).unwrap();
    run(&train, &blind, &blind_answers).unwrap();
    let written = std::fs::read_to_string(&open_answers).unwrap();
    let row = told.lines().find(|line| line.contains("TF micro-F1")).unwrap();
    let f1: f64 = row.split('|').nth(4).unwrap().trim().parse().unwrap();
    assert!(f1 > 90.0, "{told}\n{written}");
    assert_eq!(written, std::fs::read_to_string(&blind_answers).unwrap());

    let first: Value = serde_json::from_str(written.lines().next().unwrap()).unwrap();
    assert_eq!(first["docid"], "D90");
    assert_eq!(first["templates"][0]["incident_type"], "attack");
    assert_eq!(first["templates"][0]["PerpInd"], json!([["guerrillas"]]));
    assert_eq!(first["templates"][0]["Weapon"], json!([]));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_file_that_is_none_is_named_with_its_line() {
    let folder = std::env::temp_dir().join(format!("sijil-muc4-bad-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = file(&folder, "bad", &[document(0), json!({"docid": "D1"})]);
    let error = format!("{:#}", corpus::read(&path).unwrap_err());
    assert!(error.contains("line 2") && error.contains("no text"), "{error}");
    std::fs::remove_dir_all(&folder).unwrap();
}

/// The gold of the real files scored against itself: all that can be found is found.
#[test]
fn the_keys_of_the_corpus_agree_with_themselves() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let data = root.join("../../shared/data/extraction/muc4");
    if !data.exists() {
        println!("skipped: {} is not there", data.display());
        return;
    }
    for (name, documents, templates) in [("train", 1300, 1114), ("dev", 200, 191)] {
        let read = corpus::read(&data.join(format!("{name}.jsonl"))).unwrap();
        assert_eq!(read.len(), documents);
        let keys = || read.iter().map(|document| &document.key.templates);
        assert_eq!(keys().map(Vec::len).sum::<usize>(), templates);
        for key in keys() {
            let counts = score::total(&score::templates(key, key));
            assert_eq!(counts.found, counts.gold);
            let counts = score::total(&score::entities(key, key));
            assert_eq!(counts.right, counts.gold);
        }
    }
}
