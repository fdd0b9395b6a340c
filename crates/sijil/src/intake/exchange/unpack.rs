//! Gzip and Parquet: many datasets are handed round packed. What was received stays as it is; only the reader
//! sees it unpacked.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::super::parquet;

/// Bytes above which an unpacked file is not read: no declared size is believed.
const LARGEST: u64 = 1 << 30;

/// First bytes of a gzip file.
const GZIP: &[u8] = &[0x1F, 0x8B];

/// The bytes, unpacked if they are packed; of Parquet the same table as separated values.
///
/// # Errors
/// When they are no whole gzip or Parquet file, or too large unpacked.
pub fn unpack(bytes: &[u8]) -> Result<Cow<'_, [u8]>, String> {
    if bytes.starts_with(&parquet::MAGIC) {
        return parquet::separated(bytes, LARGEST).map(Cow::Owned);
    }
    if !bytes.starts_with(GZIP) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut unpacked = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(LARGEST + 1).read_to_end(&mut unpacked);
    read.map_err(|e| format!("cannot be unpacked ({e}); ask its sender for the file again"))?;
    if unpacked.len() as u64 > LARGEST {
        let limit = LARGEST >> 20;
        return Err(format!("unpacks to more than the {limit} MiB that are read; split it"));
    }
    Ok(Cow::Owned(unpacked))
}
