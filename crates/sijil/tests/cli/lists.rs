//! What lists mean: places within their province, days in the order of their column, and what is
//! no list at all.

use crate::fixture::{Place, stderr, stdout};

/// Names of the documented cells of a breakdown.
fn cells(place: &Place, by: &str) -> Vec<String> {
    let counted = place.run(&["count", "--by", by, "-R", "register", "--format", "csv"]);
    assert_eq!(counted.status.code(), Some(0), "{}", stderr(&counted));
    let text = stdout(&counted);
    let cells = text.lines().filter_map(|line| line.strip_prefix("documented:"));
    cells.map(|line| line.split(',').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_village_that_the_gazetteer_lacks_keeps_its_own_words() {
    let place = Place::new();
    place.write(
        "list.csv",
        b"Name,Age,Place,Governorate\n\
          Nader Elias Khalil,60,Stone Bridge,Latakia\n\
          Adel Ramzi Hourani,30,Jableh,Latakia\n",
    );
    assert_eq!(place.report("register", "out").status.code(), Some(0));
    assert_eq!(cells(&place, "place"), ["place=Jableh", "place=Stone Bridge"]);
    let governorates = cells(&place, "governorate");
    assert_eq!(governorates.len(), 1, "{governorates:?}");
    assert!(governorates[0].contains("Lat"), "{governorates:?}");
}

#[test]
fn two_places_of_one_name_are_told_apart_and_traced() {
    let place = Place::new();
    let bridge = |id: &str, parent: &str| {
        format!(
            "[[place]]\nid = \"{id}\"\nname = \"Stone Bridge\"\nlevel = 4\nparent = \"{parent}\"\n\
             lat = 35.0\nlon = 36.0\n"
        )
    };
    let settings = [bridge("v-1", "SY06"), bridge("v-2", "SY10")].concat();
    place.write("sijil.toml", settings.as_bytes());
    place.write(
        "list.csv",
        b"Name,Age,Place,Governorate\n\
          Nader Elias Khalil,60,Stone Bridge,Latakia\n\
          Hala Nabil Sabbagh,20,Stone Bridge,Latakia\n\
          Adel Ramzi Hourani,30,Stone Bridge,Tartus\n",
    );
    assert_eq!(place.report("register", "out").status.code(), Some(0));
    let names = cells(&place, "place");
    assert_eq!(names, ["place=Stone Bridge (v-1)", "place=Stone Bridge (v-2)"]);
    let cell = format!("documented:{}", names[1]);
    let traced = stdout(&place.run(&["trace", &cell, "-R", "register"]));
    assert!(traced.contains("best 1 "), "{traced}");
}

#[test]
fn the_order_of_day_and_month_is_that_of_the_column() {
    let place = Place::new();
    place.write(
        "month-first.csv",
        b"Name,Age,Date of death\n\
          Nader Elias Khalil,60,5/6/2031\n\
          Adel Ramzi Hourani,30,5/13/2031\n",
    );
    assert_eq!(place.report("register", "out").status.code(), Some(0));
    assert_eq!(cells(&place, "day"), ["day=2031-05-06", "day=2031-05-13"]);
    // Both orders in one column: what is clear is read, and the user is told.
    place.write(
        "mixed.csv",
        b"Name,Age,Date of death\n\
          Hala Nabil Sabbagh,20,5/13/2031\n\
          Omar Rashid Qassab,22,14/5/2031\n",
    );
    let mixed = place.report("register", "out");
    assert_eq!(mixed.status.code(), Some(1));
    assert!(stderr(&mixed).contains("both orders"), "{}", stderr(&mixed));
    let days = cells(&place, "day");
    assert!(days.contains(&"day=2031-05-14".to_owned()), "{days:?}");
}

#[test]
fn what_is_no_victim_list_is_kept_and_told() {
    let place = Place::with_material();
    place.write("figures.csv", b"source,published,low\nA,2031-05-07,12\nB,2031-05-08,14\n");
    place.write("photo.jpg", b"\xFF\xD8\xFF");
    let output = place.report("register", "out");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    for file in ["figures.csv", "photo.jpg"] {
        let line = stderr(&output);
        let line = line.lines().find(|line| line.contains(file)).unwrap_or_default().to_owned();
        assert!(line.contains("kept as evidence, not read"), "{file}: {line}");
    }
    assert_eq!(place.json("out")["totals"]["records"], 8);
}

#[test]
fn a_page_with_an_image_within_it_is_read() {
    let place = Place::new();
    let image = "A".repeat(5 << 20);
    let page = format!(
        "<!doctype html><html><body><p>At least 9 people were killed in Jableh, residents said.</p>\
         <img src=\"data:image/png;base64,{image}\"></body></html>"
    );
    place.write("page.html", page.as_bytes());
    let output = place.report("register", "out");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(place.json("out")["totals"]["claims"], 1);
}
