//! Killed at any call that writes, flushes or names: nothing that was acknowledged is lost, nothing
//! is half, and the same command again completes it.

use super::stages::stages;
use super::strace::{CHANGES, broken, works};
use super::{asked, figure, spread};
use crate::fixture::Place;

/// Texts beside the lists: enough that the steps make more than a thousand such calls.
const TEXTS: usize = 24;

#[test]
fn nothing_is_lost_wherever_the_program_is_killed() {
    if !works() {
        return;
    }
    let wanted = asked("SIJIL_FAULT_POINTS", 60);
    let place = Place::with_material();
    let stages = stages(&place, TEXTS);
    let case = place.path("case");
    let mut all = Vec::new();
    for stage in &stages {
        all.extend(stage.points(&case, CHANGES).into_iter().map(|point| (stage, point)));
    }
    let (mut killed, mut acknowledged, mut wrongs) = (0, 0, Vec::new());
    let tried = spread(&all, wanted);
    for (stage, point) in &tried {
        stage.begin(&case);
        let when = point.nth.to_string();
        let output = broken(&case, point.kind, "signal=KILL", &when, &stage.arguments);
        killed += usize::from(output.status.code().is_none());
        let done = stage.acknowledged(&output);
        acknowledged += usize::from(done);
        let mut found = stage.wrongs(&case, done);
        found.extend(stage.finish(&place, &case));
        let at = format!("{} {} {}", stage.name, point.kind, point.nth);
        wrongs.extend(found.into_iter().map(|wrong| format!("{at}: {wrong}")));
    }
    figure(&format!(
        "killed at {killed} of {} points tried, of {} that there are in {} commands; \
         {acknowledged} had said that they were done; {} wrongs",
        tried.len(),
        all.len(),
        stages.len(),
        wrongs.len()
    ));
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
    assert!(killed * 10 >= tried.len() * 9, "only {killed} of {} were killed", tried.len());
}
