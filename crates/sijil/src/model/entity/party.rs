//! Parties in a tree, and the memberships that make the tree, each with its time.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sijil_claims::PartyClass;
use sijil_text::letters::fold;

use super::{Entity, EntityId, Extra};

/// A force, faction, unit or state body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Name shown.
    pub name: String,
    /// Other names, in any script.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The side it stands for.
    pub class: PartyClass,
    /// Columns of the format it came from that have no field here.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

/// Membership of a party in a party. When it was *cited* and when it *was* are kept apart: a
/// membership first cited in May may have begun years before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Affiliation {
    /// The member or unit.
    pub member: EntityId,
    /// The party it belongs to.
    pub party: EntityId,
    /// Which tree the membership is of: command, law, politics, …
    #[serde(default = "command", skip_serializing_if = "is_command")]
    pub tree: String,
    /// Role, title or rank.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// Day of the earliest source that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_cited: Option<Date>,
    /// Day of the latest source that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_cited: Option<Date>,
    /// First day, where a source gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// Last day, where a source gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
}

/// The tree of an affiliation that names none.
const COMMAND: &str = "command";

fn command() -> String {
    COMMAND.to_owned()
}

fn is_command(tree: &str) -> bool {
    tree == COMMAND
}

impl Affiliation {
    /// Whether it held on `day`: from its start to its end; without a start since ever, for a first
    /// citation says only that somebody had noticed; without an end still.
    pub fn held_on(&self, day: Option<Date>) -> bool {
        let Some(day) = day else { return self.end.is_none() };
        self.start.is_none_or(|start| start <= day) && self.end.is_none_or(|end| day <= end)
    }
}

/// All parties with one tree of their affiliations.
#[derive(Clone, Debug, Default)]
pub struct Tree<'e> {
    parties: Vec<(&'e EntityId, &'e Party)>,
    affiliations: Vec<(&'e EntityId, &'e Affiliation)>,
}

/// Steps up a tree before it is taken for a ring.
const DEEPEST: usize = 64;

impl<'e> Tree<'e> {
    /// The tree of that name among `entities`; `None` for the tree of command.
    pub fn of(entities: &'e [Entity], name: Option<&str>) -> Self {
        let name = name.unwrap_or(COMMAND);
        let mut tree = Self::default();
        for entity in entities {
            match &entity.body {
                super::Body::Party(party) => tree.parties.push((&entity.id, party)),
                super::Body::Affiliation(held) if held.tree == name => {
                    tree.affiliations.push((&entity.id, held));
                }
                _ => {}
            }
        }
        tree
    }

    /// The party that goes by these words, in any spelling of its names, with or without "the".
    pub fn find(&self, words: &str) -> Option<(&'e EntityId, &'e Party)> {
        fn bare(name: &str) -> String {
            let folded = fold(name.trim());
            folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded)
        }
        let words_bare = bare(words);
        let named = |party: &Party| {
            std::iter::once(&party.name).chain(&party.aliases).any(|name| bare(name) == words_bare)
        };
        self.parties.iter().find(|(id, party)| id.0 == words || named(party)).copied()
    }

    /// The party of that id.
    pub fn get(&self, id: &EntityId) -> Option<&'e Party> {
        self.parties.iter().find(|(of, _)| *of == id).map(|(_, party)| *party)
    }

    /// The line from the top of the tree down to `id`, as it was on `day`. Of several memberships
    /// that held, the one that began last counts, then the one cited last, then the first by name.
    pub fn line(&self, id: &'e EntityId, day: Option<Date>) -> Vec<&'e EntityId> {
        let mut line = vec![id];
        let mut at = id;
        while let Some((_, above)) = self
            .affiliations
            .iter()
            .filter(|(_, held)| held.member == *at && held.held_on(day))
            .max_by(|(a_id, a), (b_id, b)| {
                (a.start, a.last_cited).cmp(&(b.start, b.last_cited)).then(b_id.cmp(a_id))
            })
        {
            if line.len() > DEEPEST || line.contains(&&above.party) {
                break;
            }
            at = &above.party;
            line.push(at);
        }
        line.reverse();
        line
    }

    /// The party `depth` steps below the top of the line of `id` on `day` (0 the top), or `id`
    /// itself where the line is shorter.
    pub fn rolled_up(&self, id: &'e EntityId, day: Option<Date>, depth: usize) -> &'e EntityId {
        let line = self.line(id, day);
        line.get(depth).copied().unwrap_or(id)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Author, Body};
    use super::*;

    fn entity(id: &str, body: Body) -> Entity {
        let author = Author::User("a reviewer".to_owned());
        Entity { id: EntityId(id.to_owned()), body, author, basis: Vec::new() }
    }

    fn party(id: &str, aliases: &[&str]) -> Entity {
        let aliases = aliases.iter().map(|a| (*a).to_owned()).collect();
        let class = PartyClass::State;
        let extra = Extra::new();
        entity(id, Body::Party(Party { name: id.to_owned(), aliases, class, extra }))
    }

    fn within(
        id: &str,
        member: &str,
        above: &str,
        start: Option<&str>,
        end: Option<&str>,
    ) -> Entity {
        let day = |text: Option<&str>| text.map(|text| text.parse().expect("a day"));
        entity(
            id,
            Body::Affiliation(Affiliation {
                member: EntityId(member.to_owned()),
                party: EntityId(above.to_owned()),
                tree: command(),
                role: String::new(),
                first_cited: None,
                last_cited: None,
                start: day(start),
                end: day(end),
            }),
        )
    }

    #[test]
    fn a_unit_belongs_where_it_belonged_on_the_day() {
        let entities = [
            party("ministry", &[]),
            party("militia", &[]),
            party("brigade 4", &["اللواء الرابع"]),
            within("a1", "brigade 4", "militia", None, Some("2031-03-31")),
            within("a2", "brigade 4", "ministry", Some("2031-04-01"), None),
        ];
        let tree = Tree::of(&entities, None);
        let (id, _) = tree.find("اللواء الرابع").expect("by its alias");
        let top = |day: &str| tree.rolled_up(id, day.parse().ok(), 0).0.clone();
        assert_eq!(top("2031-03-31"), "militia");
        assert_eq!(top("2031-04-01"), "ministry");
        assert_eq!(tree.rolled_up(id, None, 5), id);
    }

    #[test]
    fn a_ring_of_memberships_ends() {
        let entities = [
            party("a", &[]),
            party("b", &[]),
            within("1", "a", "b", None, None),
            within("2", "b", "a", None, None),
        ];
        let tree = Tree::of(&entities, None);
        assert_eq!(tree.line(&entities[0].id, None).len(), 2);
    }
}
