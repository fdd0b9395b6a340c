//! Tables of statements and their traps: on an invented table, and on that of March 2025.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{begun, entries, import};
use crate::fixture::{Place, shared, stderr, stdout};

/// Two monitors, a ministry, an outlet and a partner. B3's parts do not close, nor does the sum that
/// the note of D2 writes out.
pub(super) const INVENTED: &str = "\
claim_id,source,source_kind,relayed_by,published,window_from,window_to,count_kind,n_low,n_best,n_high,qualifier,victim_group,of_which,responsible_as_claimed,responsible_class,admin1,place,part_of,supersedes,url,note
A1,Hills Office,monitor,Valley News,2031-05-08,2031-05-06,2031-05-08,cumulative,311,311,311,exact,Alawite civilians,,armed factions,government-side,Latakia; Tartus,,A2,,,
A2,Hills Office,monitor,Valley News,2031-05-08,2031-05-06,2031-05-08,cumulative,524,524,524,exact,all killed,Alawite civilians 311; security and militants 213,(sum),unstated/mixed,Latakia; Tartus,,,,,
A3,Hills Office,monitor,,2031-05-09,2031-05-06,2031-05-09,cumulative,711,711,711,exact,all killed,civilians 500; security 161; militants 50,(sum),unstated/mixed,Latakia; Tartus,,,A2,,
A4,Hills Office,monitor,,2031-05-12,2031-05-06,2031-05-12,cumulative,1225,1225,1225,at least,civilians,Latakia 658; Tartus 384; Hama 171; Homs 12; massacres 47,factions,government-side,Latakia; Tartus; Hama; Homs,,,,,658+384+171+12=1225
A5,Hills Office,monitor,,2031-05-12,2031-05-12,2031-05-12,documented that day,132,132,132,exact,civilians,Tartus 72; Latakia 60,,government-side,Tartus; Latakia,,A4,,,
A6,Hills Office,monitor,,2031-05-14,2031-05-06,2031-05-14,cumulative,1500,1500,1500,about,civilians,\"13 May 93; 14 May 24 (Tartus 14, Latakia 10)\",,government-side,Latakia; Tartus,,,A4,,
B1,Valley Network,monitor,,2031-05-08,2031-05-06,2031-05-08,cumulative,311,311,311,exact,all killed,\"security 121 and civilians 26 by remnants; civilians 164 (7 children, 13 women) by factions\",both sides,unstated/mixed,Latakia; Tartus,,,,,
B2,Valley Network,monitor,,2031-05-20,2031-05-06,2031-05-20,cumulative,1334,1334,1334,exact,all killed,\"60 children; 889 (51 ch, 63 w) by factions; 445 (9 ch, 21 w) by remnants\",both sides,unstated/mixed,coast,,B3,B1,,
B2a,Valley Network,monitor,,2031-05-20,2031-05-06,2031-05-20,part,889,889,889,exact,all killed,,factions,government-side,coast,,B2,,,
B2b,Valley Network,monitor,,2031-05-20,2031-05-06,2031-05-20,part,445,445,445,exact,all killed,,remnants,former-government-side,coast,,B2,,,
B3,Valley Network,monitor,,2031-05-20,2031-05-06,2031-05-20,cumulative,1562,1562,1562,exact,all killed,\"102 children; coast 1,334; elsewhere 227 civilians (42 ch, 15 w)\",all parties,unstated/mixed,all Syria,,,,,\"1334+227=1561, one short of 1562\"
C1,Operations Room,state party,,2031-05-09,2031-05-06,2031-05-09,cumulative,161,161,161,exact,security forces,,remnants,former-government-side,coast,,,,,equals Hills Office security 161 in A3: not independent
D1,Inquiry,state commission,Agency,2031-07-22,2031-05-06,2031-05-09,cumulative,1426,1426,1426,names verified,mostly civilians,90 women,forces (298 suspects),government-side,33 towns,,,,,
D2,Inquiry,state commission,Wire,2031-07-22,2031-05-06,2031-05-09,cumulative,1426,1426,1426,exact,people,90 women,550 individuals,unstated/mixed,coast,,,,,\"265+298=563, not 550\"
E1,Partners,NGO,,2031-09-23,2031-05-01,2031-05-31,cumulative,1426,1426,1426,at least,mostly civilians,,forces,government-side,coast,,,,,repeats the figure of the inquiry: not independent of D1
F1,Far Herald,press,,2031-05-13,2031-05-06,2031-05-13,cumulative,1201,,,more than,civilians,,\"a monitoring group has reported\",government-side,Latakia; Tartus; Hama; Homs,,,,,circular: Hills Office A4 unnamed; adds nothing
";

/// The accounts of a register as JSON, all of them.
fn accounts(place: &Place) -> Vec<Value> {
    let output = place.run(&["accounts", "--all", "-R", "register", "--format", "jsonl"]);
    let lines = stdout(&output);
    lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn of<'a>(accounts: &'a [Value], source: &str, low: u64) -> Vec<&'a Value> {
    accounts.iter().filter(|a| a["source"] == source && a["low"] == low).collect()
}

/// Lines that tell of sums that do not close, by the statement.
fn open_sums(told: &str) -> BTreeMap<String, String> {
    let lines = told.lines().filter_map(|line| line.strip_prefix("does not close: "));
    lines
        .filter_map(|line| line.split_once(": "))
        .map(|(id, rest)| (id.to_owned(), rest.to_owned()))
        .collect()
}

fn invented() -> (Place, String, String) {
    let place = begun();
    place.write("claims.csv", INVENTED.as_bytes());
    let output = import(&place, "claims.csv", &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let (said, told) = (stdout(&output), stderr(&output));
    (place, said, told)
}

#[test]
fn sums_are_recomputed_and_the_two_that_do_not_close_are_told() {
    let (_, _, told) = invented();
    let open = open_sums(&told);
    assert_eq!(open.keys().collect::<Vec<_>>(), ["B3", "D2"], "{told}");
    assert_eq!(open["B3"], "parts add up to 1561, stated are 1562");
    assert_eq!(open["D2"], "parts add up to 563, stated are 550");
}

#[test]
fn rows_are_never_added_and_days_of_documentation_are_no_days_of_killing() {
    let (place, _, _) = invented();
    let counted =
        stdout(&place.run(&["count", "--by", "day", "--format", "csv", "-R", "register"]));
    assert!(!counted.contains("2031-05-12"), "132 were documented, not killed: {counted}");
    let total = stdout(&place.run(&["count", "--format", "csv", "-R", "register"]));
    let rows: u64 = 311 + 524 + 711 + 1225;
    assert!(!total.contains(&rows.to_string()), "{total}");
    let best = total.lines().nth(1).and_then(|line| line.split(',').nth(2)).unwrap_or_default();
    assert!(["1334", "1426", "1562"].contains(&best), "one source's figure: {total}");
}

#[test]
fn supersedes_is_followed_through_each_series() {
    let (place, _, _) = invented();
    let all = accounts(&place);
    for (low, superseded) in [(524, true), (711, false), (1225, true), (1500, false)] {
        let found = of(&all, "Hills Office", low);
        assert!(!found.is_empty(), "{low}");
        assert!(found.iter().any(|a| a["superseded"] == superseded), "{low}: {found:?}");
    }
    assert_eq!(of(&all, "Valley Network", 1334)[0]["superseded"], false);
    // The parts of an older total give way to the same parts of the newer one.
    let tartus = |low| of(&all, "Hills Office", low)[0]["superseded"].clone();
    assert_eq!(tartus(384), false, "the newer total does not split all of it by place");
}

#[test]
fn equal_numbers_of_different_meaning_stay_apart() {
    let (place, _, _) = invented();
    let all = accounts(&place);
    let network = of(&all, "Valley Network", 311);
    assert_eq!(network.len(), 1);
    assert_eq!(network[0]["of_whom"], "unspecified");
    let office = of(&all, "Hills Office", 311);
    assert!(office.iter().all(|a| a["of_whom"] == "Alawite civilians"), "{office:?}");
    assert!(!office.is_empty());
}

#[test]
fn who_repeats_another_is_no_second_voice() {
    let (place, said, _) = invented();
    // The office, the network, the operations room and the inquiry; neither partners nor herald.
    assert!(said.contains("sources     6, 4 of them independent"), "{said}");
    let all = accounts(&place);
    assert_eq!(of(&all, "Partners", 1426)[0]["repeats"], "Inquiry");
    assert_eq!(of(&all, "Far Herald", 1201)[0]["repeats"], "Hills Office");
    assert_eq!(of(&all, "Operations Room", 161)[0]["repeats"], Value::Null);
    let taken_over = of(&all, "Hills Office", 161);
    assert!(taken_over.iter().any(|a| a["repeats"] == "Operations Room"), "{taken_over:?}");
}

#[test]
fn a_statement_is_traced_to_the_text_of_its_row() {
    let (place, _, _) = invented();
    let claims = place.run(&["trace", "reported:", "-R", "register"]);
    let tree = stdout(&claims);
    assert!(tree.contains("span"), "{tree}");
    assert!(tree.contains("claims.csv"), "{tree}");
    let before = entries(&place);
    import(&place, "claims.csv", &[]);
    assert_eq!(entries(&place), before, "the same file again changes nothing");
    assert_eq!(place.run(&["verify", "-R", "register"]).status.code(), Some(0));
}

#[test]
fn rows_that_do_not_read_are_named() {
    let place = begun();
    let bad = INVENTED
        .replace("A3,Hills Office,monitor,,2031-05-09", "A3,Hills Office,monitor,,soon")
        .replace(",,,A4,,\nB1", ",,,Z9,,\nB1")
        + "A1,Hills Office,,,,,,,7,,,,,,,,,,,,,\nG1,,,,,,,,7,,,,,,,,,,,,,\n";
    place.write("claims.csv", bad.as_bytes());
    let output = import(&place, "claims.csv", &[]);
    assert_eq!(output.status.code(), Some(1));
    let told = stderr(&output);
    for what in [
        "row 4, column published: is no day",
        "row 7, column supersedes: names no row",
        "row 18, column claim_id: stands in an earlier row",
        "row 19: has no claim_id",
    ] {
        assert!(told.contains(what), "{what}: {told}");
    }
}

/// Points 1 to 5 of the table's README, on the table itself.
#[test]
fn the_traps_of_march_2025() {
    let Some(path) = shared("register/march2025_claims.csv") else { return };
    let place = begun();
    let output = place.run(&["import", &path.to_string_lossy(), "-R", "register"]);
    let open = open_sums(&stderr(&output));
    assert_eq!(open.keys().collect::<Vec<_>>(), ["G4y", "N6"], "{}", stderr(&output));
    assert_eq!(open["N6"], "parts add up to 1561, stated are 1562");
    assert_eq!(open["G4y"], "parts add up to 563, stated are 550");

    let all = accounts(&place);
    let (observatory, network) =
        ("Syrian Observatory for Human Rights", "Syrian Network for Human Rights");
    let superseded = |source: &str, low: u64| {
        of(&all, source, low).iter().map(|a| a["superseded"] == true).collect::<Vec<_>>()
    };
    for low in [78, 147, 524, 1018, 532, 973, 1068, 1383, 1614] {
        assert!(superseded(observatory, low).contains(&true), "{low}");
    }
    assert_eq!(superseded(observatory, 1701), [false]);
    for low in [240, 803, 1084] {
        assert_eq!(superseded(network, low), [true], "{low}");
    }
    assert_eq!(superseded(network, 1662), [false]);

    let whom = |source: &str, low: u64| -> Vec<String> {
        of(&all, source, low).iter().map(|a| a["of_whom"].to_string()).collect()
    };
    assert_eq!(whom(network, 311), ["\"unspecified\""]);
    let office = whom(observatory, 311);
    assert!(!office.is_empty() && office.iter().all(|of| of.contains("civilians")), "{office:?}");
    let mut both = whom(observatory, 745);
    both.sort();
    both.dedup();
    assert_eq!(both, ["\"civilians\"", "\"unspecified\""], "morning and evening of one day");

    let repeats = |source: &str, low: u64| of(&all, source, low)[0]["repeats"].clone();
    assert_eq!(repeats("HRW, STJ, Syrian Archive", 1400), "UN Commission of Inquiry on Syria");
    assert_eq!(repeats("BBC News", 1201), observatory);
    let taken_over = of(&all, observatory, 231);
    assert!(taken_over.iter().any(|a| a["repeats"] == "Military Operations Command"));
    let inquiry: Vec<&Value> = all.iter().filter(|a| a["low"] == 1426).collect();
    assert_eq!(inquiry.len(), 4, "four wordings");
    assert!(inquiry.iter().all(|a| a["source"] == "National Fact-Finding Committee"), "one source");
}
