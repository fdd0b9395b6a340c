//! Articles of about 2 kB: paragraphs drawn from templates, with tolls in varied phrasing.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::dice::Dice;

/// Least length of an article in bytes.
const LENGTH: usize = 2000;

/// An article.
pub(crate) struct Article {
    /// File name.
    pub(crate) file: String,
    /// Content.
    pub(crate) text: String,
}

/// The article with this number.
pub(crate) fn article(seed: u64, number: usize) -> Result<Article> {
    let mut dice = Dice::new(seed, 1_000 + number as u64);
    let days = i64::try_from(number % 120)?;
    let day = date(2031, 3, 6).checked_add(days.days()).context("a day of 2031")?;
    let outlet = dice.pick(OUTLETS);
    let place = dice.pick(PLACES);
    let mut text = format!(
        "Title: {} in {place}\nSource: {outlet}\nPublished: {day}\n\
         Note: Invented to measure speed; nothing in it happened.\n\n",
        dice.pick(TITLES)
    );
    while text.len() < LENGTH {
        let sentences = dice.between(2, 4);
        for nth in 0..sentences {
            if nth > 0 {
                text.push(' ');
            }
            text.push_str(&sentence(&mut dice, day)?);
        }
        text.push_str("\n\n");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    Ok(Article { file: format!("{day}-{number:05}.txt"), text })
}

/// One sentence: two in three carry a toll.
fn sentence(dice: &mut Dice, published: Date) -> Result<String> {
    let mut text = String::new();
    let template = if dice.chance(650) { dice.pick(TOLLS) } else { dice.pick(OTHERS) };
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (slot, after) = after.split_once('}').context("a slot without an end")?;
        text.push_str(before);
        fill(&mut text, slot, dice, published)?;
        rest = after;
    }
    text.push_str(rest);
    // All templates and slots are ASCII.
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Ok(text)
}

fn fill(text: &mut String, slot: &str, dice: &mut Dice, published: Date) -> Result<()> {
    match slot {
        "n" => quantity(text, dice)?,
        "small" => text.push_str(dice.pick(&["two", "three", "five", "seven", "nine", "12", "17"])),
        "source" => text.push_str(dice.pick(SOURCES)),
        "party" => text.push_str(dice.pick(PARTIES)),
        "people" => text.push_str(dice.pick(PEOPLE)),
        "place" => text.push_str(dice.pick(PLACES)),
        "day" => {
            let days = i64::from(dice.between(1, 20));
            let day = published.checked_sub(days.days()).context("a day of 2031")?;
            write!(text, "{}", day.strftime("%-d %B"))?;
        }
        "split" => split(text, dice)?,
        other => anyhow::bail!("no slot is called {other}"),
    }
    Ok(())
}

/// A number with the words around it.
fn quantity(text: &mut String, dice: &mut Dice) -> Result<()> {
    let words = dice.pick(&["", "", "", "at least ", "more than ", "about ", "nearly "]);
    match dice.below(8) {
        0 => text.push_str(dice.pick(&["dozens of", "hundreds of", "over a dozen", "several"])),
        1 => write!(text, "{words}1,{:03}", dice.between(1, 999))?,
        _ => write!(text, "{words}{}", dice.between(11, 480))?,
    }
    Ok(())
}

/// A total and four parts that add up to it.
fn split(text: &mut String, dice: &mut Dice) -> Result<()> {
    let parts = [0; 4].map(|_| dice.between(12, 300));
    let total: u32 = parts.iter().sum();
    let [a, b, c, d] = parts;
    write!(
        text,
        "{total} civilians killed, including {a} in Latakia, {b} in Tartus, {c} in Hama and {d} in Homs"
    )?;
    Ok(())
}

const OUTLETS: &[&str] = &["Bench Wire", "Bench Gazette", "Bench Monitor", "Bench Radio"];

const TITLES: &[&str] = &[
    "More people killed",
    "Fighting goes on",
    "Toll rises",
    "Calls for an inquiry after killings",
];

const SOURCES: &[&str] = &[
    "the Bench Observatory for Human Rights",
    "the Bench Network for Documentation",
    "the office of the governor",
    "local residents",
    "a war monitor",
    "the health directorate",
];

const PARTIES: &[&str] = &[
    "security forces",
    "armed factions linked to the government",
    "remnants of the former regime",
    "unidentified gunmen",
    "foreign fighters",
    "government forces and allied groups",
];

const PEOPLE: &[&str] =
    &["civilians", "people", "villagers", "members of the security forces", "fighters"];

const PLACES: &[&str] =
    &["Latakia", "Tartus", "Hama", "Homs", "Baniyas", "Jableh", "Qardaha", "Masyaf", "Haffa"];

const TOLLS: &[&str] = &[
    "{source} said that {n} {people} had been killed in {place} since {day}.",
    "{party} killed {n} {people} in {place} on {day}, according to {source}.",
    "{n} {people} were killed by {party} near {place}, {source} reported.",
    "An ambush by {party} in {place} left {small} members of the security forces dead on {day}.",
    "According to {source}, there were {split}.",
    "{source} accused {party} of executing {small} men in {place}, among them {small} children.",
    "At least {small} people were wounded and {small} are missing in {place}, {source} added.",
    "Shelling by {party} killed {small} women and {small} children in {place} on {day}.",
];

const OTHERS: &[&str] = &[
    "The authorities promised an investigation and said that the guilty would be punished.",
    "Roads to {place} stayed closed for a third day, and bakeries ran out of flour.",
    "The United Nations voiced deep concern and called on all sides to protect civilians.",
    "A convoy of the Red Crescent reached {place} with medicine and blankets.",
    "{source} could not be reached for comment, and its offices in {place} were shut.",
    "Witnesses spoke of men in uniform who went from house to house and asked for names.",
    "The figure could not be verified independently, since telephone lines to {place} were cut.",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_about_two_kilobytes_differ_and_repeat() {
        let first = article(1, 0).unwrap();
        let second = article(1, 1).unwrap();
        assert_ne!(first.text, second.text);
        assert_eq!(first.text, article(1, 0).unwrap().text);
        for number in 0..60 {
            let article = article(1, number).unwrap();
            assert!((LENGTH - 10..LENGTH + 1200).contains(&article.text.len()));
            assert!(!article.text.contains(['{', '}']));
        }
    }
}
