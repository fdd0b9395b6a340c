//! Random bytes, handed in: the vault draws none itself.

use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// Gives random bytes of the system.
pub struct Chance<'a>(&'a mut Fill<'a>);

/// Fills bytes with random ones, or says why not.
type Fill<'a> = dyn FnMut(&mut [u8]) -> std::result::Result<(), String> + 'a;

impl<'a> Chance<'a> {
    /// Chance from what fills bytes. What it gives must be unguessable.
    pub fn new(fill: &'a mut Fill<'a>) -> Self {
        Self(fill)
    }

    /// So many random bytes.
    ///
    /// # Errors
    /// When there are none to give.
    pub fn draw<const N: usize>(&mut self) -> Result<Zeroizing<[u8; N]>> {
        let mut bytes = Zeroizing::new([0; N]);
        (self.0)(bytes.as_mut_slice()).map_err(Error::Chance)?;
        Ok(bytes)
    }
}
