//! Entities with their history.

use rusqlite::{Row, params};

use super::AsOf;
use super::error::{Result, corrupt};
use super::ledger::sql;
use super::open::Register;
use super::write::Write;
use crate::model::entity::{Author, Body, Entity, EntityId, EntityKind};

/// What a write did to entities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    /// Not there before.
    pub new: u64,
    /// There in another state.
    pub changed: u64,
    /// There in this state already.
    pub same: u64,
}

impl Register {
    /// Entities of a kind that stand at `as_of`, in order of their ids.
    ///
    /// # Errors
    /// When the database cannot be read or a stored body is none of its kind.
    pub fn entities(&self, kind: EntityKind, as_of: AsOf) -> Result<Vec<Entity>> {
        let mut query = self.db.prepare_cached(
            "SELECT id, body, basis, rule, user FROM entity
             WHERE kind = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2) ORDER BY id",
        )?;
        let mut rows = query.query(params![kind.code(), as_of.sql()])?;
        let mut entities = Vec::new();
        while let Some(row) = rows.next()? {
            entities.push(read(kind, row)?);
        }
        Ok(entities)
    }

    /// The entity of this kind and id that stands at `as_of`.
    ///
    /// # Errors
    /// As for [`Register::entities`].
    pub fn entity(&self, kind: EntityKind, id: &EntityId, as_of: AsOf) -> Result<Option<Entity>> {
        let mut query = self.db.prepare_cached(
            "SELECT id, body, basis, rule, user FROM entity
             WHERE kind = ?1 AND id = ?2 AND since <= ?3 AND (until IS NULL OR until > ?3)",
        )?;
        let mut rows = query.query(params![kind.code(), id.0, as_of.sql()])?;
        rows.next()?.map(|row| read(kind, row)).transpose()
    }

    /// Every entity that stands at `as_of`, by kind and id.
    ///
    /// # Errors
    /// As for [`Register::entities`].
    pub fn all_entities(&self, as_of: AsOf) -> Result<Vec<Entity>> {
        let mut all = Vec::new();
        for kind in EntityKind::ALL {
            all.extend(self.entities(*kind, as_of)?);
        }
        Ok(all)
    }

    /// How many entities of each kind stand at `as_of`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn count_entities(&self, as_of: AsOf) -> Result<Vec<(EntityKind, u64)>> {
        let mut query = self.db.prepare_cached(
            "SELECT count(*) FROM entity
             WHERE kind = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2)",
        )?;
        let mut counts = Vec::new();
        for kind in EntityKind::ALL {
            let count: i64 =
                query.query_row(params![kind.code(), as_of.sql()], |row| row.get(0))?;
            counts.push((*kind, super::ledger::from_sql("number of entities", count)?));
        }
        Ok(counts)
    }
}

/// An entity out of its row: id, body, basis, rule, user.
fn read(kind: EntityKind, row: &Row<'_>) -> Result<Entity> {
    let body: String = row.get(1)?;
    let basis: String = row.get(2)?;
    let author = match (row.get(3)?, row.get::<_, Option<String>>(4)?) {
        (Some(rule), _) => Author::Rule(rule),
        (None, user) => Author::User(user.unwrap_or_default()),
    };
    Ok(Entity {
        id: EntityId(row.get(0)?),
        body: Body::from_json(kind, &body).map_err(corrupt("entity"))?,
        basis: serde_json::from_str(&basis).map_err(corrupt("entity"))?,
        author,
    })
}

impl Write<'_> {
    /// Brings entities to the states given under the next entry's number. One that stands in this
    /// state already, by whomever, is left alone.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn enter(&mut self, entities: &[Entity]) -> Result<Entered> {
        let mut done = Entered::default();
        for entity in entities {
            let kind = entity.body.kind().code();
            let body = entity.body.to_json().map_err(corrupt("entity"))?;
            let basis = serde_json::to_string(&entity.basis).map_err(corrupt("entity"))?;
            let standing = self.standing(kind, &entity.id)?;
            match standing {
                Some(old) if old == (body.clone(), basis.clone()) => done.same += 1,
                Some(_) => {
                    self.end_entity(kind, &entity.id)?;
                    self.insert_entity(entity, &body, &basis)?;
                    done.changed += 1;
                }
                None => {
                    self.insert_entity(entity, &body, &basis)?;
                    done.new += 1;
                }
            }
        }
        Ok(done)
    }

    /// Ends an entity under the next entry's number; gives whether it stood.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn withdraw(&mut self, kind: EntityKind, id: &EntityId) -> Result<bool> {
        Ok(self.end_entity(kind.code(), id)? > 0)
    }

    fn standing(&self, kind: &str, id: &EntityId) -> Result<Option<(String, String)>> {
        use rusqlite::OptionalExtension;
        Ok(self
            .tx
            .prepare_cached(
                "SELECT body, basis FROM entity WHERE kind = ?1 AND id = ?2 AND until IS NULL",
            )?
            .query_row([kind, &id.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }

    fn end_entity(&mut self, kind: &str, id: &EntityId) -> Result<usize> {
        let entry = sql(self.next_entry());
        Ok(self
            .tx
            .prepare_cached(
                "UPDATE entity SET until = ?3 WHERE kind = ?1 AND id = ?2 AND until IS NULL",
            )?
            .execute(params![kind, id.0, entry])?)
    }

    fn insert_entity(&mut self, entity: &Entity, body: &str, basis: &str) -> Result<()> {
        let (rule, user) = match &entity.author {
            Author::Rule(rule) => (Some(rule), None),
            Author::User(user) => (None, Some(user)),
        };
        let kind = entity.body.kind().code();
        let entry = sql(self.next_entry());
        self.tx
            .prepare_cached(
                "INSERT INTO entity (kind, id, body, basis, rule, user, since)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![kind, entity.id.0, body, basis, rule, user, entry])?;
        Ok(())
    }
}
