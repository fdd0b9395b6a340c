//! `cargo xtask faults`: the tests of faults with as many points as a release asks for.
//!
//! The tests stand in the suite of the program, where they try some points; here they are told by
//! an environment variable to try more. What they measure is kept in `bench/faults.md`, a section a
//! test, each rewritten by its own run.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

/// A test: its word on the command line, where it stands, the variable that says how many points,
/// how many a release asks for, and what its section says.
struct Area {
    word: &'static str,
    test: &'static str,
    variable: &'static str,
    points: usize,
    about: &'static str,
}

const AREAS: &[Area] = &[
    Area {
        word: "kill",
        test: "faults::kill::nothing_is_lost_wherever_the_program_is_killed",
        variable: "SIJIL_FAULT_POINTS",
        points: 1000,
        about: "\
The program is killed at calls that write, flush, name or remove, spread over all of them in six commands: a register is
made, takes a folder in, has a pair judged, takes in entities and a newer edition of a list, and is brought up from an older
form. After each kill the register must verify and continue the head from before, hold all that the program said it had done,
and be completed by the same command to what an undisturbed run gives.",
    },
    Area {
        word: "errors",
        test: "faults::errors::a_failing_disk_is_told_and_never_swallowed",
        variable: "SIJIL_FAULT_ERRORS",
        points: 1000,
        about: "\
In the same commands calls on files fail with EIO, ENOSPC, EDQUOT and EROFS, once and from then on always, and with EINTR,
once and ten times in a row. The program must say so and end with another code than 0, or all must be as it should be; the
register must verify, and the same command on a sound disk must complete it. An interruption without an end is left out:
nothing outlasts it.",
    },
    Area {
        word: "short",
        test: "faults::errors::short_writes_are_told_and_leave_nothing_half",
        variable: "SIJIL_FAULT_SHORT",
        points: 240,
        about: "\
Files may grow to a length and no further (`ulimit -f`): the write that passes it is short, the next one fails. The rest is as
above.",
    },
    Area {
        word: "bits",
        test: "faults::bits::every_bit_of_the_database_that_turns_is_found",
        variable: "SIJIL_FAULT_BITS",
        points: usize::MAX,
        about: "\
Each bit of the database of a small register is turned, one at a time, and the digests of pages that `sijil verify` compares
must name the page that it lies in, and no other (but for the bits that say how long a page is, after which all are others).",
    },
    Area {
        word: "verified-bits",
        test: "faults::bits::bits_of_any_file_are_named_by_verify",
        variable: "SIJIL_FAULT_VERIFIED_BITS",
        points: 3000,
        about: "\
Bits of all files of that register (database, digests of its pages, originals), spread evenly over them, are turned one at a
time, and the whole of `sijil verify` must name the page or the file. Files removed, doubled, swapped, cut and put back as they
were are tried in `cargo test`.",
    },
    Area {
        word: "mutations",
        test: "faults::mutations::no_reader_panics_on_what_chance_makes_of_a_file",
        variable: "SIJIL_FAULT_MUTATIONS",
        points: 5000,
        about: "\
Seeds of the fuzz targets, changed at random without a guide, on a stable compiler: a stand-in where `cargo xtask fuzz` cannot
run.",
    },
    Area {
        word: "bombs",
        test: "faults::bombs::bombs_cost_little_and_are_kept",
        variable: "SIJIL_FAULT_BOMBS",
        points: 0,
        about: "\
Files made to fill memory or to run for ever, each taken in alone and watched while it runs: memory and processor over what a
plain file of one line costs. Each must be refused with a reason and be kept byte for byte.",
    },
];

pub(crate) const HEAD: &str = "\
# Faults

What happens when the world fails the program. Each section is written by `cargo xtask faults WORD [--points N]`; the same
tests run with fewer points in `cargo test`.
";

/// Runs one area or all of them and rewrites their sections.
pub(crate) fn run(repository: &Path, words: &[&str]) -> Result<String> {
    let (word, points) = match words {
        [] => (None, None),
        [word] => (Some(*word), None),
        [word, "--points", number] => {
            (Some(*word), Some(number.parse().context("--points takes a number")?))
        }
        _ => bail!("cargo xtask faults [WORD [--points N]]"),
    };
    let chosen: Vec<&Area> =
        AREAS.iter().filter(|area| word.is_none_or(|word| word == area.word)).collect();
    if chosen.is_empty() {
        let words: Vec<&str> = AREAS.iter().map(|area| area.word).collect();
        bail!("there is no such test; there are: {}", words.join(", "));
    }
    let file = repository.join("bench/faults.md");
    for area in chosen {
        let figures = measure(repository, area, points.unwrap_or(area.points))?;
        let before = std::fs::read_to_string(&file).unwrap_or_else(|_| HEAD.to_owned());
        std::fs::write(&file, with_section(&before, area, &figures))?;
    }
    Ok(format!("written: {}", file.display()))
}

/// Runs the test and gives the figures that it tells.
fn measure(repository: &Path, area: &Area, points: usize) -> Result<Vec<String>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["test", "--locked", "-p", "sijil", "--test", "cli", "--"])
        .args([area.test, "--exact", "--nocapture"])
        .env(area.variable, points.to_string())
        .current_dir(repository)
        .stderr(Stdio::inherit())
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "the test fails:\n{said}");
    let figures: Vec<String> =
        said.lines().filter_map(|line| Some(line.split_once("figure: ")?.1.to_owned())).collect();
    ensure!(!figures.is_empty(), "the test measured nothing:\n{said}");
    Ok(figures)
}

/// The text with the area's section in its place, or at the end where it had none.
fn with_section(text: &str, area: &Area, figures: &[String]) -> String {
    let lines: Vec<String> = figures.iter().map(|figure| format!("* {figure}\n")).collect();
    section(text, area.word, area.about, &lines.concat())
}

/// The text with a section of this name, which says what it is about and then `body`.
pub(crate) fn section(text: &str, word: &str, about: &str, body: &str) -> String {
    let heading = format!("## {word}\n");
    let section = format!("{heading}\n{about}\n\n{body}");
    let Some(start) = text.find(&heading) else { return format!("{text}\n{section}") };
    let behind = &text[start + heading.len()..];
    let end = behind.find("\n## ").map_or(text.len(), |at| start + heading.len() + at);
    format!("{}{section}{}", &text[..start], &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_put_in_its_place() {
        let area = &AREAS[0];
        let first = with_section(HEAD, area, &["1 of 1".to_owned()]);
        assert!(first.ends_with("* 1 of 1\n"), "{first}");
        let more = format!("{first}\n## other\n\n* kept\n");
        let again = with_section(&more, area, &["2 of 2".to_owned()]);
        assert_eq!(again, more.replace("1 of 1", "2 of 2"));
    }
}
