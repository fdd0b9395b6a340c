//! The words of a reading: plain data, named as the field names them.
//!
//! The vocabularies are those of the contract for `sijil claims`; their serialised names are the
//! contract's codes.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A document as handed to the reader.
#[derive(Clone, Copy, Debug)]
pub struct Article<'a> {
    /// The whole text; all spans count its code points.
    pub text: &'a str,
    /// First code point of the body, after a head of `Key: value` lines or markup titles.
    pub body: usize,
    /// Day of publication, for "on Thursday" and "over the past 72 hours".
    pub published: Option<Date>,
    /// Language, or `None` to decide by the letters.
    pub language: Option<Language>,
}

/// The languages that have rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Arabic.
    Ar,
}

/// All that one reading of one document gives.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Statements of how many people were killed, injured, …, in order of their start.
    pub claims: Vec<Claim>,
    /// Statements that hold somebody responsible, with or without a number.
    pub attributions: Vec<Attribution>,
    /// What outsiders and authorities said or did about it: never a toll.
    pub responses: Vec<Response>,
    /// What a careful reader would stop at.
    pub flags: Vec<Flag>,
}

/// A stretch of text in Unicode code points, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// One statement of how many people something was done to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The quantity with its qualifier, or the name of a named victim.
    pub span: Span,
    /// The text of `span`.
    pub surface: String,
    /// What was done.
    pub act: Act,
    /// How many.
    pub quantity: Quantity,
    /// Running toll, one incident, or part of another figure.
    pub scope: Scope,
    /// Index in `Reading::claims` of the total that this is part of.
    pub parent: Option<usize>,
    /// Kinds of victims named; empty never, `Unspecified` alone where nothing is said.
    pub victims: Vec<Victims>,
    /// Ethnic or religious group as named (`Alawite`).
    pub group: Option<String>,
    /// Victims' names as written.
    pub names: Vec<String>,
    /// Who is said to have done it.
    pub perpetrators: Vec<Perpetrator>,
    /// Who says so; `None` when the outlet itself asserts.
    pub source: Option<Speaker>,
    /// The whole chain of speakers, last first.
    pub speaker_chain: Vec<String>,
    /// Asserted, alleged, estimated, denied or expected.
    pub modality: Modality,
    /// Where.
    pub places: Vec<PlaceMention>,
    /// When, resolved against the day of publication.
    pub window: Option<Window>,
    /// Kinds of violation named.
    pub violations: Vec<Violation>,
    /// Motives named.
    pub motives: Vec<Motive>,
    /// The sentence that the quantity stands in.
    pub sentence: Span,
    /// How sure the reader is, 0 to 1.
    pub confidence: f64,
    /// Names of the rules and lexicon entries that fired.
    pub rules: Vec<String>,
    /// What a table of statements says of it; `None` for a claim of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<Box<Stated>>,
}

/// What a table of statements says beside a figure, and what a text leaves to be inferred: accounts
/// follow it and infer nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// The table's name for the statement; a part within its row has the row's and a number.
    pub id: String,
    /// Day of publication: in a table each row has its own.
    pub published: Option<Date>,
    /// Who carried it, where that is not who said it.
    pub outlet: Option<String>,
    /// Index in `Reading::claims` of the statement whose place it takes.
    pub supersedes: Option<usize>,
    /// Origin that it repeats, and with which it is one voice.
    pub repeats: Option<String>,
    /// Whether it stands as a part within the row of its total.
    pub listed: bool,
}

/// How many, as bounds: `high` is `None` when the words leave it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quantity {
    /// Least number that the words allow.
    pub low: u64,
    /// Greatest number that the words allow.
    pub high: Option<u64>,
    /// The kind of words.
    pub qualifier: Qualifier,
}

/// A window of days, either end possibly unknown, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Window {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
}

/// A party held responsible, as the text words it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Perpetrator {
    /// The words.
    pub text: String,
    /// The side they stand for.
    pub class: PartyClass,
    /// Where the words stand.
    pub span: Span,
}

/// Somebody who says something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// Fullest form of the name in the document.
    pub text: String,
    /// Where it stands next to the statement.
    pub span: Span,
}

/// A place as written, with its gazetteer id where it resolves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceMention {
    /// The words.
    pub text: String,
    /// Gazetteer id (for Syria the OCHA P-code).
    pub id: Option<String>,
    /// Where the words stand.
    pub span: Span,
}

/// A statement that holds somebody responsible for a kind of act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// The sentence.
    pub span: Span,
    /// Who is held responsible.
    pub parties: Vec<Perpetrator>,
    /// Who says so; `None` when the outlet itself does.
    pub source: Option<Speaker>,
    /// Title and lead, or body.
    pub zone: Zone,
    /// Kinds of violation named.
    pub violations: Vec<Violation>,
    /// Motives named.
    pub motives: Vec<Motive>,
    /// Places named.
    pub places: Vec<PlaceMention>,
    /// The kind of victims named (the targets), empty where none are.
    pub victims: Vec<Victims>,
    /// Group of the victims, as named.
    pub group: Option<String>,
    /// Names of the rules that fired.
    pub rules: Vec<String>,
}

/// Which part of a document a sentence stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// Title, sub-title and lead.
    Lead,
    /// All the rest.
    Body,
}

/// What somebody said or did in response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The sentence.
    pub span: Span,
    /// Kind of response.
    pub kind: ResponseKind,
    /// Who responds, fullest form in the document.
    pub actor: Option<Speaker>,
    /// Day, where the text gives one.
    pub date: Option<Date>,
    /// Names of the rules that fired.
    pub rules: Vec<String>,
}

/// A thing worth a careful reader's stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// What kind of thing.
    pub kind: FlagKind,
    /// One sentence that tells a user what does not agree.
    pub message: String,
    /// The stretches of text that do not agree.
    pub spans: Vec<Span>,
}

/// Declares an enum whose variants have the contract's codes.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every value, in the order of the contract.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The code of the contract.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value that a code stands for.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

vocabulary! {
    /// What was done to people.
    Act {
        /// Killed.
        Killed = "killed",
        /// Injured.
        Injured = "injured",
        /// Missing.
        Missing = "missing",
        /// Detained.
        Detained = "detained",
        /// Abducted.
        Abducted = "abducted",
        /// Displaced.
        Displaced = "displaced",
    }
}
impl Act {
    /// Whether somebody does it to somebody: parties of one violent act may have done another.
    pub fn is_violent(self) -> bool {
        matches!(self, Self::Killed | Self::Injured)
    }
}

vocabulary! {
    /// The words around a number.
    Qualifier {
        /// A plain number.
        Exact = "exact",
        /// At least N: N and up.
        AtLeast = "at_least",
        /// More than N: N+1 and up.
        MoreThan = "more_than",
        /// About N: N.
        About = "about",
        /// Up to N: 0 to N.
        UpTo = "up_to",
        /// Nearly N: N.
        Nearly = "nearly",
        /// Words such as dozens, hundreds, several.
        Vague = "vague",
    }
}
vocabulary! {
    /// What a figure covers.
    Scope {
        /// A running toll.
        Cumulative = "cumulative",
        /// One incident.
        Incident = "incident",
        /// Part of another figure.
        Breakdown = "breakdown",
        /// Not said.
        Unknown = "unknown",
    }
}
vocabulary! {
    /// Kinds of victims.
    Victims {
        /// Civilians.
        Civilians = "civilians",
        /// Security forces, police, army.
        SecurityForces = "security_forces",
        /// Fighters of any non-state side.
        Fighters = "fighters",
        /// Women.
        Women = "women",
        /// Children.
        Children = "children",
        /// Elderly people.
        Elderly = "elderly",
        /// Medical personnel.
        Medics = "medics",
        /// Journalists.
        Journalists = "journalists",
        /// Nothing said.
        Unspecified = "unspecified",
    }
}
vocabulary! {
    /// Sides.
    PartyClass {
        /// Forces and bodies of the state.
        State = "state",
        /// Factions and groups aligned with the state.
        StateAligned = "state_aligned",
        /// Remnants and loyalists of the former regime.
        FormerRegime = "former_regime",
        /// Non-state armed groups.
        NonState = "non_state",
        /// Foreign fighters.
        ForeignFighters = "foreign_fighters",
        /// Another state's forces.
        ForeignState = "foreign_state",
        /// Not known.
        Unknown = "unknown",
    }
}
vocabulary! {
    /// How a statement is put.
    Modality {
        /// Said as a fact.
        Asserted = "asserted",
        /// Said as an allegation.
        Alleged = "alleged",
        /// Said as an estimate.
        Estimated = "estimated",
        /// Denied.
        Denied = "denied",
        /// Feared or expected.
        Expected = "expected",
    }
}
vocabulary! {
    /// Kinds of violation.
    Violation {
        /// Extrajudicial killing.
        ExtrajudicialKilling = "extrajudicial_killing",
        /// Execution.
        Execution = "execution",
        /// Massacre, mass killing.
        Massacre = "massacre",
        /// Ambush.
        Ambush = "ambush",
        /// Clash.
        Clash = "clash",
        /// Shelling.
        Shelling = "shelling",
        /// Airstrike.
        Airstrike = "airstrike",
        /// Bombing.
        Bombing = "bombing",
        /// Shooting.
        Shooting = "shooting",
        /// Torture.
        Torture = "torture",
        /// Another kind.
        Other = "other",
    }
}
vocabulary! {
    /// Motives.
    Motive {
        /// Sectarian.
        Sectarian = "sectarian",
        /// Revenge.
        Revenge = "revenge",
        /// Ethnic.
        Ethnic = "ethnic",
        /// Political.
        Political = "political",
    }
}
vocabulary! {
    /// Kinds of response.
    ResponseKind {
        /// Concern expressed.
        Concern = "concern",
        /// Condemnation.
        Condemnation = "condemnation",
        /// A promise, or the word that somebody will be watched or will act.
        Promise = "promise",
        /// An inquiry announced or under way.
        Investigation = "investigation",
        /// Arrests, charges, trials.
        Arrest = "arrest",
        /// Sanctions.
        Sanction = "sanction",
        /// Forces sent or withdrawn.
        Deployment = "deployment",
        /// Aid, evacuation, shelter.
        Aid = "aid",
        /// Any other statement.
        Statement = "statement",
    }
}
vocabulary! {
    /// Kinds of flags.
    FlagKind {
        /// Title or lead names other parties than the body.
        LeadNamesOtherParties = "lead_names_other_parties",
        /// A breakdown does not add up to its total.
        SumDoesNotClose = "sum_does_not_close",
        /// The text is in a language that has no rules yet: nothing was read out of it.
        LanguageNotRead = "language_not_read",
        /// The same document gives two numbers for one thing.
        ContradictsItself = "contradicts_itself",
    }
}
