//! The index built anew from the rows, and compared with the one there.
//!
//! Of FTS5's own tables the content is compared, word by word and place by place, not the pages:
//! how words are packed depends on how many came at once.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::super::columns::differences;
use super::super::error::Result;
use super::super::form::scratch;
use super::super::open::Register;
use super::follow::follow;

/// What must agree: entries, lengths and sums that ranks are made of, settings of the index, words.
const PARTS: &[&str] = &[
    "SELECT 'entries', number, kind, item, sheet, row, first, last, length, since,
         until
     FROM search_entry ORDER BY number",
    "SELECT 'basis', number, item FROM search_basis ORDER BY number, item",
    "SELECT 'lengths', id, sz FROM search_words_docsize ORDER BY id",
    "SELECT 'sums', id, block FROM search_words_data WHERE id = 1",
    "SELECT 'settings', k, v FROM search_words_config ORDER BY k",
    "SELECT 'words', term, doc, col, offset FROM temp.words_there ORDER BY term, doc, col, offset",
];

/// Tables of the index beside FTS5's own.
const DERIVED: &[&str] = &["search_entry", "search_basis"];

/// Empties the index and fills it with all that the history of `rows` brought.
pub(in crate::register) fn rebuild(rows: &Connection, index: &Connection) -> Result<()> {
    for table in DERIVED {
        index.execute(&format!("DELETE FROM {table}"), [])?;
    }
    index.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')", [])?;
    let mut entries = BTreeSet::new();
    for sql in [
        "SELECT since FROM capture",
        "SELECT until FROM capture WHERE until IS NOT NULL",
        "SELECT since FROM reading",
        "SELECT since FROM entity WHERE kind = 'incident'",
        "SELECT until FROM entity WHERE kind = 'incident' AND until IS NOT NULL",
    ] {
        let mut query = rows.prepare(sql)?;
        let numbers = query.query_map([], |row| row.get::<_, i64>(0))?;
        entries.extend(numbers.collect::<rusqlite::Result<Vec<i64>>>()?);
    }
    for entry in entries {
        follow(rows, index, entry)?;
    }
    Ok(())
}

impl Register {
    /// Parts of the index that do not agree with the rows, each with what is wrong. Builds it anew,
    /// which takes as long as it took to write it.
    ///
    /// # Errors
    /// When no place can be made to build it in.
    pub fn search_findings(&self) -> Result<Vec<(String, String)>> {
        let anew = scratch()?;
        let mut names = BTreeSet::new();
        if let Err(why) = self.compare(&anew, &mut names) {
            let detail = format!("it cannot be compared with the rows: {why}");
            return Ok(vec![("search index".to_owned(), detail)]);
        }
        let detail = "they are not what the rows give: they were changed, or rows were";
        let object = |name: String| (format!("search {name}"), detail.to_owned());
        Ok(names.into_iter().map(object).collect())
    }

    fn compare(&self, anew: &Connection, names: &mut BTreeSet<String>) -> Result<()> {
        rebuild(&self.db, anew)?;
        for db in [&self.db, anew] {
            db.execute_batch(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_there
                 USING fts5vocab(main, search_words, instance)",
            )?;
        }
        for sql in PARTS {
            differences(&mut self.db.prepare(sql)?, &mut anew.prepare(sql)?, names)?;
        }
        if !self.finds_all(anew)? {
            names.insert("words".to_owned());
        }
        Ok(())
    }

    /// Whether each word is found as often as the rows have it: the words may all be there and the
    /// pages that lead to them not.
    fn finds_all(&self, anew: &Connection) -> Result<bool> {
        anew.execute_batch(
            "CREATE VIRTUAL TABLE temp.words_due USING fts5vocab(main, search_words, row)",
        )?;
        let mut due = anew.prepare("SELECT term, doc FROM temp.words_due")?;
        let mut found =
            self.db.prepare("SELECT count(*) FROM search_words WHERE search_words MATCH ?1")?;
        let mut rows = due.query([])?;
        while let Some(row) = rows.next()? {
            let (word, times): (String, i64) = (row.get(0)?, row.get(1)?);
            if found.query_row([format!("\"{word}\"")], |row| row.get::<_, i64>(0))? != times {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
