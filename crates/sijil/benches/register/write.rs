//! Rows come in: lists, documents, links, each through the store's own write functions.

use std::path::Path;

use serde_json::json;
use sijil::model::{Clock as _, Format};
use sijil::register::{LinkState, NewItem, NewReading, Register};
use sijil::work::{self, Hand};

use crate::{invent, tell, timed};

/// Documents of one transaction.
const DOCUMENTS: u64 = 2000;

pub(crate) fn write(folder: &Path, persons: u64) {
    let clock = invent::clock();
    let hand = Hand { name: "bench", clock: &clock };
    let mut register = work::init(folder, hand).expect("made");
    let lists = persons.div_ceil(invent::LIST);
    let (mut seconds, mut busy) = (0.0, 0.0);
    for (round, number) in (0..invent::ROUNDS).flat_map(|r| (0..lists).map(move |n| (r, n))) {
        let item = invent::item(&invent::list_path(round, number), Format::Csv);
        let reading = invent::list(round, number, persons);
        let ((), took, worked) = timed(|| take_in(&mut register, &[(item, reading)]));
        (seconds, busy) = (seconds + took, busy + worked);
    }
    let records = (persons * invent::ROUNDS) as f64;
    tell("records in", records / seconds, "records/s");
    tell("records in, processor", records / busy, "records/s");
    (seconds, busy) = (0.0, 0.0);
    for number in 0..lists {
        let links = invent::links(number, persons);
        let ((), took, worked) = timed(|| link(&mut register, &links));
        (seconds, busy) = (seconds + took, busy + worked);
    }
    tell("links in", records / seconds, "records/s");
    tell("links in, processor", records / busy, "records/s");
    (seconds, busy) = (0.0, 0.0);
    let documents = persons * 2 / invent::CLAIMS;
    for first in (0..documents).step_by(usize::try_from(DOCUMENTS).expect("small")) {
        let batch: Vec<_> = (first..(first + DOCUMENTS).min(documents))
            .map(|number| {
                let item = invent::item(&invent::document_path(number), Format::Txt);
                (item, invent::document(number))
            })
            .collect();
        let ((), took, worked) = timed(|| take_in(&mut register, &batch));
        (seconds, busy) = (seconds + took, busy + worked);
    }
    let claims = (documents * invent::CLAIMS) as f64;
    tell("claims in", claims / seconds, "claims/s");
    tell("claims in, processor", claims / busy, "claims/s");
}

fn take_in(register: &mut Register, batch: &[(NewItem, NewReading)]) {
    let clock = invent::clock();
    let mut write = register.write().expect("begins");
    for (item, reading) in batch {
        write.insert_item(item).expect("written");
        write
            .append(clock.now(), "bench", "add", &json!({ "item": item.item.id.0 }))
            .expect("written");
        write.insert_reading(reading).expect("written");
        let body = json!({ "item": reading.item.0, "records": reading.records.len() });
        write.append(clock.now(), "bench", "read", &body).expect("written");
    }
    write.commit().expect("committed");
}

fn link(register: &mut Register, links: &LinkState) {
    let mut write = register.write().expect("begins");
    write.change_links(&LinkState::default(), links).expect("written");
    let body = json!({ "persons": links.persons.len() });
    write.append(invent::clock().now(), "bench", "link", &body).expect("written");
    write.commit().expect("committed");
}
