//! `sijil judge`: decisions of users, one at a time or asked for one after another.

use std::io::{self, BufRead, IsTerminal, Write};

use clap::{Args, Subcommand};
use jiff::civil::Date;
use sijil::model::entity::{Correction, Subject, Verdict};
use sijil::register::{AsOf, Register};
use sijil::work::{self, Hand, Material, PairVerdict};

use super::Outcome;
use super::failure::{Failure, note};
use super::place::{Name, Place};
use super::progress::Bars;

/// Decide on open pairs, claims and incidents; every decision keeps its reason and can be taken back
///
/// Without a verdict it asks about the open pairs in the terminal, the most telling first.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    verdict: Option<Said>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    name: Name,
}

#[derive(Subcommand)]
enum Said {
    /// Two records (or persons, or incidents) are one
    Same(Two),
    /// Two records (or persons, or incidents) are two
    Different(Two),
    /// Nobody can say whether two records are one
    Unsure(Two),
    /// A claim says what was read
    Accept(One),
    /// A claim does not say so, or is no toll: it counts nowhere
    Reject(One),
    /// A claim is right but for the fields given
    Correct(Corrected),
    /// Take back a decision: by its ledger entry, on a claim, or on two records
    Undo(Undone),
}

#[derive(Args)]
struct Two {
    /// A record as `sijil trace` prints it, a person or an incident
    a: String,
    /// Another
    b: String,
    /// Why, in your words
    #[arg(long, default_value = "", value_name = "REASON")]
    why: String,
}

#[derive(Args)]
struct One {
    /// A claim as claims.csv and `sijil trace` name it
    claim: String,
    /// Why, in your words
    #[arg(long, default_value = "", value_name = "REASON")]
    why: String,
}

#[derive(Args)]
struct Corrected {
    #[command(flatten)]
    one: One,
    /// Least number that the words allow
    #[arg(long)]
    low: Option<u64>,
    /// Greatest number that the words allow
    #[arg(long)]
    high: Option<u64>,
    /// First day
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Last day
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
}

#[derive(Args)]
struct Undone {
    /// The ledger entry of a decision (`sijil log --kind judge`), a claim, or the first of two records
    a: String,
    /// The second of two records
    b: Option<String>,
    /// Why, in your words
    #[arg(long, default_value = "", value_name = "REASON")]
    why: String,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let hand = arguments.name.hand();
    let mut register = arguments.place.open(hand)?;
    let Some(said) = &arguments.verdict else { return ask(&mut register, hand) };
    let new = match said {
        Said::Same(two) => decide(&mut register, two, PairVerdict::Same, hand)?,
        Said::Different(two) => decide(&mut register, two, PairVerdict::Different, hand)?,
        Said::Unsure(two) => decide(&mut register, two, PairVerdict::Open, hand)?,
        Said::Accept(one) => claim(&mut register, one, Verdict::Accepted, hand)?,
        Said::Reject(one) => claim(&mut register, one, Verdict::Rejected, hand)?,
        Said::Correct(corrected) => correct(&mut register, corrected, hand)?,
        Said::Undo(undone) => undo(&mut register, undone, hand)?,
    };
    if !new {
        note("nothing to do: that is how it stands already");
    }
    // Also then: a run that was broken off may have decided, and not come to the persons.
    settle(&mut register, hand)
}

/// Has the persons follow from what was decided, and tells how many there are now.
fn settle(register: &mut Register, hand: Hand<'_>) -> Result<Outcome, Failure> {
    let linked = work::link(register, hand, &Bars::new())?;
    let mut material = Material::of(register, AsOf::NOW)?;
    work::suggest_incidents(register, &mut material, hand)?;
    let work::Linked { records, persons, open, .. } = linked;
    writeln!(io::stdout(), "{persons} persons behind {records} records; {open} pairs open")?;
    Ok(Outcome::Done)
}

fn decide(
    register: &mut Register,
    Two { a, b, why }: &Two,
    verdict: PairVerdict,
    hand: Hand<'_>,
) -> Result<bool, Failure> {
    if let (Some(a), Some(b)) =
        (work::incident_member(register, a)?, work::incident_member(register, b)?)
    {
        let same = match verdict {
            PairVerdict::Same => true,
            PairVerdict::Different => false,
            PairVerdict::Open => {
                let why = "incidents are one or two; take back a decision with `sijil judge undo`";
                return Err(Failure::Usage(why.to_owned()));
            }
        };
        return Ok(work::judge_members(register, (&a, &b), same, why, hand)?);
    }
    let pair = (work::record_called(register, a)?, work::record_called(register, b)?);
    Ok(work::judge_records(register, (&pair.0, &pair.1), verdict, why, hand)?)
}

fn claim(
    register: &mut Register,
    One { claim, why }: &One,
    verdict: Verdict,
    hand: Hand<'_>,
) -> Result<bool, Failure> {
    let at = work::claim_called(register, claim)?;
    Ok(work::judge_claim(register, &at, verdict, why, hand)?)
}

fn correct(
    register: &mut Register,
    Corrected { one, low, high, from, to }: &Corrected,
    hand: Hand<'_>,
) -> Result<bool, Failure> {
    let correction =
        Correction { low: *low, high: *high, start: *from, end: *to, ..Correction::default() };
    if correction == Correction::default() {
        let why = "nothing is corrected; give --low, --high, --from or --to";
        return Err(Failure::Usage(why.to_owned()));
    }
    claim(register, one, Verdict::Corrected(Box::new(correction)), hand)
}

fn undo(
    register: &mut Register,
    Undone { a, b, why }: &Undone,
    hand: Hand<'_>,
) -> Result<bool, Failure> {
    let Some(b) = b else {
        if let Ok(entry) = a.parse() {
            return Ok(work::undo_entry(register, entry, why, hand)?);
        }
        let on = Subject::Claim(work::claim_called(register, a)?);
        return Ok(work::unjudge(register, &on, why, hand)?);
    };
    if let (Some(a), Some(b)) =
        (work::incident_member(register, a)?, work::incident_member(register, b)?)
    {
        let pair = if a <= b { (a, b) } else { (b, a) };
        return Ok(work::unjudge(register, &Subject::Members(Box::new(pair)), why, hand)?);
    }
    let pair = (work::record_called(register, a)?, work::record_called(register, b)?);
    Ok(work::unjudge_records(register, (&pair.0, &pair.1), why, hand)?)
}

/// Shows open pairs one after another and asks.
fn ask(register: &mut Register, hand: Hand<'_>) -> Result<Outcome, Failure> {
    let material = Material::of(register, AsOf::NOW)?;
    let queue = work::review_queue(&material);
    let mut out = io::stdout().lock();
    if queue.is_empty() {
        writeln!(out, "no pair is open")?;
        drop(out);
        return settle(register, hand);
    }
    let terminal = io::stdin().is_terminal();
    let mut lines = io::stdin().lock().lines();
    for (nth, question) in queue.iter().enumerate() {
        writeln!(
            out,
            "\npair {} of {}, probability {}",
            nth + 1,
            queue.len(),
            question.probability
        )?;
        for row in &question.rows {
            writeln!(out, "  {:<10} {}  |  {}{}", row.field, row.a, row.b, row.mark())?;
        }
        if terminal {
            write!(out, "one person? y(es) n(o) u(nsure) s(kip) q(uit): ")?;
            out.flush()?;
        }
        let Some(line) = lines.next().transpose()? else { break };
        let verdict = match line.trim().chars().next().map(|c| c.to_ascii_lowercase()) {
            Some('y') => PairVerdict::Same,
            Some('n') => PairVerdict::Different,
            Some('u') => PairVerdict::Open,
            Some('q') => break,
            _ => continue,
        };
        let why = "read side by side";
        let pair = (&question.a, &question.b);
        work::judge_records(register, pair, verdict, why, hand)?;
    }
    drop(out);
    settle(register, hand)
}
