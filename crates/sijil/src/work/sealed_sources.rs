//! Sources whose identity only some people may know: the register holds a code name and a box.
//!
//! The identity is encrypted before it comes near the database: rows, ledger, columns, search and
//! reports never have it. Only the private key of a person that it was sealed to opens it, not the
//! key of the register.

use serde_json::json;
use sijil_text::letters::fold;
pub use sijil_vault::{Person, PrivateKey};
use sijil_vault::{seal, unseal};
use zeroize::Zeroizing;

use super::error::{Error, Result};
use super::progress::Hand;
use crate::model::entity::{Author, Body, Entity, EntityId, EntityKind, Source, SourceKind};
use crate::register::{AsOf, Register, with_chance};

/// What is sealed, to whom.
pub struct Sealing<'a> {
    /// The code name under which the source stands in the register.
    pub code: &'a str,
    /// What the source is, as far as everybody may know.
    pub kind: SourceKind,
    /// Who it is: any words.
    pub identity: &'a str,
    /// Who may know.
    pub to: &'a [Person],
    /// Whether an identity that is sealed already may be replaced.
    pub again: bool,
}

/// Draws a key for the person of this name.
///
/// # Errors
/// When the name is none or there are no random bytes.
pub fn new_private_key(name: &str) -> Result<PrivateKey> {
    Ok(with_chance(|chance| PrivateKey::draw(name, chance))?)
}

/// Seals the identity of a source. The ledger says who did it, of which code name, and for whom.
///
/// # Errors
/// When the code name gives the identity away, the source has one already, or the register fails.
pub fn seal_source(register: &mut Register, sealing: &Sealing<'_>, hand: Hand<'_>) -> Result<()> {
    let id = EntityId(sealing.code.to_owned());
    let standing = register.entity(EntityKind::Source, &id, AsOf::NOW)?;
    let mut source = match standing.map(|entity| entity.body) {
        Some(Body::Source(source)) => source,
        _ => Source { name: sealing.code.to_owned(), kind: sealing.kind, ..Source::default() },
    };
    if source.identity.is_some() && !sealing.again {
        let code = sealing.code;
        return Err(Error::Unknown(format!(
            "{code} has a sealed identity; say --again to put another in its place"
        )));
    }
    check_words(register, sealing)?;
    let sealed = with_chance(|chance| seal(sealing.identity, sealing.code, sealing.to, chance))?;
    source.sealed = true;
    source.identity = Some(sealed);
    let author = Author::User(hand.name.to_owned());
    let entity = Entity { id, body: Body::Source(source), author, basis: Vec::new() };
    let to: Vec<&str> = sealing.to.iter().map(|person| person.name.as_str()).collect();
    let mut write = register.write()?;
    write.enter(&[entity])?;
    let body = json!({ "source": sealing.code, "to": to, "again": sealing.again });
    write.append(hand.clock.now(), hand.name, "seal source", &body)?;
    Ok(write.commit()?)
}

/// Letters that a word of a code name must have to give anything away.
const TELLING: usize = 3;

/// Refuses code names that give the identity away, and identities that stand in the register in
/// plain. The messages quote neither.
fn check_words(register: &Register, sealing: &Sealing<'_>) -> Result<()> {
    let words = |text: &str| -> Vec<String> {
        let folded = fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| word.chars().count() >= TELLING).map(str::to_owned).collect()
    };
    if sealing.code.trim().is_empty() || sealing.identity.trim().is_empty() {
        let why = "a sealed source needs a code name and an identity; give both";
        return Err(Error::Unknown(why.to_owned()));
    }
    let identity = words(sealing.identity);
    if words(sealing.code).iter().any(|word| identity.contains(word)) {
        let why = "the code name has a word of the identity; take one that tells nothing";
        return Err(Error::Unknown(why.to_owned()));
    }
    let lines: Vec<String> = sealing.identity.lines().map(fold).collect();
    for entity in register.entities(EntityKind::Source, AsOf::NOW)? {
        let Body::Source(source) = &entity.body else { continue };
        let names = [&entity.id.0, &source.name].into_iter().chain(&source.aliases);
        if names.map(|name| fold(name)).any(|name| !name.is_empty() && lines.contains(&name)) {
            let why = "a source of that name stands in this register in plain, and its history \
                       keeps the name; seal identities before they come in";
            return Err(Error::Unknown(why.to_owned()));
        }
    }
    Ok(())
}

/// Sources that are entered anew keep the identity that was sealed for them: whoever writes the rest
/// of a source need not know it.
pub(super) fn keep_identities(register: &Register, entities: &mut [Entity]) -> Result<()> {
    for entity in entities {
        let Body::Source(source) = &mut entity.body else { continue };
        let standing = register.entity(EntityKind::Source, &entity.id, AsOf::NOW)?;
        if let Some(Body::Source(Source { identity: Some(sealed), .. })) = standing.map(|e| e.body)
        {
            source.sealed = true;
            source.identity.get_or_insert(sealed);
        }
    }
    Ok(())
}

/// The identity of a source.
///
/// # Errors
/// When there is none of that code name, nothing is sealed, or not to this person.
pub fn unseal_source(
    register: &Register,
    code: &str,
    with: &PrivateKey,
) -> Result<Zeroizing<String>> {
    let id = EntityId(code.to_owned());
    let entity = register.entity(EntityKind::Source, &id, AsOf::NOW)?;
    let Some(Body::Source(source)) = entity.map(|entity| entity.body) else {
        return Err(Error::Unknown(format!("no source is called {code}; see `sijil sources`")));
    };
    let sealed = source.identity.ok_or_else(|| {
        Error::Unknown(format!("{code} has no sealed identity; `sijil sources seal` gives it one"))
    })?;
    Ok(unseal(&sealed, code, with)?)
}
