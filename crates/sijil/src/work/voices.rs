//! Whose word things rest on, and how many of the voices do not depend on each other.
//!
//! Twenty outlets that carry one monitor are one voice. A voice is the origin of a statement, or a
//! list; it depends on another where an account was found to repeat it, or where the register's own
//! entry of the source says so.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sijil_claims::accounts::{Accounts, StatementRef, canonical_source};
use sijil_text::letters::fold;

use crate::model::entity::{Body, Entity, Grade, Source};

/// Voices of statements and lists, with what each depends on.
#[derive(Clone, Debug, Default)]
pub(super) struct Voices {
    statements: BTreeMap<StatementRef, String>,
    /// By folded name: the folded names that it depends on.
    depends: BTreeMap<String, BTreeSet<String>>,
    /// The folded name that an alias stands for.
    aliases: BTreeMap<String, String>,
    /// By folded name: the register's own entries of sources.
    sources: BTreeMap<String, Source>,
}

impl Voices {
    pub(super) fn of(accounts: &Accounts, sources: &[Entity]) -> Self {
        let mut voices = Self::default();
        let names: BTreeMap<_, _> = sources.iter().filter_map(named).collect();
        for (id, source) in &names {
            let name = fold(&source.name);
            voices.aliases.insert(fold(id), name.clone());
            for alias in &source.aliases {
                voices.aliases.insert(fold(alias), name.clone());
            }
        }
        for source in names.values() {
            let on = source.depends_on.iter().map(|id| voices.name(&id.0)).collect::<Vec<_>>();
            voices.depends.entry(fold(&source.name)).or_default().extend(on);
            voices.sources.insert(fold(&source.name), (*source).clone());
        }
        for account in &accounts.accounts {
            for point in &account.points {
                let said = point.statements.iter().map(|at| (*at, account.source.clone()));
                voices.statements.extend(said);
            }
            if let Some(on) = &account.depends_on {
                let (name, on) = (voices.name(&account.source), voices.name(on));
                voices.depends.entry(name).or_default().insert(on);
            }
        }
        voices
    }

    /// The voice of a statement, where it entered the accounts.
    pub(super) fn of_statement(&self, at: StatementRef) -> Option<&str> {
        self.statements.get(&at).map(String::as_str)
    }

    /// How many of `voices` stand on their own: those that repeat another of them, however far
    /// down the line, do not count beside it.
    pub(super) fn independent<'v>(&self, voices: impl Iterator<Item = &'v str>) -> u64 {
        let names: BTreeSet<String> = voices.map(|voice| self.name(voice)).collect();
        let repeats = |name: &String| {
            let mut seen = BTreeSet::from([name.clone()]);
            let mut next = vec![name.clone()];
            while let Some(at) = next.pop() {
                for on in self.depends.get(&at).into_iter().flatten() {
                    // In a ring the first by name stands for all.
                    if names.contains(on) && (on < name || !self.reaches(on, name)) {
                        return true;
                    }
                    if seen.insert(on.clone()) {
                        next.push(on.clone());
                    }
                }
            }
            false
        };
        names.iter().filter(|name| !repeats(name)).count() as u64
    }

    /// Whether a voice has this grade of reliability or a better one on `day`; on a day that is not
    /// known, in the period that is still open.
    pub(super) fn is_reliable(&self, voice: &str, least: Grade, day: Option<Date>) -> bool {
        let source = self.sources.get(&self.name(voice));
        source
            .and_then(|source| source.grade_on(day.unwrap_or(Date::MAX)))
            .is_some_and(|grade| grade <= least)
    }

    fn reaches(&self, from: &str, to: &str) -> bool {
        let mut seen = BTreeSet::from([from.to_owned()]);
        let mut next = vec![from.to_owned()];
        while let Some(at) = next.pop() {
            if at == to {
                return true;
            }
            for on in self.depends.get(&at).into_iter().flatten() {
                if seen.insert(on.clone()) {
                    next.push(on.clone());
                }
            }
        }
        false
    }

    fn name(&self, voice: &str) -> String {
        let folded = fold(voice);
        if let Some(name) = self.aliases.get(&folded) {
            return name.clone();
        }
        fold(canonical_source(voice).unwrap_or(voice))
    }
}

fn named(entity: &Entity) -> Option<(&str, &Source)> {
    match &entity.body {
        Body::Source(source) => Some((entity.id.0.as_str(), source)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::{Author, EntityId};

    fn source(id: &str, depends_on: &[&str]) -> Entity {
        let depends_on = depends_on.iter().map(|id| EntityId((*id).to_owned())).collect();
        Entity {
            id: EntityId(id.to_owned()),
            body: Body::Source(Source {
                name: format!("The {id} office"),
                depends_on,
                ..Source::default()
            }),
            author: Author::User("a reviewer".to_owned()),
            basis: Vec::new(),
        }
    }

    #[test]
    fn who_repeats_another_is_no_second_voice() {
        let sources =
            [source("hills", &[]), source("valley", &["hills"]), source("coast", &["valley"])];
        let voices = Voices::of(&Accounts::default(), &sources);
        let count = |names: &[&str]| voices.independent(names.iter().copied());
        assert_eq!(count(&["hills", "valley", "coast"]), 1);
        assert_eq!(count(&["valley", "coast"]), 1);
        assert_eq!(count(&["hills", "an unknown office"]), 2);
        assert_eq!(count(&["hills", "the HILLS office"]), 1);
    }

    #[test]
    fn a_ring_of_repeaters_is_one_voice() {
        let sources = [source("a", &["b"]), source("b", &["c"]), source("c", &["a"])];
        let voices = Voices::of(&Accounts::default(), &sources);
        assert_eq!(voices.independent(["a", "b", "c"].into_iter()), 1);
    }
}
