//! Columns on disk: numbers in segments of a fixed length, each in the fewest bytes that hold its
//! greatest number.
//!
//! A segment is one row of `column_segment`: a byte for the width (0, 1, 2 or 4 bytes a number; 0
//! where all are 0), two for the count, then the numbers, all little-endian.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::super::error::{Result, corrupt};
use super::SINCE;

/// Numbers in a full segment: small enough to be rewritten for one change.
const LENGTH: usize = 8192;

/// Segments met in one transaction; changed ones are written by [`Segments::flush`].
#[derive(Debug, Default)]
pub(super) struct Segments {
    held: BTreeMap<(&'static str, usize), Held>,
    rows: Option<usize>,
}

#[derive(Debug)]
struct Held {
    numbers: Vec<u32>,
    changed: bool,
}

impl Segments {
    /// Number of versions.
    pub(super) fn rows(&mut self, db: &Connection) -> Result<usize> {
        if let Some(rows) = self.rows {
            return Ok(rows);
        }
        let last: Option<i64> = db.query_row(
            "SELECT MAX(segment) FROM column_segment WHERE name = ?1",
            [SINCE],
            |row| row.get(0),
        )?;
        let rows = match last {
            None => 0,
            Some(last) => {
                let last = usize::try_from(last).map_err(corrupt("column"))?;
                last * LENGTH + self.held(db, SINCE, last)?.numbers.len()
            }
        };
        self.rows = Some(rows);
        Ok(rows)
    }

    /// Takes room for one more version and gives its position; every column must then be [`set`].
    ///
    /// [`set`]: Self::set
    pub(super) fn add(&mut self, db: &Connection) -> Result<usize> {
        let position = self.rows(db)?;
        self.rows = Some(position + 1);
        Ok(position)
    }

    /// The number at a position of a column.
    pub(super) fn get(&mut self, db: &Connection, name: &'static str, at: usize) -> Result<u32> {
        let held = self.held(db, name, at / LENGTH)?;
        let number = held.numbers.get(at % LENGTH);
        number.copied().ok_or_else(|| corrupt("column")(format!("{name} is too short")))
    }

    /// Writes the number at a position of a column.
    pub(super) fn set(
        &mut self,
        db: &Connection,
        name: &'static str,
        at: usize,
        number: u32,
    ) -> Result<()> {
        let held = self.held(db, name, at / LENGTH)?;
        held.changed = true;
        let place = at % LENGTH;
        if held.numbers.len() <= place {
            held.numbers.resize(place + 1, 0);
        }
        held.numbers[place] = number;
        Ok(())
    }

    fn held(&mut self, db: &Connection, name: &'static str, segment: usize) -> Result<&mut Held> {
        use std::collections::btree_map::Entry;
        match self.held.entry((name, segment)) {
            Entry::Occupied(held) => Ok(held.into_mut()),
            Entry::Vacant(place) => {
                let stored: Option<Vec<u8>> = db
                    .prepare_cached(
                        "SELECT codes FROM column_segment WHERE name = ?1 AND segment = ?2",
                    )?
                    .query_row(params![name, i64::try_from(segment).unwrap_or(i64::MAX)], |row| {
                        row.get(0)
                    })
                    .optional()?;
                let mut numbers = Vec::new();
                if let Some(stored) = stored {
                    decode(name, &stored, &mut numbers)?;
                }
                Ok(place.insert(Held { numbers, changed: false }))
            }
        }
    }

    /// Writes what has changed.
    pub(super) fn flush(&mut self, db: &Connection) -> Result<()> {
        let mut write = db.prepare_cached(
            "INSERT INTO column_segment (name, segment, codes) VALUES (?1, ?2, ?3)
             ON CONFLICT (name, segment) DO UPDATE SET codes = excluded.codes",
        )?;
        for ((name, segment), held) in &mut self.held {
            if std::mem::take(&mut held.changed) {
                let segment = i64::try_from(*segment).unwrap_or(i64::MAX);
                write.execute(params![name, segment, encode(&held.numbers)])?;
            }
        }
        Ok(())
    }
}

/// All numbers of a column.
pub(super) fn whole(db: &Connection, name: &str) -> Result<Vec<u32>> {
    let mut query = db.prepare_cached(
        "SELECT segment, codes FROM column_segment WHERE name = ?1 ORDER BY segment",
    )?;
    let mut rows = query.query([name])?;
    let mut numbers = Vec::new();
    while let Some(row) = rows.next()? {
        let segment: i64 = row.get(0)?;
        if usize::try_from(segment).ok() != Some(numbers.len() / LENGTH) {
            return Err(corrupt("column")(format!("{name} has a gap before segment {segment}")));
        }
        decode(name, row.get_ref(1)?.as_blob().map_err(corrupt("column"))?, &mut numbers)?;
    }
    Ok(numbers)
}

fn encode(numbers: &[u32]) -> Vec<u8> {
    let width: u8 = match numbers.iter().max().copied().unwrap_or(0) {
        0 => 0,
        1..=0xFF => 1,
        0x100..=0xFFFF => 2,
        _ => 4,
    };
    let count = u16::try_from(numbers.len()).unwrap_or(u16::MAX).to_le_bytes();
    let mut bytes = Vec::with_capacity(3 + numbers.len() * usize::from(width));
    bytes.push(width);
    bytes.extend(count);
    for number in numbers {
        bytes.extend(&number.to_le_bytes()[..usize::from(width)]);
    }
    bytes
}

/// Adds the numbers of a stored segment to `numbers`.
fn decode(name: &str, stored: &[u8], numbers: &mut Vec<u32>) -> Result<()> {
    let broken = || corrupt("column")(format!("a segment of {name} has not its length"));
    let (width, rest) = stored.split_first().ok_or_else(broken)?;
    let (count, bytes) = rest.split_first_chunk::<2>().ok_or_else(broken)?;
    let count = usize::from(u16::from_le_bytes(*count));
    if count > LENGTH || bytes.len() != count * usize::from(*width) {
        return Err(broken());
    }
    match width {
        0 => numbers.resize(numbers.len() + count, 0),
        1 => numbers.extend(bytes.iter().map(|byte| u32::from(*byte))),
        2 => numbers
            .extend(bytes.as_chunks::<2>().0.iter().map(|two| u32::from(u16::from_le_bytes(*two)))),
        4 => numbers.extend(bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four))),
        _ => return Err(broken()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_in_the_fewest_bytes() {
        for (numbers, length) in [
            (vec![], 3),
            (vec![0, 0, 0], 3),
            (vec![255, 0], 5),
            (vec![256, 7], 7),
            (vec![65_536], 7),
            (vec![u32::MAX; LENGTH], 3 + 4 * LENGTH),
        ] {
            let stored = encode(&numbers);
            assert_eq!(stored.len(), length);
            let mut back = Vec::new();
            decode("x", &stored, &mut back).unwrap();
            assert_eq!(back, numbers);
            let mut cut = stored.clone();
            cut.push(0);
            assert!(decode("x", &cut, &mut back).is_err());
        }
    }
}
