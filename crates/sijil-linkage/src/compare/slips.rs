//! Slips of the pen: letters left out, put in, exchanged or mistyped.
//!
//! Likeness of names is of sounds, and to the ear *Abdullsh* is another name than *Abdullah*. Typists
//! do not hear what they write. So two spellings in one script that a few letters tell apart, of
//! a name long enough that this is no chance, are nearly the same.

/// Letters of a name from which on one slip is no chance, and two.
const ONE: usize = 6;
const TWO: usize = 9;

/// Whether slips alone may lie between two spellings.
pub(super) fn may_be_slips(a: &str, b: &str) -> bool {
    let most = match a.chars().count().min(b.chars().count()) {
        n if n >= TWO => 2,
        n if n >= ONE => 1,
        _ => return false,
    };
    // Only the gender may differ: Karim and Karima, Samir and Samira.
    let feminine =
        |x: &str, y: &str| y.strip_prefix(x).is_some_and(|rest| rest == "a" || rest == "ه");
    !feminine(a, b) && !feminine(b, a) && within(a, b, most)
}

/// Whether two texts are at most so many slips apart: a letter more, less or other, or neighbours
/// exchanged (Damerau's distance, each letter touched once).
fn within(a: &str, b: &str, most: usize) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    let mut rows = [vec![0; b.len() + 1], (0..=b.len()).collect(), vec![0; b.len() + 1]];
    for (i, x) in a.iter().enumerate() {
        rows.rotate_left(1);
        let [before, last, now] = &mut rows;
        now.clear();
        now.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let other = last[j] + usize::from(x != y);
            let mut least = other.min(last[j + 1] + 1).min(now[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            now.push(least);
        }
        if now.iter().all(|slips| *slips > most) {
            return false;
        }
    }
    let [_, _, now] = &rows;
    now[b.len()] <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_long_names_are_slips() {
        for (a, b) in [("abdullsh", "abdullah"), ("umhanna", "muhanna"), ("zarnuun", "zarnun")] {
            assert!(may_be_slips(a, b) && may_be_slips(b, a), "{a} {b}");
        }
        assert!(may_be_slips("abdukrahmn", "abdulrahman"), "two in a long name");
    }

    #[test]
    fn short_names_and_the_feminine_are_other_names() {
        for (a, b) in [("samir", "tamir"), ("karima", "karim"), ("jamalat", "kamilat")] {
            assert!(!may_be_slips(a, b) && !may_be_slips(b, a), "{a} {b}");
        }
    }
}
