//! The command line: one file a command, exit codes and output rules in one place.
//!
//! Data go to stdout, everything else to stderr. Exit codes: 0 done, 1 done but problems were met,
//! 2 wrong usage or unreadable input, 3 something does not verify, 4 internal error.

mod accounts;
mod add;
mod backup;
mod bundle;
mod claims;
mod clock;
mod count;
mod diff;
mod export;
mod failure;
mod grades;
mod head;
mod import;
mod incidents;
mod init;
mod judge;
mod link;
mod listing;
mod lists;
mod log;
mod media;
mod names;
mod passphrase;
mod place;
mod progress;
mod publish;
mod report;
mod sealed;
mod search;
mod secrets;
mod sources;
mod stamp;
mod temporary;
mod trace;
mod verify;
mod wire;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use sijil::register::Register;
use sijil::work;

/// The register of a war monitor: every number can be walked back to the bytes it came from
#[derive(Parser)]
#[command(version, propagate_version = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Report(report::Arguments),
    Init(init::Arguments),
    Passphrase(passphrase::Arguments),
    Key(sealed::KeyArguments),
    Add(add::Arguments),
    Claims(claims::Arguments),
    Accounts(accounts::Arguments),
    Link(link::Arguments),
    Judge(judge::Arguments),
    Incidents(incidents::Arguments),
    Grades(grades::Arguments),
    Lists(lists::Arguments),
    Media(media::Arguments),
    Sources(sources::Arguments),
    Responses(sources::ResponseArguments),
    Names(names::Arguments),
    Count(count::Arguments),
    Import(import::Arguments),
    Export(export::Arguments),
    Trace(trace::Arguments),
    Publish(publish::Arguments),
    Recount(publish::RecountArguments),
    Diff(diff::Arguments),
    Search(search::Arguments),
    Verify(verify::Arguments),
    Bundle(bundle::Arguments),
    Backup(backup::Arguments),
    Head(head::Arguments),
    Witness(head::WitnessArguments),
    Stamp(stamp::Arguments),
    Log(log::Arguments),
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Everything was done.
    Done,
    /// Done, but problems were met.
    Problems,
    /// The register or its evidence does not verify.
    DoesNotVerify,
}

/// Reads the arguments, runs the command and gives the exit code.
pub(crate) fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|word| word == work::READ_APART) {
        let done = work::read_apart(io::stdin().lock(), io::stdout().lock());
        return done.map_or(ExitCode::from(4), |()| ExitCode::SUCCESS);
    }
    if let Ok(program) = std::env::current_exe() {
        work::read_apart_by(program);
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(e) => {
            return e.exit_code().try_into().map_or(ExitCode::from(2), |code: u8| {
                // Help and version go to stdout and are no error; a closed pipe is nobody's fault.
                let _ = e.print();
                ExitCode::from(code)
            });
        }
    };
    let result = match arguments.command {
        Command::Report(arguments) => report::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Key(arguments) => sealed::key(&arguments),
        Command::Passphrase(arguments) => passphrase::run(&arguments),
        Command::Add(arguments) => add::run(&arguments),
        Command::Claims(arguments) => claims::run(&arguments),
        Command::Accounts(arguments) => accounts::run(&arguments),
        Command::Link(arguments) => link::run(&arguments),
        Command::Judge(arguments) => judge::run(&arguments),
        Command::Incidents(arguments) => incidents::run(&arguments),
        Command::Grades(arguments) => grades::run(&arguments),
        Command::Lists(arguments) => lists::run(&arguments),
        Command::Media(arguments) => media::run(&arguments),
        Command::Sources(arguments) => sources::run(&arguments),
        Command::Responses(arguments) => sources::responses(&arguments),
        Command::Names(arguments) => names::run(&arguments),
        Command::Count(arguments) => count::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Trace(arguments) => trace::run(&arguments),
        Command::Publish(arguments) => publish::run(&arguments),
        Command::Recount(arguments) => publish::recount(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Search(arguments) => search::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Bundle(arguments) => bundle::run(&arguments),
        Command::Backup(arguments) => backup::run(&arguments),
        Command::Head(arguments) => head::run(&arguments),
        Command::Witness(arguments) => head::witness(&arguments),
        Command::Stamp(arguments) => stamp::run(&arguments),
        Command::Log(arguments) => log::run(&arguments),
    };
    let unclosed = Register::failure_of_closing().map(failure::Failure::from);
    match result.and_then(|outcome| unclosed.map_or(Ok(outcome), Err)) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Ok(Outcome::DoesNotVerify) => ExitCode::from(3),
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            failure::say(&failure);
            ExitCode::from(failure.code())
        }
    }
}
