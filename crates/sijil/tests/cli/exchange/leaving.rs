//! What leaves the register, and what must not.

use super::{begun, export, import};
use crate::fixture::{stderr, stdout};

const GED: &str = "\
id,type_of_violence,side_a,side_b,where_prec,where_coordinates,adm_1,latitude,longitude,date_start,date_end,low,best,high
1,3,\"=HYPERLINK(\"\"x\"\")\",Civilians,1,Jableh,Latakia,35.36,35.92,2031-05-07,2031-05-07,4,5,9
2,1,Army,@Front,4,Latakia,Latakia,35.5,36.0,2031-05-08,2031-05-08,1,1,1
";

#[test]
fn spreadsheets_run_no_cell_and_every_cell_comes_back() {
    let place = begun();
    place.write("ged.csv", GED.as_bytes());
    import(&place, "ged.csv", &[]);
    for format in ["hxl", "kobo", "uwazi"] {
        let exported = export(&place, format, &[]);
        assert!(exported.contains("'=HYPERLINK"), "{format}: {exported}");
        assert!(exported.contains("'@Front"), "{format}: {exported}");
        let other = begun();
        other.write("events.csv", exported.as_bytes());
        let output = import(&other, "events.csv", &[]);
        assert!(output.status.success(), "{format}: {}", stderr(&output));
        assert!(stdout(&output).contains(&format!("read as     {format}")), "{format}");
        assert!(stdout(&output).contains("low 5, best 6, high 10"), "{format}");
        assert_eq!(export(&other, format, &[]), exported, "{format}");
        let json = export(&other, "geojson", &[]);
        assert!(json.contains("\"party_a\":\"=HYPERLINK(\\\"x\\\")\""), "{format}: {json}");
    }
}

#[test]
fn a_coarse_place_is_no_point() {
    let place = begun();
    place.write("ged.csv", GED.as_bytes());
    import(&place, "ged.csv", &[]);
    let json: serde_json::Value =
        serde_json::from_str(&export(&place, "geojson", &[])).expect("JSON");
    let features = json["features"].as_array().expect("features");
    assert_eq!(features[0]["geometry"]["coordinates"], serde_json::json!([35.92, 35.36]));
    assert_eq!(features[1]["geometry"], serde_json::Value::Null, "a governorate");
    assert_eq!(features[1]["properties"]["place_precision"], 4);
}

#[test]
fn datasets_are_not_mixed_unless_the_format_tells_them_apart() {
    let place = begun();
    place.write("a.csv", GED.as_bytes());
    place.write("b.csv", GED.as_bytes());
    import(&place, "a.csv", &["--source", "North Desk"]);
    import(&place, "b.csv", &["--source", "South Desk"]);
    let words = ["export", "--as", "acled", "-o", "exported", "-R", "register"];
    let output = place.run(&words);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("North Desk, South Desk"), "{}", stderr(&output));
    let one = export(&place, "acled", &["--source", "South Desk"]);
    assert_eq!(one.lines().count(), 3, "{one}");
    let both = export(&place, "hxl", &[]);
    assert_eq!(both.lines().count(), 6, "{both}");
    let counted = stdout(&place.run(&["count", "--by", "dataset", "-R", "register"]));
    assert!(counted.contains("dataset=North Desk"), "{counted}");
    assert!(!counted.contains("12"), "two datasets are never added: {counted}");
}

#[test]
fn a_sealed_dataset_stays_and_the_past_can_be_exported() {
    let place = begun();
    place.write("ged.csv", GED.as_bytes());
    import(&place, "ged.csv", &["--source", "Quiet Desk"]);
    let seal = "[[source]]\nid = \"quiet-desk\"\nname = \"Quiet Desk\"\nsealed = true\n";
    place.write("seal.toml", seal.as_bytes());
    import(&place, "seal.toml", &[]);
    for format in ["geojson", "hxl", "toml", "ftm", "ucdp"] {
        let exported = export(&place, format, &[]);
        assert!(!exported.contains("Quiet") && !exported.contains("Jableh"), "{exported}");
    }
    let then = export(&place, "geojson", &["--as-of", "2"]);
    assert!(then.contains("Jableh"), "before it was sealed: {then}");
}

#[test]
fn an_unknown_file_is_refused_with_what_to_do() {
    let place = begun();
    place.write("notes.bin", b"\x00\x01");
    let output = import(&place, "notes.bin", &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("name it with --as"), "{}", stderr(&output));
    let output = place.run(&["export", "--as", "list", "-o", "x", "-R", "register"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    place.write("broken.csv.gz", b"\x1F\x8Bbroken");
    let output = import(&place, "broken.csv.gz", &[]);
    assert!(stderr(&output).contains("cannot be unpacked"), "{}", stderr(&output));
}

#[test]
fn a_list_of_victims_is_read_as_add_reads_it() {
    let place = begun();
    let list = "Name,Sex,Date of death,Place\nOmar Example,Male,2031-05-07,Jableh\n";
    place.write("north.csv", list.as_bytes());
    let said = stdout(&import(&place, "north.csv", &[]));
    assert!(said.contains("records     1"), "{said}");
    let counted = stdout(&place.run(&["count", "--by", "governorate", "-R", "register"]));
    assert!(counted.contains("documented:governorate=Latakia"), "{counted}");
}
