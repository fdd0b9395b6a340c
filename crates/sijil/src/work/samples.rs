//! Records for the tests of this room.

use crate::model::{ItemId, Record, RecordRef};

/// A row of a list that nobody has.
pub(super) fn at(row: u64) -> RecordRef {
    RecordRef { item: ItemId("0".repeat(64)), sheet: String::new(), row }
}

/// Records that say nothing, one a row.
pub(super) fn records(count: u64) -> Vec<Record> {
    let text = |row| format!(r#"{{"at":{{"item":"{}","sheet":"","row":{row}}}}}"#, "0".repeat(64));
    (0..count).map(|row| serde_json::from_str(&text(row)).unwrap()).collect()
}
