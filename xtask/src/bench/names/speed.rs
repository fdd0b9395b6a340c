//! How fast names are split, compared and found: on one core, in processor time.
//!
//! What the machine does besides must not count, so the time is that of the thread, as the kernel
//! keeps it. The list is invented (`names::invented`), the same in every run.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::time::Duration;

use anyhow::{Context, Result};
use sijil_text::names::{Found, Name, NameIndex, compare};

use super::super::repository;
use crate::names::data::Pair;
use crate::names::invented;

/// Names of the list.
const LISTED: usize = 1_000_000;
/// Names that are asked for.
const ASKED: usize = 1_000;
/// Of these so many are compared with the whole list, to see what the index missed.
const EXHAUSTIVE: usize = 25;
/// How many are wanted of each search.
const TOP: usize = 10;
/// Pairs that are compared one by one.
const PAIRS: usize = 200_000;
/// Data files that the program carries for names.
const DATA: &str = "crates/sijil-text/data";

const HEAD: &str = "# Names: how fast\n
Written by `cargo xtask bench names-speed`. One core, processor time of the thread. The list is invented: 1,000,000 names, no two
alike, of parts drawn as often as they are borne, three in four of them of four parts. It is asked for Arabic names among
Latin ones, half of them names of the list. *Cold* is with nothing known of any two parts; *kept* is one name against all of a list, where each
part of it is compared with each distinct part of the list once. What the index missed is counted by odds: names as near
as the tenth nearest are as good.\n
| what | measured | aim |
|---|---|---|
";

/// Rewrites `bench/names_speed.md`.
pub(in super::super) fn run() -> Result<String> {
    let all = invented::names(LISTED + ASKED / 2)?;
    let (listed, strangers) = all.split_at(LISTED);
    let step = LISTED / (ASKED / 2);
    let asked: Vec<Name> =
        listed.iter().step_by(step).chain(strangers).map(|pair| Name::of(&pair.arabic)).collect();
    let mut text = String::from(HEAD);
    compared(listed, &mut text)?;
    let mut index = NameIndex::default();
    let filled = timed(|| listed.iter().for_each(|pair| index.add(Name::of(&pair.latin))))?;
    line(&mut text, "names split and put into the index a second", &rate(LISTED, filled.1), "");
    searched(&index, &asked, &mut text)?;
    let bytes = bytes_of_data()?;
    line(&mut text, "data files of names in the program", &format!("{bytes} bytes"), "5,000,000");
    fs::write(repository().join("bench/names_speed.md"), &text)?;
    Ok(format!("bench/names_speed.md is rewritten\n\n{text}"))
}

/// Names split, and pairs compared one by one.
fn compared(listed: &[Pair], text: &mut String) -> Result<()> {
    let some: Vec<&Pair> = listed.iter().step_by(LISTED / PAIRS).collect();
    let (arabic, split): (Vec<Name>, Duration) =
        timed(|| some.iter().map(|pair| Name::of(&pair.arabic)).collect())?;
    line(text, "Arabic names split a second", &rate(some.len(), split), "");
    let (latin, split): (Vec<Name>, Duration) =
        timed(|| some.iter().map(|pair| Name::of(&pair.latin)).collect())?;
    line(text, "Latin names split a second", &rate(some.len(), split), "");
    // The tables are read before the clock runs.
    black_box(compare(&arabic[0], &latin[1]));
    for (what, apart) in [("of one name", 0), ("of two names", 7_919)] {
        let right = latin.iter().cycle().skip(apart);
        let pairs = arabic.iter().zip(right);
        let (_, time) = timed(|| pairs.map(|(a, l)| compare(a, l).odds).fold(0.0, f32::max))?;
        let what = format!("pairs {what} compared a second, cold");
        line(text, &what, &rate(arabic.len(), time), "1,000,000");
    }
    Ok(())
}

/// Searches, and what they miss.
fn searched(index: &NameIndex, asked: &[Name], text: &mut String) -> Result<()> {
    black_box(index.nearest(&asked[0], TOP));
    let mut times = Vec::with_capacity(asked.len());
    let mut found = Vec::with_capacity(asked.len());
    for name in asked {
        let (nearest, time) = timed(|| index.nearest(name, TOP))?;
        times.push(time);
        found.push(nearest);
    }
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 1_000];
    for (what, share, aim) in [
        ("half of the searches take", 500, ""),
        ("99 in 100 take", 990, "20 ms"),
        ("all take", 1_000, ""),
    ] {
        let most = format!("at most {:.2} ms", at(share).as_secs_f64() * 1_000.0);
        line(text, &format!("nearest {TOP} of {LISTED}: {what}"), &most, aim);
    }
    let (mut missed, mut time) = (0, Duration::ZERO);
    let step = asked.len() / EXHAUSTIVE;
    let some: Vec<usize> = (0..asked.len()).step_by(step).collect();
    for at in &some {
        let (best, took) = timed(|| index.nearest_of_all(&asked[*at], TOP))?;
        time += took;
        missed += missing(&found[*at], &best);
    }
    line(
        text,
        "names of a list scored a second, part scores kept",
        &rate(LISTED * some.len(), time),
        "10,000,000",
    );
    let recall = 1.0 - missed as f64 / (some.len() * TOP) as f64;
    let what = format!("recall@{TOP} against comparing with all, {} searches", some.len());
    line(text, &what, &format!("{recall:.4}"), "0.99");
    Ok(())
}

/// How many of the nearest are missing; names that are as near as the last are as good as it.
fn missing(found: &[Found], best: &[Found]) -> usize {
    let least = best.last().map_or(f32::INFINITY, |last| last.comparison.odds);
    let good = found.iter().filter(|found| found.comparison.odds >= least - 1e-4).count();
    best.len().saturating_sub(good)
}

fn line(text: &mut String, what: &str, measured: &str, aim: &str) {
    let _ = writeln!(text, "| {what} | {measured} | {aim} |");
}

fn rate(count: usize, time: Duration) -> String {
    format!("{:.0}", count as f64 / time.as_secs_f64())
}

/// What a task gives, and the processor time of this thread that it takes.
fn timed<T>(task: impl FnOnce() -> T) -> Result<(T, Duration)> {
    let start = busy()?;
    let done = task();
    Ok((done, busy()?.saturating_sub(start)))
}

fn busy() -> Result<Duration> {
    let about = fs::read_to_string("/proc/thread-self/schedstat")
        .context("processor time is read from /proc, which this system does not have")?;
    let nanoseconds = about.split_whitespace().next().context("schedstat is empty")?;
    Ok(Duration::from_nanos(nanoseconds.parse()?))
}

fn bytes_of_data() -> Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(repository().join(DATA))? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with("name_") {
            sum += entry.metadata()?.len();
        }
    }
    Ok(sum)
}
