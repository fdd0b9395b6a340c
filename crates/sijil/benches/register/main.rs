//! Times a large register: how fast rows come in, and how long a question takes.
//!
//! `cargo bench -p sijil --bench register -- PERSONS FOLDER` writes a register of so many persons,
//! three records each and two claims a person, through the store's own write functions, asks
//! it questions, and prints one line a measurement: name, number, unit (between tabs). The
//! originals are left out: nothing reads them here. `cargo xtask bench register` makes a table of it.

mod ask;
mod dice;
mod invent;
mod write;

use std::path::PathBuf;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let [persons, folder] = words.as_slice() else {
        // `cargo test` and `cargo bench` without arguments come by here: nothing is timed then.
        return;
    };
    let persons: u64 = persons.parse().expect("a number of persons");
    let folder = PathBuf::from(folder);
    if !sijil::register::Register::is_at(&folder) {
        write::write(&folder, persons);
    }
    ask::ask(&folder, persons);
}

/// One line of what is measured.
#[expect(clippy::print_stdout, reason = "what is measured is what it prints")]
fn tell(name: &str, number: f64, unit: &str) {
    println!("{name}\t{number:.3}\t{unit}");
}

/// Seconds that something takes, by the clock and on the processors.
#[expect(clippy::disallowed_methods, reason = "a benchmark is a stop-watch")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64, f64) {
    let (start, busy) = (std::time::Instant::now(), busy());
    let done = work();
    (done, start.elapsed().as_secs_f64(), self::busy() - busy)
}

/// Seconds that this process has had of the processors; 0 where the system does not say.
fn busy() -> f64 {
    let about = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = about.rsplit(')').next().unwrap_or_default().split_whitespace();
    // User and system time are the 14th and 15th field, in hundredths of a second.
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
