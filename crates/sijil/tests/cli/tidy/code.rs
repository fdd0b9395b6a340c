//! Just enough reading of Rust: code without comments, strings and tests, and the paths in it.
//!
//! No parser: a path made by a macro, or one that leads through a renaming `use`, is not seen.

/// A path that code names, from the root of its crate (`crate::`, `super::`, `self::` resolved)
/// or from the name of another crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) line: usize,
    pub(super) path: Vec<String>,
}

impl Named {
    pub(super) fn part(&self, nth: usize) -> &str {
        self.path.get(nth).map_or("", String::as_str)
    }
}

/// The source with comments, literals and `#[cfg(test)]` modules blanked; lines stay in place.
pub(super) fn bare(source: &str) -> String {
    without_tests(&without_words(source))
}

fn without_words(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    while at < chars.len() {
        let end = literal_end(&chars, at);
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out
}

/// Where the comment or literal that begins at `at` ends; `at` itself where none begins.
fn literal_end(chars: &[char], at: usize) -> usize {
    let next = |n: usize| chars.get(at + n).copied().unwrap_or(' ');
    let before = at.checked_sub(1).map_or(' ', |b| chars[b]);
    match chars[at] {
        '/' if next(1) == '/' => {
            let rest = chars[at..].iter().position(|c| *c == '\n');
            rest.map_or(chars.len(), |length| at + length)
        }
        '/' if next(1) == '*' => block_comment_end(chars, at),
        'r' if !is_word(before) || before == 'b' => raw_end(chars, at).unwrap_or(at),
        '"' => quoted_end(chars, at),
        '\'' if next(1) == '\\' || next(2) == '\'' => char_end(chars, at),
        _ => at,
    }
}

fn block_comment_end(chars: &[char], at: usize) -> usize {
    let mut depth = 0;
    let mut i = at;
    while i + 1 < chars.len() {
        match (chars[i], chars[i + 1]) {
            ('/', '*') => (depth, i) = (depth + 1, i + 2),
            ('*', '/') => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            return i;
        }
    }
    chars.len()
}

fn raw_end(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    let open = at + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let length = chars[open + 1..].windows(close.len()).position(|w| w == close)?;
    Some(open + 1 + length + close.len())
}

fn quoted_end(chars: &[char], at: usize) -> usize {
    let mut i = at + 1;
    while i < chars.len() && chars[i] != '"' {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    (i + 1).min(chars.len())
}

fn char_end(chars: &[char], at: usize) -> usize {
    let from = if chars[at + 1] == '\\' { at + 3 } else { at + 2 };
    let close = chars.iter().skip(from).position(|c| *c == '\'');
    close.map_or(chars.len(), |length| from + length + 1)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Blanks each `#[cfg(test)]` item up to its closing brace or its semicolon.
fn without_tests(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find("#[cfg(test)]") {
        let mut depth = 0;
        let end = rest[start..].char_indices().find_map(|(i, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            (depth == 0 && matches!(c, '}' | ';')).then_some(start + i + 1)
        });
        let end = end.unwrap_or(rest.len());
        out.push_str(&rest[..start]);
        out.extend(rest[start..end].chars().filter(|c| *c == '\n'));
        rest = &rest[end..];
    }
    out + rest
}

/// The module that a file below `src` is, from the root of its crate: `intake/csv.rs` is
/// `intake::csv`, `intake/mod.rs` is `intake`, `lib.rs` the root.
pub(super) fn module_of(file: &str) -> Vec<String> {
    let parts = file.trim_end_matches(".rs").split('/').map(str::to_owned);
    let mut parts: Vec<String> = parts.collect();
    if parts.last().is_some_and(|last| matches!(last.as_str(), "mod" | "lib" | "main")) {
        parts.pop();
    }
    parts
}

/// Every path in `code` that begins with `crate`, `super`, `self` or one of `roots`; `module` is
/// where the code stands. `a::{b, c::d}` gives two paths.
pub(super) fn named(code: &str, module: &[String], roots: &[&str]) -> Vec<Named> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices("::") {
        let head = &code[..start];
        let word = head.trim_end_matches(is_word).len();
        let first = &head[word..];
        // Only where a path begins: not after another `::`.
        if code[..word].trim_end().ends_with("::") {
            continue;
        }
        if !matches!(first, "crate" | "super" | "self") && !roots.contains(&first) {
            continue;
        }
        let line = code[..word].matches('\n').count() + 1;
        for leaf in leaves(&mut code[word..].chars().peekable()) {
            found.push(Named { line, path: resolve(module, leaf) });
        }
    }
    found
}

type Chars<'c> = std::iter::Peekable<std::str::Chars<'c>>;

/// The paths of one `use` tree or expression path.
fn leaves(chars: &mut Chars<'_>) -> Vec<Vec<String>> {
    let mut path = Vec::new();
    loop {
        skip_space(chars);
        if chars.peek() == Some(&'{') {
            chars.next();
            let inner = group(chars);
            let join = |leaf: Vec<String>| path.iter().cloned().chain(leaf).collect();
            return inner.into_iter().map(join).collect();
        }
        let word = word(chars);
        if word.is_empty() {
            return vec![path];
        }
        path.push(word);
        skip_space(chars);
        let mut ahead = chars.clone();
        if ahead.next() != Some(':') || ahead.next() != Some(':') {
            return vec![path];
        }
        *chars = ahead;
    }
}

fn group(chars: &mut Chars<'_>) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    loop {
        skip_space(chars);
        match chars.peek() {
            None => return all,
            Some('}') => {
                chars.next();
                return all;
            }
            Some(c) if is_word(*c) => {
                all.extend(leaves(chars));
                skip_renaming(chars);
            }
            Some(_) => {
                chars.next();
            }
        }
    }
}

fn skip_renaming(chars: &mut Chars<'_>) {
    let mut ahead = chars.clone();
    skip_space(&mut ahead);
    if word(&mut ahead) == "as" {
        skip_space(&mut ahead);
        word(&mut ahead);
        *chars = ahead;
    }
}

fn word(chars: &mut Chars<'_>) -> String {
    let mut word = String::new();
    while let Some(c) = chars.next_if(|c| is_word(*c)) {
        word.push(c);
    }
    word
}

fn skip_space(chars: &mut Chars<'_>) {
    while chars.next_if(|c| c.is_whitespace()).is_some() {}
}

fn resolve(module: &[String], leaf: Vec<String>) -> Vec<String> {
    let mut at: Vec<String> = module.to_vec();
    let mut rest = leaf.into_iter().peekable();
    match rest.peek().map(String::as_str) {
        Some("crate") => {
            rest.next();
            return rest.collect();
        }
        Some("super" | "self") => {}
        _ => return rest.collect(),
    }
    while let Some(step) = rest.next_if(|word| matches!(word.as_str(), "super" | "self")) {
        if step == "super" {
            at.pop();
        }
    }
    at.extend(rest);
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_tests_are_no_code() {
        let source = "//! crate::a\nfn f<'a>(x: &'a str) -> char { '\\'' } // crate::b\n\
            const S: &str = \"crate::c \\\" crate::d\"; /* crate::e /* x */ crate::f */\n\
            const R: &str = r#\"crate::g \" \"#; use crate::kept;\n\
            #[cfg(test)]\nmod tests { fn g() { crate::h::i() } }\nuse crate::last;\n";
        let named = named(&bare(source), &[], &[]);
        let paths: Vec<(usize, String)> =
            named.iter().map(|n| (n.line, n.path.join("::"))).collect();
        assert_eq!(paths, [(4, "kept".to_owned()), (7, "last".to_owned())]);
    }

    #[test]
    fn paths_are_followed_from_where_they_stand() {
        let module = module_of("intake/mapping/records.rs");
        let code = "use super::super::super::register::{Error, open::{Register as R, Write}};\n\
            use crate::{model, work::add};\nlet x = super::infer(self::y, a::super_::b);\n\
            std::fs::read(sijil::work::link);";
        let paths: Vec<String> =
            named(code, &module, &["std"]).iter().map(|n| n.path.join("::")).collect();
        assert_eq!(
            paths,
            [
                "register::Error",
                "register::open::Register",
                "register::open::Write",
                "model",
                "work::add",
                "intake::mapping::infer",
                "intake::mapping::records::y",
                "std::fs::read",
            ]
        );
    }
}
