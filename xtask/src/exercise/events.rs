//! What happens in the exercise: one line an event.

use super::province::Party;

/// How people were killed in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// Shells on a village.
    Shelling,
    /// Shots in the streets.
    Shooting,
    /// Executions, house by house.
    Execution,
    /// Fighters killed by fighters.
    Clash,
}

impl Cause {
    /// In English.
    pub(crate) fn english(self) -> &'static str {
        match self {
            Self::Shelling => "shelling",
            Self::Shooting => "shooting",
            Self::Execution => "field execution",
            Self::Clash => "clashes",
        }
    }

    /// In Arabic.
    pub(crate) fn arabic(self) -> &'static str {
        match self {
            Self::Shelling => "قصف",
            Self::Shooting => "إطلاق نار",
            Self::Execution => "إعدام ميداني",
            Self::Clash => "اشتباك",
        }
    }
}

/// An event of one day in one village.
#[derive(Debug)]
pub(crate) struct Event {
    /// Index of the village.
    pub(crate) village: usize,
    /// Day of May 2031.
    pub(crate) day: i8,
    /// Who did it.
    pub(crate) party: Party,
    /// How.
    pub(crate) cause: Cause,
    /// Households that lost people.
    pub(crate) households: usize,
    /// Civilians killed without anybody of their household.
    pub(crate) singles: usize,
    /// Fighters killed.
    pub(crate) fighters: usize,
}

const fn event(
    day: i8,
    village: usize,
    party: Party,
    cause: Cause,
    [households, singles, fighters]: [usize; 3],
) -> Event {
    Event { village, day, party, cause, households, singles, fighters }
}

/// Index of the ambush that began it, in which members of the Guard were killed.
pub(crate) const AMBUSH: usize = 0;

/// Index of the event that the parties lay at each other's door.
pub(crate) const CONTESTED: usize = 5;

/// All events in order of their days.
pub(crate) const EVENTS: [Event; 21] = {
    use Cause::{Clash, Execution, Shelling, Shooting};
    use Party::{Brigades, Front, Guard, Unknown};
    [
        event(3, 13, Front, Clash, [0, 0, 14]),
        event(4, 6, Guard, Shelling, [7, 6, 0]),
        event(4, 4, Brigades, Execution, [8, 5, 0]),
        event(5, 7, Brigades, Shooting, [6, 8, 0]),
        event(5, 5, Guard, Shelling, [9, 6, 0]),
        event(6, 15, Brigades, Execution, [14, 10, 0]),
        event(6, 0, Brigades, Shooting, [8, 7, 0]),
        event(7, 9, Front, Execution, [6, 6, 0]),
        event(7, 1, Guard, Shelling, [8, 5, 0]),
        event(8, 8, Guard, Clash, [0, 0, 18]),
        event(8, 10, Brigades, Execution, [10, 6, 0]),
        event(9, 2, Brigades, Shooting, [9, 7, 0]),
        event(10, 14, Guard, Shelling, [9, 6, 0]),
        event(10, 12, Front, Shooting, [7, 5, 0]),
        event(11, 3, Unknown, Shooting, [7, 12, 0]),
        event(12, 6, Brigades, Execution, [8, 6, 0]),
        event(12, 11, Guard, Shelling, [8, 4, 0]),
        event(13, 15, Unknown, Shooting, [5, 6, 0]),
        event(14, 13, Guard, Shelling, [8, 5, 0]),
        event(15, 9, Guard, Clash, [0, 0, 16]),
        event(16, 4, Unknown, Shooting, [5, 6, 0]),
    ]
};
