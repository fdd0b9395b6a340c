//! Mail: subject, sender and day of its head, then its text; attachments are items of their own.

use jiff::civil::Date;
use mail_parser::{Message, MessageParser, PartType};

use super::Report;
use super::html;
use super::txt;
use crate::model::{Document, Place};

/// The text of a mail; `None`, with a problem, when there is none.
pub(super) fn read(bytes: &[u8], problem: &mut Report<'_>) -> Option<Document> {
    let Some(mail) = parse(bytes) else {
        problem(Place::File, "is no mail; save the message with its head and add it again".into());
        return None;
    };
    let mut document = text(&mail, problem)?;
    document.title = mail.subject().map(str::to_owned).or(document.title);
    document.outlet = document.outlet.or_else(|| sender(&mail));
    document.published = document.published.or_else(|| day(&mail));
    Some(document)
}

/// The parts of a mail; `None` where no line of a head is found.
pub(super) fn parse(bytes: &[u8]) -> Option<Message<'_>> {
    MessageParser::default()
        .parse(bytes)
        .filter(|mail| mail.from().is_some() || mail.subject().is_some() || mail.date().is_some())
}

/// The plain text where there is one, else the page.
fn text(mail: &Message<'_>, problem: &mut Report<'_>) -> Option<Document> {
    let mut plain = String::new();
    for part in mail.text_bodies() {
        if let PartType::Text(text) = &part.body {
            if !plain.is_empty() {
                plain.push_str("\n\n");
            }
            plain.push_str(&text.replace("\r\n", "\n"));
        }
    }
    if !plain.trim().is_empty() {
        return txt::document_of(plain, problem);
    }
    let page = mail.html_bodies().find_map(|part| match &part.body {
        PartType::Html(page) => Some(page),
        _ => None,
    });
    match page {
        Some(page) => html::read(page.as_bytes(), problem),
        None => {
            let why = "the mail has no text of its own; its attachments are taken in";
            problem(Place::File, why.to_owned());
            None
        }
    }
}

fn sender(mail: &Message<'_>) -> Option<String> {
    let sender = mail.from()?.first()?;
    let named = sender.name().map(str::trim).filter(|name| !name.is_empty());
    named.or(sender.address()).map(str::to_owned)
}

fn day(mail: &Message<'_>) -> Option<Date> {
    let sent = mail.date()?;
    let part = |n: u8| i8::try_from(n).ok();
    Date::new(i16::try_from(sent.year).ok()?, part(sent.month)?, part(sent.day)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const MAIL: &str = "From: =?utf-8?B?2YXZg9iq2Kgg2KfZhNiq2YTYp9mE?= <office@example.org>\r\n\
        Subject: =?windows-1256?Q?=CD=D5=ED=E1=C9?=\r\n\
        Date: Mon, 12 May 2031 08:00:00 +0300\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/plain; charset=windows-1256\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\n\
        =DE=CA=E1 9 =E3=CF=E4=ED=ED=E4\r\n--b\r\nContent-Type: text/csv\r\n\
        Content-Disposition: attachment; filename=list.csv\r\n\r\nName,Age\r\n--b--\r\n";

    #[test]
    fn head_and_text_are_read_in_their_encodings() {
        let mail = read(MAIL.as_bytes(), &mut |_, why| panic!("{why}")).unwrap();
        assert_eq!(mail.text.trim(), "قتل 9 مدنيين");
        assert_eq!(mail.title.as_deref(), Some("حصيلة"));
        assert_eq!(mail.outlet.as_deref(), Some("مكتب التلال"));
        assert_eq!(mail.published, Some(date(2031, 5, 12)));
    }

    #[test]
    fn a_page_is_read_where_there_is_no_plain_text() {
        let mail = "Subject: a\r\nContent-Type: text/html\r\n\r\n<p>Nine <b>died</b>.</p>";
        let mail = read(mail.as_bytes(), &mut |_, why| panic!("{why}")).unwrap();
        assert_eq!(mail.text, "Nine died.");
    }

    #[test]
    fn what_is_no_mail_or_cut_short_is_told() {
        for bytes in ["", "\0\u{1}", "Subject: a\r\n\r\n"] {
            let mut told = 0;
            assert!(read(bytes.as_bytes(), &mut |_, _| told += 1).is_none(), "{bytes:?}");
            assert_eq!(told, 1, "{bytes:?}");
        }
        // Cut in the middle of its attachment: the text stands.
        let half = &MAIL.as_bytes()[..MAIL.find("Name,").unwrap()];
        assert_eq!(read(half, &mut |_, _| {}).unwrap().text.trim(), "قتل 9 مدنيين");
        for length in 0..MAIL.len() {
            read(&MAIL.as_bytes()[..length], &mut |_, _| {});
        }
    }
}
