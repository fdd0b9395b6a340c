//! The real article that the project starts from: what a careful reader takes from it.

use std::fs;

use crate::fixture::{Place, shared, stderr};

/// The words of one field of every line, joined.
fn all(lines: &serde_json::Value, field: &str) -> String {
    let lines = lines.as_array().expect("a list");
    lines.iter().map(|line| line[field].to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_report_says_what_a_careful_reader_takes_from_the_article() {
    let Some(article) = shared("news/2025-03-12-coast.txt") else { return };
    let place = Place::new();
    place.write("2025-03-12-coast.txt", &fs::read(article).expect("readable"));
    let output = place.report("register", "out");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let json = place.json("out");
    let claims: Vec<&serde_json::Value> =
        json["claims"].as_array().expect("a list").iter().map(|line| &line["claim"]).collect();
    let with_low = |low: u64| claims.iter().filter(move |c| c["quantity"]["low"] == low);

    // Hundreds of civilians: 200 or more, said by the monitor, by two kinds of parties.
    let hundreds: Vec<_> = with_low(200).collect();
    assert!(!hundreds.is_empty());
    assert!(hundreds.iter().all(|c| c["quantity"]["high"].is_null() && c["act"] == "killed"));
    assert!(hundreds.iter().any(|c| {
        let by = c["perpetrators"].to_string();
        c["source"]["text"] == "Syrian Network for Human Rights"
            && by.contains("state_aligned")
            && by.contains("foreign_fighters")
            && c["victims"].to_string().contains("civilians")
    }));

    // Over a dozen: 13 or more of the security forces, by the other side, in an ambush.
    let dozen: Vec<_> = with_low(13).collect();
    assert_eq!(dozen.len(), 1);
    assert!(dozen[0]["perpetrators"].to_string().contains("former_regime"));
    assert!(dozen[0]["victims"].to_string().contains("security_forces"));
    assert!(dozen[0]["violations"].to_string().contains("ambush"));
    assert_eq!(claims.len(), hundreds.len() + 1, "nothing else in it is a toll");

    // Kinds, motives, places, responses, and the heading that its own body contradicts.
    let attributions = &json["attributions"];
    for motive in ["sectarian", "revenge"] {
        assert!(all(attributions, "motives").contains(motive), "{motive}");
    }
    for kind in ["extrajudicial_killing", "execution", "massacre"] {
        assert!(all(attributions, "violations").contains(kind), "{kind}");
    }
    for place in ["Lattakia", "Tartous"] {
        assert!(
            json["places"].as_array().expect("a list").iter().any(|p| p["id"] == pcode(place)),
            "{place} is not on the map"
        );
    }
    let responses = all(&json["responses"], "kind");
    assert!(responses.contains("concern") || responses.contains("promise"), "{responses}");
    assert!(all(&json["flags"], "message").to_lowercase().contains("alawite"));
}

fn pcode(name: &str) -> String {
    let gazetteer = sijil_text::places::Gazetteer::embedded();
    gazetteer.find(name).map(|place| place.id.clone()).expect("a governorate")
}
