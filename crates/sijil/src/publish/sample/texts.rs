//! Documents of the sample: sentences with their claims, attributions, responses and flags.

use jiff::civil::Date;
use sijil_claims::accounts::StatementRef;
use sijil_claims::*;

use super::{mark, may, place_id, sha};
use crate::model::*;

const TALLY: &str = "Coast Tally Office";
const HILLS: &str = "Hills Monitoring Office";
const MINISTRY: &str = "Interior Ministry";
const PANEL: &str = "Assembly Panel on the Hills";
const VALLEY: &str = "Valley News";
const RASD: &str = "مكتب رصد الساحل";

pub(super) fn kind(source: &str) -> &'static str {
    match source {
        TALLY | HILLS | RASD => "monitor",
        MINISTRY => "state",
        PANEL => "un",
        VALLEY => "press",
        _ => "unknown",
    }
}

struct Doc {
    path: &'static str,
    title: &'static str,
    outlet: &'static str,
    day: i8,
    said: Vec<Said>,
}

/// A sentence with its claims.
struct Said {
    text: &'static str,
    source: Option<&'static str>,
    claims: Vec<C>,
}

/// A claim in short: the words, the number, whom, by whom, where.
#[derive(Clone)]
struct C {
    words: &'static str,
    quantity: Quantity,
    victims: Vec<Victims>,
    group: Option<&'static str>,
    by: Option<(&'static str, PartyClass)>,
    places: Vec<&'static str>,
    scope: Scope,
    act: Act,
    /// Index of the total in the same sentence.
    of: Option<usize>,
    window: Option<(i8, i8)>,
}

fn c(words: &'static str, low: u64, high: Option<u64>, qualifier: Qualifier) -> C {
    C {
        words,
        quantity: Quantity { low, high, qualifier },
        victims: vec![Victims::Unspecified],
        group: None,
        by: None,
        places: vec!["Latakia", "Tartus"],
        scope: Scope::Cumulative,
        act: Act::Killed,
        of: None,
        window: Some((6, 24)),
    }
}

fn exact(words: &'static str, n: u64) -> C {
    c(words, n, Some(n), Qualifier::Exact)
}

impl C {
    fn of(mut self, victims: Victims) -> Self {
        self.victims = vec![victims];
        self
    }
    fn by(mut self, words: &'static str, class: PartyClass) -> Self {
        self.by = Some((words, class));
        self
    }
    fn at(mut self, places: &[&'static str]) -> Self {
        self.places = places.to_vec();
        self
    }
    fn part(mut self, total: usize) -> Self {
        self.of = Some(total);
        self.scope = Scope::Breakdown;
        self
    }
    fn once(mut self, from: i8, to: i8) -> Self {
        self.scope = Scope::Incident;
        self.window = Some((from, to));
        self
    }
    fn act(mut self, act: Act) -> Self {
        self.act = act;
        self
    }
}

fn civilians(words: &'static str, n: u64) -> C {
    exact(words, n)
        .of(Victims::Civilians)
        .by("armed factions close to the government", PartyClass::StateAligned)
}

fn said(text: &'static str, source: Option<&'static str>, claims: Vec<C>) -> Said {
    Said { text, source, claims }
}

fn doc(
    path: &'static str,
    title: &'static str,
    outlet: &'static str,
    day: i8,
    said: Vec<Said>,
) -> Doc {
    Doc { path, title, outlet, day, said }
}

fn tally() -> Vec<Doc> {
    let tally = |text, claims| said(text, Some(TALLY), claims);
    vec![
        doc(
            "reports/valley-0508.html",
            "Toll rises in the hills",
            VALLEY,
            8,
            vec![
                tally(
                    "The Coast Tally Office said 147 civilians had been killed by armed factions close to the government since Tuesday.",
                    vec![civilians("147 civilians", 147)],
                ),
                tally(
                    "An ambush near Jableh killed 13 members of the security forces, the office said.",
                    vec![
                        exact("13 members of the security forces", 13)
                            .of(Victims::SecurityForces)
                            .by("gunmen loyal to the former rulers", PartyClass::FormerRegime)
                            .at(&["Jableh"])
                            .once(6, 6),
                    ],
                ),
            ],
        ),
        doc(
            "reports/valley-0510.html",
            "Factions blamed as toll passes five hundred",
            VALLEY,
            10,
            vec![tally(
                "By Saturday the Coast Tally Office had counted 532 civilians killed.",
                vec![civilians("532 civilians", 532)],
            )],
        ),
        doc(
            "reports/plain-0512.txt",
            "Monitor: 973 civilians killed",
            "The Plain",
            12,
            vec![tally(
                "The office put the toll at 973 civilians on Monday.",
                vec![civilians("973 civilians", 973)],
            )],
        ),
        doc(
            "reports/valley-0515.html",
            "Monitor gives toll by governorate",
            VALLEY,
            15,
            vec![tally(
                "The Coast Tally Office now counts 1,383 civilians killed: 683 in Latakia, 433 in Tartus, 255 in Hama and 12 in Homs.",
                vec![
                    civilians("1,383 civilians", 1383),
                    civilians("683", 683).at(&["Latakia"]).part(0),
                    civilians("433", 433).at(&["Tartus"]).part(0),
                    civilians("255", 255).at(&["Hama"]).part(0),
                    civilians("12", 12).at(&["Homs"]).part(0),
                ],
            )],
        ),
        doc(
            "reports/valley-0522.html",
            "Toll of the hills at 1,614",
            VALLEY,
            22,
            vec![tally(
                "It has documented 1,614 civilians killed since 6 May.",
                vec![civilians("1,614 civilians", 1614)],
            )],
        ),
    ]
}

fn hills() -> Vec<Doc> {
    let hills = |text, claims| said(text, Some(HILLS), claims);
    let both = |words, low| c(words, low, None, Qualifier::AtLeast);
    vec![
        doc(
            "reports/hills-0509.txt",
            "Preliminary toll",
            HILLS,
            9,
            vec![hills(
                "At least 240 people were killed in Latakia, Tartus and Hama, the Hills Monitoring Office found.",
                vec![both("At least 240 people", 240)],
            )],
        ),
        doc(
            "reports/hills-0511.txt",
            "Second preliminary toll",
            HILLS,
            11,
            vec![
                hills(
                    "At least 803 people had been killed by 10 May: 172 members of the security forces and 211 civilians by gunmen loyal to the former rulers, and at least 420 civilians and disarmed fighters by forces in the operation, the office said.",
                    vec![
                        both("At least 803 people", 803),
                        exact("172 members of the security forces", 172)
                            .of(Victims::SecurityForces)
                            .by("gunmen loyal to the former rulers", PartyClass::FormerRegime)
                            .part(0),
                        exact("211 civilians", 211)
                            .of(Victims::Civilians)
                            .by("gunmen loyal to the former rulers", PartyClass::FormerRegime)
                            .part(0),
                        C {
                            victims: vec![Victims::Civilians, Victims::Fighters],
                            ..both("at least 420 civilians and disarmed fighters", 420)
                        }
                        .by("forces in the operation", PartyClass::StateAligned)
                        .part(0),
                    ],
                ),
                hills(
                    "Among them were 39 children and 49 women.",
                    vec![
                        exact("39 children", 39).of(Victims::Children).once(6, 10),
                        exact("49 women", 49).of(Victims::Women).once(6, 10),
                    ],
                ),
            ],
        ),
        doc(
            "reports/hills-0520.txt",
            "Report on the first fortnight",
            HILLS,
            20,
            vec![hills(
                "The office has now documented 1,562 deaths, 1,334 of them on the coast and 227 elsewhere.",
                vec![
                    exact("1,562 deaths", 1562).at(&["Syria"]),
                    exact("1,334 of them", 1334).at(&["Latakia"]).part(0),
                    exact("227", 227).at(&["Homs"]).part(0),
                ],
            )],
        ),
    ]
}

fn others() -> Vec<Doc> {
    vec![
        doc(
            "reports/ministry-0509.html",
            "Statement on the operation",
            "State Bulletin",
            9,
            vec![
                said(
                    "The ministry said 231 members of its forces had been killed by remnants of the former rulers.",
                    Some(MINISTRY),
                    vec![
                        exact("231 members of its forces", 231)
                            .of(Victims::SecurityForces)
                            .by("remnants of the former rulers", PartyClass::FormerRegime),
                    ],
                ),
                said(
                    "It denied that 532 civilians had been killed.",
                    Some(MINISTRY),
                    vec![C { ..civilians("532 civilians", 532) }.once(6, 9)],
                ),
            ],
        ),
        doc(
            "reports/rasd-0510.html",
            "حصيلة أولية لضحايا الساحل",
            RASD,
            10,
            vec![
                said(
                    "وثّق المكتب مقتل ما لا يقل عن 311 مدنياً في ريف جبلة وبانياس منذ الثلاثاء على يد فصائل مسلحة قريبة من الحكومة.",
                    Some(RASD),
                    vec![
                        c("ما لا يقل عن 311 مدنياً", 311, None, Qualifier::AtLeast)
                            .of(Victims::Civilians)
                            .by("فصائل مسلحة قريبة من الحكومة", PartyClass::StateAligned)
                            .at(&["Jableh", "Banyas"]),
                    ],
                ),
                said(
                    "كما نزح نحو 6,000 شخص إلى القرى المجاورة.",
                    Some(RASD),
                    vec![
                        c("نحو 6,000 شخص", 6000, Some(6000), Qualifier::About).act(Act::Displaced),
                    ],
                ),
            ],
        ),
        doc(
            "reports/rasd-0514.html",
            "تحديث الحصيلة",
            RASD,
            14,
            vec![said(
                "بلغ عدد القتلى 711 مدنياً حتى مساء الثلاثاء.",
                Some(RASD),
                vec![
                    exact("711 مدنياً", 711)
                        .of(Victims::Civilians)
                        .by("فصائل مسلحة", PartyClass::StateAligned)
                        .at(&["Jableh", "Banyas"]),
                ],
            )],
        ),
        doc(
            "reports/panel-0524.txt",
            "Findings of the panel",
            PANEL,
            24,
            vec![
                said(
                    "The panel received evidence of about 1,400 people killed, among them some 100 women, between 6 and 20 May.",
                    Some(PANEL),
                    vec![
                        c("about 1,400 people", 1400, Some(1400), Qualifier::About),
                        c("some 100 women", 100, Some(100), Qualifier::About)
                            .of(Victims::Women)
                            .part(0),
                    ],
                ),
                said(
                    "Between 40 and 60 villagers were executed at Qadmous on one night.",
                    Some(PANEL),
                    vec![
                        c("Between 40 and 60 villagers", 40, Some(60), Qualifier::Exact)
                            .of(Victims::Civilians)
                            .at(&["Qadmous"])
                            .once(8, 8),
                    ],
                ),
            ],
        ),
        doc(
            "reports/plain-0511.txt",
            "Dozens buried at Baniyas",
            "The Plain",
            11,
            vec![
                said(
                    "Dozens of people were buried in Baniyas, residents said.",
                    Some("residents"),
                    vec![
                        c("Dozens of people", 24, None, Qualifier::Vague)
                            .at(&["Banyas"])
                            .once(8, 9),
                    ],
                ),
                said(
                    "Up to 30 people are missing.",
                    None,
                    vec![c("Up to 30 people", 0, Some(30), Qualifier::UpTo).act(Act::Missing)],
                ),
                said(
                    "The security forces lost 311 men, an official told The Plain.",
                    Some("an official"),
                    vec![exact("311 men", 311).of(Victims::SecurityForces)],
                ),
            ],
        ),
    ]
}

/// Adds documents, claims, attributions, responses and flags.
pub(super) fn fill(report: &mut Report) {
    let docs: Vec<Doc> = tally().into_iter().chain(hills()).chain(others()).collect();
    for (nth, doc) in docs.iter().enumerate() {
        let item = sha(nth);
        let (mut start, mut index) = (64, 0);
        for said in &doc.said {
            let base = index;
            for claim in &said.claims {
                add(report, doc, &item, nth, index, base, start, said, claim);
                index += 1;
            }
            start += said.text.chars().count() + 1;
        }
        let (title, outlet) = (Some(doc.title.to_owned()), Some(doc.outlet.to_owned()));
        report.items.push(ItemLine {
            id: item,
            path: doc.path.into(),
            bytes: 2_000 + 311 * nth as u64,
            format: doc.path.rsplit('.').next().unwrap().into(),
            title,
            outlet,
            published: Some(may(doc.day)),
            claims: index as u64,
            records: 0,
        });
    }
    report.totals.documents = docs.len() as u64;
    report.totals.claims = report.claims.len() as u64;
    voices(report);
}

fn span(text: &str, words: &str, start: usize) -> Span {
    let at = text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    let from = start + text[..at].chars().count();
    Span { start: from, end: from + words.chars().count() }
}

#[expect(clippy::too_many_arguments, reason = "a sample written down once")]
fn add(
    report: &mut Report,
    doc: &Doc,
    item: &ItemId,
    document: usize,
    index: usize,
    base: usize,
    start: usize,
    said: &Said,
    c: &C,
) {
    let at = span(said.text, c.words, start);
    let whole = Span { start, end: start + said.text.chars().count() };
    let quote = Quote::Sentence {
        document: format!("{}, {}, {}", doc.title, doc.outlet, may(doc.day)),
        sentence: said.text.into(),
        start,
        from: at.start - start,
        to: at.end - start,
    };
    let mark = mark(report, item, doc.path, quote);
    let speaker = |text: &&str| Speaker { text: (*text).into(), span: Span { start, end: start } };
    let by = c.by.iter().map(|(text, class)| Perpetrator {
        text: (*text).into(),
        class: *class,
        span: whole,
    });
    let denied = said.text.contains("denied");
    let claim = Claim {
        span: at,
        surface: c.words.into(),
        act: c.act,
        quantity: c.quantity,
        scope: c.scope,
        parent: c.of.map(|of| base + of),
        victims: c.victims.clone(),
        group: c.group.map(str::to_owned),
        names: Vec::new(),
        perpetrators: by.collect(),
        source: said.source.as_ref().map(speaker),
        speaker_chain: said.source.iter().map(|s| (*s).into()).collect(),
        modality: if denied { Modality::Denied } else { Modality::Asserted },
        places: c
            .places
            .iter()
            .map(|p| PlaceMention { text: (*p).into(), id: place_id(p), span: whole })
            .collect(),
        window: c
            .window
            .map(|(a, b)| Window { start: Some(may(a)), end: (b != 24).then(|| may(b)) }),
        violations: vec![Violation::ExtrajudicialKilling],
        motives: Vec::new(),
        sentence: whole,
        confidence: 0.9,
        rules: vec!["toll".into()],
        stated: None,
    };
    let (outlet, published) = (Some(doc.outlet.to_owned()), Some(may(doc.day)));
    let at = StatementRef { document, claim: index };
    report.claims.push(ClaimLine {
        at,
        id: format!("{}-{}", item.short(), claim.span.start),
        document: doc.title.into(),
        outlet,
        published,
        mark,
        claim,
    });
}

fn sentence(report: &mut Report, item: usize, document: &str, text: &str) -> MarkId {
    let path = report.items[item].path.clone();
    let quote = Quote::Sentence {
        document: document.into(),
        sentence: text.into(),
        start: 900,
        from: 0,
        to: text.chars().count(),
    };
    mark(report, &sha(item), &path, quote)
}

fn voices(report: &mut Report) {
    let lines: [(&str, &str, PartyClass, Zone, &str); 4] = [
        (
            TALLY,
            "armed factions close to the government",
            PartyClass::StateAligned,
            Zone::Lead,
            "The office blamed armed factions close to the government for executions in the villages.",
        ),
        (
            HILLS,
            "foreign fighters",
            PartyClass::ForeignFighters,
            Zone::Body,
            "Foreign fighters took part in the killings, the office said.",
        ),
        (
            RASD,
            "فصائل مسلحة",
            PartyClass::StateAligned,
            Zone::Lead,
            "حمّل المكتب فصائل مسلحة قريبة من الحكومة المسؤولية عن عمليات القتل.",
        ),
        (
            MINISTRY,
            "remnants of the former rulers",
            PartyClass::FormerRegime,
            Zone::Body,
            "The ministry held remnants of the former rulers responsible for the ambush.",
        ),
    ];
    for (nth, (source, words, class, zone, text)) in lines.into_iter().enumerate() {
        let mark = sentence(report, nth, "Factions blamed, Valley News, 10 May 2031", text);
        report.attributions.push(AttributionLine {
            document: "Factions blamed".into(),
            source: source.into(),
            parties: vec![(words.into(), class)],
            zone,
            violations: vec![Violation::ExtrajudicialKilling, Violation::Execution],
            motives: vec![Motive::Sectarian, Motive::Revenge],
            victims: vec![Victims::Civilians],
            places: vec!["Jableh".into(), "Banyas".into()],
            mark,
        });
    }
    for (kind, actor, day, text) in [
        (
            ResponseKind::Concern,
            "Assembly Panel on the Hills",
            None,
            "The panel voiced deep concern.",
        ),
        (
            ResponseKind::Investigation,
            "Interior Ministry",
            Some(9),
            "The ministry set up a committee of inquiry on 9 May.",
        ),
        (
            ResponseKind::Promise,
            "a neighbouring government",
            Some(11),
            "A neighbouring government said it would watch events closely.",
        ),
    ] {
        let mark = sentence(
            report,
            5,
            "Second preliminary toll, Hills Monitoring Office, 11 May 2031",
            text,
        );
        report.responses.push(ResponseLine {
            document: "Second preliminary toll".into(),
            kind,
            actor: Some(actor.into()),
            date: day.map(|d: i8| -> Date { may(d) }),
            mark,
        });
    }
    let a = sentence(
        report,
        1,
        "Factions blamed as toll passes five hundred, Valley News, 10 May 2031",
        "Government forces blamed as toll passes five hundred",
    );
    let b = sentence(
        report,
        1,
        "Factions blamed as toll passes five hundred, Valley News, 10 May 2031",
        "The office said factions outside the chain of command were responsible.",
    );
    report.flags.push(FlagLine {
        document: "Factions blamed as toll passes five hundred".into(),
        message: "the heading names state forces, the body names factions aligned with the state"
            .into(),
        marks: vec![a, b],
    });
    let total = report
        .claims
        .iter()
        .find(|line| line.claim.quantity.low == 1562)
        .map(|line| line.mark)
        .unwrap();
    report.flags.push(FlagLine {
        document: "Report on the first fortnight".into(),
        message: "the total is 1,562, its parts make 1,561".into(),
        marks: vec![total],
    });
}

/// Tables of reported figures: written down, since counting is another room's work.
pub(super) fn reported(report: &mut Report) {
    let marks = |low: u64| -> Vec<MarkId> {
        report.claims.iter().filter(|l| l.claim.quantity.low == low).map(|l| l.mark).collect()
    };
    let end = |value, reason: &str| End { value, reason: reason.into() };
    let cell = |dimension, label: &str, low: u64, best: u64, high: Option<u64>| Cell {
        keys: vec![Key { dimension, label: label.into(), id: place_id(label) }],
        figure: Figure {
            low: end(
                Some(low),
                &format!("lowest: Hills Monitoring Office, at least {low}, published 2031-05-09"),
            ),
            best: end(
                Some(best),
                &format!(
                    "middle of 3 independent origins: Assembly Panel on the Hills, about {best}, published 2031-05-24"
                ),
            ),
            high: end(
                high,
                "open, no closed figure is higher: Coast Tally Office, published 2031-05-22",
            ),
        },
        persons: Vec::new(),
        marks: [marks(low), marks(best)].concat(),
    };
    let party = vec![
        cell(Dimension::Party, "groups aligned with the state", 420, 1400, Some(1614)),
        cell(Dimension::Party, "groups of the former regime", 172, 231, Some(231)),
        cell(Dimension::Party, "not stated", 240, 803, None),
    ];
    let governorates = vec![
        cell(Dimension::Governorate, "Latakia", 683, 683, Some(1334)),
        cell(Dimension::Governorate, "Tartus", 433, 433, Some(433)),
        cell(Dimension::Governorate, "Hama", 255, 255, Some(255)),
        cell(Dimension::Governorate, "Homs", 12, 12, Some(227)),
    ];
    for (by, cells) in [(Dimension::Party, party), (Dimension::Governorate, governorates)] {
        report.tables.push(FigureTable {
            basis: Basis::Reported,
            population: Population::All,
            by: vec![by],
            cells,
        });
    }
}
