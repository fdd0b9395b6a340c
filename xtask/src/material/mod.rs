//! Material to time the whole job with: many invented articles and three long lists.
//!
//! Nothing here is meant to be read. Articles vary in phrasing and carry tolls; the lists overlap
//! and name invented people. The same numbers of articles and rows give the same bytes.

mod articles;
mod rows;

use std::path::Path;

use anyhow::{Context as _, Result};

/// The seed of all material.
const SEED: u64 = 1;

/// Writes `articles` articles and three lists of `rows` rows each to `out`.
pub(crate) fn run(out: &Path, articles: usize, rows: usize) -> Result<String> {
    std::fs::create_dir_all(out).with_context(|| format!("making {}", out.display()))?;
    let write = |file: &str, bytes: &[u8]| {
        let path = out.join(file);
        std::fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))
    };
    for number in 0..articles {
        let article = articles::article(SEED, number)?;
        write(&article.file, article.text.as_bytes())?;
    }
    for (file, bytes) in rows::lists(SEED, rows)? {
        write(file, &bytes)?;
    }
    Ok(format!("{articles} articles and three lists of {rows} rows in {}", out.display()))
}
