//! Files made to fill memory, to run for ever, or to reach for other files: each is refused with a
//! reason, in little time and memory, and kept as evidence.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::bomb_files::bombs;
use super::figure;
use crate::fixture::{Place, stderr};

/// Memory that a file may cost, over what the program needs for a small one.
const MOST_KIB: u64 = 128 << 10;

/// Processor time that a file may cost, in hundredths of a second.
const MOST_TICKS: u64 = 100;

/// What a run cost: most memory in KiB, processor time in hundredths of a second, as far as they
/// were seen while it ran.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    memory: u64,
    ticks: u64,
}

/// Runs the program on the material and watches it.
fn watched(place: &Place) -> (std::process::Output, Cost) {
    let mut child = place
        .command()
        .args(["add", "material", "-R", "register"])
        .env("RAYON_NUM_THREADS", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut cost = Cost::default();
    while child.try_wait().expect("runs").is_none() {
        if let Some(seen) = look(child.id()) {
            cost = Cost { memory: cost.memory.max(seen.memory), ticks: cost.ticks.max(seen.ticks) };
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    (child.wait_with_output().expect("ended"), cost)
}

fn look(id: u32) -> Option<Cost> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let memory = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    // User, system, and the same of children that have ended.
    let ticks = (11..15).map(|at| fields.get(at)?.parse::<u64>().ok()).sum::<Option<u64>>()?;
    Some(Cost { memory: memory.split_whitespace().next()?.parse().ok()?, ticks })
}

fn place_with(name: &str, bytes: &[u8]) -> Place {
    let place = Place::new();
    place.write(name, bytes);
    assert_eq!(place.run(&["init", "register"]).status.code(), Some(0));
    place
}

#[test]
fn bombs_cost_little_and_are_kept() {
    let (_, plain) = watched(&place_with("plain.txt", b"Nobody was hurt.\n"));
    let (mut dearest, mut longest, mut wrongs) = (("", 0), ("", 0), Vec::new());
    let bombs = bombs();
    for (name, bytes) in &bombs {
        let place = place_with(name, bytes);
        let (output, cost) = watched(&place);
        let told = stderr(&output);
        if output.status.code() != Some(1) || !told.contains(&format!("problem: {name}")) {
            wrongs.push(format!("{name}: {:?}, {told}", output.status.code()));
        }
        // The bytes themselves are hashed and held once; the rest is what it cost to refuse them.
        let memory = cost.memory.saturating_sub(plain.memory);
        let ticks = cost.ticks.saturating_sub(plain.ticks);
        if memory > dearest.1 {
            dearest = (name, memory);
        }
        if ticks > longest.1 {
            longest = (name, ticks);
        }
        if memory > MOST_KIB || (!cfg!(debug_assertions) && ticks > MOST_TICKS) {
            wrongs.push(format!("{name} costs {memory} KiB and {ticks} hundredths of a second"));
        }
        let kept = fs::read_dir(place.path("register/evidence")).expect("a folder").flatten();
        let same = |path: &Path| fs::read(path).is_ok_and(|kept| kept == *bytes);
        if !kept.into_iter().any(|entry| same(&entry.path())) {
            wrongs.push(format!("{name} is not kept"));
        }
        if place.path("planted").exists() || told.contains("root:") {
            wrongs.push(format!("{name} reached another file"));
        }
    }
    figure(&format!(
        "{} bombs refused and kept: at most {} MiB over a plain file ({}), at most {:.2} s of \
         processor ({}), {} build; {} wrongs",
        bombs.len(),
        dearest.1 >> 10,
        dearest.0,
        Duration::from_millis(longest.1 * 10).as_secs_f64(),
        longest.0,
        if cfg!(debug_assertions) { "unoptimised" } else { "release" },
        wrongs.len()
    ));
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is promised")]
fn a_gigabyte_in_one_line_is_refused_at_once() {
    let place = Place::new();
    let path = place.material().join("line.txt");
    let file = File::create(&path).expect("can be made");
    file.set_len(1 << 30).expect("can be sparse");
    drop(file);
    let begun = Instant::now();
    let format = sijil::model::Format::Txt;
    let (_, problems) = sijil::intake::read("line.txt", format, &path, 1 << 30);
    let took = begun.elapsed();
    assert!(problems.iter().any(|p| p.message.contains("longer than")), "{problems:?}");
    assert!(took < Duration::from_secs(1), "{took:?}");
    let begun = Instant::now();
    sijil::intake::hash(&path).expect("readable");
    let hashed = begun.elapsed();
    figure(&format!(
        "a line of a gigabyte: refused in {} ms; taking its hash, as of any file, {} ms",
        took.as_millis(),
        hashed.as_millis()
    ));
}

/// Without `pdftotext` a PDF is read in a process apart, which may not take this one with it.
#[test]
fn without_pdftotext_pdfs_are_read_apart() {
    for (name, bytes) in bombs().into_iter().filter(|(name, _)| name.ends_with(".pdf")) {
        let place = place_with(name, &bytes);
        let output = place
            .command()
            .args(["add", "material", "-R", "register"])
            .env("PATH", "")
            .output()
            .expect("starts");
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{name}: {told}");
        assert!(told.contains(&format!("problem: {name}")), "{name}: {told}");
    }
}

/// The reader process gives what it can and dies of what it cannot; the next file is read.
#[test]
fn the_reader_apart_answers_line_by_line() {
    let place = Place::new();
    let image = b"\xFF\xD8\xFF\xE0 no image";
    let mut child = place
        .command()
        .arg("read-apart")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut to = child.stdin.take().expect("open");
    for _ in 0..2 {
        let question = serde_json::json!({ "what": "Image", "bytes": image.len() });
        writeln!(to, "{question}").and_then(|()| to.write_all(image)).expect("taken");
    }
    drop(to);
    let output = child.wait_with_output().expect("ends");
    let lines: Vec<serde_json::Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0]["facts"]["taken"].is_null(), "{}", lines[0]);
    let nonsense = place.command().arg("read-apart").output().expect("starts");
    assert_eq!(nonsense.status.code(), Some(0), "nothing asked, nothing said");
}
