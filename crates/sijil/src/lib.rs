//! The library half of sijil: everything but the command line.
//!
//! Rooms, from the bottom up: [`model`] plain data, [`intake`] bytes to items, documents and
//! tables, [`register`] the store, [`publish`] figures to pages, [`work`] the use cases. Who may
//! know whom stands in ARCHITECTURE.md and is tested.

pub mod intake;
pub mod model;
pub mod publish;
pub mod register;
pub mod work;
