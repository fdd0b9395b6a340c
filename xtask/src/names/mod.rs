//! Learns what `sijil-text` knows about names from lists of names, and writes it as data files.

pub(crate) mod data;
mod files;
mod parts;
mod transducer;

use std::path::Path;

use anyhow::Result;
use transducer::Transducer;

/// Learns everything anew and rewrites the data files of `sijil-text`.
pub(crate) fn learn(folder: &Path) -> Result<String> {
    let pairs = parts::pairs()?;
    let all = pairs.len();
    let first = Transducer::learn(&parts::examples(&pairs));
    let pairs = parts::without_noise(pairs, &first);
    let examples = parts::examples(&pairs);
    let model = Transducer::learn(&examples);
    files::sounds(folder, &model)?;
    files::letters(folder, &examples)?;
    let counts = parts::Counts::of_names()?;
    let (kept, attested) = files::parts(folder, (&pairs, &counts), &model)?;
    Ok(format!(
        "learned from {} pairs of parts, {} left out as noise; {kept} parts and {attested} pairs kept",
        pairs.len(),
        all - pairs.len()
    ))
}


pub(crate) fn try_it() -> Result<String> {
    use sijil_text::names::{Name, raw, likeness};
    use rand::{RngExt, SeedableRng};
    let mut pos = Vec::new();
    for p in data::wikidata()?.iter().filter(|p| p.kind != "alias" && data::held_out(&p.arabic)) {
        let (a, b) = (Name::of(&p.arabic), Name::of(&p.latin));
        if a.parts.len() == b.parts.len() { pos.extend(a.parts.into_iter().zip(b.parts)); }
    }
    let mut dice = rand_chacha::ChaCha8Rng::seed_from_u64(1);
    let mut out = String::from("y,n,m,cost,weight,wl,rarity,old\n");
    for i in 0..pos.len() {
        let (a, b) = &pos[i];
        let f = |a: &sijil_text::names::Part, b: &sijil_text::names::Part| raw(a, b).map_or("-,-,-".to_string(), |(c, w, v)| format!("{c},{w},{v}"));
        out += &format!("1,{},{},{},0,{}\n", a.text.chars().count(), b.text.len(), f(a, b), likeness(a, b).score);
        let best = (0..20).map(|_| &pos[dice.random_range(0..pos.len())].1).filter(|x| x.text != b.text).max_by(|x, y| raw(a, x).map_or(-99.0, |r| r.2).total_cmp(&raw(a, y).map_or(-99.0, |r| r.2))).unwrap();
        out += &format!("0,{},{},{},0,{}\n", a.text.chars().count(), best.text.len(), f(a, best), likeness(a, best).score);
    }
    std::fs::write("/tmp/parts.csv", out)?;
    Ok(format!("{}", pos.len()))
}
