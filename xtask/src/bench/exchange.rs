//! Measures import, export and counting of a coded dataset, on invented events.
//!
//! Processor seconds of the program, from `/proc/self/stat`: a machine that does other things beside
//! spends them all the same. The file has the 41 columns of a UCDP GED release and cells of their
//! usual length.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use super::report::{clear, machine, median};
use super::{build, repository};

const EVENTS: u64 = 200_000;

const RUNS: usize = 3;

/// Rows a second that bulk import is asked for (issue of the register).
const AIM: f64 = 50_000.0;

/// Clock ticks a second in which Linux tells processor time.
const TICKS: f64 = 100.0;

const COLUMNS: &str = "id,year,active_year,type_of_violence,conflict_new_id,conflict_name,\
    dyad_new_id,dyad_name,side_a_new_id,side_a,side_b_new_id,gwnob,side_b,number_of_sources,\
    source_article,source_office,source_date,source_headline,source_original,where_prec,\
    where_coordinates,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,\
    region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,\
    deaths_unknown,low,best,high";

const PROVINCES: [&str; 5] = ["Aleppo", "Homs", "Idlib", "Latakia", "Daraa"];

/// Runs it and rewrites `bench/exchange.md`.
pub(super) fn run() -> anyhow::Result<String> {
    let program = build()?;
    let target = program.parent().and_then(Path::parent).context("the program has no folder")?;
    let scratch = target.join("bench-exchange");
    clear(&scratch)?;
    fs::create_dir_all(&scratch)?;
    let file = scratch.join("events.csv");
    fs::write(&file, events())?;
    let steps: [(&str, &[&str]); 4] = [
        ("import", &["import", "events.csv"]),
        ("import of the same file again", &["import", "events.csv"]),
        ("export --as ucdp", &["export", "--as", "ucdp", "-o", "out.csv"]),
        ("count --by party,governorate", &["count", "--by", "party,governorate"]),
    ];
    let mut seconds: Vec<Vec<f64>> = vec![Vec::new(); steps.len()];
    for _ in 0..RUNS {
        clear(&scratch.join("register"))?;
        step(&program, &scratch, &["init"])?;
        for (nth, (_, words)) in steps.iter().enumerate() {
            seconds[nth].push(step(&program, &scratch, words)?);
        }
    }
    ensure!(fs::read(&file)? == fs::read(scratch.join("out.csv"))?, "export lost something");
    let sizes = (fs::metadata(&file)?.len(), size(&scratch.join("register"))?);
    let medians: Vec<f64> = seconds.into_iter().map(median).collect();
    let names: Vec<&str> = steps.iter().map(|(name, _)| *name).collect();
    fs::write(repository().join("bench/exchange.md"), page(&names, &medians, sizes))?;
    clear(&scratch)?;
    Ok("bench/exchange.md is rewritten".to_owned())
}

/// A release of invented events, ten of them a day, with the words of a headline.
fn events() -> String {
    let mut text = format!("{COLUMNS}\n");
    for nth in 0..EVENTS {
        let province = PROVINCES[usize::try_from(nth % 5).unwrap_or(0)];
        let (day, month, year) = (1 + nth / 10 % 28, 1 + nth / 280 % 12, 2020 + nth / 3360 % 80);
        let date = format!("{year}-{month:02}-{day:02}");
        let (lat, lon) = (34.5 + (nth % 100) as f64 / 100.0, 36.5 + (nth % 90) as f64 / 100.0);
        let headline = format!("Shelling of village number {nth} in the hills of {province}");
        let (dead, more) = (nth % 7, nth % 3);
        let _ = writeln!(
            text,
            "{nth},{year},1,1,299,Hills: Government,11973,Government of Hills - Front {side},118,\
             Government of Hills,4456,,Front {side},1,\"Hills Office,{date},{headline}\",Hills \
             Office,{date},{headline},Hills Office,1,Village {nth},{province} Governorate,District \
             of {province},{lat:.6},{lon:.6},POINT ({lon:.6} {lat:.6}),179714,Syria,652,Middle \
             East,1,1,{date},{date},{dead},{more},0,0,{dead},{},{}",
            dead + more,
            dead + more + nth % 2,
            side = nth % 20,
        );
    }
    text
}

/// Processor seconds that one command takes.
fn step(program: &Path, scratch: &Path, words: &[&str]) -> anyhow::Result<f64> {
    let before = children()?;
    let status = Command::new(program)
        .args(words)
        .args(["-R", "register"])
        .current_dir(scratch)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    ensure!(status.success(), "sijil {} failed: {status}", words.join(" "));
    Ok(children()? - before)
}

/// Processor seconds of all children that have ended: user and system.
fn children() -> anyhow::Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // Behind the name of the program, which may hold blanks.
    let fields = stat.rsplit_once(") ").context("no process")?.1;
    let ticks: Vec<f64> = fields.split(' ').filter_map(|field| field.parse().ok()).collect();
    // The letter of the state is no number: `cutime` and `cstime` are numbers 13 and 14 of the rest.
    let [user, system] = [12, 13].map(|nth| ticks.get(nth).copied().unwrap_or(0.0));
    Ok((user + system) / TICKS)
}

fn size(folder: &Path) -> anyhow::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        bytes += if about.is_dir() { size(&entry.path())? } else { about.len() };
    }
    Ok(bytes)
}

fn page(names: &[&str], seconds: &[f64], (file, register): (u64, u64)) -> String {
    let rate = |seconds: f64| EVENTS as f64 / seconds.max(1.0 / TICKS);
    let mut page = format!(
        "# Import and export of a coded dataset\n\n`cargo xtask bench exchange` rewrites this file. \
         Material: {EVENTS} invented events in the 41 columns of a UCDP GED release, {} MB. {RUNS} \
         runs, each on a fresh register; medians of processor seconds, user and system.\n\n\
         Machine: {}.\n\n| step | CPU s | events a CPU second |\n| --- | ---: | ---: |\n",
        file / 1_000_000,
        machine()
    );
    for (name, seconds) in names.iter().zip(seconds) {
        let _ = writeln!(page, "| {name} | {seconds:.2} | {:.0} |", rate(*seconds));
    }
    let first = seconds.first().copied().unwrap_or_default();
    let _ = write!(
        page,
        "\n* Import is {:.2} times the aim of {AIM:.0} rows a second.\n* The register takes {} MB, \
         the file itself among them: {:.1} times the file.\n* What was exported is the file, byte \
         by byte.\n",
        rate(first) / AIM,
        register / 1_000_000,
        register as f64 / file as f64
    );
    page
}
