//! Entries: what was done, when, by whom, in bytes that can be read in one way only.

/// One entry of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Number from 0, without a gap.
    pub number: u64,
    /// When, as RFC 3339 text.
    pub at: String,
    /// In whose name.
    pub by: String,
    /// What kind of deed (init, add, read, link, publish, …).
    pub kind: String,
    /// What exactly, as JSON.
    pub body: String,
}

/// First bytes of every entry: name and version of the format.
const MAGIC: &[u8] = b"sijil entry 1\n";

impl Entry {
    /// The bytes that are hashed: the format's name, the number as eight bytes (big-endian), then
    /// each text behind its length in bytes as eight bytes (big-endian).
    pub fn to_bytes(&self) -> Vec<u8> {
        let texts = [&self.at, &self.by, &self.kind, &self.body];
        let length: usize = texts.iter().map(|text| text.len() + 8).sum();
        let mut bytes = Vec::with_capacity(MAGIC.len() + 8 + length);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.number.to_be_bytes());
        for text in texts {
            bytes.extend_from_slice(&(text.len() as u64).to_be_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_letter_from_one_field_to_the_next_changes_the_bytes() {
        let entry = |by: &str, kind: &str| Entry {
            number: 7,
            at: "2031-05-12T08:00:00Z".to_owned(),
            by: by.to_owned(),
            kind: kind.to_owned(),
            body: "{}".to_owned(),
        };
        assert_ne!(entry("ab", "c").to_bytes(), entry("a", "bc").to_bytes());
        assert_eq!(entry("ab", "c").to_bytes(), entry("ab", "c").to_bytes());
    }
}
