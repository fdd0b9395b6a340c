//! The latest figures of accounts, for counts over millions of statements.
//!
//! [`super::Accounts::of`] tells all that there is to tell of each account. A count asks for the one
//! figure of each that stands, and of most for a few codes only. Both are made of the same series by
//! the same rules; `counts_are_those_of_accounts` holds them together.

use rayon::prelude::*;

use super::area::Area;
use super::entry::Entry;
use super::frame::{Class, Item};
use super::meanings::{Kept, Meanings, Terms};
use super::points::Line;
use super::population::Classes;
use super::range::Compared;
use super::saying::Sayings;
use super::series::Told;
use super::{Population, dependence, heap};
use crate::{Act, Modality, Window};

/// What an account's latest figure is of, by the codes of [`Standings`].
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// Of whom: an index of [`Standings::populations`].
    pub population: u32,
    /// Sides held responsible.
    pub parties: Classes,
    /// Where: an index of [`Standings::areas`].
    pub area: u32,
    /// Window of the acts.
    pub window: Option<Window>,
}

/// One end of a range: the number, open where there is none, and whose it is.
pub type Ended = (Option<u64>, String);

/// The latest figures of all accounts of one act that say that something happened.
#[derive(Clone, Debug)]
pub struct Standings<'s> {
    /// What each is of.
    pub figures: Vec<Standing>,
    /// Areas of accounts: ids first, then names as written.
    pub areas: Vec<Vec<String>>,
    items: Vec<Item>,
    /// Statements that give the figures first, by their index among the sayings.
    said: Vec<usize>,
    sayings: &'s Sayings,
    terms: Terms,
}

impl<'s> Standings<'s> {
    /// The latest figures on what was done as `act` says.
    #[must_use]
    pub fn of(sayings: &'s Sayings, act: Act) -> Self {
        let meanings = Meanings::of(sayings);
        let forms: Vec<bool> =
            sayings.form.values.iter().map(|f| f.act == act || f.listed.is_some()).collect();
        let counts = |nth: &usize| forms[sayings.form.codes[*nth] as usize];
        let entries: Vec<Entry> = (0..sayings.len())
            .into_par_iter()
            .filter(counts)
            .map(|nth| Entry::of(&meanings, nth))
            .collect();
        let told = Told { meanings: &meanings, entries: &entries };
        let series = heap::group(told);
        let mut lines: Vec<Line> =
            series.into_par_iter().map(|series| Line::of(told, series)).collect();
        dependence::infer(told, &mut lines);
        lines.retain(|line| line.first(told).form.act == act);
        let (areas, of_lines) = areas(told, &lines);
        let terms = Terms::of(
            meanings.names().clone(),
            meanings.populations().clone(),
            areas.iter().map(|names| Area::of_names(names)),
        );
        let of_areas: Vec<u32> = areas.iter().map(|names| terms.area(names)).collect();
        let latest: Vec<(Standing, Item)> = lines
            .par_iter()
            .zip(of_lines)
            .filter_map(|(line, area)| latest(told, &terms, line, (area, of_areas[area as usize])))
            .collect();
        let said = latest.iter().map(|(_, item)| item.nth).collect();
        let (figures, mut items): (Vec<Standing>, Vec<Item>) = latest.into_iter().unzip();
        items.iter_mut().enumerate().for_each(|(nth, item)| item.nth = nth);
        Self { figures, areas, items, said, sayings, terms }
    }

    /// The population with a code.
    #[must_use]
    pub fn population(&self, code: u32) -> &Population {
        self.terms.populations.get(code)
    }

    /// How many codes of populations there are.
    #[must_use]
    pub fn populations(&self) -> u32 {
        self.terms.populations.len()
    }

    /// Lowest, best and highest of the figures with these indices, as [`super::range()`] gives them;
    /// `None` where nothing can be compared.
    #[must_use]
    pub fn range(&self, figures: &[u32]) -> Option<[Ended; 3]> {
        let items = figures.iter().map(|nth| self.items[*nth as usize]).collect();
        let ends = Compared::of(&self.terms, items).ends()?;
        Some(ends.map(|end| {
            let source = self.terms.names.get(end.item.source);
            let surface = self.sayings.surface.of(self.said[end.item.nth]);
            (end.value, end.words(source, surface))
        }))
    }
}

/// Every area of accounts once, and the code of each line's.
fn areas(told: Told<'_>, lines: &[Line]) -> (Vec<Vec<String>>, Vec<u32>) {
    let codes = &told.meanings.sayings.places.codes;
    // Of most lines all statements name the same places in the same words.
    let only = |line: &Line| {
        let mut all = told.all(&line.entries).map(|e| codes[e.nth]);
        let first = all.next()?;
        all.all(|code| code == first).then_some(first as usize)
    };
    let mut named: Vec<Option<Vec<String>>> = vec![None; told.meanings.sayings.places.values.len()];
    let mut own = Vec::new();
    for line in lines {
        match only(line) {
            Some(code) if named[code].is_some() => {}
            Some(code) => named[code] = Some(line.area(told)),
            None => own.push(line.area(told)),
        }
    }
    let kept = Kept::of(named.iter().flatten().chain(&own).cloned());
    let of_code: Vec<u32> =
        named.iter().map(|names| names.as_ref().map_or(0, |names| kept.code(names))).collect();
    let of_line =
        |line: &Line| only(line).map_or_else(|| kept.code(&line.area(told)), |code| of_code[code]);
    let of_lines = lines.iter().map(of_line).collect();
    (kept.into_all(), of_lines)
}

/// The figure of a line that stands; `None` where it says that nothing happened.
fn latest(
    told: Told<'_>,
    terms: &Terms,
    line: &Line,
    (area, width_of): (u32, u32),
) -> Option<(Standing, Item)> {
    let (step, e) = line.points(told).find(|(step, _)| !step.superseded)?;
    if matches!(e.form.modality, Modality::Denied | Modality::Expected) {
        return None;
    }
    let same = |x: &&Entry| x.low() == e.low();
    let parties = line.classes(told);
    let population = line.population(told);
    let others = line.points(told).map(|(step, e)| (e.form.scope, step.window));
    let item = Item {
        nth: e.nth,
        source: line.first(told).source,
        depends_on: line.depends_on,
        population,
        area: width_of,
        parties: parties.iter().count(),
        class: Class::of(e.form.scope, step.window, terms.width(width_of), others),
        modality: e.form.modality,
        published: e.published,
        window: step.window,
        quantity: e.quantity,
        first: told.all(&line.entries).filter(same).map(|e| e.at).min()?,
    };
    Some((Standing { population, parties, area, window: step.window }, item))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::saying::Saying;
    use super::super::tests::{said, statements};
    use super::super::{Account, Accounts, Point, breakdown};
    use super::*;

    type Cells = BTreeMap<String, [Ended; 3]>;

    /// Cells by one of several keys, as accounts give them.
    fn of_accounts(accounts: &Accounts, by: usize) -> Cells {
        let keys = |account: &Account, point: &Point| {
            let counts = account.act == Act::Killed && point.is_said();
            let keys = [
                String::new(),
                format!("{:?}", account.area),
                format!("{:?}", account.parties),
                format!("{:?} {:?}", account.population, point.window),
            ];
            counts.then(|| keys[by].clone()).into_iter().collect()
        };
        let ends = |bound: super::super::Bound| (bound.value, bound.reason);
        breakdown(accounts, &keys)
            .into_iter()
            .map(|cell| (cell.key, [cell.range.low, cell.range.best, cell.range.high].map(ends)))
            .collect()
    }

    fn of_standings(standings: &Standings<'_>, by: usize) -> Cells {
        let mut cells: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (nth, figure) in (0..).zip(&standings.figures) {
            let parties: Vec<_> = figure.parties.iter().collect();
            let population = standings.population(figure.population);
            let keys = [
                String::new(),
                format!("{:?}", standings.areas[figure.area as usize]),
                format!("{parties:?}"),
                format!("{population:?} {:?}", figure.window),
            ];
            cells.entry(keys[by].clone()).or_default().push(nth);
        }
        let ranges = cells.into_iter().filter_map(|(key, all)| Some((key, standings.range(&all)?)));
        ranges.collect()
    }

    proptest! {
        #[test]
        fn counts_are_those_of_accounts(all in prop::collection::vec(said(), 1..150)) {
            let statements = statements(&all);
            let accounts = Accounts::of(&statements);
            let sayings = Sayings::from(&Saying::of(&statements));
            let standings = Standings::of(&sayings, Act::Killed);
            for by in 0..4 {
                prop_assert_eq!(of_accounts(&accounts, by), of_standings(&standings, by));
            }
        }
    }
}
