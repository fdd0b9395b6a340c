//! Writes entities to a file of a foreign format: what may leave the register and nothing else.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use super::error::{Error, Result};
use super::material::Material;
use crate::model::Person;
use crate::model::entity::{Body, Entity, EntityId, EntityKind, Source};
use crate::model::exchange::{self, ExchangeFormat, columns_of, is_ours};
use crate::publish::exchange::{Container, Outgoing, write};
use crate::register::{AsOf, Register};

/// What is exported.
#[derive(Clone, Debug)]
pub struct Exporting {
    /// The format.
    pub format: ExchangeFormat,
    /// Only incidents of this dataset.
    pub source: Option<String>,
    /// What the register knew at this entry.
    pub as_of: AsOf,
    /// Names of victims too.
    pub names: bool,
}

/// Writes the register's entities to `out`, whole or not at all; gives how many.
///
/// # Errors
/// When several datasets would be mixed in one that has none of its own, the format is one that is
/// only read, or `out` cannot be written.
pub fn export(register: &Register, exporting: &Exporting, out: &Path) -> Result<u64> {
    if !exporting.format.is_written() {
        let written = ExchangeFormat::ALL.iter().filter(|format| format.is_written());
        let codes: Vec<&str> = written.map(|format| format.code()).collect();
        let message = format!(
            "{} is read and not written; take one of {}",
            exporting.format.code(),
            codes.join(", ")
        );
        return Err(Error::Unknown(message));
    }
    let all = register.all_entities(exporting.as_of)?;
    let sealed = Sealed::among(&all);
    let mut entities: Vec<Entity> = all.into_iter().filter_map(|e| sealed.open(e)).collect();
    let dataset = choose(&entities, exporting)?;
    if let Some(dataset) = &dataset {
        entities.retain(|entity| match &entity.body {
            Body::Incident(incident) => incident.dataset == *dataset,
            _ => true,
        });
    }
    entities.sort_by_cached_key(place_of);
    let persons = match exporting.names {
        true => Material::of(register, exporting.as_of)?.persons,
        false => Vec::new(),
    };
    let outgoing = Outgoing {
        entities: entities.iter().collect(),
        dataset: dataset.as_deref().and_then(|name| source_named(&entities, name)),
        named: persons.iter().collect::<Vec<&Person>>(),
    };
    let bytes = write(exporting.format, container(out), &outgoing)?;
    place(out, &bytes).map_err(|source| Error::Output { path: out.to_path_buf(), source })?;
    Ok(outgoing.entities.len() as u64)
}

/// A file that is called so is Parquet.
fn container(out: &Path) -> Container {
    let is_parquet = out.extension().is_some_and(|end| end.eq_ignore_ascii_case("parquet"));
    if is_parquet { Container::Parquet } else { Container::Plain }
}

/// The sealed sources: nothing of theirs leaves the register, nor what names them.
struct Sealed {
    ids: BTreeSet<EntityId>,
    names: BTreeSet<String>,
}

impl Sealed {
    fn among(entities: &[Entity]) -> Self {
        let mut sealed = Self { ids: BTreeSet::new(), names: BTreeSet::new() };
        for entity in entities {
            if let Body::Source(source) = &entity.body
                && source.sealed
            {
                sealed.ids.insert(entity.id.clone());
                sealed.names.insert(source.name.clone());
            }
        }
        sealed
    }

    /// The entity as it may leave; `None` where it may not.
    fn open(&self, mut entity: Entity) -> Option<Entity> {
        match &mut entity.body {
            Body::Source(source) if source.sealed => return None,
            Body::Source(source) => source.depends_on.retain(|id| !self.ids.contains(id)),
            Body::Incident(incident) if self.names.contains(&incident.dataset) => return None,
            Body::Judgement(_) | Body::Edition(_) => return None,
            _ => {}
        }
        Some(entity)
    }
}

/// The dataset that a file without a column for it is of.
fn choose(entities: &[Entity], exporting: &Exporting) -> Result<Option<String>> {
    let datasets: BTreeSet<&str> = entities
        .iter()
        .filter_map(|entity| match &entity.body {
            Body::Incident(incident) => Some(incident.dataset.as_str()),
            _ => None,
        })
        .collect();
    if let Some(wanted) = &exporting.source {
        return match datasets.get(wanted.as_str()) {
            Some(found) => Ok(Some((*found).to_owned())),
            None => Err(Error::Unknown(format!(
                "no incident is of {wanted:?}; there are {}",
                datasets.into_iter().collect::<Vec<_>>().join(", ")
            ))),
        };
    }
    let format = exporting.format;
    if let (Some(only), 1) = (datasets.first(), datasets.len()) {
        return Ok(Some((*only).to_owned()));
    }
    let is_of_one = !columns_of(format).is_empty() && !is_ours(format);
    if !is_of_one {
        return Ok(None);
    }
    let own = format.dataset().filter(|own| datasets.contains(own));
    match own {
        Some(own) => Ok(Some(own.to_owned())),
        None if datasets.is_empty() => Ok(None),
        None => Err(Error::Unknown(format!(
            "incidents of several datasets would be mixed; name one with --source: {}",
            datasets.into_iter().collect::<Vec<_>>().join(", ")
        ))),
    }
}

fn source_named<'e>(entities: &'e [Entity], dataset: &str) -> Option<&'e Source> {
    let id = exchange::prefix(dataset);
    entities.iter().find_map(|entity| match &entity.body {
        Body::Source(source) if entity.id.0 == id => Some(source),
        _ => None,
    })
}

/// The order of a file: by kind, then as the rows stood in what was read, then by id.
fn place_of(entity: &Entity) -> (EntityKind, String, u64, EntityId) {
    let first = entity.basis.first();
    let item = first.and_then(|cited| cited.item.as_ref());
    let row = first.and_then(|cited| cited.place.rsplit(' ').next()?.parse().ok());
    let item = item.map_or_else(String::new, |item| item.0.clone());
    (entity.body.kind(), item, row.unwrap_or(0), entity.id.clone())
}

/// Writes a file by a rename, so that a run that is broken off leaves the old one.
fn place(out: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let name = out.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let aside = out.with_file_name(format!(".{name}.tmp"));
    let mut new = File::create(&aside)?;
    new.write_all(bytes)?;
    new.sync_all()?;
    fs::rename(&aside, out)
}
