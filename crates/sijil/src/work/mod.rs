//! Use cases: each a readable function that is one transaction, or a few of one kind.
//!
//! The only room with transactions. The command line and the web call these and nothing below.

mod add;
mod backup;
mod bundle;
mod coded;
mod columns;
mod count;
mod diff;
mod digits;
mod enter;
mod error;
mod export;
mod extract;
mod figures;
mod grades;
mod heads;
mod import;
mod incidents;
mod init;
mod judge;
mod judged;
mod link;
mod link_files;
mod link_labels;
mod link_page;
mod link_rows;
mod link_since;
mod link_spec;
mod link_tables;
mod lists;
mod locks;
mod mask;
mod material;
mod media;
mod moment;
mod names;
mod naming;
mod originals;
mod page;
mod progress;
mod publish;
mod reported;
mod responses;
mod review;
#[cfg(test)]
mod samples;
mod seal;
mod sealed_sources;
mod search;
mod settled;
mod sheets;
mod slices;
mod sources;
mod stamps;
mod tally;
mod trace;
mod truth;
mod verify;
mod voices;

pub use crate::intake::{COMMAND as READ_APART, read_apart_by, serve as read_apart};
pub use add::{Added, add, add_edition};
pub use backup::{BackedUp, backup, backup_encrypted};
pub use bundle::{Bundled, bundle};
pub use count::{Query, count, count_in, documented, fate, limit, said};
pub use diff::{Cause, CellChange, Change, FigureChange, changes, diff_accounts, diff_persons};
pub use enter::{enter, withdraw};
pub use error::{Error, Result};
pub use export::{Exporting, export};
pub use extract::{Extracted, FileReading, TEXT, extract, read_files};
pub use grades::{GradeLine, grade_lines};
pub use heads::{check_head, head, witness};
pub use import::{Imported, Importing, import};
pub use incidents::{incident_lines, incident_member, similar_incidents, suggest_incidents};
pub use init::{init, open, open_or_init, open_with};
pub use judge::{
    claim_called, judge_claim, judge_members, judge_records, record_called, undo_entry, unjudge,
    unjudge_records,
};
pub use judged::ClaimsRead;
pub use link::{Linked, link};
pub use link_files::{FilesLinked, InferredColumn, LinkedRow, Linking, Persons, link_files};
pub use link_spec::{LinkSpec, SpecField, SpecKind};
pub use link_tables::{write_asked, write_link_tables};
pub use lists::{
    ChangedRow, EditionChange, Identity, ListChange, ListEdition, ListVerdicts, RowVerdict,
    compare_editions, list_changes, list_editions, list_verdicts, write_verdicts,
};
pub use locks::{
    Cost, Factors, Key, KeyError, Needs, Recovery, change_passphrase, digest_of_key_file,
    init_encrypted, make_key_file, needs, new_recovery_key, passing_key, recover, unlock,
};
pub use material::Material;
pub use media::{MediaLine, media_lines};
pub use moment::{edition, moment};
pub use names::{
    ComparedNames, FoundName, FoundNames, NameScore, compare_columns, compare_names, nearest_names,
    nearest_names_of_each,
};
pub use page::{assemble, report_of};
pub use progress::{Hand, Progress, Quiet};
pub use publish::{Differing, Published, publish, publish_edition, recount};
pub use responses::{ResponseEntry, response_entries};
pub use review::{Question, QuestionRow, review_queue};
pub use seal::seal;
pub use sealed_sources::{
    Person, PrivateKey, Sealing, new_private_key, seal_source, unseal_source,
};
pub use search::{Find, Page, Search, search};
pub use settled::save_columns;
pub use sources::{SourceLine, source_lines};
pub use stamps::{StampCheck, StampLine, check_stamps, stamp_lines, stamp_request, take_stamp};
pub use trace::{Node, trace};
pub use truth::{Checked, check_against, truth_beside};
pub use verify::{Finding, damage, verify};

pub use crate::model::exchange::ExchangeFormat;
pub use crate::model::{class_label, population_label};
pub use crate::register::Verdict as PairVerdict;
pub use crate::register::{Clearance, Kind};
