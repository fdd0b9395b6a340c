//! Settings that a folder of reports may bring along in `sijil.toml`.

use serde::{Deserialize, Serialize};
use sijil_claims::PartyClass;

use super::Grading;

/// What `sijil.toml` at the top of a folder may say. Everything is optional.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Title of the report.
    pub title: Option<String>,
    /// Places that the embedded gazetteer does not know.
    #[serde(default, rename = "place")]
    pub places: Vec<SettingsPlace>,
    /// Parties that the embedded lexicon does not know.
    #[serde(default, rename = "party")]
    pub parties: Vec<SettingsParty>,
    /// Standard of proof instead of the embedded one.
    #[serde(default)]
    pub grading: Option<Grading>,
    /// Boundaries to draw instead of the embedded ones.
    #[serde(default, rename = "region")]
    pub regions: Vec<Region>,
}

/// A place of the user's own gazetteer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingsPlace {
    /// Id, unique in the gazetteer.
    pub id: String,
    /// Name in Latin script.
    pub name: String,
    /// Name in Arabic script.
    #[serde(default)]
    pub name_ar: String,
    /// Other spellings.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// 1 governorate or province, 2 district, 3 finer.
    pub level: u8,
    /// Id of the place it lies in.
    #[serde(default)]
    pub parent: Option<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// A party of the user's own lexicon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingsParty {
    /// Name.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Side.
    pub class: PartyClass,
}

/// A boundary to draw: an outer ring of longitude and latitude in degrees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Gazetteer id of the area, where it has one.
    #[serde(default)]
    pub id: String,
    /// Name shown.
    pub name: String,
    /// Rings of `[longitude, latitude]`, the first point not repeated.
    pub rings: Vec<Vec<[f64; 2]>>,
}
