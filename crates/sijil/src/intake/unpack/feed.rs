//! Entries of a feed: the exact bytes of each element, so that each has its day and address.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::Members;
use crate::intake::bytes::{length, whole};
use crate::intake::{Bytes, LARGEST_OTHER};

pub(super) fn members<E>(from: &dyn Bytes, members: &mut Members<'_, '_, E>) -> Result<(), E> {
    let length = length(from).unwrap_or_default();
    if length > LARGEST_OTHER {
        members.damaged(format!("has more than {} MiB: not read", LARGEST_OTHER >> 20));
        return Ok(());
    }
    let bytes = match whole(from) {
        Ok(bytes) => bytes,
        Err(e) => {
            members.damaged(format!("cannot be read ({e}); try again"));
            return Ok(());
        }
    };
    let Ok(text) = std::str::from_utf8(&bytes) else {
        members.damaged("is not in UTF-8; save the feed as UTF-8".to_owned());
        return Ok(());
    };
    let mut reader = Reader::from_str(text);
    let mut number = 0;
    loop {
        let start = reader.buffer_position();
        let name = match reader.read_event() {
            Ok(Event::Start(tag)) => tag.name().as_ref().to_owned(),
            Ok(Event::Eof) => break,
            Ok(_) => continue,
            Err(_) => {
                members.damaged("its XML is damaged: the rest is not read".to_owned());
                break;
            }
        };
        let local = name.rsplit(':').next().unwrap_or_default();
        if local != "item" && local != "entry" {
            continue;
        }
        // To the end of the element without a look at what it holds: its own reader does that.
        let whole = reader.read_to_end(quick_xml::name::QName(&name)).is_ok();
        let end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let Some(mut element) = text.as_bytes().get(start..end) else { break };
        number += 1;
        if !whole {
            members.damaged(format!("ends within its entry {number}: the rest is not read"));
            break;
        }
        let size = element.len() as u64;
        if !members.member(&format!("{number:04}.xml"), size, &mut element)? {
            break;
        }
    }
    if number == 0 {
        members.damaged("has no entries".to_owned());
    }
    Ok(())
}
