//! `sijil search`: what is there is found in either script, and what is sealed by nobody.

use sijil::model::{Clock as _, FixedClock, ItemId};
use sijil::register::{AsOf, Register};
use sijil::work::{self, Clearance, Hand, Kind, Search};

use crate::fixture::{Place, stderr, stdout};

/// Kinds and paths of what is found, with the snippets.
fn found(place: &Place, arguments: &[&str]) -> Vec<[String; 3]> {
    let all = [&["search", "-R", "register", "--format", "jsonl"], arguments].concat();
    let output = place.run(&all);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
    let lines = stdout(&output);
    let line = |line: &str| -> [String; 3] {
        let find: serde_json::Value = serde_json::from_str(line).expect("JSON");
        ["kind", "path", "snippet"].map(|field| find[field].as_str().expect("a text").to_owned())
    };
    lines.lines().map(line).collect()
}

#[test]
fn words_names_and_paths_are_found_in_either_script() {
    let place = Place::with_material();
    place.report("register", "out");
    for (arguments, kind, path, marked) in [
        (vec!["ambush"], "claim", "reports/monitor.txt", "«ambush»"),
        (
            vec!["--in", "documents", "neighbouring"],
            "document",
            "reports/agency.html",
            "«neighbouring»",
        ),
        (
            vec!["--in", "documents", "\"loyal to the former\""],
            "document",
            "reports/monitor.txt",
            "«loyal»",
        ),
        (vec!["--in", "items", "south"], "item", "lists/south.csv", "«lists/south.csv»"),
        // A name of the Arabic list by its Latin spelling, and the other way round.
        (vec!["--in", "persons", "Layla", "Najjar"], "person", "lists/south.csv", "«نجار»"),
        (vec!["--in", "persons", "قصاب"], "person", "lists/north.csv", "«Qassab»"),
        (vec!["--in", "persons", "الصباغ", "هالة"], "person", "lists/north.csv", "«Hala»"),
        (vec!["--in", "persons", "qass*"], "person", "lists/north.csv", "«Qassab»"),
        (
            vec!["--in", "persons", "--place", "بانياس", "Hala"],
            "person",
            "lists/north.csv",
            "«Hala»",
        ),
        (vec!["--in", "persons", "--party", "gunmen"], "person", "lists/north.csv", "Omar"),
        (
            vec!["--in", "persons", "--from", "2031-05-09", "Omar"],
            "person",
            "lists/north.csv",
            "«Omar»",
        ),
        (
            vec!["--in", "claims", "--place", "اللاذقية", "41"],
            "claim",
            "reports/monitor.txt",
            "«41»",
        ),
    ] {
        let finds = found(&place, &arguments);
        let [first_kind, first_path, snippet] =
            finds.first().unwrap_or_else(|| panic!("{arguments:?}"));
        assert_eq!((first_kind.as_str(), first_path.as_str()), (kind, path), "{arguments:?}");
        assert!(snippet.contains(marked), "{arguments:?}: {snippet}");
    }
    for nothing in [
        vec!["zzz"],
        vec!["--in", "persons", "ambush"],
        vec!["--in", "persons", "--to", "2031-05-01", "Omar"],
        vec!["--place", "Aleppo", "ambush"],
        vec!["--party", "foreign", "Omar"],
    ] {
        assert!(found(&place, &nothing).is_empty(), "{nothing:?}");
    }
    let empty = place.run(&["search", "-R", "register", "!"]);
    assert_eq!(empty.status.code(), Some(2), "{}", stderr(&empty));
}

#[test]
fn a_person_is_found_once_and_pages_follow_each_other() {
    let place = Place::with_material();
    place.report("register", "out");
    // Two lists give this name: one person.
    assert_eq!(found(&place, &["--in", "persons", "Salim", "Haddad"]).len(), 1);
    let all = found(&place, &["--in", "persons", "Haddad"]);
    assert!(all.len() >= 2);
    let page = |offset: &str| {
        found(&place, &["--in", "persons", "Haddad", "--limit", "1", "--offset", offset])
    };
    assert_eq!([page("0"), page("1")].concat(), all[..2]);
}

#[test]
fn what_takes_the_place_of_another_is_found_in_its_place() {
    let place = Place::with_material();
    place.report("register", "out");
    place.write(
        "reports/monitor.txt",
        b"Published: 2031-05-20\n\n15 civilians were killed by shelling.\n",
    );
    place.report("register", "out");
    assert!(found(&place, &["ambush"]).is_empty());
    assert_eq!(found(&place, &["--in", "claims", "shelling"]).len(), 1);
    let verified = place.run(&["verify", "-R", "register"]);
    assert_eq!(verified.status.code(), Some(0), "{}", stderr(&verified));
}

#[test]
fn a_sealed_item_gives_no_hit_no_count_and_no_snippet() {
    let place = Place::with_material();
    place.report("register", "out");
    let path = place.path("register");
    let search = |words: &str, clearance| {
        let register = Register::read(&path).expect("opens");
        let search = Search { words: words.to_owned(), limit: 20, ..Search::default() };
        work::search(&register, &search, clearance).expect("searched")
    };
    // Things that rest on this list alone, on it and another, and on others.
    let sealed_words = ["Omar", "north", "Qassab", "gunmen"];
    let before: Vec<_> = sealed_words.map(|words| search(words, Clearance::Unsealed)).to_vec();
    let both = search("Salim", Clearance::Unsealed);
    assert!(before.iter().all(|page| page.total > 0 || page.finds.is_empty()));
    let clock = FixedClock(jiff::Timestamp::UNIX_EPOCH);
    let hand = Hand { name: "a keeper", clock: &clock };
    let item = {
        let register = Register::read(&path).expect("opens");
        let items = register.items(AsOf::NOW).expect("read");
        items.into_iter().find(|i| i.path == "lists/north.csv").expect("there").item.id
    };
    let change = |sealed| {
        let mut register = Register::open(&path).expect("opens");
        work::seal(&mut register, &item, sealed, hand).expect("sealed")
    };
    assert!(change(true));
    assert!(!change(true), "a sealed item is sealed once");
    for words in sealed_words {
        let page = search(words, Clearance::Unsealed);
        assert!(page.finds.iter().all(|find| find.path != "lists/north.csv"), "{words}: {page:?}");
        assert!(
            page.finds.iter().all(|find| !find.snippet.contains("Qassab")),
            "{words}: {page:?}"
        );
        assert_eq!(page.total, page.finds.len(), "{words}");
        assert!(search(words, Clearance::All).total >= page.total);
    }
    for (words, kind) in [("Omar", Kind::Persons), ("north", Kind::Items)] {
        let page = search(words, Clearance::Unsealed);
        assert!(page.finds.iter().all(|find| find.kind != kind), "{words}: {page:?}");
    }
    // The other list still names the person that both name, by its own words.
    let open = search("Salim", Clearance::Unsealed);
    assert_eq!(open.total, both.total);
    assert!(open.finds.iter().all(|find| find.path == "lists/south.csv"), "{open:?}");
    assert!(change(false));
    let after: Vec<_> = sealed_words.map(|words| search(words, Clearance::Unsealed)).to_vec();
    assert_eq!(after, before);
    let verified = place.run(&["verify", "-R", "register"]);
    assert_eq!(verified.status.code(), Some(0), "{}", stderr(&verified));
    let log = stdout(&place.run(&["log", "-R", "register"]));
    assert!(log.contains("seal") && !log.contains("Qassab"), "{log}");
    let unknown = ItemId("0".repeat(64));
    let mut register = Register::open(&path).expect("opens");
    assert!(work::seal(&mut register, &unknown, true, hand).is_err());
    assert_eq!(clock.now(), jiff::Timestamp::UNIX_EPOCH);
}

/// Events of a dataset; the second says only in which governorate it was.
const EVENTS: &[u8] = b"\
id,year,type_of_violence,side_a,side_b,source_headline,where_prec,where_coordinates,adm_1,latitude,longitude,country,date_start,date_end,best,high,low
11,2031,1,Government of Hills,Front,Shells on a mill,1,Jableh town,Latakia Governorate,35.36,35.92,Syria,2031-05-07,2031-05-07,5,9,4
12,2031,3,Front,Civilians,Market hit,1,Baniyas town,Tartus Governorate,35.18,35.95,Syria,2031-05-08,2031-05-08,8,8,8
";

#[test]
fn incidents_are_found_and_none_that_rests_on_a_sealed_item() {
    let place = Place::with_material();
    place.report("register", "out");
    place.write("events.csv", EVENTS);
    let imported = place.run(&["import", "material/events.csv", "-R", "register"]);
    assert_eq!(imported.status.code(), Some(0), "{}", stderr(&imported));
    let ids = |arguments: &[&str]| -> Vec<String> {
        let all = [&["--in", "incidents"], arguments].concat();
        found(&place, &all).into_iter().map(|[_, _, snippet]| snippet).collect()
    };
    for (arguments, marked) in [
        (vec!["market"], "«Market»"),
        (vec!["mill", "--place", "Latakia"], "«mill»"),
        (vec!["--place", "SY10", "--party", "front", "hit"], "«hit»"),
        (vec!["--from", "2031-05-07", "--to", "2031-05-07", "shells"], "«Shells»"),
    ] {
        let finds = ids(&arguments);
        assert!(finds.len() == 1 && finds[0].contains(marked), "{arguments:?}: {finds:?}");
    }
    assert!(ids(&["market", "--place", "Latakia"]).is_empty());
    // The register's own incidents are found by their places, before and after it is read anew.
    let own = ids(&["--place", "Banyas"]).len();
    assert!(own > 1, "the dataset's and one of the register's own");

    let path = place.path("register");
    let total = |clearance| {
        let register = Register::read(&path).expect("opens");
        let kinds = vec![Kind::Incidents];
        let search = Search { words: "market".to_owned(), kinds, limit: 9, ..Search::default() };
        work::search(&register, &search, clearance).expect("searched").total
    };
    let item = {
        let register = Register::read(&path).expect("opens");
        let items = register.items(AsOf::NOW).expect("read");
        items.into_iter().find(|i| i.path.ends_with("events.csv")).expect("there").item.id
    };
    assert_eq!(total(Clearance::Unsealed), 1);
    let clock = FixedClock(jiff::Timestamp::UNIX_EPOCH);
    let mut register = Register::open(&path).expect("opens");
    work::seal(&mut register, &item, true, Hand { name: "a keeper", clock: &clock })
        .expect("sealed");
    drop(register);
    assert_eq!((total(Clearance::Unsealed), total(Clearance::All)), (0, 1));
    let verified = place.run(&["verify", "-R", "register"]);
    assert_eq!(verified.status.code(), Some(0), "{}", stderr(&verified));
}

#[test]
fn a_forged_index_is_named() {
    let place = Place::with_material();
    place.report("register", "out");
    let target = place.path("register/sijil.db");
    let pristine = place.path("pristine.db");
    std::fs::copy(&target, &pristine).expect("copied");
    let leaf = "id > 10 AND instr(block, CAST('mbush' AS BLOB)) > 0";
    for (sql, name) in [
        ("INSERT INTO search_words (rowid, words) VALUES (99999, 'intruder')".to_owned(), "search"),
        (
            // The same length, another word.
            format!(
                "UPDATE search_words_data \
                 SET block = unhex(replace(hex(block), hex('mbush'), hex('mbusx'))) WHERE {leaf}"
            ),
            "search",
        ),
        (format!("DELETE FROM search_words_data WHERE {leaf}"), "search"),
        ("DELETE FROM search_basis".to_owned(), "search basis"),
        ("DELETE FROM search_words_docsize WHERE id = 3".to_owned(), "search lengths"),
        (
            "UPDATE search_words_docsize SET sz = x'0101010101' WHERE id = 3".to_owned(),
            "search lengths",
        ),
        ("UPDATE search_words_data SET block = x'0102' WHERE id = 1".to_owned(), "search sums"),
        ("INSERT INTO search_words_config VALUES ('rank', 'x')".to_owned(), "search settings"),
        ("UPDATE search_words_idx SET pgno = 4 * pgno + 8".to_owned(), "search"),
        ("DELETE FROM search_entry WHERE number = 2".to_owned(), "search entries"),
        ("UPDATE search_entry SET until = since WHERE number = 2".to_owned(), "search entries"),
    ] {
        std::fs::copy(&pristine, &target).expect("copied");
        let db = rusqlite::Connection::open(&target).expect("opens");
        let changed = db.execute(&sql, []).expect("the forger's change");
        assert!(changed > 0, "{sql}");
        drop(db);
        let output = place.run(&["verify", "-R", "register"]);
        assert_eq!(output.status.code(), Some(3), "{sql}: {}", stderr(&output));
        assert!(stderr(&output).contains(name), "{sql}: {}", stderr(&output));
    }
}
