//! `sijil search`: items, documents, claims, persons and incidents by words.

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde_json::json;
use sijil::work::{self, Clearance, Kind, Search};

use super::Outcome;
use super::failure::{self, Failure};
use super::listing::{Format, Listing};
use super::place::Place;

/// Find items, documents, claims, persons and incidents by words, in Arabic and Latin script
#[derive(Args)]
pub(super) struct Arguments {
    /// Words that must all be there; quoted ones in a row, `word*` for a beginning
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// Kinds of things to look among; else all
    #[arg(long = "in", value_delimiter = ',', value_enum, value_name = "KIND")]
    kinds: Vec<Among>,
    /// On this day or later: of the killing, for a document of its publication
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// On this day or earlier
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// In this place or area: a name in either script, or an id
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// Words of the party held responsible
    #[arg(long, value_name = "PARTY")]
    party: Option<String>,
    /// How many to show
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: usize,
    /// How many to pass over first
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,
    /// How to write what is found
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    #[command(flatten)]
    register: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Among {
    Items,
    Documents,
    Claims,
    Persons,
    Incidents,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let register = arguments.register.read()?;
    let search = Search {
        words: arguments.words.join(" "),
        kinds: arguments.kinds.iter().map(|among| kind(*among)).collect(),
        from: arguments.from,
        to: arguments.to,
        place: arguments.place.clone(),
        party: arguments.party.clone(),
        limit: arguments.limit,
        offset: arguments.offset,
    };
    // Whoever can read the folder can read all that is in it.
    let page = work::search(&register, &search, Clearance::All)?;
    let mut listing = Listing { headers: vec!["kind", "id", "path", "snippet"], rows: Vec::new() };
    for find in &page.finds {
        let values = [find.kind.code(), &find.id, &find.path, &find.snippet];
        listing.rows.push(values.map(|value| json!(value)).to_vec());
    }
    listing.write(arguments.format)?;
    let older = if page.more { " of the newest; older ones were not looked at" } else { "" };
    failure::note(&format!("{} found{older}", page.total));
    Ok(Outcome::Done)
}

fn kind(among: Among) -> Kind {
    match among {
        Among::Items => Kind::Items,
        Among::Documents => Kind::Documents,
        Among::Claims => Kind::Claims,
        Among::Persons => Kind::Persons,
        Among::Incidents => Kind::Incidents,
    }
}
