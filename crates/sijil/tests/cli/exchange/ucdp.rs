//! UCDP GED and what is counted of coded incidents.

use std::io::Read;

use flate2::read::GzDecoder;

use super::{begun, entries, export, import};
use crate::fixture::{Place, shared, stderr, stdout};

/// An older layout: low before best before high.
const OLD: &str = "\
id,year,type_of_violence,conflict_name,side_a,side_b,source_headline,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude,country,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,low,best,high
11,2031,1,Hills: Government,Government of Hills,Front,\"=1+1, \"\"quoted\"\"\",1,Jableh town,Latakia Governorate,Jableh district,35.360000,35.920,Syria,1,1,2031-05-07,2031-05-07,2,3,0,0,4,5,9
12,2031,3,Front - Civilians,Front,Civilians,Market hit,1,Baniyas town,Tartus Governorate,Baniyas district,35.18,35.95,Syria,1,1,2031-05-08,2031-05-08,0,0,7,1,8,8,8
13,2031,2,Front - League,Front,League,,6,Syria,,,35.0,38.0,Syria,2,4,2031-05-01,2031-05-31,10,20,0,0,30,30,45
";

/// A newer layout: other columns, best before high before low, days with a time.
const NEW: &str = "\
id,relid,year,code_status,type_of_violence,side_a,side_b,where_prec,where_coordinates,adm_1,latitude,longitude,country,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low
12,HIL-2031-3,2031,Clear,3,Front,Civilians,1,Baniyas town,Tartus Governorate,35.18,35.95,Syria,1,1,2031-05-08 00:00:00.000,2031-05-08 00:00:00.000,0,0,11,0,11,12,8
14,HIL-2031-4,2031,Clear,1,Government of Hills,Front,1,Jableh town,Latakia Governorate,35.36,35.92,Syria,1,1,2031-06-01 00:00:00.000,2031-06-01 00:00:00.000,1,0,0,0,1,1,1
";

fn count(place: &Place, more: &[&str]) -> String {
    let words = ["count", "--format", "csv", "-R", "register"];
    stdout(&place.run(&[&words, more].concat()))
}

#[test]
fn a_release_comes_in_is_counted_and_goes_out_as_it_came() {
    let place = begun();
    place.write("ged.csv", OLD.as_bytes());
    let output = import(&place, "ged.csv", &[]);
    assert!(output.status.success(), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(said.contains("events      3"), "{said}");
    assert!(said.contains("low 42, best 43, high 62"), "{said}");
    assert_eq!(export(&place, "ucdp", &[]), OLD);

    let parties = count(&place, &["--by", "party"]);
    assert!(parties.contains("coded:dataset=UCDP GED;party=Front,8,8,8"), "{parties}");
    assert!(parties.contains("party=Government of Hills against Front,4,5,9"), "{parties}");
    let areas = count(&place, &["--by", "governorate"]);
    assert!(areas.contains("governorate=Latakia,4,5,9"), "{areas}");
    assert!(areas.contains("governorate=not stated,30,30,45"), "only the country: {areas}");
    let days = count(&place, &["--by", "day"]);
    assert!(days.contains("day=2031-05-07,4,5,9"), "{days}");
    assert!(days.contains("day=not stated,30,30,45"), "a month is no day: {days}");
    let civilians = count(&place, &["--by", "dataset", "--population", "civilians"]);
    assert!(civilians.contains("population=civilians,7,7,8"), "{civilians}");
    assert!(!count(&place, &["--by", "sex"]).contains("coded:"), "no dataset codes it");
}

#[test]
fn a_release_goes_through_parquet_and_stays_what_it_is() {
    let place = begun();
    place.write("ged.csv", OLD.as_bytes());
    import(&place, "ged.csv", &[]);
    let write = |name: &str| {
        let arguments = ["export", "--as", "ucdp", "-o", name, "-R", "register"];
        assert!(place.run(&arguments).status.success());
    };
    write("ged.parquet");
    let packed = std::fs::read(place.path("ged.parquet")).expect("it is there");
    assert!(packed.starts_with(b"PAR1"));

    let other = begun();
    other.write("ged.parquet", &packed);
    let output = import(&other, "ged.parquet", &[]);
    assert!(stdout(&output).contains("low 42, best 43, high 62"), "{}", stderr(&output));
    assert_eq!(export(&other, "ucdp", &[]), OLD);

    other.write("cut.parquet", &packed[..packed.len() / 2]);
    let output = import(&other, "cut.parquet", &["--as", "ucdp"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("is no whole Parquet file"), "{}", stderr(&output));
    let output = place.run(&["export", "--as", "geojson", "-o", "map.parquet", "-R", "register"]);
    assert!(stderr(&output).contains("geojson is no table"), "{}", stderr(&output));
}

#[test]
fn a_coded_cell_is_traced_to_its_row() {
    let place = begun();
    place.write("ged.csv", OLD.as_bytes());
    import(&place, "ged.csv", &[]);
    let cell = "coded:dataset=UCDP GED;governorate=Tartus;day=2031-05-08;from=2031-05-01";
    let output = place.run(&["trace", cell, "-R", "register"]);
    let tree = stdout(&output);
    assert!(output.status.success(), "{}", stderr(&output));
    for step in ["incident ucdp-ged:12", "8 dead (low 8, high 8)", "place row 3", "ged.csv"] {
        assert!(tree.contains(step), "{step}: {tree}");
    }
    assert!(!tree.contains("ucdp-ged:11"), "{tree}");
    let one = stdout(&place.run(&["trace", "ucdp-ged:13", "-R", "register"]));
    assert!(one.contains("place row 4"), "{one}");
}

#[test]
fn the_same_file_changes_nothing_and_a_newer_one_supersedes_by_id() {
    let place = begun();
    place.write("ged.csv", OLD.as_bytes());
    import(&place, "ged.csv", &[]);
    let before = entries(&place);
    let again = stdout(&import(&place, "ged.csv", &[]));
    assert!(again.contains("0 new, 0 changed, 4 as before"), "{again}");
    assert_eq!(entries(&place), before);

    place.write("ged-new.csv", NEW.as_bytes());
    let newer = stdout(&import(&place, "ged-new.csv", &[]));
    assert!(newer.contains("1 new, 2 changed"), "one event and the columns changed: {newer}");
    let all = count(&place, &["--by", "dataset"]);
    assert!(all.contains("dataset=UCDP GED,43,47,67"), "{all}");
    let then = count(&place, &["--by", "dataset", "--as-of", &(before - 1).to_string()]);
    assert!(then.contains("dataset=UCDP GED,42,43,62"), "{then}");
    let exported = export(&place, "ucdp", &[]);
    let header = exported.lines().next().unwrap_or_default();
    assert!(header.starts_with("id,relid,year,code_status,"), "the newer columns: {header}");
    assert!(header.ends_with("low,conflict_name,source_headline,adm_2"), "{header}");
    assert!(exported.contains("2031-05-08 00:00:00.000"), "{exported}");
    assert_eq!(place.run(&["verify", "-R", "register"]).status.code(), Some(0));
}

#[test]
fn bad_cells_and_rows_are_named_and_the_rest_is_read() {
    let place = begun();
    let bad = OLD
        .replace("4,5,9\n", "4,five,9\n")
        .replace("2031-05-08,2031-05-08", "0025-05-08,2031-05-08")
        + "12,2031,3,,Front,Civilians,,1,,,,,,,,,,,,,,,1,1,1\n,2031,3,,Front,,,1,,,,,,,,,,,,,,,1,1,1\n";
    place.write("ged.csv", bad.as_bytes());
    let output = import(&place, "ged.csv", &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("events      3"), "{}", stdout(&output));
    let told = stderr(&output);
    for place in [
        "row 2, column best: is no whole number",
        "row 3, column date_start: is no day",
        "row 5, column id: stands in an earlier row",
        "row 6, column id: is blank",
    ] {
        assert!(told.contains(place), "{place}: {told}");
    }
    assert!(export(&place, "ucdp", &[]).contains("4,five,9"), "kept as it came");
    assert!(count(&place, &["--by", "dataset"]).contains(",38,38,53"), "it counts nowhere");
}

#[test]
fn the_events_of_four_years_come_in_and_go_out_again() {
    let Some(path) = shared("register/ucdp_ged_syria_2016_2019.csv.gz") else { return };
    let place = begun();
    let file = path.to_string_lossy();
    let said = stdout(&place.run(&["import", &file, "-R", "register"]));
    assert!(said.contains("events      16566"), "{said}");
    assert!(said.contains("low 104929, best 112337, high 119020"), "{said}");
    let mut original = String::new();
    let packed = std::fs::File::open(&path).expect("readable");
    GzDecoder::new(packed).read_to_string(&mut original).expect("gzip");
    let exported = export(&place, "ucdp", &[]);
    let rows = |text: &str| -> Vec<csv::StringRecord> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().collect::<Result<_, _>>().expect("rows")
    };
    assert_eq!(rows(&original), rows(&exported));
    let again = stdout(&place.run(&["import", &file, "-R", "register"]));
    assert!(again.contains("0 new, 0 changed, 16567 as before"), "{again}");
    let all = count(&place, &["--by", "dataset"]);
    assert!(all.contains("dataset=UCDP GED,104929,112337,119020"), "{all}");
}
