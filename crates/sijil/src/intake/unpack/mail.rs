//! Attachments of a mail, decoded; a mail that is forwarded as a file is one of them.

use mail_parser::MimeHeaders;

use super::Members;
use crate::intake::bytes::{length, whole};
use crate::intake::{Bytes, LARGEST_OTHER, eml};

pub(super) fn members<E>(from: &dyn Bytes, members: &mut Members<'_, '_, E>) -> Result<(), E> {
    let length = length(from).unwrap_or_default();
    if length > LARGEST_OTHER {
        // The reader of mails says so too; here nothing is lost in silence.
        let limit = LARGEST_OTHER >> 20;
        members.damaged(format!("has more than {limit} MiB: its attachments are not taken out"));
        return Ok(());
    }
    let Ok(bytes) = whole(from) else { return Ok(()) };
    let Some(mail) = eml::parse(&bytes) else { return Ok(()) };
    for (number, part) in (1..).zip(mail.attachments()) {
        // Senders' programs write whole paths; a name that begins with a dot hides nothing here.
        let named = part.attachment_name().and_then(|name| name.rsplit(['/', '\\']).next());
        let named = named.map(|name| name.trim_start_matches('.').to_owned());
        let named = named.filter(|name| !name.trim().is_empty());
        let ending = if part.is_message() { "eml" } else { "part" };
        let name = named.unwrap_or_else(|| format!("attachment-{number}.{ending}"));
        let mut content = part.contents();
        let size = content.len() as u64;
        if !members.member(&name, size, &mut content)? {
            break;
        }
    }
    Ok(())
}
