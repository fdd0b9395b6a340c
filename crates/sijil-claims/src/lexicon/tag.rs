//! What a word or phrase of the lexicon stands for.

use crate::{Act, Modality, Motive, PartyClass, Qualifier, ResponseKind, Victims, Violation};

/// One meaning of a phrase. A phrase may have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// What was done, and how the victims stand to the word.
    Act(Act, Form),
    /// What becomes of people who were taken: the act is that of the taking.
    Custody,
    /// "Suffered", and what makes it an injury.
    Harmed,
    /// "Wounds", "burns".
    Harm,
    /// What somebody stands accused of.
    Charge,
    /// A verb of an act that is said of things as well.
    OfThings,
    /// A verb of those who care for the injured.
    Care,
    /// Before an act: nobody has done it.
    Threat,
    /// A kind of violation is named.
    Violation(Violation),
    /// A verb of an attack: its object is the target.
    Attack(Violation),
    /// A noun of one event.
    Event(Violation),
    /// Victims; `None` where the word has no kind.
    Victims(Option<Victims>, Count),
    /// "Members", "personnel": the kind stands behind.
    Members,
    /// Before "of" and how many there are.
    Crowd,
    /// Before a person's name.
    Title,
    /// Leads from a toll to the names of the people.
    Names,
    /// Relatives.
    Kin(Count),
    /// "Family", "household".
    Family,
    /// A noun that makes the number before it no toll.
    Stop,
    /// People who are counted only as detained.
    Suspect,
    /// An ethnic or religious group, by its number in the lexicon.
    Group(u16),
    /// The noun that a party is built on.
    Head(HeadKind),
    /// A party by name.
    Named(PartyClass),
    /// Of a head or what stands beside it: says nothing of a side, is a state's own, ….
    Beside(Beside),
    /// A country's name, people, forces or places, by the country's number in the lexicon.
    Nation(NationWord, u16),
    /// A word beside a head that names a side.
    Side(SideWord),
    /// What ties a head to the words behind it.
    Link(Link),
    /// A verb of saying.
    Say,
    /// A verb of saying that may stand before its speaker.
    Inverted,
    /// A verb of counting.
    Counts,
    /// A verb or noun whose object is somebody's figure: "spoke of 12".
    Gives,
    /// Stands before a speaker.
    Before,
    /// Its subject carries somebody else's words.
    Carries,
    /// What words were said in or to: no part of a speaker's name.
    Told,
    /// Whoever holds it speaks for a body.
    Office,
    /// A count that belongs to somebody.
    Tally,
    /// A noun that a speaker may be.
    SpeakerNoun,
    /// Part of the name of a news outlet.
    News,
    /// Written with a capital: part of the name of a body.
    Body,
    /// A pronoun for a speaker.
    Pronoun,
    /// How it is put.
    Modality(Modality),
    /// Why it was done.
    Motive(Motive),
    /// The figure is a running toll.
    Cumulative,
    /// The figure grows: of an incident, or a running one.
    Rise,
    /// A word for a toll whose number comes later.
    Toll,
    /// Leads from a toll to its number.
    Leads,
    /// Opens the parts of a total.
    Opens,
    /// A response.
    Response(ResponseKind),
    /// A participle before "by" that makes what follows responsible.
    Launched,
    /// What people die of without a weapon: hunger, cold, illness.
    Natural,
    /// A participle before "by" that says who is at a place.
    Held,
    /// Ties a party to an act.
    Blame(Blame),
    /// How a text words a place.
    Where(WhereWord),
    /// An area wider than a gazetteer's places: a coast, a country.
    Area,
    /// The number behind it is not reached.
    Below,
    /// Bounds the number behind it.
    Qualifier(Qualifier),
    /// An amount without a number: its least value.
    Vague(u64),
    /// A number word.
    Number(u64),
    /// A number word that multiplies.
    Scale(u64),
}

/// How victims stand to a word for an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Past tense or participle: on either side.
    Past,
    /// Victims stand behind.
    Active,
    /// The act as a thing.
    Noun,
    /// What the victims are.
    State,
}

/// One or many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    /// A singular: "a woman".
    One,
    /// A plural, or a word that is both.
    Many,
    /// An Arabic dual: two.
    Two,
}

/// Kinds of heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HeadKind {
    /// A body of a state.
    State,
    /// Armed people of a side that other words name.
    Armed,
    /// Armed people of an unknown side.
    Unknown,
    /// Of the former regime by the word itself.
    FormerRegime,
}

/// What a word says of a place beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WhereWord {
    /// "Village", "district".
    Kind,
    /// "In", "near".
    In,
    /// "Prison", "river": behind a name, part of it.
    Facility,
    /// Between an attack and its place.
    Reached,
    /// It was said there.
    Told,
    /// Reports are often written there.
    Bureau,
}

/// How a word names a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NationWord {
    /// The country.
    Name,
    /// Its people.
    People,
    /// Its state's forces.
    Forces,
    /// A place in it.
    Place,
}

/// What a word beside or of a head says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beside {
    /// A head that says nothing of a side by itself: "members".
    Bare,
    /// A head that, with a state before it, is the state's own: "forces".
    Force,
    /// A head that is no state's, whoever is named before it: "rebels".
    Irregular,
    /// A weapon or an attack, whose owner may stand before it: "missile".
    Weapon,
    /// "Community", "sect".
    Community,
}

/// Whose name a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SideWord {
    /// The state's.
    Government,
    /// The former regime's.
    Former,
    /// Foreigners'.
    Foreign,
    /// Another state's.
    ForeignState,
    /// The people's of the country where the text plays.
    OwnState,
    /// Nobody's that is known.
    Unidentified,
    /// A side that is no state.
    NonState,
    /// Somebody's ally.
    Allied,
}

/// Kinds of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// Stands with what follows.
    With,
    /// Takes part in what follows.
    In,
    /// Is of what follows.
    Of,
}

/// How a word ties a party to what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blame {
    /// "Killed by": the party stands behind.
    By,
    /// "Attributed to", "carried out by": the party stands behind.
    On,
    /// "Blamed": the party is the object.
    Object,
    /// "Carried out": the party is the subject.
    Subject,
    /// "Attributed … to": the party stands behind a later "to".
    To,
}
