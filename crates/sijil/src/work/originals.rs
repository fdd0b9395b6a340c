//! The readers of `intake` on the originals of a register: the one way from evidence to words.

use std::io;

use crate::intake::{Bytes, Stream};
use crate::register::Original;

impl Bytes for Original<'_> {
    fn open(&self) -> io::Result<Box<dyn Stream>> {
        Ok(Box::new(Original::open(self)?))
    }
}
