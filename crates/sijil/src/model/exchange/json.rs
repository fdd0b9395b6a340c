//! Values of JSON formats as cells and back, without loss.
//!
//! A text is a cell as it stands, anything else is the JSON of it. A text that would be taken for
//! JSON keeps its quotes.

use serde_json::Value;

/// Property that holds every party involved with its level, where two names do not say it all.
pub const INVOLVED: &str = "involved";

/// Name under which a geometry that is no point is kept.
pub const GEOMETRY: &str = "geometry";

/// The cell of a value.
pub fn as_cell(value: &Value) -> String {
    match value {
        Value::String(text) if serde_json::from_str::<Value>(text).is_err() => text.clone(),
        other => other.to_string(),
    }
}

/// The value of a cell that [`as_cell`] made.
pub fn as_value(cell: &str) -> Value {
    serde_json::from_str(cell).unwrap_or_else(|_| Value::String(cell.to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_value_comes_back() {
        for value in [
            json!("town"),
            json!("12"),
            json!(12),
            json!(1.5),
            json!(true),
            json!([1, "a"]),
            json!(""),
        ] {
            assert_eq!(as_value(&as_cell(&value)), value);
        }
    }
}
