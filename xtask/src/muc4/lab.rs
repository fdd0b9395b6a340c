use std::path::Path;
use anyhow::Result;
use super::{corpus, corpus::{Document, ROLES}, crf::{self, Field, Span}, lexicon::Lexicon, reading::Reading};
use std::collections::BTreeSet;

pub(super) struct Opt { pub relevant_only: bool, pub all_occ: bool, pub desc: bool }

pub(super) fn labels(doc: &Document, reading: &Reading, opt: &Opt) -> Vec<usize> {
    let mut labels = vec![0; reading.words.len()];
    let mut spans = Vec::new();
    let mut seen = BTreeSet::new();
    for (t, template) in doc.key.templates.iter().enumerate() {
        let mut p = doc.key.places[t].iter();
        for (role, fillers) in template.fillers.iter().enumerate() {
            for m in fillers.iter().flatten() {
                let place = p.next();
                if opt.all_occ {
                    if seen.insert((role, m.clone())) {
                        for o in reading.words.occurrences(m) { spans.push((o, role)); }
                    }
                } else if let Some(pl) = place { spans.push((reading.words.covering(pl), role)); }
            }
        }
    }
    spans.sort_by_key(|(s, _)| std::cmp::Reverse(s.len()));
    if opt.desc { for d in &doc.key.descriptions { spans.push((reading.words.covering(d), 5)); } }
    for (s, role) in spans {
        if s.is_empty() || labels[s.clone()].iter().any(|l| *l != 0) { continue; }
        // do not cross sentences
        if !reading.words.sentences.iter().any(|r| r.start <= s.start && s.end <= r.end) { continue; }
        labels[s.start] = 2 * role + 1;
        for at in s.start + 1..s.end { labels[at] = 2 * role + 2; }
    }
    labels
}

pub(crate) fn lab(path: &Path) -> Result<String> {
    let docs = corpus::read(path)?;
    let lexicon = Lexicon::new([].into_iter());
    let readings: Vec<Reading> = docs.iter().map(|d| Reading::new(&d.article, &lexicon)).collect();
    let feats: Vec<Vec<crf::Features>> = readings.iter().map(|r| (0..r.words.sentences.len()).map(|s| r.features(s)).collect()).collect();
    let n: usize = feats.iter().flatten().flatten().map(Vec::len).sum();
    let t: usize = feats.iter().flatten().map(Vec::len).sum();
    eprintln!("tokens {t} feats {n}");
    let env = |k: &str, d: f64| std::env::var(k).ok().and_then(|v| v.parse().ok()).unwrap_or(d);
    let opt = Opt { relevant_only: env("REL", 0.0) > 0.0, all_occ: env("ALL", 1.0) > 0.0, desc: env("DESC", 1.0) > 0.0 };
    let folds = 4;
    let how = crf::Settings { epochs: env("EP", 8.0) as usize, rate: env("RATE", 0.1) as f32, decay: env("DECAY", 1e-3) as f32, least_count: env("MINC", 2.0) as u32, seed: 1 };
    let maxf = env("MAXF", 1.0) as usize;
    let results: Vec<Vec<(usize, Vec<Vec<Span>>)>> = std::thread::scope(|sc| {
        let hs: Vec<_> = (0..maxf).map(|fold| { let (docs, readings, feats, opt) = (&docs, &readings, &feats, &opt); sc.spawn(move || {
            let mut data = Vec::new();
            for d in 0..docs.len() {
                if d % folds == fold || (opt.relevant_only && docs[d].key.templates.is_empty()) { continue; }
                let l = labels(&docs[d], &readings[d], opt);
                for (s, r) in readings[d].words.sentences.iter().enumerate() { data.push((feats[d][s].clone(), l[r.clone()].to_vec())); }
            }
            let field = Field::learn(6, &data, how);
            (0..docs.len()).filter(|d| d % folds == fold).map(|d| (d, feats[d].iter().map(|f| field.spans(f, 0.02)).collect::<Vec<_>>())).collect::<Vec<_>>()
        })}).collect();
        hs.into_iter().map(|h| h.join().unwrap()).collect()
    });
    // pooled doc-level string F per role over relevant docs and over all docs, best threshold
    let mut out = String::new();
    for relevant in [true, false] {
        for role in 0..5 {
            let mut best = (0.0, 0.0, 0.0, 0.0);
            for th in [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6] {
                let (mut pn, mut pd, mut rn, mut rd) = (0.0, 0.0, 0.0, 0.0);
                for (d, spans) in results.iter().flatten() {
                    let doc = &docs[*d];
                    if relevant && doc.key.templates.is_empty() { continue; }
                    let golds: Vec<&Vec<String>> = doc.key.templates.iter().flat_map(|t| &t.fillers[role]).collect();
                    let mut preds = BTreeSet::new();
                    for (s, sp) in spans.iter().enumerate() { let off = readings[*d].words.sentences[s].start; for x in sp { if x.kind == role && x.probability > th { preds.insert(readings[*d].words.slice(&(off + x.start..off + x.end)).to_owned()); } } }
                    pd += preds.len() as f64; rd += golds.len() as f64;
                    pn += preds.iter().filter(|p| golds.iter().any(|g| g.contains(p))).count() as f64;
                    rn += golds.iter().filter(|g| g.iter().any(|m| preds.contains(m))).count() as f64;
                }
                let (p, r) = (pn / pd, rn / rd); let f = 2.0 * p * r / (p + r);
                if f > best.0 { best = (f, p, r, th); }
            }
            out += &format!("rel={relevant} {} F {:.3} P {:.3} R {:.3} th {}\n", ROLES[role], best.0, best.1, best.2, best.3);
        }
    }
    Ok(out)
}
