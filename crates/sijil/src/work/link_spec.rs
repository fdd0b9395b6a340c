//! What lists are linked by, as data: inferred from the columns, saved, changed by hand, read back.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sijil_linkage::{Field, Kind, Settings, Spec};
use sijil_text::letters::fold;

use super::error::{Error, Result};
use crate::model::{Mapping, Role};

/// The form of the file that this program writes and reads.
const VERSION: u32 = 1;

/// What to link by. Headers are those of the lists; a header that a list lacks is an empty column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkSpec {
    /// Version of the form.
    pub version: u32,
    /// Records are joined from this probability on.
    #[serde(default = "joined")]
    pub threshold: f64,
    /// Pairs from this probability on that are not joined are left open.
    #[serde(default = "opened")]
    pub open: f64,
    /// Records of a block, before it is split by further fields.
    #[serde(default = "block")]
    pub block: usize,
    /// Whether no list names a person twice.
    #[serde(default)]
    pub one_to_one: bool,
    /// Columns that say which list a row stands on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<String>,
    /// The fields that rows are compared by.
    #[serde(rename = "field")]
    pub fields: Vec<SpecField>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecField {
    /// Its name in what is written. One that speaks of birth makes a day one of birth.
    pub name: String,
    /// What it holds.
    pub kind: SpecKind,
    /// Headers of its columns; the first that is filled in counts.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Headers of columns that give a name piece by piece, in the order in which it is said; they
    /// step in where `columns` are empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<String>,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpecKind {
    /// The person's own name.
    Name,
    /// The name of one other person.
    OtherName,
    /// Sex.
    Sex,
    /// Age in years.
    Age,
    /// A day.
    Day,
    /// A place.
    Place,
    /// One of a few texts.
    Category,
    /// A number or text that names the person or its address.
    Id,
}

impl SpecKind {
    /// The kind that linkage knows.
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Name => Kind::Name,
            Self::OtherName => Kind::PartName,
            Self::Sex => Kind::Sex,
            Self::Age => Kind::Age,
            Self::Day => Kind::Date,
            Self::Place => Kind::Place,
            Self::Category => Kind::Category,
            Self::Id => Kind::Id,
        }
    }
}

fn joined() -> f64 {
    Settings::default().join
}

fn opened() -> f64 {
    Settings::default().open
}

fn block() -> usize {
    Settings::default().block
}

/// Fields that the intake knows: role, name and kind.
const ROLES: &[(&[Role], &str, SpecKind)] = &[
    (&[Role::Name, Role::NameOther], "name", SpecKind::Name),
    (&[Role::Father], "father", SpecKind::OtherName),
    (&[Role::Mother], "mother", SpecKind::OtherName),
    (&[Role::Sex], "sex", SpecKind::Sex),
    (&[Role::Age], "age", SpecKind::Age),
    (&[Role::Born], "born", SpecKind::Day),
    (&[Role::Date], "date", SpecKind::Day),
    (&[Role::Place], "place", SpecKind::Place),
    (&[Role::Province], "province", SpecKind::Place),
    (&[Role::Origin], "origin", SpecKind::Place),
];

/// Fields beside those of a register: name, kind, and words of headers in folded form.
const EXTRAS: &[(&str, SpecKind, &[&str])] = &[
    (
        "national id",
        SpecKind::Id,
        &[
            "national id",
            "national number",
            "identity number",
            "soc sec",
            "ssn",
            "الرقم الوطني",
            "رقم الهويه",
        ],
    ),
    ("phone", SpecKind::Id, &["phone", "telephone", "mobile", "الهاتف", "الجوال"]),
    ("email", SpecKind::Id, &["email", "e mail", "البريد الالكتروني"]),
    ("postcode", SpecKind::Id, &["postcode", "postal code", "zip", "zip code", "الرمز البريدي"]),
    ("house number", SpecKind::Id, &["street number", "house number", "رقم المنزل"]),
    ("second address", SpecKind::Place, &["address 2", "address line 2", "second address"]),
    ("address", SpecKind::Place, &["address", "street", "العنوان", "الشارع"]),
    ("suburb", SpecKind::Place, &["suburb", "neighbourhood", "neighborhood", "الحي"]),
    ("occupation", SpecKind::Category, &["occupation", "profession", "job", "المهنه"]),
];

/// Headers of a column that says which list a row was taken from, in folded form.
const LISTS: &[&str] = &["source", "list", "list name", "المصدر", "القائمه"];

impl LinkSpec {
    /// No fields, and the limits that suit lists of persons.
    pub(super) fn empty() -> Self {
        Self {
            version: VERSION,
            threshold: joined(),
            open: opened(),
            block: block(),
            one_to_one: false,
            lists: Vec::new(),
            fields: Vec::new(),
        }
    }

    /// Reads a spec that was saved.
    ///
    /// # Errors
    /// When the file is none, or has no fields.
    pub fn read(path: &Path) -> Result<Self> {
        let input = |reason: String| Error::Input { path: path.to_path_buf(), reason };
        let text = std::fs::read_to_string(path)
            .map_err(|e| input(format!("cannot be read ({e}); name a spec that was saved")))?;
        let spec: Self = toml::from_str(&text).map_err(|e| {
            input(format!("is no spec: {e}; --save-spec writes one that can be changed"))
        })?;
        if spec.version != VERSION {
            let reason = format!("has version {}, this program reads {VERSION}", spec.version);
            return Err(input(reason));
        }
        let named = spec.fields.iter().any(|field| matches!(field.kind, SpecKind::Name));
        if !named && !spec.fields.iter().any(|field| field.kind == SpecKind::OtherName) {
            return Err(input("has no field of kind \"name\"; add one".to_owned()));
        }
        if !(0.0..=1.0).contains(&spec.threshold) || !(0.0..=1.0).contains(&spec.open) {
            return Err(input("has a probability that is not between 0 and 1".to_owned()));
        }
        Ok(spec)
    }

    /// The spec as text that can be read back.
    fn text(&self) -> String {
        let body = toml::to_string(self).unwrap_or_default();
        format!(
            "# What lists are linked by; docs/methods/linkage.md says what the kinds mean.\n\
             # Kinds: name, other_name, sex, age, day, place, category, id.\n{body}"
        )
    }

    /// Writes the spec into a file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        let failed = |source| Error::Output { path: path.to_path_buf(), source };
        std::fs::write(path, self.text()).map_err(failed)
    }

    /// Adds what the columns of one list were taken for.
    pub(super) fn add(&mut self, mapping: &Mapping, list: Option<usize>) {
        let header = |at: usize| mapping.columns[at].header.clone();
        for (roles, name, kind) in ROLES {
            let columns = roles.iter().filter_map(|role| mapping.column(*role)).map(header);
            let columns: Vec<String> = columns.collect();
            let pieces: Vec<String> = if roles.contains(&Role::Name) {
                let pieces = [Role::Given, Role::Family].into_iter();
                pieces.filter_map(|role| mapping.column(role)).map(header).collect()
            } else {
                Vec::new()
            };
            self.put(name, *kind, columns, pieces);
        }
        for (name, kind, column) in extras(mapping) {
            self.put(name, kind, vec![header(column)], Vec::new());
        }
        let list = list.map(header).filter(|header| !self.lists.contains(header));
        self.lists.extend(list);
    }

    fn put(&mut self, name: &str, kind: SpecKind, columns: Vec<String>, pieces: Vec<String>) {
        if columns.is_empty() && pieces.is_empty() {
            return;
        }
        let at = self.fields.iter().position(|field| field.name == name).unwrap_or_else(|| {
            let (columns, pieces) = (Vec::new(), Vec::new());
            self.fields.push(SpecField { name: name.to_owned(), kind, columns, pieces });
            self.fields.len() - 1
        });
        let field = &mut self.fields[at];
        let add = |to: &mut Vec<String>, more: Vec<String>| {
            more.into_iter().for_each(|header| {
                if !to.contains(&header) {
                    to.push(header);
                }
            });
        };
        add(&mut field.columns, columns);
        add(&mut field.pieces, pieces);
    }

    /// The fields for linkage.
    pub(super) fn fields(&self) -> Spec {
        let field = |field: &SpecField| Field { name: field.name.clone(), kind: field.kind.kind() };
        Spec { fields: self.fields.iter().map(field).collect() }
    }

    /// The limits for linkage.
    pub(super) fn settings(&self) -> Settings {
        let (join, open) = (self.threshold, self.open.min(self.threshold));
        Settings { join, open, block: self.block, one_to_one: self.one_to_one }
    }

    /// Fields in the order of the roles that are known, then the others.
    pub(super) fn sort(&mut self) {
        let names = ROLES.iter().map(|(_, name, _)| *name);
        let order: Vec<&str> = names.chain(EXTRAS.iter().map(|(name, _, _)| *name)).collect();
        self.fields.sort_by_key(|field| order.iter().position(|name| *name == field.name));
    }
}

/// The column that says which list a row stands on, by its header.
pub(super) fn list_column(mapping: &Mapping) -> Option<usize> {
    let mut columns = mapping.columns.iter();
    columns.position(|column| {
        column.role == Role::Other && LISTS.contains(&plain(&column.header).as_str())
    })
}

/// A header as words between spaces, in folded form.
fn plain(header: &str) -> String {
    let folded = fold(header);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The columns of [`EXTRAS`]: those that the intake keeps without using them.
fn extras(mapping: &Mapping) -> Vec<(&'static str, SpecKind, usize)> {
    let is_unused = |role| {
        use Role::{Fate, Kin, ListId, Occupation, Other};
        matches!(role, Fate | Kin | ListId | Occupation | Other)
    };
    let mut free: Vec<(usize, String)> = (0..)
        .zip(&mapping.columns)
        .filter(|(_, column)| is_unused(column.role))
        .map(|(at, column)| (at, format!(" {} ", plain(&column.header))))
        .collect();
    let mut found = Vec::new();
    for (name, kind, phrases) in EXTRAS {
        let holds = |header: &str| phrases.iter().any(|p| header.contains(&format!(" {p} ")));
        if let Some(at) = free.iter().position(|(_, header)| holds(header)) {
            found.push((*name, *kind, free.remove(at).0));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Column;

    fn mapping(columns: &[(&str, Role)]) -> Mapping {
        let column =
            |(header, role): &(&str, Role)| Column { header: (*header).to_owned(), role: *role };
        Mapping { columns: columns.iter().map(column).collect() }
    }

    #[test]
    fn where_somebody_was_born_is_compared() {
        let mut spec = LinkSpec::empty();
        spec.add(&mapping(&[("name", Role::Name), ("birth_place", Role::Origin)]), None);
        let fields: Vec<(&str, SpecKind)> =
            spec.fields.iter().map(|field| (field.name.as_str(), field.kind)).collect();
        assert!(fields.contains(&("origin", SpecKind::Place)), "{fields:?}");
    }

    #[test]
    fn what_was_inferred_is_read_back_as_it_was() {
        let mut spec = LinkSpec::empty();
        let other = Role::Other;
        spec.add(
            &mapping(&[("Given", Role::Given), ("Family", Role::Family), ("Phone", other)]),
            None,
        );
        spec.add(&mapping(&[("الاسم", Role::Name), ("List", other), ("Age", Role::Age)]), Some(1));
        spec.sort();
        let names: Vec<&str> = spec.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["name", "age", "phone"]);
        assert_eq!(spec.fields[0].columns, ["الاسم"]);
        assert_eq!(spec.fields[0].pieces, ["Given", "Family"]);
        assert_eq!(spec.lists, ["List"]);
        let read: LinkSpec = toml::from_str(&spec.text()).expect("its own text");
        assert_eq!(read, spec);
    }

    #[test]
    fn a_field_that_is_not_known_is_told() {
        let text = "version = 1\nthreshhold = 0.5\n[[field]]\nname = \"n\"\nkind = \"name\"\n";
        let refused = toml::from_str::<LinkSpec>(text).expect_err("a slip of the pen");
        assert!(refused.to_string().contains("threshhold"), "{refused}");
    }
}
