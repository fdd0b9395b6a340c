//! `sijil stamp`: time stamps of authorities on heads, asked for and taken in by file.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;
use sijil::work;

use super::Outcome;
use super::failure::{Failure, note};
use super::listing::{Format, Listing};
use super::place::{Name, Place};

/// Have an authority vouch for the time of the ledger: ask, take in the reply, list, check
///
/// No connection is opened. Carry the request to an authority, for example with
/// `curl -H 'Content-Type: application/timestamp-query' --data-binary @REQUEST URL -o REPLY`
#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    name: Name,
}

#[derive(Subcommand)]
enum What {
    /// Write a request (RFC 3161) for the newest head to a file
    Request {
        /// The file, usually named .tsq
        file: PathBuf,
    },
    /// Take in the reply of an authority, and keep it in the ledger
    Take {
        /// The reply, usually named .tsr
        file: PathBuf,
    },
    /// List stamps, and heads that wait for one
    List {
        /// How to write the lines
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Check all stamps offline, with openssl
    Check {
        /// Certificate of the authority's root (PEM)
        #[arg(long, value_name = "FILE")]
        ca: PathBuf,
        /// Certificates on the way to it (PEM), where replies do not bring them
        #[arg(long, value_name = "FILE")]
        others: Option<PathBuf>,
    },
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    match &arguments.what {
        What::Request { file } => {
            let (request, size) = work::stamp_request(&arguments.place.read()?)?;
            std::fs::write(file, request).map_err(|source| {
                Failure::Work(work::Error::Output { path: file.clone(), source })
            })?;
            writeln!(
                io::stdout(),
                "request   {}, for the head over {size} entries",
                file.display()
            )?;
            Ok(Outcome::Done)
        }
        What::Take { file } => {
            let hand = arguments.name.hand();
            let mut register = arguments.place.open(hand)?;
            let (line, new) = work::take_stamp(&mut register, file, hand)?;
            if !new {
                note("nothing to do: the register has that stamp");
            }
            let time = line.time.map(|time| time.to_string()).unwrap_or_default();
            writeln!(io::stdout(), "stamped   {} entries at {time}, not yet checked", line.size)?;
            Ok(Outcome::Done)
        }
        What::List { format } => {
            let lines = work::stamp_lines(&arguments.place.read()?)?;
            let rows = lines.into_iter().map(|line| {
                let time = line.time.map_or_else(|| "waits".to_owned(), |time| time.to_string());
                vec![json!(line.size), json!(time), json!(line.entry), json!(line.root)]
            });
            let headers = vec!["entries", "stamped", "kept_in", "root"];
            Listing { headers, rows: rows.collect() }.write(*format)?;
            Ok(Outcome::Done)
        }
        What::Check { ca, others } => {
            let register = arguments.place.read()?;
            let checks = work::check_stamps(&register, ca, others.as_deref())?;
            let mut sound = true;
            for check in &checks {
                let about = format!("stamp of {} on {} entries", check.time, check.size);
                match &check.wrong {
                    None => writeln!(io::stdout(), "holds     {about}")?,
                    Some(why) => {
                        note(&format!("does not hold: {about}: {why}"));
                        sound = false;
                    }
                }
            }
            if checks.is_empty() {
                note("the register has no stamp; ask for one with `sijil stamp request`");
            }
            Ok(if sound { Outcome::Done } else { Outcome::DoesNotVerify })
        }
    }
}
