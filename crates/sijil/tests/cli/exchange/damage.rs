//! A damaged file of any format is read as far as it goes: no reader stops, and every problem has
//! its place.

use proptest::prelude::*;
use sijil::intake::exchange::{Foreign, detect, read};
use sijil::model::exchange::ExchangeFormat;
use sijil_claims::Lexicon;
use sijil_text::places::Gazetteer;

use super::entities::TREE;
use super::statements::INVENTED;

/// A small file of each format.
const FILES: &[(ExchangeFormat, &str)] = &[
    (
        ExchangeFormat::Ucdp,
        "id,type_of_violence,side_a,side_b,where_prec,adm_1,latitude,date_start,low,best,high\n\
         1,3,\"A, b\",Civilians,1,Latakia,35.36,2031-05-07,4,5,9\n",
    ),
    (
        ExchangeFormat::Acled,
        "event_id_cnty,event_date,fatalities,admin1\nSYR1,07 May 2031,5,\"Lattakia\nx\"\n",
    ),
    (ExchangeFormat::Hxl, "Day;Dead\n#date;#affected+killed\n2031-05-07;5\n"),
    (
        ExchangeFormat::Geojson,
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":
        {"type":"Point","coordinates":[35.9,35.3]},"properties":{"killed_best":5,"x":[1]}}]}"#,
    ),
    (
        ExchangeFormat::Ftm,
        "{\"id\":\"a\",\"schema\":\"Event\",\"properties\":{\"name\":[\"x\"],\"date\":[\"2031\"]}}\n\
         {\"id\":\"b\",\"schema\":\"Person\",\"properties\":{\"keywords\":[\"victim\"]}}\n",
    ),
    (ExchangeFormat::Kobo, "a/date,_uuid,a/killed\n2031-05-07,x,'=5\n"),
    (ExchangeFormat::Uwazi, "title__en,geolocation\nقصف,35|36\n"),
    (ExchangeFormat::Bayanat, "id,title,status,claimed_violations\n1,x,y,z\n"),
    (ExchangeFormat::Huridocs, "event_record_number,initial_date\nE,2031-05-07\n"),
    (ExchangeFormat::Toml, TREE),
    (ExchangeFormat::Statements, INVENTED),
];

/// Changes a byte, takes some away, or brings some in.
fn damage(bytes: &mut Vec<u8>, at: usize, kind: u8, with: &[u8]) {
    let at = at % bytes.len().max(1);
    match kind {
        0 => bytes.truncate(at),
        1 => {
            bytes.drain(at..(at + with.len()).min(bytes.len()));
        }
        _ => {
            bytes.splice(at..at, with.iter().copied());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_damage_stops_a_reader(
        changes in prop::collection::vec(
            (any::<usize>(), 0_u8..3, prop_oneof![
                prop::collection::vec(any::<u8>(), 1..6),
                "[\"(),;|#\n0-9{}\\[\\]=']{1,6}".prop_map(String::into_bytes),
            ]),
            1..6,
        ),
    ) {
        for (format, text) in FILES {
            let mut bytes = text.as_bytes().to_vec();
            for (at, kind, with) in &changes {
                damage(&mut bytes, *at, *kind, with);
            }
            let (_, problems) = read(&Foreign {
                name: "file",
                bytes: &bytes,
                format: *format,
                dataset: "Hills Desk",
                gazetteer: Gazetteer::embedded(),
                lexicon: &Lexicon::embedded(),
            });
            prop_assert!(problems.iter().all(|p| p.file == "file" && !p.message.is_empty()));
            detect("file", &bytes);
        }
    }
}

#[test]
fn each_file_is_told_by_its_content() {
    for (format, text) in FILES {
        let name = if *format == ExchangeFormat::Toml { "file.toml" } else { "file.csv" };
        assert_eq!(detect(name, text.as_bytes()), Some(*format), "{}", format.code());
    }
    assert_eq!(detect("list.csv", b"Name,Age\nx,3\n"), Some(ExchangeFormat::List));
    assert_eq!(detect("x.bin", b"\0\x01"), None);
}
