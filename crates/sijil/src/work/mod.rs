//! Use cases: each a readable function that is one transaction, or a few of one kind.
//!
//! The only room with transactions. The command line and the web call these and nothing below.

mod add;
mod columns;
mod count;
mod error;
mod extract;
mod figures;
mod init;
mod link;
mod link_files;
mod link_labels;
mod link_rows;
mod link_spec;
mod link_tables;
mod mask;
mod material;
mod names;
mod naming;
mod page;
mod progress;
mod publish;
mod reported;
#[cfg(test)]
mod samples;
mod sheets;
mod slices;
mod status;
mod trace;
mod truth;
mod verify;

pub use add::{Added, add};
pub use count::{Query, count};
pub use error::{Error, Result};
pub use extract::{Extracted, FileReading, TEXT, extract, read_files};
pub use init::{init, open, open_or_init};
pub use link::{Linked, link};
pub use link_files::{FilesLinked, InferredColumn, LinkedRow, Linking, link_files};
pub use link_spec::{LinkSpec, SpecField, SpecKind};
pub use link_tables::write_link_tables;
pub use material::Material;
pub use names::{
    ComparedNames, FoundName, FoundNames, NameScore, compare_columns, compare_names, nearest_names,
    nearest_names_of_each,
};
pub use page::assemble;
pub use progress::{Hand, Progress, Quiet};
pub use publish::{Published, publish};
pub use trace::{Node, trace};
pub use truth::{Checked, check_against, truth_beside};
pub use verify::{Finding, verify};

pub use crate::model::{class_label, population_label};
