//! `sijil claims`: who says how many, read out of bare files or of a register.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde_json::Value;
use sijil::model::{CLAIM_FIELDS, Problem};
use sijil::register::AsOf;
use sijil::work::{self, Material};
use sijil_claims::{Claim, Language};

use super::Outcome;
use super::add::tell_problems;
use super::failure::Failure;
use super::listing::{Format, Listing};
use super::place::Place;
use super::wire::ClaimLine;

/// Read out who says that how many were killed, injured, missing, detained, abducted or displaced
#[derive(Args)]
pub(super) struct Arguments {
    /// Reports to read; without any, the documents of the register
    files: Vec<PathBuf>,
    /// Day of publication, where the reports do not say it themselves
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// Language, where the letters do not tell it
    #[arg(long, value_enum)]
    lang: Option<Lang>,
    /// How to write the claims
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Format,
    /// Say for people, claim by claim, which rule or word gave each field
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Lang {
    En,
    Ar,
}

/// Claims of one article, with the article's name.
type Article = (String, Vec<Claim>);

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let (articles, problems) = if arguments.files.is_empty() {
        (of_register(arguments)?, Vec::new())
    } else {
        of_files(arguments)?
    };
    if arguments.explain {
        explain(&articles).map_err(Failure::Output)?;
    } else {
        listing(&articles)?.write(arguments.format)?;
    }
    Ok(tell_problems(&problems))
}

fn of_register(arguments: &Arguments) -> Result<Vec<Article>, Failure> {
    let register = arguments.place.read()?;
    let material = Material::of(&register, AsOf::NOW)?;
    let articles = material.documents.iter().map(|row| {
        let name = stem(Path::new(material.path(&row.item)));
        (name, row.reading.claims.clone())
    });
    Ok(articles.collect())
}

fn of_files(arguments: &Arguments) -> Result<(Vec<Article>, Vec<Problem>), Failure> {
    let language = arguments.lang.map(|lang| match lang {
        Lang::En => Language::En,
        Lang::Ar => Language::Ar,
    });
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    let read = work::read_files(&arguments.files, arguments.date, language);
    for (path, read) in arguments.files.iter().zip(read) {
        let (document, bad) = read.map_err(|e| {
            let path = path.display();
            Failure::Usage(format!(
                "{path}: cannot be read ({e}); name a txt, html, pdf, docx, odt or eml file"
            ))
        })?;
        let unread = document.is_none() && bad.is_empty();
        problems.extend(bad);
        match document {
            Some((_, reading)) => articles.push((stem(path), reading.claims)),
            None if unread => problems.push(Problem {
                file: path.display().to_string(),
                place: sijil::model::Place::File,
                message: "is no document; `sijil report` reads lists too".to_owned(),
            }),
            None => {}
        }
    }
    Ok((articles, problems))
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Writes every claim with the rules that gave its fields, one field a line.
fn explain(articles: &[Article]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for (name, claims) in articles {
        for (nth, claim) in claims.iter().enumerate() {
            let high = claim.quantity.high.map(|h| h.to_string()).unwrap_or_default();
            let bounds = format!("{}..{high}", claim.quantity.low);
            writeln!(out, "{name}#{}  {}  {} {bounds}", nth + 1, claim.surface, claim.act.code())?;
            for (field, value) in fields(claim) {
                let rules = of_field(claim, field);
                writeln!(out, "    {field:<8} {value:<40} {rules}")?;
            }
        }
    }
    Ok(())
}

/// The fields that rules give, as people read them; what the text does not say stays out.
fn fields(claim: &Claim) -> Vec<(&'static str, String)> {
    let names = |all: Vec<&str>| all.join(", ");
    let parties = claim.perpetrators.iter().map(|p| p.text.as_str()).collect();
    let places = claim.places.iter().map(|p| p.text.as_str()).collect();
    let source = claim.source.as_ref().map(|s| s.text.clone()).unwrap_or_default();
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let days = claim.window.map(|w| format!("{}..{}", day(w.start), day(w.end)));
    let all = [
        ("toll", claim.surface.clone()),
        ("word", claim.act.code().to_owned()),
        ("source", source),
        ("party", names(parties)),
        ("place", names(places)),
        ("day", days.unwrap_or_default()),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// The rules of one field: those whose name begins with it.
fn of_field(claim: &Claim, field: &str) -> String {
    let rules = claim.rules.iter().filter_map(|rule| rule.split_once('/'));
    let own: Vec<&str> = rules.filter(|(of, _)| *of == field).map(|(_, rule)| rule).collect();
    if own.is_empty() { "taken over from its total".to_owned() } else { own.join("; ") }
}

fn listing(articles: &[Article]) -> Result<Listing<'static>, Failure> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut listing = Listing { headers: CLAIM_FIELDS.to_vec(), rows: Vec::new() };
    for (name, claims) in articles {
        let times = seen.entry(name).or_insert(0);
        *times += 1;
        let prefix = if *times == 1 { name.clone() } else { format!("{name}~{times}") };
        let ids: Vec<String> = (1..=claims.len()).map(|nth| format!("{prefix}#{nth}")).collect();
        for (nth, claim) in claims.iter().enumerate() {
            let line = serde_json::to_value(ClaimLine::of(claim, nth, &ids, name))
                .map_err(|e| Failure::Output(e.into()))?;
            let cell = |header: &&str| line.get(*header).cloned().unwrap_or(Value::Null);
            listing.rows.push(CLAIM_FIELDS.iter().map(cell).collect());
        }
    }
    Ok(listing)
}
