//! Reported figures, before and after: whose, and why they moved.

use std::collections::BTreeMap;

use serde::Serialize;
use sijil_claims::Act;
use sijil_claims::accounts::{Account, Point};

use super::super::material::Material;
use crate::model::{class_label, population_label};

/// One account whose latest figure moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureChange {
    /// Who says so.
    pub source: String,
    /// Of whom, by whom, where, as the report words it.
    pub what: String,
    /// The latest figure before, in its own words; `None` where the account is new.
    pub before: Option<String>,
    /// The latest figure after; `None` where the account is gone.
    pub after: Option<String>,
    /// Why.
    pub why: String,
}

/// Accounts of the killed whose latest figure moved, in order of source and population.
pub fn diff_accounts(before: &Material, after: &Material) -> Vec<FigureChange> {
    let (old, new) = (latest_of(before), latest_of(after));
    let keys: std::collections::BTreeSet<&Name> = old.keys().chain(new.keys()).collect();
    let changed = keys.into_iter().filter_map(|key| {
        let (was, is) = (old.get(key), new.get(key));
        let words = |point: Option<&&Point>| point.map(|point| point.surface.clone());
        let figure = |point: Option<&&Point>| point.map(|p| (p.quantity, p.published, p.window));
        if figure(was) == figure(is) {
            return None;
        }
        Some(FigureChange {
            source: key.0.clone(),
            what: key.1.clone(),
            before: words(was),
            after: words(is),
            why: why(was.copied(), is.copied()),
        })
    });
    changed.collect()
}

/// Source, and what it counts.
type Name = (String, String);

fn latest_of(material: &Material) -> BTreeMap<Name, &Point> {
    let killed = material.accounts.accounts.iter().filter(|account| account.act == Act::Killed);
    let mut latest: BTreeMap<Name, &Point> = BTreeMap::new();
    for account in killed {
        let Some(point) = account.points.iter().rfind(|point| !point.superseded) else { continue };
        let name = (account.source.clone(), what(material, account));
        let stands = latest.entry(name).or_insert(point);
        if stands.published < point.published {
            *stands = point;
        }
    }
    latest
}

fn what(material: &Material, account: &Account) -> String {
    let mut words = population_label(&account.population);
    let sides: Vec<&str> = account.parties.iter().map(|class| class_label(*class)).collect();
    if !sides.is_empty() {
        words.push_str(&format!(" by {}", sides.join(" and ")));
    }
    let places: Vec<&str> = account
        .area
        .iter()
        .map(|id| material.gazetteer.get(id).map_or(id.as_str(), |entry| entry.name.as_str()))
        .collect();
    if !places.is_empty() {
        words.push_str(&format!(" in {}", places.join(", ")));
    }
    words
}

fn why(was: Option<&Point>, is: Option<&Point>) -> String {
    let on = |point: &Point| {
        point.published.map_or_else(|| "without a day".to_owned(), |day| format!("of {day}"))
    };
    match (was, is) {
        (None, Some(is)) => format!("new: a statement {}", on(is)),
        (Some(was), None) => format!("its statement {} counts no longer", on(was)),
        (Some(was), Some(is)) if was.published < is.published => {
            format!("a newer statement {}", on(is))
        }
        (Some(_), Some(is)) => format!("the statement {} is read otherwise", on(is)),
        (None, None) => String::new(),
    }
}
