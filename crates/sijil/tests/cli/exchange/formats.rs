//! Files as others write them: old layouts, other tags, forms with groups, shapes that are no points.

use super::{begun, export, import};
use crate::fixture::{repository, stderr, stdout};

#[test]
fn acled_of_both_layouts_with_a_year_that_cannot_be() {
    let old = "\
data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,country,admin1,location,latitude,longitude,geo_precision,source,notes,fatalities,timestamp,iso3
77,760,SYR1,1,07 May 2031,2031,1,Violence against civilians,Attack,Front,Civilians,Syria,Lattakia,Jableh,35.3600,35.9200,1,Hills Office,\"Shelling, at noon\",5,1900000000,SYR
78,760,SYR2,2,07 May 0025,25,2,Battles,Armed clash,Army,Front,Syria,Tartous,Baniyas,35.18,35.95,2,Hills Office,,3,1900000001,SYR
";
    let place = begun();
    place.write("acled.csv", old.as_bytes());
    let output = import(&place, "acled.csv", &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("row 3, column event_date: is no day"), "{}", stderr(&output));
    assert!(stdout(&output).contains("low 8, best 8, high 8"), "{}", stdout(&output));
    assert_eq!(export(&place, "acled", &[]), old);
    let words = ["count", "--by", "governorate,party", "--format", "csv", "-R", "register"];
    let counted = stdout(&place.run(&words));
    assert!(counted.contains("governorate=Latakia;party=Front,5,5,5"), "{counted}");
    assert!(counted.contains("governorate=Tartus;party=Army against Front,3,3,3"), "{counted}");
}

#[test]
fn hxl_with_tags_of_another_publisher() {
    let hxl = "\
Report of the hills,,,,,
#date,#adm1+name,#loc+name,#affected + Killed,#meta+source,Notes
2031-05-07,Latakia,Jableh,5,Hills Office,seen
2031-05-08,Tartus,Baniyas,many,Hills Office,
";
    let place = begun();
    place.write("hills.csv", hxl.replace("#meta+source,Notes", "#meta+source,").as_bytes());
    let output = import(&place, "hills.csv", &[]);
    assert!(stdout(&output).contains("read as     hxl of hills"), "{}", stdout(&output));
    assert!(stderr(&output).contains("is no whole number of people"), "{}", stderr(&output));
    assert!(stdout(&output).contains("low 5, best 5, high 5"), "{}", stdout(&output));
    let exported = export(&place, "hxl", &[]);
    assert!(exported.contains("2031-05-07,Latakia,Jableh,5,Hills Office,seen"), "{exported}");
    assert!(exported.contains("2031-05-08,Tartus,Baniyas,many,"), "{exported}");
}

#[test]
fn a_kobo_form_with_groups_and_semicolons() {
    let kobo = "\
start;when/incident_date;where/province;where/_gps_latitude;where/_gps_longitude;toll/killed;_id;_uuid;_submission_time
2031-05-09T10:00;2031-05-07;Latakia;35.36;35.92;5;9;aa-bb;2031-05-09T11:00
";
    let place = begun();
    place.write("form.csv", kobo.as_bytes());
    let output = import(&place, "form.csv", &[]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("read as     kobo of form"), "{}", stdout(&output));
    let traced = stdout(&place.run(&["trace", "form:aa-bb", "-R", "register"]));
    assert!(traced.contains("5 dead"), "{traced}");
    assert!(traced.contains("Latakia, 2031-05-07"), "{traced}");
    assert_eq!(export(&place, "kobo", &[]), kobo.replace(';', ","));
}

#[test]
fn uwazi_bayanat_and_openevsys_keep_what_they_brought() {
    for (file, table) in [
        (
            "uwazi",
            "title__en,title__ar,date,geolocation,killed,Template\n\
             Shelling,قصف,2031-05-07,35.36|35.92,5,Incident\n",
        ),
        (
            "bayanat",
            "id,title,title_ar,description,labels,locations,potential_violations,status\n\
             4,Shelling,قصف,at noon,\"[\"\"market\"\"]\",Jableh,killing,Finalized\n",
        ),
        (
            "huridocs",
            "event_record_number,event_title,initial_date,initial_date_type,final_date,remarks\n\
             E-1,Shelling,2031-05-07,010000000000,2031-05-08,none\n",
        ),
    ] {
        let place = begun();
        place.write("desk.csv", table.as_bytes());
        let output = import(&place, "desk.csv", &[]);
        assert!(output.status.success(), "{file}: {}", stderr(&output));
        assert!(stdout(&output).contains(&format!("read as     {file} of desk")), "{file}");
        assert_eq!(export(&place, file, &[]), table, "{file}");
        let again = stdout(&import(&place, "desk.csv", &[]));
        assert!(again.contains("0 new, 0 changed"), "{file}: {again}");
    }
}

#[test]
fn a_map_with_shapes_and_properties_of_its_own() {
    let map = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","id":7,"geometry":{"type":"Polygon","coordinates":[[[35,36],[35,37],[36,37],[35,36]]]},
         "properties":{"title":"12","killed_best":5,"level":2,"code":"012","tags":["a"],"none":null}},
        {"type":"Feature","geometry":{"type":"Point","coordinates":[35.92,35.36]},"properties":{}}]}"#;
    let place = begun();
    place.write("map.geojson", map.as_bytes());
    let output = import(&place, "map.geojson", &[]);
    assert!(output.status.success(), "{}", stderr(&output));
    let exported: serde_json::Value =
        serde_json::from_str(&export(&place, "geojson", &[])).expect("JSON");
    let features = exported["features"].as_array().expect("features");
    let shape = features.iter().find(|f| f["geometry"]["type"] == "Polygon").expect("the shape");
    assert_eq!(shape["geometry"]["coordinates"][0][1], serde_json::json!([35, 37]));
    let own = &shape["properties"];
    assert_eq!(own["title"], "12", "a title stays a text");
    assert_eq!((&own["level"], &own["code"]), (&2.into(), &"012".into()));
    assert_eq!(own["tags"], serde_json::json!(["a"]));
    let point = features.iter().find(|f| f["geometry"]["type"] == "Point").expect("the point");
    assert_eq!(point["properties"]["place_id"].as_str().map(|id| &id[..4]), Some("SY06"));
    place.write("broken.geojson", b"{\"type\":\"FeatureCollection\",");
    let output = import(&place, "broken.geojson", &[]);
    assert!(stderr(&output).contains("is no JSON"), "{}", stderr(&output));
}

#[test]
fn the_documents_say_what_is_so() {
    let text = std::fs::read_to_string(repository("docs/entities.md")).expect("the document");
    let example = text.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
    let place = begun();
    place.write("example.toml", example.expect("an example").as_bytes());
    let output = import(&place, "example.toml", &[]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("5 new"), "one of each kind: {}", stdout(&output));
    let formats = std::fs::read_to_string(repository("docs/exchange.md")).expect("the document");
    for format in sijil::work::ExchangeFormat::ALL {
        assert!(formats.contains(&format!("| `{}` |", format.code())), "{}", format.code());
    }
}
