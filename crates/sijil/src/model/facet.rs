//! Facets: what is kept of a person in columns, so that persons can be counted without reading
//! their records.
//!
//! A facet is read off a person alone. Names of places are looked up when a figure is counted,
//! not here: the gazetteer of a register may change without any change to its persons. A new
//! dimension needs its arm in [`Facet::of`]; that, and any change to these rules, needs a migration
//! as well, be it an empty one, so that the columns of older registers are built anew.

use sijil_claims::PartyClass;

use super::status::population_in;
use super::{AgeBand, Dimension, Party, Person, Population, Sex, class_label};

/// A column of persons that holds facets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trait {
    /// The population that the person's status says.
    Population,
    /// What became of the person.
    Fate,
    /// The value of a dimension.
    Of(Dimension),
}

/// What a person is in one trait: a code, words, both, or neither where nothing is stated.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Facet {
    /// Gazetteer id of a place, code of a population, words of a party.
    pub id: Option<String>,
    /// The words shown, or looked up where `id` leads nowhere.
    pub label: Option<String>,
}

impl Trait {
    /// Every trait, in the order of their columns.
    pub fn all() -> impl Iterator<Item = Self> {
        let kept = Dimension::ALL.iter().copied().filter(|by| is_of_person(*by)).map(Self::Of);
        [Self::Population, Self::Fate].into_iter().chain(kept)
    }

    /// Name of its column.
    pub fn name(self) -> &'static str {
        match self {
            Self::Population => "population",
            Self::Fate => "fate",
            Self::Of(dimension) => dimension.code(),
        }
    }
}

impl Facet {
    /// What `person` is in a trait.
    pub fn of(person: &Person, of: Trait) -> Self {
        let dimension = match of {
            Trait::Population => {
                let said = person.status.as_deref().and_then(population_in);
                return Self {
                    id: said.map(|population| population.code().to_owned()),
                    label: None,
                };
            }
            Trait::Fate => return Self { id: Some(person.fate.code().to_owned()), label: None },
            Trait::Of(dimension) => dimension,
        };
        match dimension {
            Dimension::Party if person.is_contested("party") => Self::words(CONTESTED),
            Dimension::Party => Self { id: None, label: person.party.as_ref().map(party_label) },
            Dimension::Place => Self { id: person.place_id.clone(), label: person.place.clone() },
            Dimension::Governorate => {
                Self { id: person.place_id.clone(), label: person.province.clone() }
            }
            Dimension::Day => Self { id: None, label: person.date.map(|day| day.to_string()) },
            Dimension::Group => Self::words(victim_group(person)),
            Dimension::Sex => person.sex.map_or_else(Self::default, |sex| match sex {
                Sex::Female => Self::words("female"),
                Sex::Male => Self::words("male"),
            }),
            Dimension::Age => person.band.map_or_else(Self::default, |band| match band {
                AgeBand::Child => Self::words("under 18"),
                AgeBand::Adult => Self::words("18 to 59"),
                AgeBand::Elderly => Self::words("60 and over"),
            }),
            Dimension::Cause => Self { id: None, label: person.cause.clone() },
            Dimension::Unit => Self {
                id: person.party.as_ref().map(|party| party.text.clone()),
                ..Self::of(person, Trait::Of(Dimension::Party))
            },
            Dimension::Dataset | Dimension::Grade => Self::default(),
        }
    }

    fn words(label: &str) -> Self {
        Self { id: None, label: Some(label.to_owned()) }
    }

    /// Whether a facet of [`Trait::Population`] counts among `population`.
    pub fn is_in(&self, population: Population) -> bool {
        population == Population::All || self.id.as_deref() == Some(population.code())
    }
}

/// Whether a dimension is told by a person's records, of a unit its words: grades need the rules of
/// the register, and no person is of a dataset.
fn is_of_person(dimension: Dimension) -> bool {
    !matches!(dimension, Dimension::Dataset | Dimension::Grade)
}

/// Where records name different sides.
pub const CONTESTED: &str = "contested";

/// Children, women, men: groups that do not overlap, so that a table of them adds up.
fn victim_group(person: &Person) -> &'static str {
    match (person.band, person.sex) {
        (Some(AgeBand::Child), _) => "children",
        (Some(_), Some(Sex::Female)) => "women",
        (Some(_), Some(Sex::Male)) => "men",
        _ => "age or sex not stated",
    }
}

/// The side a party stands for, or its own words where the side is not known.
pub fn party_label(party: &Party) -> String {
    if party.class == PartyClass::Unknown {
        party.text.clone()
    } else {
        class_label(party.class).to_owned()
    }
}
