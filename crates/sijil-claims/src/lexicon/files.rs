//! The lexicon's files as they stand on disk, and the phrases that they hold.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::tag::{
    Beside, Blame, Count, Form, HeadKind, Link, NationWord, SideWord, Tag, WhereWord,
};
use crate::{Act, Modality, Motive, PartyClass, Qualifier, ResponseKind, Victims, Violation};

/// Takes a phrase and what it stands for.
type Take<'t> = dyn FnMut(&str, Tag) + 't;

/// What the tags of the lexicon count: names of groups and codes of countries, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbered {
    /// Names of the groups.
    pub(super) groups: Vec<String>,
    /// Countries, in order.
    pub(super) countries: Vec<Nation>,
}

/// A country, as far as rules ask.
#[derive(Clone, Debug)]
pub(super) struct Nation {
    /// ISO 3166 code.
    pub(super) code: String,
    /// Its forces act abroad more often than reports play in it.
    pub(super) abroad: bool,
    /// Nobody's armed people there are a state's.
    pub(super) stateless: bool,
}

/// Hands every phrase of the embedded English files and of the common ones to `take`.
pub(super) fn embedded(take: &mut Take<'_>) -> Numbered {
    read::<Acts>(include_str!("../../lexicon/en/acts.toml")).phrases(take);
    read::<Violations>(include_str!("../../lexicon/en/violations.toml")).phrases(take);
    read::<VictimsFile>(include_str!("../../lexicon/en/victims.toml")).phrases(take);
    read::<Parties>(include_str!("../../lexicon/en/parties.toml")).phrases(take);
    read::<Speech>(include_str!("../../lexicon/en/speech.toml")).phrases(take);
    read::<Manner>(include_str!("../../lexicon/en/manner.toml")).phrases(take);
    read::<Responses>(include_str!("../../lexicon/en/responses.toml")).phrases(take);
    read::<BlameFile>(include_str!("../../lexicon/en/blame.toml")).phrases(take);
    read::<Numbers>(include_str!("../../lexicon/en/numbers.toml")).phrases(take);
    read::<Places>(include_str!("../../lexicon/en/places.toml")).phrases(take);
    read::<Areas>(include_str!("../../lexicon/areas.toml")).phrases(take);
    let groups = read::<Groups>(include_str!("../../lexicon/en/groups.toml")).phrases(take);
    let countries = read::<Countries>(include_str!("../../lexicon/countries.toml")).phrases(take);
    Numbered { groups, countries }
}

/// Hands every phrase of the embedded Arabic files to `take`; `groups` are the names so far.
pub(super) fn arabic(groups: &[String], take: &mut Take<'_>) {
    let mut with_case = |word: &str, tag: Tag| {
        take(word, tag);
        // The accusative of an indefinite noun ends with an alef: "قتيل", "قتيلا".
        let noun = matches!(tag, Tag::Victims(..) | Tag::Act(_, Form::Noun) | Tag::Stop);
        if noun && !word.contains(' ') && !word.ends_with(['ا', 'ة', 'ى', 'ن', 'ً']) {
            take(&format!("{word}ا"), tag);
        }
    };
    read::<Acts>(include_str!("../../lexicon/ar/acts.toml")).phrases(&mut with_case);
    read::<VictimsFile>(include_str!("../../lexicon/ar/victims.toml")).phrases(&mut with_case);
    read::<Violations>(include_str!("../../lexicon/ar/violations.toml")).phrases(take);
    read::<ArabicParties>(include_str!("../../lexicon/ar/parties.toml")).phrases(take);
    read::<Speech>(include_str!("../../lexicon/ar/speech.toml")).phrases(take);
    read::<Manner>(include_str!("../../lexicon/ar/manner.toml")).phrases(take);
    read::<BlameFile>(include_str!("../../lexicon/ar/blame.toml")).phrases(take);
    read::<Numbers>(include_str!("../../lexicon/ar/numbers.toml")).phrases(take);
    read::<Places>(include_str!("../../lexicon/ar/places.toml")).phrases(take);
    for group in read::<Groups>(include_str!("../../lexicon/ar/groups.toml")).group {
        let number = groups.iter().position(|name| *name == group.name);
        if let Some(number) = number.and_then(|n| u16::try_from(n).ok()) {
            all(&group.words, Tag::Group(number), take);
        }
    }
}

/// Arabic words under the names that the rules have for them, in the order of the file.
pub(super) fn small_words() -> Vec<(String, String)> {
    read::<Small>(include_str!("../../lexicon/ar/small.toml")).word.into_iter().collect()
}

#[derive(Deserialize)]
struct Small {
    word: BTreeMap<String, String>,
}

fn read<T: DeserializeOwned>(file: &str) -> T {
    toml::from_str(file).expect("the embedded lexicon is checked by a test")
}

fn all(words: &[String], tag: Tag, take: &mut Take<'_>) {
    for word in words {
        take(word, tag);
    }
}

#[derive(Deserialize)]
struct Acts {
    custody: Vec<String>,
    harmed: Vec<String>,
    harm: Vec<String>,
    threat: Vec<String>,
    #[serde(default)]
    charge: Vec<String>,
    #[serde(default)]
    things: Vec<String>,
    #[serde(default)]
    care: Vec<String>,
    act: Vec<ActEntry>,
}

#[derive(Deserialize)]
struct ActEntry {
    code: Act,
    past: Vec<String>,
    active: Vec<String>,
    noun: Vec<String>,
    state: Vec<String>,
}

impl Acts {
    fn phrases(&self, take: &mut Take<'_>) {
        all(&self.custody, Tag::Custody, take);
        all(&self.harmed, Tag::Harmed, take);
        all(&self.harm, Tag::Harm, take);
        all(&self.threat, Tag::Threat, take);
        all(&self.charge, Tag::Charge, take);
        all(&self.things, Tag::OfThings, take);
        all(&self.care, Tag::Care, take);
        for act in &self.act {
            let forms = [
                (&act.past, Form::Past),
                (&act.active, Form::Active),
                (&act.noun, Form::Noun),
                (&act.state, Form::State),
            ];
            for (words, form) in forms {
                all(words, Tag::Act(act.code, form), take);
            }
        }
    }
}

#[derive(Deserialize)]
struct Violations {
    violation: Vec<ViolationEntry>,
}

#[derive(Deserialize)]
struct ViolationEntry {
    code: Violation,
    words: Vec<String>,
    attack: Vec<String>,
    event: Vec<String>,
}

impl Violations {
    fn phrases(&self, take: &mut Take<'_>) {
        for kind in &self.violation {
            all(&kind.words, Tag::Violation(kind.code), take);
            all(&kind.attack, Tag::Attack(kind.code), take);
            all(&kind.event, Tag::Event(kind.code), take);
        }
    }
}

#[derive(Deserialize)]
struct VictimsFile {
    plain: Vec<String>,
    one: Vec<String>,
    members: Vec<String>,
    crowd: Vec<String>,
    title: Vec<String>,
    names: Vec<String>,
    victims: Vec<VictimsEntry>,
    #[serde(default)]
    two: Vec<String>,
    kin: Kin,
    suspect: Words,
    stop: Words,
}

#[derive(Deserialize)]
struct VictimsEntry {
    code: Victims,
    words: Vec<String>,
    one: Vec<String>,
    #[serde(default)]
    two: Vec<String>,
}

#[derive(Deserialize)]
struct Kin {
    words: Vec<String>,
    one: Vec<String>,
    #[serde(default)]
    two: Vec<String>,
    family: Vec<String>,
}

#[derive(Deserialize)]
struct Words {
    words: Vec<String>,
}

impl VictimsFile {
    fn phrases(&self, take: &mut Take<'_>) {
        all(&self.plain, Tag::Victims(None, Count::Many), take);
        all(&self.one, Tag::Victims(None, Count::One), take);
        all(&self.two, Tag::Victims(None, Count::Two), take);
        all(&self.kin.two, Tag::Kin(Count::Two), take);
        all(&self.members, Tag::Members, take);
        all(&self.crowd, Tag::Crowd, take);
        all(&self.title, Tag::Title, take);
        all(&self.names, Tag::Names, take);
        for kind in &self.victims {
            let many: Vec<String> =
                kind.words.iter().filter(|word| !kind.one.contains(word)).cloned().collect();
            all(&many, Tag::Victims(Some(kind.code), Count::Many), take);
            all(&kind.one, Tag::Victims(Some(kind.code), Count::One), take);
            all(&kind.two, Tag::Victims(Some(kind.code), Count::Two), take);
        }
        all(&self.kin.words, Tag::Kin(Count::Many), take);
        all(&self.kin.one, Tag::Kin(Count::One), take);
        all(&self.kin.family, Tag::Family, take);
        all(&self.suspect.words, Tag::Suspect, take);
        all(&self.stop.words, Tag::Stop, take);
    }
}

#[derive(Deserialize)]
struct Groups {
    group: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    words: Vec<String>,
}

impl Groups {
    fn phrases(self, take: &mut Take<'_>) -> Vec<String> {
        for (number, group) in (0_u16..).zip(&self.group) {
            all(&group.words, Tag::Group(number), take);
        }
        self.group.into_iter().map(|group| group.name).collect()
    }
}

#[derive(Deserialize)]
struct Parties {
    head: Heads,
    word: SideWords,
    link: Links,
    party: Vec<PartyNames>,
}

#[derive(Deserialize)]
struct Heads {
    bare: Vec<String>,
    force: Vec<String>,
    irregular: Vec<String>,
    weapon: Vec<String>,
    community: Vec<String>,
    state: Vec<String>,
    armed: Vec<String>,
    unknown: Vec<String>,
    former_regime: Vec<String>,
}

#[derive(Deserialize)]
struct SideWords {
    government: Vec<String>,
    former: Vec<String>,
    foreign: Vec<String>,
    unidentified: Vec<String>,
    non_state: Vec<String>,
    allied: Vec<String>,
}

#[derive(Deserialize)]
struct Links {
    with: Vec<String>,
    r#in: Vec<String>,
    of: Vec<String>,
}

#[derive(Deserialize)]
struct PartyNames {
    class: PartyClass,
    names: Vec<String>,
}

impl Parties {
    fn phrases(&self, take: &mut Take<'_>) {
        let beside = [
            (&self.head.bare, Beside::Bare),
            (&self.head.force, Beside::Force),
            (&self.head.irregular, Beside::Irregular),
            (&self.head.weapon, Beside::Weapon),
            (&self.head.community, Beside::Community),
        ];
        for (words, meaning) in beside {
            for word in words {
                take(word, Tag::Beside(meaning));
            }
        }
        all(&self.head.state, Tag::Head(HeadKind::State), take);
        all(&self.head.armed, Tag::Head(HeadKind::Armed), take);
        all(&self.head.unknown, Tag::Head(HeadKind::Unknown), take);
        all(&self.head.former_regime, Tag::Head(HeadKind::FormerRegime), take);
        all(&self.word.government, Tag::Side(SideWord::Government), take);
        all(&self.word.former, Tag::Side(SideWord::Former), take);
        all(&self.word.foreign, Tag::Side(SideWord::Foreign), take);
        all(&self.word.unidentified, Tag::Side(SideWord::Unidentified), take);
        all(&self.word.non_state, Tag::Side(SideWord::NonState), take);
        all(&self.word.allied, Tag::Side(SideWord::Allied), take);
        all(&self.link.with, Tag::Link(Link::With), take);
        all(&self.link.r#in, Tag::Link(Link::In), take);
        all(&self.link.of, Tag::Link(Link::Of), take);
        names(&self.party, take);
    }
}

#[derive(Deserialize)]
struct ArabicParties {
    head: ArabicHeads,
    word: ArabicWords,
    party: Vec<PartyNames>,
}

#[derive(Deserialize)]
struct ArabicHeads {
    state: Vec<String>,
    armed: Vec<String>,
    unknown: Vec<String>,
    weapon: Vec<String>,
}

#[derive(Deserialize)]
struct ArabicWords {
    government: Vec<String>,
    allied: Vec<String>,
    former: Vec<String>,
}

impl ArabicParties {
    fn phrases(&self, take: &mut Take<'_>) {
        all(&self.head.state, Tag::Head(HeadKind::State), take);
        all(&self.head.armed, Tag::Head(HeadKind::Armed), take);
        all(&self.head.unknown, Tag::Head(HeadKind::Unknown), take);
        all(&self.head.weapon, Tag::Beside(Beside::Weapon), take);
        all(&self.word.government, Tag::Side(SideWord::Government), take);
        all(&self.word.allied, Tag::Side(SideWord::Allied), take);
        all(&self.word.former, Tag::Side(SideWord::Former), take);
        names(&self.party, take);
    }
}

fn names(parties: &[PartyNames], take: &mut Take<'_>) {
    for party in parties {
        all(&party.names, Tag::Named(party.class), take);
    }
}

#[derive(Deserialize)]
struct Speech {
    say: Vec<String>,
    #[serde(default)]
    inverted: Vec<String>,
    count: Vec<String>,
    #[serde(default)]
    gives: Vec<String>,
    before: Vec<String>,
    carries: Vec<String>,
    speaker: Vec<String>,
    #[serde(default)]
    body: Vec<String>,
    #[serde(default)]
    news: Vec<String>,
    pronoun: Vec<String>,
    #[serde(default)]
    told: Vec<String>,
    #[serde(default)]
    office: Vec<String>,
    #[serde(default)]
    tally: Vec<String>,
}

impl Speech {
    fn phrases(&self, take: &mut Take<'_>) {
        all(&self.say, Tag::Say, take);
        all(&self.inverted, Tag::Inverted, take);
        all(&self.count, Tag::Counts, take);
        all(&self.gives, Tag::Gives, take);
        all(&self.before, Tag::Before, take);
        all(&self.carries, Tag::Carries, take);
        all(&self.speaker, Tag::SpeakerNoun, take);
        all(&self.body, Tag::Body, take);
        all(&self.news, Tag::News, take);
        all(&self.pronoun, Tag::Pronoun, take);
        all(&self.told, Tag::Told, take);
        all(&self.office, Tag::Office, take);
        all(&self.tally, Tag::Tally, take);
    }
}

#[derive(Deserialize)]
struct Manner {
    modality: Vec<Coded<Modality>>,
    motive: Vec<Coded<Motive>>,
    scope: Scopes,
    part: Part,
}

#[derive(Deserialize)]
struct Coded<T> {
    code: T,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Scopes {
    cumulative: Vec<String>,
    rise: Vec<String>,
    toll: Vec<String>,
    leads: Vec<String>,
}

#[derive(Deserialize)]
struct Part {
    opens: Vec<String>,
}

impl Manner {
    fn phrases(&self, take: &mut Take<'_>) {
        for modality in &self.modality {
            all(&modality.words, Tag::Modality(modality.code), take);
        }
        for motive in &self.motive {
            all(&motive.words, Tag::Motive(motive.code), take);
        }
        all(&self.scope.cumulative, Tag::Cumulative, take);
        all(&self.scope.rise, Tag::Rise, take);
        all(&self.scope.toll, Tag::Toll, take);
        all(&self.scope.leads, Tag::Leads, take);
        all(&self.part.opens, Tag::Opens, take);
    }
}

#[derive(Deserialize)]
struct Responses {
    response: Vec<ResponseWords>,
}

#[derive(Deserialize)]
struct ResponseWords {
    kind: ResponseKind,
    words: Vec<String>,
}

impl Responses {
    fn phrases(&self, take: &mut Take<'_>) {
        for response in &self.response {
            all(&response.words, Tag::Response(response.kind), take);
        }
    }
}

#[derive(Deserialize)]
struct BlameFile {
    by: Vec<String>,
    on: Vec<String>,
    object: Vec<String>,
    #[serde(default)]
    launched: Vec<String>,
    #[serde(default)]
    held: Vec<String>,
    #[serde(default)]
    natural: Vec<String>,
    #[serde(default)]
    subject: Vec<String>,
    #[serde(default)]
    to: Vec<String>,
}

impl BlameFile {
    fn phrases(&self, take: &mut Take<'_>) {
        all(&self.launched, Tag::Launched, take);
        all(&self.held, Tag::Held, take);
        all(&self.natural, Tag::Natural, take);
        all(&self.by, Tag::Blame(Blame::By), take);
        all(&self.on, Tag::Blame(Blame::On), take);
        all(&self.object, Tag::Blame(Blame::Object), take);
        all(&self.subject, Tag::Blame(Blame::Subject), take);
        all(&self.to, Tag::Blame(Blame::To), take);
    }
}

#[derive(Deserialize)]
struct Areas {
    country: Vec<AreaNames>,
    region: Vec<AreaNames>,
}

#[derive(Deserialize)]
struct AreaNames {
    names: Vec<String>,
}

impl Areas {
    fn phrases(&self, take: &mut Take<'_>) {
        for area in self.country.iter().chain(&self.region) {
            all(&area.names, Tag::Area, take);
        }
    }
}

#[derive(Deserialize)]
struct Places {
    kind: Vec<String>,
    #[serde(default)]
    facility: Vec<String>,
    r#in: Vec<String>,
    #[serde(default)]
    reached: Vec<String>,
    #[serde(default)]
    told: Vec<String>,
    #[serde(default)]
    bureau: Vec<String>,
}

impl Places {
    fn phrases(&self, take: &mut Take<'_>) {
        let words = [
            (&self.kind, WhereWord::Kind),
            (&self.facility, WhereWord::Facility),
            (&self.r#in, WhereWord::In),
            (&self.reached, WhereWord::Reached),
            (&self.told, WhereWord::Told),
            (&self.bureau, WhereWord::Bureau),
        ];
        for (words, meaning) in words {
            for word in words {
                take(word, Tag::Where(meaning));
            }
        }
    }
}

#[derive(Deserialize)]
struct Countries {
    country: Vec<Country>,
}

#[derive(Deserialize)]
struct Country {
    code: String,
    #[serde(default)]
    abroad: bool,
    #[serde(default)]
    stateless: bool,
    names: Vec<String>,
    people: Vec<String>,
    forces: Vec<String>,
    places: Vec<String>,
}

impl Countries {
    fn phrases(self, take: &mut Take<'_>) -> Vec<Nation> {
        for (number, country) in (0_u16..).zip(&self.country) {
            all(&country.names, Tag::Nation(NationWord::Name, number), take);
            all(&country.people, Tag::Nation(NationWord::People, number), take);
            all(&country.forces, Tag::Nation(NationWord::Forces, number), take);
            all(&country.places, Tag::Nation(NationWord::Place, number), take);
        }
        let nation = |c: Country| Nation { code: c.code, abroad: c.abroad, stateless: c.stateless };
        self.country.into_iter().map(nation).collect()
    }
}

#[derive(Deserialize)]
struct Numbers {
    below: Vec<String>,
    word: BTreeMap<String, u64>,
    scale: BTreeMap<String, u64>,
    qualifier: BTreeMap<Qualifier, Vec<String>>,
    vague: BTreeMap<String, u64>,
}

impl Numbers {
    fn phrases(&self, take: &mut Take<'_>) {
        all(&self.below, Tag::Below, take);
        for (word, value) in &self.word {
            take(word, Tag::Number(*value));
        }
        for (word, value) in &self.scale {
            take(word, Tag::Scale(*value));
        }
        for (qualifier, words) in &self.qualifier {
            all(words, Tag::Qualifier(*qualifier), take);
        }
        for (words, least) in &self.vague {
            take(words, Tag::Vague(*least));
        }
    }
}
