//! What a linkage learned and did, as one page without scripts: for who must judge whether to trust it.
//!
//! It shows weights, blocks and sizes, and needs no truth. Rows are named by source and number; no
//! name and no cell of a list is on it, so that it can be passed on.

use std::fmt::Write as _;

use super::svg::{at, escape};

/// All that the page shows.
#[derive(Clone, Debug, Default)]
pub struct LinkagePage {
    /// Figures of the head: words and number.
    pub head: Vec<(String, String)>,
    /// The comparisons with their levels.
    pub comparisons: Vec<PageComparison>,
    /// Pairs taken apart.
    pub pairs: Vec<PagePair>,
    /// What each agreement gave: words, pairs compared, pairs that it alone brought.
    pub blocks: Vec<(String, u64, u64)>,
    /// Pairs by their evidence, a step of two bits each: lower end and number.
    pub evidence: Vec<(i32, u64)>,
    /// Persons by their number of rows, and by their number of files: words and number.
    pub sizes: [Vec<(String, u64)>; 2],
    /// Notes of the run.
    pub notes: Vec<String>,
}

/// One comparison.
#[derive(Clone, Debug)]
pub struct PageComparison {
    /// Name of the field.
    pub field: String,
    /// Share of rows that have a value.
    pub filled: f64,
    /// Words, m, u, share among relatives or those of one event, and weight of each level.
    pub levels: Vec<(String, f64, f64, Option<f64>, f64)>,
}

/// One pair, taken apart.
#[derive(Clone, Debug)]
pub struct PagePair {
    /// What it is an example of, and its rows.
    pub title: String,
    /// Words and bits of each step, the first of what was expected before.
    pub steps: Vec<(String, f64)>,
    /// Probability in the end.
    pub probability: f64,
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;\
padding:0 1rem;color:#1b1b1b;background:#fff}h1{font-size:1.7rem}h2{font-size:1.25rem;margin-top:2.2rem}\
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:start;padding:.2rem .6rem;\
border-bottom:1px solid #ddd;vertical-align:middle}td.n,th.n{text-align:end;\
font-variant-numeric:tabular-nums}th[scope=rowgroup]{background:#f3f3f3}\
.for{fill:#1f6f54}.against{fill:#a4452c}.plain{fill:#4a6785}line{stroke:#888}svg text{font-size:13px}\
dl{display:grid;grid-template-columns:max-content auto;gap:.2rem 1rem}dd{margin:0}p{max-width:46rem}";

/// Draws the page.
pub fn linkage_page(page: &LinkagePage) -> String {
    let mut out = String::new();
    out.push_str("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width\"><title>How these lists ");
    let _ = writeln!(out, "were linked</title><style>{STYLE}</style></head><body>");
    out.push_str("<h1>How these lists were linked</h1>\n<dl>");
    for (words, number) in &page.head {
        let _ = write!(out, "<dt>{}</dt><dd>{}</dd>", escape(words), escape(number));
    }
    out.push_str("</dl>\n");
    sizes(&mut out, page);
    evidence(&mut out, page);
    weights(&mut out, page);
    page.pairs.iter().enumerate().for_each(|(nth, pair)| waterfall(&mut out, nth, pair));
    blocks(&mut out, page);
    if !page.notes.is_empty() {
        out.push_str("<h2>Notes</h2>\n<ul>");
        page.notes.iter().for_each(|note| _ = write!(out, "<li>{}</li>", escape(note)));
        out.push_str("</ul>\n");
    }
    out.push_str("</body></html>\n");
    out
}

/// A bar of `share` of 200 points.
fn bar(share: f64, class: &str) -> String {
    let width = at(share.clamp(0.0, 1.0) * 200.0);
    format!(
        "<svg width=\"200\" height=\"14\" role=\"presentation\"><rect class=\"{class}\" y=\"1\" \
         width=\"{width}\" height=\"12\"/></svg>"
    )
}

/// A bar from the middle, to the right for what speaks for one person.
fn weight_bar(bits: f64, most: f64) -> String {
    let length = (bits.abs() / most).min(1.0) * 98.0;
    let (x, class) = if bits < 0.0 { (100.0 - length, "against") } else { (100.0, "for") };
    format!(
        "<svg width=\"200\" height=\"14\" role=\"presentation\"><rect class=\"{class}\" x=\"{}\" \
         y=\"1\" width=\"{}\" height=\"12\"/><line x1=\"100\" x2=\"100\" y2=\"14\"/></svg>",
        at(x),
        at(length)
    )
}

#[expect(clippy::cast_precision_loss, reason = "counts stay below 2^52")]
fn number(count: u64) -> f64 {
    count as f64
}

fn counted(out: &mut String, head: [&str; 2], rows: &[(String, u64)], scale: fn(f64) -> f64) {
    let most = rows.iter().map(|(_, count)| scale(number(*count))).fold(1.0, f64::max);
    let [words, count] = head;
    let _ = write!(out, "<table><thead><tr><th>{words}</th><th class=\"n\">{count}</th><th></th>");
    out.push_str("</tr></thead><tbody>");
    for (words, count) in rows {
        let bar = bar(scale(number(*count)) / most, "plain");
        let words = escape(words);
        let _ = write!(out, "<tr><td>{words}</td><td class=\"n\">{count}</td><td>{bar}</td></tr>");
    }
    out.push_str("</tbody></table>\n");
}

fn sizes(out: &mut String, page: &LinkagePage) {
    let [rows, files] = &page.sizes;
    out.push_str("<h2>Persons by their rows and files</h2>\n");
    counted(out, ["rows of a person", "persons"], rows, |n| n);
    counted(out, ["files that name a person", "persons"], files, |n| n);
}

fn evidence(out: &mut String, page: &LinkagePage) {
    if page.evidence.is_empty() {
        return;
    }
    out.push_str(
        "<h2>Pairs by their evidence</h2>\n<p>In bits: ten more bits are odds a thousand ",
    );
    out.push_str("times as high, and 0 is even odds. A clear linkage has few pairs in the ");
    out.push_str("middle. Bars are of the logarithm of the number.</p>\n");
    let row = |(low, count): &(i32, u64)| (format!("{low} to {} bits", low + 2), *count);
    let rows: Vec<(String, u64)> = page.evidence.iter().map(row).collect();
    counted(out, ["evidence", "pairs"], &rows, |n| (n + 1.0).log2());
}

fn weights(out: &mut String, page: &LinkagePage) {
    out.push_str("<h2>What each field says</h2>\n<p>m is the share of a level among pairs of one ");
    out.push_str("person, u that among strangers, and the third that among relatives or those of ");
    out.push_str("one event, who share such fields. The bar is log2 of m over u, for a value of ");
    out.push_str("average rarity: to the right it speaks for one person.</p>\n<table><thead><tr>");
    out.push_str(
        "<th>level</th><th class=\"n\">m</th><th class=\"n\">u</th><th class=\"n\">shared",
    );
    out.push_str("</th><th class=\"n\">bits</th><th></th></tr></thead>\n");
    let all = page.comparisons.iter().flat_map(|c| &c.levels).map(|level| level.4.abs());
    let most = all.fold(1.0, f64::max);
    for PageComparison { field, filled, levels } in &page.comparisons {
        let percent = at(filled * 100.0);
        let _ = write!(
            out,
            "<tbody><tr><th scope=\"rowgroup\" colspan=\"5\">{}, filled in on {percent} % of rows\
             </th><td>{}</td></tr>",
            escape(field),
            bar(*filled, "plain")
        );
        for (words, m, u, shared, bits) in levels {
            let shared = shared.map_or_else(|| "–".to_owned(), |shared| format!("{shared:.4}"));
            let _ = write!(
                out,
                "<tr><td>{}</td><td class=\"n\">{m:.4}</td><td class=\"n\">{u:.6}</td><td class=\"n\">\
                 {shared}</td><td class=\"n\">{bits:+.1}</td><td>{}</td></tr>",
                escape(words),
                weight_bar(*bits, most)
            );
        }
        out.push_str("</tbody>\n");
    }
    out.push_str("</table>\n");
}

const ROW: f64 = 24.0;
const LEFT: f64 = 430.0;
const WIDTH: f64 = 930.0;

/// How the evidence of one pair adds up, step by step.
fn waterfall(out: &mut String, nth: usize, PagePair { title, steps, probability }: &PagePair) {
    if nth == 0 {
        out.push_str("<h2>Pairs taken apart</h2>\n<p>Each bar begins where the one above ended; ");
        out.push_str("the line is even odds.</p>\n");
    }
    let mut sums = vec![0.0];
    for (_, bits) in steps {
        sums.push(sums[sums.len() - 1] + bits);
    }
    let low = sums.iter().copied().fold(0.0, f64::min);
    let high = sums.iter().copied().fold(1.0, f64::max);
    let x = |bits: f64| LEFT + (bits - low) / (high - low) * (WIDTH - LEFT - 60.0);
    let height = ROW * number(steps.len() as u64) + 8.0;
    let title = escape(title);
    let _ = write!(
        out,
        "<h3>{title}: probability {probability:.3}</h3>\n<svg viewBox=\"0 0 {WIDTH} {}\" \
         width=\"100%\" role=\"img\" aria-label=\"{title}\">",
        at(height)
    );
    let mut y = 4.0;
    for ((words, bits), sum) in steps.iter().zip(&sums) {
        let (from, to) = (x(*sum), x(sum + bits));
        let class = if *bits < 0.0 { "against" } else { "for" };
        let _ = write!(
            out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text><rect class=\"{class}\" x=\"{}\" \
             y=\"{}\" width=\"{}\" height=\"16\"/><text x=\"{}\" y=\"{}\">{bits:+.1}</text>",
            at(LEFT - 10.0),
            at(y + 13.0),
            escape(words),
            at(from.min(to)),
            at(y),
            at((from - to).abs().max(1.0)),
            at(from.max(to) + 6.0),
            at(y + 13.0)
        );
        y += ROW;
    }
    let even = at(x(0.0));
    let _ = writeln!(out, "<line x1=\"{even}\" x2=\"{even}\" y2=\"{}\"/></svg>", at(height));
}

fn blocks(out: &mut String, page: &LinkagePage) {
    if page.blocks.is_empty() {
        return;
    }
    out.push_str("<h2>What was compared</h2>\n<p>Rows are compared that agree on two things. How ");
    out.push_str("many pairs each agreement brought that may be one person and that no agreement ");
    out.push_str(
        "above had brought:</p>\n<table><thead><tr><th>rows agree on</th><th class=\"n\">",
    );
    out.push_str(
        "pairs compared</th><th class=\"n\">kept and new</th><th></th></tr></thead><tbody>",
    );
    let most = page.blocks.iter().map(|(_, _, new)| number(*new)).fold(1.0, f64::max);
    for (words, compared, new) in &page.blocks {
        let _ = write!(
            out,
            "<tr><td>{}</td><td class=\"n\">{compared}</td><td class=\"n\">{new}</td><td>{}</td></tr>",
            escape(words),
            bar(number(*new) / most, "plain")
        );
    }
    out.push_str("</tbody></table>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_whole_and_loads_nothing() {
        let page = LinkagePage {
            head: vec![("rows".to_owned(), "12 <b>".to_owned())],
            pairs: vec![PagePair {
                title: "joined".to_owned(),
                steps: vec![("before".to_owned(), -9.0), ("name: the same".to_owned(), 12.0)],
                probability: 0.889,
            }],
            blocks: vec![("two names".to_owned(), 40, 3)],
            ..LinkagePage::default()
        };
        let html = linkage_page(&page);
        assert!(html.contains("12 &lt;b&gt;") && html.contains("probability 0.889"), "{html}");
        assert!(html.contains("-9.0") && html.contains("+12.0"));
        for sign in ["<script", "http:", "https:", "url("] {
            assert!(!html.contains(sign), "{sign}");
        }
    }

    #[test]
    fn bars_speak_to_their_side() {
        assert!(weight_bar(-5.0, 10.0).contains("class=\"against\" x=\"51\""));
        assert!(weight_bar(5.0, 10.0).contains("class=\"for\" x=\"100\""));
    }
}
