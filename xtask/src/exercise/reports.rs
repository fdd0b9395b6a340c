//! Short reports on the events by invented outlets, with figures counted from the true persons.
//!
//! The figures fit the truth but are not it: early ones lag behind, two sources hold different
//! parties responsible for one event, and each covers its own population.

use super::events::{AMBUSH, CONTESTED, Cause, EVENTS};
use super::people::Person;
use super::province::{DISTRICTS, Party, VILLAGES, district_of};

const NOTE: &str = "Training exercise. Province, parties, people and figures are invented.";

/// A file of text.
pub(crate) struct Report {
    /// File name.
    pub(crate) file: &'static str,
    /// Content.
    pub(crate) text: String,
}

/// Five reports in the order of their days.
pub(crate) fn reports(people: &[Person]) -> Vec<Report> {
    let count = Count(people);
    vec![
        Report { file: "2031-05-06-hills-monitor.txt", text: first_days(&count) },
        Report { file: "2031-05-09-valley-dispatch.html", text: both_sides(&count) },
        Report { file: "2031-05-12-rights-bureau.txt", text: by_district(&count) },
        Report { file: "2031-05-13-guard-statement.txt", text: the_guard(&count) },
        Report { file: "2031-05-18-rights-bureau-ar.txt", text: in_arabic(&count) },
    ]
}

/// Counts of the true persons.
struct Count<'a>(&'a [Person]);

impl Count<'_> {
    fn of(&self, test: impl Fn(&Person) -> bool) -> usize {
        self.0.iter().filter(|person| test(person)).count()
    }

    fn until(&self, day: i8) -> usize {
        self.of(|p| EVENTS[p.event].day <= day)
    }

    fn civilians(&self, day: i8) -> usize {
        self.of(|p| !p.fighter && EVENTS[p.event].day <= day)
    }

    fn in_event(&self, event: usize) -> usize {
        self.of(|p| p.event == event)
    }

    fn guard(&self) -> usize {
        self.of(|p| p.fighter && EVENTS[p.event].party == Party::Front)
    }

    fn front(&self, day: i8) -> usize {
        self.civilian_or_fighter(day, true, &[Party::Guard])
    }

    fn civilian_or_fighter(&self, day: i8, fighter: bool, by: &[Party]) -> usize {
        self.of(|p| {
            let event = &EVENTS[p.event];
            p.fighter == fighter && event.day <= day && by.contains(&event.party)
        })
    }

    fn district(&self, district: usize, day: i8, percent: usize) -> usize {
        let count = self.of(|p| {
            !p.fighter && district_of(p.village()) == district && EVENTS[p.event].day <= day
        });
        count * percent / 100
    }

    fn children(&self, day: i8) -> usize {
        self.of(|p| p.age < 18 && EVENTS[p.event].day <= day)
    }
}

fn head(title: &str, source: &str, published: &str) -> String {
    format!("Title: {title}\nSource: {source}\nPublished: {published}\nNote: {NOTE}\n\n")
}

fn village(event: usize) -> &'static str {
    VILLAGES[EVENTS[event].village].name
}

/// The first event that fits.
fn find(party: Party, cause: Cause) -> usize {
    EVENTS.iter().position(|e| e.party == party && e.cause == cause).unwrap_or(AMBUSH)
}

fn first_days(count: &Count<'_>) -> String {
    let (executed, shelled) =
        (find(Party::Brigades, Cause::Execution), find(Party::Guard, Cause::Shelling));
    let head = head("Exercise: first days of violence in Qasmar", "Hills Monitor", "2031-05-06");
    let civilians = count.civilians(5) * 9 / 10;
    format!(
        "{head}The Hills Monitor has documented {total} people killed in Qasmar since 3 May: \
         {civilians} civilians and {guard} members of the Provincial Guard.\n\n\
         The violence began on 3 May, when fighters of the Free Hills Front ambushed a patrol at \
         {ambush} and killed {guard} members of the Provincial Guard.\n\n\
         On {day} May the Vale Brigades executed at least {executed} civilians in {place}, the \
         Monitor said. Shelling by the Provincial Guard killed {shelled} civilians in \
         {shelled_place} on the same day, according to residents.\n\n\
         The Monitor called on all parties to spare the villages and asked the governor to let \
         ambulances through.\n",
        total = civilians + count.guard(),
        guard = count.guard(),
        ambush = village(AMBUSH),
        day = EVENTS[executed].day,
        executed = count.in_event(executed) * 9 / 10,
        place = village(executed),
        shelled = count.in_event(shelled),
        shelled_place = village(shelled),
    )
}

fn both_sides(count: &Count<'_>) -> String {
    let title = "Exercise: both sides trade blame as toll in Qasmar rises";
    let total = count.until(8) / 50 * 50;
    let place = village(CONTESTED);
    let paragraphs = [
        format!(
            "More than {total} people have been killed in Qasmar since 3 May, according to the \
             Hills Monitor."
        ),
        format!(
            "The worst day so far was 6 May. The Qasmar Rights Bureau says that the Vale Brigades \
             executed {} civilians in {place}.",
            count.in_event(CONTESTED)
        ),
        format!(
            "The Provincial Guard denies this. Its spokesman said that the Free Hills Front \
             killed dozens of civilians in {place} before it withdrew to the hills."
        ),
        "The governor condemned the killings and promised an inquiry. Neighbouring provinces \
         offered tents and medicine for the displaced."
            .to_owned(),
    ];
    let body: String = paragraphs.iter().map(|text| format!("    <p>{text}</p>\n")).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n  <meta charset=\"utf-8\">\n  \
         <title>{title}</title>\n  \
         <meta property=\"og:site_name\" content=\"Valley Dispatch\">\n  \
         <meta property=\"article:published_time\" content=\"2031-05-09\">\n</head>\n<body>\n  \
         <p class=\"note\">Note: {NOTE}</p>\n  <article>\n    <h1>{title}</h1>\n{body}  \
         </article>\n</body>\n</html>\n"
    )
}

fn by_district(count: &Count<'_>) -> String {
    let head = head("Exercise: civilian toll by district", "Qasmar Rights Bureau", "2031-05-12");
    let parts: Vec<usize> = (0..4).map(|district| count.district(district, 11, 96)).collect();
    let [a, b, c, d] = [0, 1, 2, 3].map(|i| format!("{} in {}", parts[i], DISTRICTS[i].name));
    let front = find(Party::Front, Cause::Execution);
    format!(
        "{head}The Qasmar Rights Bureau has documented {total} civilians killed between 3 and 11 \
         May by all parties, including {a}, {b}, {c} and {d}.\n\n\
         The Vale Brigades and the Provincial Guard killed {government} civilians in that time, \
         the Bureau said. The Free Hills Front killed {by_front} civilians, most of them in \
         {front_place} and Naba Gharwan.\n\n\
         About {children} of the dead are children. The Bureau counts only people whose names it \
         has; it expects the toll to rise when the roads to the hills open.\n\n\
         It demands that the parties hand over the bodies and that the governor's inquiry hear \
         the survivors.\n",
        total = parts.iter().sum::<usize>(),
        government =
            count.civilian_or_fighter(11, false, &[Party::Guard, Party::Brigades]) * 96 / 100,
        by_front = count.civilian_or_fighter(11, false, &[Party::Front]) * 96 / 100,
        front_place = village(front),
        children = count.children(11) / 10 * 10,
    )
}

fn the_guard(count: &Count<'_>) -> String {
    let head =
        head("Exercise: statement on the operation in the hills", "Provincial Guard", "2031-05-13");
    format!(
        "{head}The Provincial Guard has lost {guard} members since 3 May, all of them in the \
         ambush at {ambush}, its command said.\n\n\
         Its units killed {front} fighters of the Free Hills Front at Burj Sannam on 8 May.\n\n\
         The command rejects the accusation that allied units executed civilians in {place}. The \
         Free Hills Front killed at least {blamed} civilians there on 6 May, it said.\n\n\
         The Provincial Guard has arrested 12 suspects and will hand them to the courts. It \
         regrets every civilian who came to harm and has opened an investigation into the \
         shelling of villages.\n",
        guard = count.guard(),
        ambush = village(AMBUSH),
        front = count.front(13),
        place = village(CONTESTED),
        blamed = count.in_event(CONTESTED) / 2,
    )
}

fn in_arabic(count: &Count<'_>) -> String {
    let parts: Vec<usize> = (0..4).map(|district| count.district(district, 16, 98)).collect();
    let [a, b, c, d] = [0, 1, 2, 3].map(|i| format!("{} في {}", parts[i], DISTRICTS[i].arabic));
    format!(
        "العنوان: تمرين: حصيلة الضحايا المدنيين حسب المناطق\n\
         المصدر: مكتب قصمار للحقوق\n\
         التاريخ: 2031-05-18\n\
         ملاحظة: تمرين تدريبي. الإقليم والأطراف والأشخاص والأرقام من نسج الخيال.\n\n\
         وثّق مكتب قصمار للحقوق مقتل {total} مدنياً في قصمار بين 3 و16 أيار، بينهم {a} و{b} و{c} \
         و{d}.\n\n\
         وقال المكتب إن {brigades} قتلت {executed} مدنياً في {place} يوم 6 أيار، وإن {front} قتلت \
         {by_front} مدنياً منذ 3 أيار.\n\n\
         ودعا المكتب جميع الأطراف إلى حماية المدنيين، وطالب بتحقيق مستقل ومحاسبة المسؤولين.\n",
        total = parts.iter().sum::<usize>(),
        brigades = Party::Brigades.arabic(),
        executed = count.in_event(CONTESTED),
        place = VILLAGES[EVENTS[CONTESTED].village].arabic,
        front = Party::Front.arabic(),
        by_front = count.civilian_or_fighter(16, false, &[Party::Front]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;
    use crate::exercise::people::people;

    #[test]
    fn every_report_says_that_it_is_an_exercise_and_breakdowns_close() {
        let people = people(&mut Dice::new(2, 0)).unwrap();
        for report in reports(&people) {
            let head: String = report.text.lines().take(10).collect();
            assert!(head.contains("xercise") || head.contains("تمرين"), "{}", report.file);
        }
        let count = Count(&people);
        let parts: usize = (0..4).map(|district| count.district(district, 16, 100)).sum();
        assert_eq!(parts, count.civilians(16));
        assert!(count.guard() > 0 && count.front(13) > 0);
        assert!(count.in_event(CONTESTED) > 30);
    }
}
