//! Document text in, claims out: who says that who did what to whom, where, when and how many.
//!
//! Pure: no file, clock or network; the publication date is an argument. Every emitted field
//! slices back to the text by a [`Span`] of code points. Nothing here decides what is true: a
//! claim is what a text says, a judgement about it is made elsewhere.

pub mod accounts;
mod claim;
mod lexicon;
mod read;
mod text;

pub use claim::{
    Act, Article, Attribution, Claim, Flag, FlagKind, Language, Modality, Motive, PartyClass,
    Perpetrator, PlaceMention, Qualifier, Quantity, Reading, Response, ResponseKind, Scope, Span,
    Speaker, Stated, Victims, Violation, Window, Zone,
};
pub use lexicon::Lexicon;
pub use read::Reader;
