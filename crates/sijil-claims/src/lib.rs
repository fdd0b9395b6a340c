//! Document text in, claims out: who says that who did what to whom, where, when and how many.
//!
//! Pure: no file, clock or network; the publication date is an argument. Every emitted field
//! slices back to the text by a [`Span`] of code points. Nothing here decides what is true: a
//! claim is what a text says, a judgement about it is made elsewhere.

pub mod accounts;
mod claim;

pub use claim::{
    Act, Article, Attribution, Claim, Flag, FlagKind, Language, Modality, Motive, PartyClass,
    Perpetrator, PlaceMention, Qualifier, Quantity, Reading, Response, ResponseKind, Scope, Span,
    Speaker, Victims, Violation, Window, Zone,
};
#[derive(Clone)]
pub struct Lexicon;
impl Lexicon {
    pub fn embedded() -> Self {
        todo!()
    }
    pub fn extended(self, _p: impl IntoIterator<Item = (String, PartyClass)>) -> Self {
        todo!()
    }
    pub fn classify_party(&self, _w: &str) -> PartyClass {
        todo!()
    }
}
pub struct Reader;
impl Reader {
    pub fn new(_l: Lexicon, _g: sijil_text::places::Gazetteer) -> Self {
        todo!()
    }
    pub fn read(&self, _a: &Article<'_>) -> Reading {
        todo!()
    }
}
