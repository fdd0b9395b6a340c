//! Our own entities as a human writes them, and as FollowTheMoney.

use super::{begun, export, import};
use crate::fixture::{stderr, stdout};

pub(super) const TREE: &str = r#"
[[source]]
id = "hills-office"
name = "Hills Monitoring Office"
kind = "monitor"
reliability = [{ grade = "B", from = 2031-01-01, why = "names that proved right" }]

[[source]]
name = "Witness 7"
kind = "witness"
sealed = true

[[party]]
id = "ministry"
name = "Ministry of Defence"
class = "state"
cites = ["Official Gazette 12, page 3"]

[[party]]
id = "brigade-4"
name = "Fourth Brigade"
aliases = ["اللواء الرابع"]
class = "state_aligned"

[[affiliation]]
member = "brigade-4"
party = "ministry"
start = 2031-04-01
first_cited = 2031-05-02

[[incident]]
id = "market"
title = "Shelling of the market"
start = 2031-05-07
end = 2031-05-07
date_precision = 1
violence = 3
involved = [{ party = "brigade-4", level = "attributed" }]
toll = { low = 4, best = 5, high = 9 }

[incident.place]
name = "Jableh"
precision = 1

[[response]]
id = "inquiry"
kind = "investigation"
actor = "Ministry of Defence"
text = "An inquiry was announced"
incidents = ["market"]
parties = ["brigade-4"]
day = 2031-05-09
"#;

#[test]
fn a_tree_written_by_hand_comes_in_and_goes_out_again() {
    let place = begun();
    place.write("entities.toml", TREE.as_bytes());
    let output = import(&place, "entities.toml", &["--by", "a reviewer"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("7 new"), "{}", stdout(&output));
    let exported = export(&place, "toml", &[]);
    assert!(!exported.contains("Witness"), "a sealed source never leaves: {exported}");
    assert!(exported.contains("Official Gazette 12, page 3"), "{exported}");

    let other = begun();
    other.write("entities.toml", exported.as_bytes());
    let output = import(&other, "entities.toml", &[]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("6 new"), "{}", stdout(&output));
    assert_eq!(export(&other, "toml", &[]), exported);
}

#[test]
fn entries_that_do_not_read_are_named_by_their_line() {
    let place = begun();
    let bad = TREE.replace("class = \"state\"\n", "class = \"kingdom\"\n")
        + "\n[[party]]\nid = \"brigade-4\"\nname = \"Another\"\nclass = \"state\"\n";
    place.write("entities.toml", bad.as_bytes());
    let output = import(&place, "entities.toml", &[]);
    assert_eq!(output.status.code(), Some(1));
    let told = stderr(&output);
    assert!(
        told.contains(
            "line 13: party left out: a key or a value is not what is expected: one of `state`"
        ),
        "{told}"
    );
    assert!(!told.contains("kingdom"), "a problem quotes no content: {told}");
    assert!(told.contains("line 54: party has the id of an earlier one"), "{told}");
    assert!(stdout(&output).contains("6 new"), "{}", stdout(&output));
    place.write("broken.toml", b"[[party]\n");
    let output = import(&place, "broken.toml", &[]);
    assert!(stderr(&output).contains("line 1: does not read"), "{}", stderr(&output));
}

#[test]
fn parties_events_and_notes_go_through_follow_the_money() {
    let place = begun();
    place.write("entities.toml", TREE.as_bytes());
    import(&place, "entities.toml", &[]);
    let exported = export(&place, "ftm", &[]);
    for schema in ["PublicBody", "Organization", "Membership", "Event", "Note", "Article"] {
        assert!(exported.contains(&format!("\"schema\":\"{schema}\"")), "{schema}: {exported}");
    }
    let other = begun();
    other.write("graph.ftm.json", exported.as_bytes());
    let output = import(&other, "graph.ftm.json", &[]);
    assert!(output.status.success(), "{}", stderr(&output));
    let again = export(&other, "toml", &[]);
    for kept in [
        "name = \"Fourth Brigade\"",
        "اللواء الرابع",
        "member = \"brigade-4\"",
        "start = \"2031-04-01\"",
        "title = \"Shelling of the market\"",
        "text = \"An inquiry was announced\"",
        "parties = [\"brigade-4\"]",
        "cites = [\"Official Gazette 12, page 3\"]",
    ] {
        assert!(again.contains(kept), "{kept}: {again}");
    }
    assert!(!again.contains("[incident.toll]"), "it knows no toll: {again}");
}

#[test]
fn foreign_lines_that_have_no_place_here_are_named() {
    let place = begun();
    let lines = "{\"id\":\"a\",\"schema\":\"Vessel\",\"properties\":{}}\n{\"id\":\"c\",\"schema\":\"Event\",\"properties\":{\"name\":\"Secret\"}}\n\
        {\"id\":\"b\",\"schema\":\"Membership\",\"properties\":{\"member\":[\"x\"]}}\n\
        {\"id\":\"p\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Omar Example\"],\
        \"keywords\":[\"victim\"],\"gender\":[\"male\"],\"deathDate\":[\"2031-05-07\"]}}\n";
    place.write("graph.json", lines.as_bytes());
    let output = import(&place, "graph.json", &["--as", "ftm"]);
    assert_eq!(output.status.code(), Some(1));
    let told = stderr(&output);
    for what in ["line 1: is of a schema", "line 2: is no entity", "line 3: names no member"] {
        assert!(told.contains(what), "{what}: {told}");
    }
    assert!(!told.contains("Secret"), "a problem quotes no content: {told}");
    assert!(stdout(&output).contains("records     1"), "{}", stdout(&output));
    let counted = stdout(&place.run(&["count", "--by", "sex", "-R", "register"]));
    assert!(counted.contains("documented:sex=male"), "{counted}");
    assert!(!export(&place, "ftm", &[]).contains("Omar"), "names only where asked for");
    assert!(export(&place, "ftm", &["--names"]).contains("Omar Example"));
}
