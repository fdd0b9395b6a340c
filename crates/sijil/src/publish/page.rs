//! The page: sections in the order in which they stand, handed to the template.

use askama::Template;

use super::accounts::{self, SourceBlock};
use super::annex::{self, ItemRow, MappingView, ProblemRow};
use super::chart::{self, Figure};
use super::context::Context;
use super::evidence::{self, Evidence, What};
use super::incidents::{self, ChangesView, GradeRow, Incidents};
use super::map::{self, MapView};
use super::people::{self, Pairs, People};
use super::said::{self, AttributionRow, FlagRow, ResponseRow};
use super::summary::{self, Head, Prose};
use super::sums::{self, LookAlikeRow, SumRow};
use super::tables::{self, TableView};
use super::{Error, Options, style, words};
use crate::model::Report;

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'r> {
    policy: String,
    style: &'static str,
    title: &'r str,
    as_of: String,
    fingerprint: &'r str,
    names: bool,
    paragraphs: Vec<Prose>,
    heads: Vec<Head>,
    charts_accounts: Vec<Figure>,
    blocks: Vec<SourceBlock>,
    sums: Vec<SumRow>,
    alike: Vec<LookAlikeRow>,
    attributions: Vec<AttributionRow>,
    flags: Vec<FlagRow>,
    responses: Vec<ResponseRow>,
    changes: Option<ChangesView<'r>>,
    incidents: Incidents,
    grades: Vec<GradeRow>,
    chart_days: Option<Figure>,
    tables: Vec<TableView>,
    map: Option<MapView>,
    people: People,
    pairs: Pairs,
    mappings: Vec<MappingView>,
    items: Vec<ItemRow>,
    problems: Vec<ProblemRow>,
    evidence: Vec<Evidence>,
}

/// The whole page.
pub(super) fn page(report: &Report, options: &Options) -> Result<String, Error> {
    let mut context = Context::of(report, options);
    // Sections are built in the order of the page: the first use of a mark is where the evidence
    // links back to. The evidence comes last, when every mark in use is known.
    let page = Page {
        policy: style::policy(),
        style: style::STYLE,
        title: &report.title,
        as_of: report.as_of.map(words::day).unwrap_or_default(),
        fingerprint: &report.fingerprint,
        names: options.names,
        paragraphs: summary::paragraphs(&mut context),
        heads: summary::heads(&context),
        charts_accounts: [chart::intervals(&context), chart::tolls(&context)]
            .into_iter()
            .flatten()
            .collect(),
        blocks: accounts::blocks(&mut context),
        sums: sums::sums(&mut context),
        alike: sums::look_alikes(&mut context),
        flags: said::flags(&mut context),
        attributions: said::attributions(&mut context),
        responses: said::responses(&mut context),
        changes: incidents::changes(&context),
        incidents: incidents::incidents(&mut context),
        grades: incidents::grades(&context),
        map: map::map(&mut context),
        chart_days: chart::days(&context),
        tables: tables::tables(&mut context),
        pairs: people::pairs(&mut context),
        people: people::people(&mut context),
        mappings: annex::mappings(&context),
        items: annex::items(&context),
        problems: annex::problems(&context),
        evidence: evidence::evidence(&context),
    };
    Ok(page.render()?)
}
