//! The one file behind a `.gz`, under the same name without that ending.

use std::io::BufReader;

use flate2::bufread::MultiGzDecoder;

use super::Members;
use crate::intake::Bytes;

pub(super) fn members<E>(from: &dyn Bytes, members: &mut Members<'_, '_, E>) -> Result<(), E> {
    let file = match from.open() {
        Ok(file) => file,
        Err(e) => {
            members.damaged(format!("cannot be read ({e}); try again"));
            return Ok(());
        }
    };
    let own = members.within.rsplit('/').next().unwrap_or_default();
    let plain = own.rsplit_once('.').map_or(own, |(plain, _)| plain).to_owned();
    members.member(&plain, 0, &mut MultiGzDecoder::new(BufReader::new(file)))?;
    Ok(())
}
