//! stub
use crate::model::Report;
pub struct Options {
    pub names: bool,
}
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct Error;
pub struct Rendered {
    pub file: &'static str,
    pub bytes: Vec<u8>,
}
pub fn render(_r: &Report, _o: &Options) -> Result<Vec<Rendered>, Error> {
    todo!()
}
