//! The invented province of Qasmar: districts, villages, parties, boundaries.
//!
//! It lies in the middle of the Atlantic Ocean, so that no map shows it where people live. Its
//! codes begin with XQ, which ISO 3166 leaves to users. `settings` writes all of it as the
//! `sijil.toml` of the exercise.

use std::fmt::Write as _;

use anyhow::Result;

/// A place of the exercise.
#[derive(Debug)]
pub(crate) struct Place {
    /// Id in the exercise's gazetteer.
    pub(crate) id: &'static str,
    /// Name in Latin script.
    pub(crate) name: &'static str,
    /// Name in Arabic script.
    pub(crate) arabic: &'static str,
    /// Other spellings in Latin script.
    pub(crate) aliases: &'static [&'static str],
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lon: f64,
}

const fn place(
    id: &'static str,
    name: &'static str,
    arabic: &'static str,
    aliases: &'static [&'static str],
    (lat, lon): (f64, f64),
) -> Place {
    Place { id, name, arabic, aliases, lat, lon }
}

/// The province.
pub(crate) const PROVINCE: Place = place("XQ01", "Qasmar", "قصمار", &["Kasmar"], (30.45, -39.5));

/// Its districts, each with the town of the same name.
pub(crate) const DISTRICTS: [Place; 4] = [
    place("XQ0101", "Darmak", "درمك", &["Dermak"], (30.22, -39.84)),
    place("XQ0102", "Talzin", "تلزين", &["Telzeen"], (30.62, -39.72)),
    place("XQ0103", "Khashwan", "خشوان", &["Khachouan"], (30.66, -39.22)),
    place("XQ0104", "Rabwan", "ربوان", &["Rabouan"], (30.24, -39.26)),
];

/// Its villages; the first six digits of the id are those of the district.
pub(crate) const VILLAGES: [Place; 16] = [
    place("XQ010101", "Ayn Samur", "عين سمور", &["Ein Samour", "Ain Samur"], (30.34, -39.72)),
    place("XQ010102", "Kafr Nuzal", "كفر نوزال", &["Kfar Nouzal"], (30.17, -39.66)),
    place("XQ010103", "Bayt Lahuf", "بيت لهوف", &["Beit Lahouf"], (30.10, -39.78)),
    place("XQ010104", "Minat Darmak", "مينة درمك", &["Mina Darmak"], (30.17, -39.87)),
    place("XQ010201", "Tall Wazzur", "تل وزور", &["Tel Wazzour"], (30.70, -39.83)),
    place("XQ010202", "Dayr Shallun", "دير شلون", &["Deir Shalloun"], (30.76, -39.60)),
    place("XQ010203", "Zahrut", "زهروت", &["Zahrout"], (30.50, -39.58)),
    place("XQ010204", "Ras Mirwal", "رأس مروال", &["Ras Mirwaal"], (30.52, -39.86)),
    place("XQ010301", "Burj Sannam", "برج سنام", &["Borj Sanam"], (30.76, -39.36)),
    place("XQ010302", "Umm Jazul", "أم جزول", &["Um Jazoul"], (30.56, -39.12)),
    place("XQ010303", "Khirbat Fanus", "خربة فانوس", &["Khirbet Fanous"], (30.60, -39.36)),
    place("XQ010304", "Sawmat", "صومات", &["Soumat"], (30.74, -39.10)),
    place("XQ010401", "Naba Gharwan", "نبع غروان", &["Nabaa Gharouan"], (30.34, -39.14)),
    place("XQ010402", "Jisr Dulwan", "جسر دلوان", &["Jisr Doulwan"], (30.34, -39.40)),
    place("XQ010403", "Qalat Nimrul", "قلعة نمرول", &["Kalaat Nimroul"], (30.13, -39.18)),
    place("XQ010404", "Marj Tarfun", "مرج طرفون", &["Marj Tarfoun"], (30.14, -39.36)),
];

/// Index of the district that a village lies in.
pub(crate) fn district_of(village: usize) -> usize {
    village / (VILLAGES.len() / DISTRICTS.len())
}

/// A side of the exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Party {
    /// Forces of the province.
    Guard,
    /// Factions that fight beside them.
    Brigades,
    /// Their armed opponents.
    Front,
    /// Not identified.
    Unknown,
}

impl Party {
    /// Name, other names, class in the vocabulary of the contract, name in Arabic.
    fn words(self) -> (&'static str, &'static [&'static str], &'static str, &'static str) {
        match self {
            Self::Guard => ("Provincial Guard", &["the Guard"], "state", "حرس الإقليم"),
            Self::Brigades => {
                ("Vale Brigades", &["Brigades of the Vale"], "state_aligned", "كتائب الوادي")
            }
            Self::Front => ("Free Hills Front", &["the Front"], "non_state", "جبهة التلال الحرة"),
            Self::Unknown => ("unidentified", &[], "unknown", "مجهولة"),
        }
    }

    /// Name in English.
    pub(crate) fn english(self) -> &'static str {
        self.words().0
    }

    /// Name in Arabic.
    pub(crate) fn arabic(self) -> &'static str {
        self.words().3
    }
}

/// The `sijil.toml` of the exercise.
pub(crate) fn settings() -> Result<String> {
    let mut out = String::from(
        "# Training exercise: province, places, parties and people are invented.\n\
         title = \"Training exercise: the invented province of Qasmar, May 2031\"\n",
    );
    write_place(&mut out, &PROVINCE, 1, None)?;
    for district in &DISTRICTS {
        write_place(&mut out, district, 2, Some(PROVINCE.id))?;
    }
    for (index, village) in VILLAGES.iter().enumerate() {
        write_place(&mut out, village, 3, Some(DISTRICTS[district_of(index)].id))?;
    }
    for party in [Party::Guard, Party::Brigades, Party::Front] {
        let (name, aliases, class, arabic) = party.words();
        let aliases: Vec<&str> = aliases.iter().copied().chain([arabic]).collect();
        write!(out, "\n[[party]]\nname = {name:?}\naliases = {aliases:?}\nclass = {class:?}\n")?;
    }
    for (district, ring) in DISTRICTS.iter().zip(super::boundaries::rings()) {
        write!(
            out,
            "\n[[region]]\nid = {:?}\nname = {:?}\nrings = [[\n",
            district.id, district.name
        )?;
        for [lon, lat] in ring {
            writeln!(out, "  [{lon:.2}, {lat:.2}],")?;
        }
        out.push_str("]]\n");
    }
    Ok(out)
}

fn write_place(out: &mut String, place: &Place, level: u8, parent: Option<&str>) -> Result<()> {
    let Place { id, name, arabic, aliases, lat, lon } = place;
    write!(out, "\n[[place]]\nid = {id:?}\nname = {name:?}\nname_ar = \"{arabic}\"\n")?;
    if !aliases.is_empty() {
        writeln!(out, "aliases = {aliases:?}")?;
    }
    writeln!(out, "level = {level}")?;
    if let Some(parent) = parent {
        writeln!(out, "parent = {parent:?}")?;
    }
    writeln!(out, "lat = {lat:.2}\nlon = {lon:.2}")?;
    Ok(())
}
