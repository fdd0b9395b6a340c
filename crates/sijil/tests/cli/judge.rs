//! Decisions and what follows from them: judge, incidents, grades, units of a tree, editions, diff.

use std::ffi::OsStr;
use std::io::Write;
use std::process::{Output, Stdio};

use sijil::model::FixedClock;
use sijil::model::entity::{Affiliation, Author, Body, Entity, EntityId, Extra, Party};
use sijil::register::{AsOf, Register};
use sijil::work::{self, Hand, PairVerdict};
use sijil_claims::PartyClass;

use crate::fixture::{Place, repository, stderr, stdout};

fn reported() -> Place {
    let place = Place::with_material();
    let output = place.report("register", "out");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    place
}

fn sijil(place: &Place, line: &str) -> String {
    let output = place.run(&line.split(' ').chain(["-R", "register"]).collect::<Vec<_>>());
    assert_eq!(output.status.code(), Some(0), "{line}: {}", stderr(&output));
    stdout(&output)
}

fn csv(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
}

/// Best end of the first cell of the kind.
fn best(place: &Place, line: &str, basis: &str) -> Option<u64> {
    let rows = csv(&sijil(place, &format!("count {line} --format csv").replace("  ", " ")));
    let row = rows.into_iter().find(|row| row[0].starts_with(basis))?;
    row[2].parse().ok()
}

fn answer(place: &Place, answers: &str) -> Output {
    let mut command = place.command();
    command.args(["judge", "-R", "register", "--by", "Rana"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(answers.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

#[test]
fn open_pairs_are_asked_about_and_the_answer_counts() {
    let place = Place::new();
    let exercise = repository("examples/exercise");
    let register = place.path("register");
    let words =
        [OsStr::new("report"), exercise.as_os_str(), OsStr::new("-R"), register.as_os_str()];
    let made = place.run(&words);
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    // Which two rows each question is about.
    let asked = || -> Vec<String> {
        let all = stdout(&answer(&place, &"skip\n".repeat(500)));
        let rows = all.lines().filter(|line| line.trim_start().starts_with("list "));
        rows.map(str::to_owned).collect()
    };
    let before = asked();
    let first = answer(&place, "");
    assert!(stdout(&first).contains("name") && stdout(&first).contains("killed"));
    let answered = answer(&place, "y\nskip\nn\nq\n");
    assert_eq!(answered.status.code(), Some(0), "{}", stderr(&answered));
    // What was answered is not asked again; a skipped pair is.
    let rulings = csv(&sijil(&place, "log --kind judge --format csv"));
    assert_eq!(rulings.len(), 2);
    assert!(rulings.iter().all(|row| row[2] == "Rana"));
    let after = asked();
    assert!(!after.contains(&before[0]) && !after.contains(&before[2]));
    assert!(after.contains(&before[1]), "the one that was skipped");
    let links = Register::read(&register).expect("opens").links(AsOf::NOW).expect("readable");
    let human: Vec<_> = links.pairs.iter().filter(|pair| pair.user.is_some()).collect();
    let together = |verdict: PairVerdict| {
        let pair = human.iter().find(|pair| pair.verdict == verdict).expect("an answer");
        links.persons[&pair.a] == links.persons[&pair.b]
    };
    assert!(together(PairVerdict::Same) && !together(PairVerdict::Different));
}

#[test]
fn two_persons_are_joined_by_name_and_parted_again() {
    let place = reported();
    let persons = csv(&std::fs::read_to_string(place.path("out/persons.csv")).expect("written"));
    let (a, b) = (&persons[0][0], &persons[1][0]);
    let before = sijil(&place, "count --by party,day --format csv");
    sijil(&place, &format!("judge same {a} {b} --why siblings?"));
    assert_ne!(sijil(&place, "count --by party,day --format csv"), before);
    // The names that persons had before still name them as of then, not now; records always do.
    let trace = sijil(&place, &format!("trace {a} --format json"));
    let node: serde_json::Value = serde_json::from_str(&trace).expect("JSON");
    let records: Vec<&str> = node["behind"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|behind| {
            behind["kind"] == "judgement" && behind["text"].to_string().contains("Rana").eq(&false)
        })
        .filter(|behind| behind["text"].to_string().contains("siblings?"))
        .filter_map(|behind| behind["id"].as_str())
        .collect();
    let [pair] = records.as_slice() else { panic!("{trace}") };
    let (x, y) = pair.split_once('~').expect("two records");
    sijil(&place, &format!("judge undo {x} {y}"));
    assert_eq!(sijil(&place, "count --by party,day --format csv"), before);
}

#[test]
fn a_rejected_claim_counts_nowhere_until_it_is_taken_back() {
    let place = reported();
    let claims = csv(&std::fs::read_to_string(place.path("out/claims.csv")).expect("written"));
    let row = claims.iter().find(|row| row.iter().any(|cell| cell == "41")).expect("the claim");
    let claim = &row[0];
    let figures = || sijil(&place, "count --by group --format csv");
    let before = figures();
    let counts = |number: u64| figures().contains(&format!("group=civilians,{number},{number},"));
    assert!(counts(41), "{before}");
    sijil(&place, &format!("judge reject {claim} --why misread"));
    assert!(!counts(41));
    sijil(&place, &format!("judge correct {claim} --low 44 --high 44"));
    assert!(counts(44));
    sijil(&place, &format!("judge undo {claim}"));
    assert_eq!(figures(), before);
    let unknown = place.run(&["judge", "accept", "abcdef012345-9", "-R", "register"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("claims.csv"), "{}", stderr(&unknown));
}

#[test]
fn a_list_of_the_missing_is_no_list_of_the_killed() {
    let place = reported();
    let killed = best(&place, "", "documented");
    place.write(
        "lists/search.csv",
        "الاسم,المصير,العمر,مكان الولادة\nنادر الياس خليل,مفقود,60,حلب\nعادل رمزي حوراني,قتيل,30,حمص\n"
            .as_bytes(),
    );
    place.report("register", "out");
    assert_eq!(best(&place, "", "documented"), killed.map(|n| n + 1));
    assert_eq!(best(&place, "--fate missing", "documented"), Some(1));
    let cell = "documented:fate=missing";
    assert!(sijil(&place, &format!("trace {cell}")).contains("search.csv, row 2"));
    // Where somebody was born is not where somebody was killed.
    assert!(!sijil(&place, "count --by place").contains("Aleppo"));
}

#[test]
fn incidents_are_joined_and_split_by_a_word() {
    let place = Place::with_material();
    place.write(
        "lists/two.csv",
        b"Name,Date of death,Place,Responsible party\n\
          Nader Elias Khalil,2031-05-20,Jableh,state forces\n\
          Adel Ramzi Hourani,2031-05-22,Jableh,state forces\n",
    );
    place.report("register", "out");
    let listed = || csv(&sijil(&place, "incidents --format csv"));
    let before = listed();
    let on = |day: &str| {
        before.iter().find(|row| row[1] == day).map(|row| row[0].clone()).expect("an incident")
    };
    let (a, b) = (on("2031-05-20"), on("2031-05-22"));
    assert!(sijil(&place, "incidents --similar").contains(&b));
    sijil(&place, &format!("judge same {a} {b}"));
    let joined = listed();
    assert_eq!(joined.len(), before.len() - 1);
    let row = joined.iter().find(|row| row[0] == a || row[0] == b).expect("the one");
    assert_eq!((row[1].as_str(), row[2].as_str()), ("2031-05-20", "2031-05-22"));
    assert_eq!(row[5], "2");
    let decided = csv(&sijil(&place, "log --kind judge --format csv"));
    sijil(&place, &format!("judge undo {}", decided[0][0]));
    assert_eq!(listed(), before);
}

#[test]
fn a_change_of_the_standard_of_proof_shows_its_effect_first() {
    let place = reported();
    let rules = "[[person]]\ngrade = \"confirmed\"\nneeds = [\"name\"]\n";
    std::fs::write(place.path("rules.toml"), rules).expect("written");
    let tried = csv(&sijil(&place, "grades --try rules.toml --format csv"));
    let confirmed = tried.iter().find(|row| row[0] == "confirmed").expect("a grade");
    let now: u64 = confirmed[1].parse().expect("a number");
    let all = best(&place, "", "documented").expect("a number");
    assert!(now < all);
    assert_eq!(confirmed[2], all.to_string());
    assert_eq!(confirmed[3], format!("+{}", all - now));
    assert_eq!(best(&place, "--grade confirmed", "documented"), Some(now), "nothing is taken yet");
    place.write(
        "sijil.toml",
        format!("[grading]\n{}", rules.replace("[[person", "[[grading.person")).as_bytes(),
    );
    place.report("register", "out");
    assert_eq!(best(&place, "--grade confirmed", "documented"), Some(all));
    let wrong = place.run(&["count", "--grade", "certain", "-R", "register"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("confirmed"), "{}", stderr(&wrong));
}

#[test]
fn a_rule_may_ask_how_reliable_a_source_was_on_the_day() {
    let place = reported();
    let confirmed = || {
        let lines = csv(&sijil(&place, "grades --try rules.toml --format csv"));
        lines.iter().find(|row| row[0] == "confirmed").expect("a grade")[2].clone()
    };
    let rule = |more: &str| {
        let rules = format!("[[person]]\ngrade = \"confirmed\"\nneeds = [\"name\"]\n{more}\n");
        std::fs::write(place.path("rules.toml"), rules).expect("written");
    };
    let grade = |grade: &str, from: &str| {
        let sources: String = ["lists/north.csv", "lists/south.csv"]
            .map(|list| {
                format!("[[source]]\nname = \"{list}\"\nreliability = [{{ grade = \"{grade}\", from = {from} }}]\n")
            })
            .concat();
        place.write("entities.toml", sources.as_bytes());
        sijil(&place, "import material/entities.toml");
    };
    rule("sources = 2");
    let both = confirmed();
    assert_ne!(both, "0", "two lists name somebody");
    rule("sources = 2\nreliability = \"B\"");
    assert_eq!(confirmed(), "0", "nobody is graded yet");
    grade("C", "2031-01-01");
    assert_eq!(confirmed(), "0", "C is less than B");
    grade("A", "2031-01-01");
    assert_eq!(confirmed(), both);
    grade("A", "2032-01-01");
    assert_eq!(confirmed(), "0", "the period began after the killings");
}

#[test]
fn a_party_that_says_so_itself_admits_it() {
    let place = Place::with_material();
    let parties = "[[party]]\nname = \"Hill Brigade\"\nclass = \"non_state\"\n";
    place.write("entities.toml", parties.as_bytes());
    place.report("register", "out");
    sijil(&place, "import material/entities.toml");
    let said = |by: &str| {
        let text = format!(
            "Published: 2031-05-30\n\n{by} said that the Hill Brigade killed 14 soldiers in \
             Jableh on 28 May 2031.\n"
        );
        place.write("reports/said.txt", text.as_bytes());
        place.report("register", "out");
        let incidents = csv(&sijil(&place, "incidents --format csv"));
        let row = incidents.into_iter().find(|row| row[1] == "2031-05-28").expect("an incident");
        row.join(" ")
    };
    let alleged = said("The Valley Desk");
    assert!(alleged.contains("(alleged)"), "{alleged}");
    let admitted = said("The Hill Brigade");
    assert!(admitted.contains("(admitted)"), "{admitted}");
}

#[test]
fn a_unit_counts_for_whom_it_belonged_to_on_the_day() {
    let place = Place::with_material();
    place.write(
        "lists/two.csv",
        b"Name,Date of death,Place,Responsible party\n\
          Nader Elias Khalil,2031-03-20,Jableh,Fourth Brigade\n\
          Adel Ramzi Hourani,2031-04-22,Jableh,4th Brigade\n",
    );
    place.report("register", "out");
    let clock = FixedClock("2031-06-01T09:00:00Z".parse().expect("a time"));
    let hand = Hand { name: "Rana", clock: &clock };
    let mut register = work::open(&place.path("register"), hand).expect("opens");
    let party = |id: &str, aliases: &[&str]| {
        Body::Party(Party {
            name: id.to_owned(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            class: PartyClass::NonState,
            extra: Extra::new(),
        })
    };
    let held = |above: &str, start: Option<&str>, end: Option<&str>| {
        Body::Affiliation(Affiliation {
            member: EntityId("fourth".to_owned()),
            party: EntityId(above.to_owned()),
            tree: "command".to_owned(),
            role: String::new(),
            first_cited: None,
            last_cited: None,
            start: start.and_then(|day| day.parse().ok()),
            end: end.and_then(|day| day.parse().ok()),
        })
    };
    let entities = [
        ("fourth", party("fourth", &["Fourth Brigade", "4th Brigade"])),
        ("front", party("front", &[])),
        ("ministry", party("ministry", &[])),
        ("a1", held("front", None, Some("2031-03-31"))),
        ("a2", held("ministry", Some("2031-04-01"), None)),
    ];
    let entities = entities.map(|(id, body)| Entity {
        id: EntityId(id.to_owned()),
        body,
        author: Author::User("Rana".to_owned()),
        basis: Vec::new(),
    });
    work::enter(&mut register, &entities, "enter", serde_json::json!({}), hand).expect("entered");
    drop(register);
    let counted = sijil(&place, "count --by unit --format csv");
    assert!(counted.contains("documented:unit=fourth,2,2,2"), "{counted}");
    let rolled = sijil(&place, "count --by unit --depth 0 --format csv");
    for cell in ["unit=front;depth=0,1,1,1", "unit=ministry;depth=0,1,1,1"] {
        assert!(rolled.contains(cell), "{cell}: {rolled}");
    }
    let traced = sijil(&place, "trace documented:unit=ministry;depth=0");
    assert!(traced.contains("two.csv, row 3") && !traced.contains("two.csv, row 2"), "{traced}");
}

#[test]
fn two_editions_are_compared_line_by_line() {
    let place = reported();
    sijil(&place, "publish -o first --edition first");
    // One is withdrawn, one held by another party, one comes in.
    place.write(
        "lists/north.csv",
        b"Name,Sex,Age,Date of death,Place,Responsible party\n\
          Salim Yusuf al-Haddad,Male,34,2031-05-07,Jableh,armed factions\n\
          Mariam Yusuf al-Haddad,Female,29,2031-05-07,Jableh,armed factions\n\
          Karim Nabil Sabbagh,Male,51,2031-05-08,Baniyas,army\n\
          Nader Elias Khalil,Male,60,2031-05-09,Jableh,gunmen\n",
    );
    place.report("register", "out");
    sijil(&place, "publish -o second --edition second");
    let changes = csv(&sijil(&place, "diff first second --format csv"));
    let causes: Vec<(&str, &str)> =
        changes.iter().map(|row| (row[0].as_str(), row[3].as_str())).collect();
    assert!(causes.contains(&("documented:", "withdrawn by the source")), "{changes:?}");
    assert!(causes.contains(&("documented:", "new")), "{changes:?}");
    assert!(causes.iter().any(|(cell, _)| cell.contains("party=state forces")), "{changes:?}");
    for edition in ["first", "second"] {
        assert!(sijil(&place, &format!("recount {edition}")).contains("the same bytes"));
    }
    let again = place.run(&["publish", "-o", "x", "--edition", "first", "-R", "register"]);
    assert_eq!(again.status.code(), Some(2), "an edition never changes");
    assert_eq!(sijil(&place, "diff second second"), "no number moved\n");
}

#[test]
fn a_day_or_an_edition_names_a_point_of_the_history() {
    let place = reported();
    let before = sijil(&place, "count --format csv");
    sijil(&place, "publish -o first --edition first");
    place.write("lists/west.csv", b"Name,Age\nNader Elias Khalil,60\nAdel Ramzi Hourani,30\n");
    place.report("register", "out");
    assert_ne!(sijil(&place, "count --format csv"), before);
    assert_eq!(sijil(&place, "count --as-of first --format csv"), before);
    let early = place.run(&["count", "--as-of", "1999-01-01", "-R", "register"]);
    assert_eq!(early.status.code(), Some(2));
    let nothing = place.run(&["count", "--as-of", "never", "-R", "register"]);
    assert!(stderr(&nothing).contains("first"), "{}", stderr(&nothing));
}
