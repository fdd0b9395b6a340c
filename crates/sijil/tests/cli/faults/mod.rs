//! What the program does when the world fails it: killed, refused by the disk, lied to by bytes.
//!
//! Each test prints its figure on a line that begins with `figure:`. In the ordinary suite a test
//! tries some points spread over all of them; `cargo xtask faults` asks for more with an
//! environment variable and keeps the figures in `bench/faults.md`.

mod bits;
mod bomb_files;
mod bombs;
mod errors;
mod kill;
mod mutations;
mod stages;
mod strace;

/// How many points a test is to try: the number in the environment variable, else its own.
fn asked(variable: &str, ordinary: usize) -> usize {
    std::env::var(variable).ok().and_then(|number| number.parse().ok()).unwrap_or(ordinary)
}

/// Up to `wanted` of `all`, spread evenly over them.
fn spread<T: Clone>(all: &[T], wanted: usize) -> Vec<T> {
    if wanted >= all.len() {
        return all.to_vec();
    }
    (0..wanted).map(|nth| all[nth * all.len() / wanted].clone()).collect()
}

/// Tells a measured figure.
#[expect(clippy::print_stdout, reason = "a bench or a test that measures says what came out")]
fn figure(line: &str) {
    println!("figure: {line}");
}
