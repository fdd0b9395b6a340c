//! Which format a file is in: by its content, then by its name.

use super::super::encoding::decode;
use super::{acled, bayanat, huridocs, hxl, kobo, sheet, statements, ucdp, uwazi};
use crate::model::exchange::ExchangeFormat;

/// Bytes looked at.
const HEAD: usize = 1 << 16;

/// Tells whether headers are those of a format.
type Columns = fn(&[String]) -> bool;

/// The format of a file by its name and its unpacked bytes; `None` where nothing tells it.
pub fn detect(name: &str, bytes: &[u8]) -> Option<ExchangeFormat> {
    let bytes = &bytes[..bytes.len().min(HEAD)];
    let text = decode(bytes, &mut |_, _| {});
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let plain = name.strip_suffix(".gz").unwrap_or(name).to_ascii_lowercase();
    if text.starts_with('{') {
        let is_map = text.contains("\"FeatureCollection\"");
        let is_graph = text.lines().next().is_some_and(|line| line.contains("\"schema\""));
        return is_map
            .then_some(ExchangeFormat::Geojson)
            .or(is_graph.then_some(ExchangeFormat::Ftm));
    }
    if plain.ends_with(".toml") {
        return Some(ExchangeFormat::Toml);
    }
    of_table(&plain, text)
}

fn of_table(name: &str, text: &str) -> Option<ExchangeFormat> {
    let separator = sheet::delimiter(text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = reader.records().map_while(Result::ok);
    let headers: Vec<String> = rows.next()?.iter().map(|cell| cell.trim().to_owned()).collect();
    let known: [(Columns, ExchangeFormat); 7] = [
        (ucdp::is_it, ExchangeFormat::Ucdp),
        (acled::is_it, ExchangeFormat::Acled),
        (statements::is_it, ExchangeFormat::Statements),
        (kobo::is_it, ExchangeFormat::Kobo),
        (bayanat::is_it, ExchangeFormat::Bayanat),
        (huridocs::is_it, ExchangeFormat::Huridocs),
        (uwazi::is_it, ExchangeFormat::Uwazi),
    ];
    if let Some((_, format)) = known.into_iter().find(|(is_it, _)| is_it(&headers)) {
        Some(format)
    } else if rows.next().is_some_and(|row| hxl::is_tags(row.iter())) {
        Some(ExchangeFormat::Hxl)
    } else {
        let is_table = [".csv", ".tsv", ".xlsx"].iter().any(|end| name.ends_with(end));
        is_table.then_some(ExchangeFormat::List)
    }
}
