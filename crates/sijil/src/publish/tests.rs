//! What a published report must hold, whatever is in it.

use std::collections::BTreeSet;

use super::sample;
use super::{Options, Rendered, render};
use crate::model::{PersonId, Quote, Report};

fn files(report: &Report) -> Vec<Rendered> {
    render(report, &Options::default()).unwrap()
}

fn file(report: &Report, name: &str) -> String {
    let found = files(report).into_iter().find(|file| file.file == name).unwrap();
    String::from_utf8(found.bytes).unwrap()
}

fn page(report: &Report) -> String {
    file(report, "index.html")
}

/// Values of an attribute, in order.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let start = format!(" {attribute}=\"");
    let after = page.split(start.as_str()).skip(1);
    after.map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn every_link_has_its_place_on_the_page() {
    for report in [sample::report(), sample::empty(), without_lists(), without_documents()] {
        let page = page(&report);
        let ids = values(&page, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "an id stands twice");
        for href in values(&page, "href") {
            let id = href.strip_prefix('#').unwrap_or_else(|| panic!("{href} leaves the page"));
            assert!(unique.contains(id), "{href} leads nowhere");
        }
    }
}

fn without_lists() -> Report {
    let mut report = sample::report();
    report.persons.clear();
    report.open_pairs.clear();
    report.mappings.clear();
    report.tables.retain(|table| table.basis == crate::model::Basis::Reported);
    report.totals.records = 0;
    report
}

fn without_documents() -> Report {
    let mut report = sample::report();
    report.accounts.clear();
    report.claims.clear();
    report.sums.clear();
    report.look_alikes.clear();
    report.attributions.clear();
    report.flags.clear();
    report.responses.clear();
    report.totals.documents = 0;
    report.totals.claims = 0;
    report
}

#[test]
fn the_page_runs_and_loads_nothing() {
    let page = page(&sample::report());
    for forbidden in
        ["<script", "javascript:", "<link", "<iframe", "<img", "@import", "url(", "http:", "https:"]
    {
        assert!(!page.contains(forbidden), "the page has {forbidden}");
    }
    assert!(!page.contains(" style=\""), "the policy admits the style sheet only");
    assert!(page.contains("default-src 'none'; style-src 'sha256-"));
}

#[test]
fn hostile_text_stays_text() {
    const HOSTILE: &str = "\"><script>alert('x')</script><b onclick=\"x\">&";
    let mut report = sample::report();
    let hostile = || HOSTILE.to_owned();
    report.title = hostile();
    for account in &mut report.accounts {
        account.source = hostile();
        account.party_words = vec![hostile()];
        account.area = vec![hostile()];
        account.depends_on = Some(hostile());
        account.points.iter_mut().for_each(|point| point.surface = hostile());
    }
    for mark in &mut report.marks {
        mark.path = hostile();
        match &mut mark.quote {
            Quote::Sentence { document, sentence, .. } => {
                *document = hostile();
                *sentence = hostile();
            }
            Quote::Row { sheet, cells, .. } => {
                *sheet = hostile();
                *cells = vec![(hostile(), hostile())];
            }
        }
    }
    for table in &mut report.tables {
        for cell in &mut table.cells {
            cell.keys[0].label = hostile();
            cell.figure.low.reason = hostile();
        }
    }
    report.places.iter_mut().for_each(|place| place.label = hostile());
    report.persons.iter_mut().for_each(|line| line.person.place = Some(hostile()));
    report.mappings.iter_mut().for_each(|line| line.path = hostile());
    report.items.iter_mut().for_each(|item| item.path = hostile());
    report.problems.iter_mut().for_each(|problem| problem.message = hostile());
    let page = page(&report);
    assert!(!page.contains("<script") && !page.contains("<b onclick"));
    assert!(page.matches("alert(").count() > 100, "it is shown all the same");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    // Two reports made apart, so that no address and no hash order is shared.
    let (one, another) = (files(&sample::report()), files(&sample::report()));
    for (first, second) in one.iter().zip(&another) {
        assert!(first.bytes == second.bytes, "{} differs", first.file);
    }
    assert_eq!(one.len(), another.len());
}

#[test]
fn names_stand_only_where_the_options_say_so() {
    let report = sample::report();
    let find = |names, file: &str| {
        let files = render(&report, &Options { names }).unwrap();
        let file = files.into_iter().find(|rendered| rendered.file == file).unwrap();
        String::from_utf8(file.bytes).unwrap().contains("Invented Person")
    };
    for file in ["index.html", "persons.csv"] {
        assert!(!find(false, file), "a name stands in {file}");
        assert!(find(true, file), "no name stands in {file}");
    }
}

#[test]
fn every_claim_is_quoted_with_its_words_marked() {
    let report = sample::report();
    let page = page(&report);
    for line in &report.claims {
        let marked = format!("<mark>{}</mark>", line.claim.surface);
        assert!(page.contains(&marked), "{} is not quoted", line.claim.surface);
        assert!(page.contains(&format!("<li id=\"m{}\"", line.mark.0)));
    }
}

#[test]
fn an_arabic_quote_runs_from_the_right() {
    let page = page(&sample::report());
    assert!(page.contains("<blockquote dir=\"auto\" lang=\"ar\">وثّق المكتب مقتل <mark>"));
}

#[test]
fn the_data_file_reads_back_as_the_report() {
    let report = sample::report();
    let json = file(&report, "report.json");
    assert!(json.starts_with("{\"format\":\"sijil-report-1\""));
    assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
}

#[test]
fn a_long_list_of_persons_is_cut_on_the_page_only() {
    let mut report = sample::report();
    let line = report.persons[0].clone();
    report.persons = (0..2_500)
        .map(|nth| {
            let mut line = line.clone();
            line.person.id = PersonId(format!("p-{nth:05}"));
            line
        })
        .collect();
    let page = page(&report);
    assert!(page.contains("The first 2,000 of 2,500 persons"));
    assert!(page.contains("id=\"p2000\"") && !page.contains("id=\"p2001\""));
    assert_eq!(file(&report, "persons.csv").lines().count(), 2_501);
}

#[test]
fn the_summary_says_what_there_is() {
    let text = |report: &Report| {
        let page = page(report);
        let lead = page.split("<div class=\"prose lead\">").nth(1).unwrap();
        let lead = lead.split("</div>").next().unwrap();
        let mut tags = false;
        let plain = lead.chars().filter(|c| match c {
            '<' => {
                tags = true;
                false
            }
            '>' => {
                tags = false;
                false
            }
            _ => !tags,
        });
        plain.collect::<String>().trim().to_owned()
    };
    insta::assert_snapshot!(text(&sample::report()), @r"
    40 persons are documented as killed (at least 37, at most 43), behind 54 records of 2 lists, 6–10 May 2031. Among them are 7 women and 10 children. Most are recorded in Latakia (19); the party most often held responsible is groups aligned with the state (26). 3 pairs of records may be one person and wait for a human’s judgement.
    13 documents carry 31 statements of how many people were killed, hurt, missing, taken or displaced, which go back to 8 sources. The highest running toll is 1,614 (civilians in Latakia, Tartus, since 6 May 2031) by Coast Tally Office, published 22 May 2031[10]; the lowest is 231 (security forces in Latakia, Tartus, since 6 May 2031) by Interior Ministry, published 9 May 2031[21]. They count different people, places and days, and are never added. Held responsible are groups aligned with the state by 2 voices[32][34], groups of the former regime by 1 voice[35], foreign fighters by 1 voice[33]. A careful reader stops here: 1 total does not equal the sum of the parts; 2 numbers are used for different things; 2 contradictions within a document.
    ");
    insta::assert_snapshot!(text(&sample::empty()), @r"
    No list of victims was taken in: no death is documented here person by person.
    No document was taken in: nothing is reported here.
    ");
}

#[test]
fn the_tables_have_these_columns() {
    let report = sample::report();
    let headers = |name| file(&report, name).lines().next().unwrap().to_owned();
    let all = ["figures.csv", "persons.csv", "claims.csv", "accounts.csv"].map(headers);
    insta::assert_snapshot!(all.join("\n"), @r"
    cell,basis,population,by,party,place,place_id,governorate,governorate_id,day,group,sex,age,cause,low,low_reason,best,best_reason,high,high_reason,persons,marks,first_persons,mark_numbers
    person,sex,age_band,date,place,place_id,province,status,cause,party,party_class,records,contested,marks
    id,article,start,end,surface,act,count_low,count_high,qualifier,scope,parent,victims_class,victims_group,victim_names,perpetrators,perpetrator_classes,perpetrator_spans,source,source_start,source_end,speaker_chain,modality,place,place_ids,date_start,date_end,violation_types,motives,confidence,rules,document,outlet,published,item,mark
    series,source,source_kind,depends_on,act,victims_class,victims_group,parties,party_words,area,published,window_start,window_end,count_low,count_high,qualifier,surface,scope,modality,carried_by,superseded,statements,claims,marks
    ");
}

/// A page must not grow faster than what stands on it.
#[test]
fn a_page_grows_with_its_claims() {
    let size = |articles: u64| {
        let report = sample::many(articles.try_into().unwrap());
        let bytes: usize = files(&report).iter().map(|file| file.bytes.len()).sum();
        (report.claims.len(), bytes)
    };
    let ((few, small), (many, large)) = (size(100), size(400));
    assert!(many > 3 * few, "{few} and {many} claims");
    assert!(large < small * 5, "{small} and {large} bytes");
}
