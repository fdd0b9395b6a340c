//! Bits that turn and files that go missing, are doubled, swapped, cut or put back as they were:
//! `verify` finds each and names it.

use std::fs;
use std::path::{Path, PathBuf};

use sijil::model::HeadFile;
use sijil::register::{Register, damaged_pages};
use sijil::work;

use super::stages::copy;
use super::{asked, figure, spread};
use crate::fixture::Place;

/// A register that is closed, with its originals.
fn register(name: &str) -> (Place, PathBuf) {
    let place = Place::with_material();
    assert_eq!(place.report(name, "out").status.code(), Some(0));
    let path = place.path(name);
    (place, path)
}

/// What `verify` says of a register: objects, or why it cannot be opened.
fn findings(path: &Path) -> Vec<String> {
    let all = Register::read(path).map_err(work::Error::from).and_then(|r| work::verify(&r));
    match all {
        Ok(findings) => findings.into_iter().map(|finding| finding.object).collect(),
        Err(e) => {
            let pages = work::damage(path).into_iter().map(|finding| finding.object);
            pages.chain([e.to_string()]).collect()
        }
    }
}

/// Turns one bit of a file.
fn turn(bytes: &mut [u8], bit: usize) {
    bytes[bit / 8] ^= 1 << (bit % 8);
}

#[test]
fn every_bit_of_the_database_that_turns_is_found() {
    let (_place, path) = register("register");
    let database = path.join("sijil.db");
    let mut bytes = fs::read(&database).expect("readable");
    assert_eq!(findings(&path), Vec::<String>::new());
    let bits: Vec<usize> = (0..bytes.len() * 8).collect();
    let tried = spread(&bits, asked("SIJIL_FAULT_BITS", 3000));
    let mut missed = Vec::new();
    for bit in &tried {
        turn(&mut bytes, *bit);
        fs::write(&database, &bytes).expect("writable");
        let (pages, why) = damaged_pages(&path).expect("readable");
        // A turned bit in the length of pages makes all of them others.
        let page = u32::try_from(bit / 8 / 4096 + 1).expect("fits");
        if why.is_some() || !pages.contains(&page) || (pages.len() > 1 && page > 1) {
            missed.push(*bit);
        }
        turn(&mut bytes, *bit);
    }
    fs::write(&database, &bytes).expect("writable");
    assert_eq!(findings(&path), Vec::<String>::new());
    figure(&format!(
        "{} of {} bits of a database turned one at a time: {} found, each in its page",
        tried.len(),
        bits.len(),
        tried.len() - missed.len()
    ));
    assert!(
        missed.is_empty(),
        "{} bits missed: {:?}",
        missed.len(),
        &missed[..missed.len().min(9)]
    );
}

#[test]
fn bits_of_any_file_are_named_by_verify() {
    let (place, path) = register("register");
    let mut files: Vec<PathBuf> = vec![path.join("sijil.db"), path.join("sijil.db-pages")];
    let evidence = fs::read_dir(path.join("evidence")).expect("a folder").flatten();
    files.extend(
        evidence.map(|e| e.path()).filter(|p| p.file_name().is_some_and(|n| n.len() == 64)),
    );
    files.sort();
    let lengths = files.iter().map(|file| fs::metadata(file).expect("there").len());
    let mut bits: Vec<(PathBuf, usize)> = Vec::new();
    for (file, length) in files.iter().zip(lengths) {
        let length = usize::try_from(length * 8).expect("fits");
        bits.extend((0..length).map(|bit| (file.clone(), bit)));
    }
    let tried = spread(&bits, asked("SIJIL_FAULT_VERIFIED_BITS", 150));
    let (case, mut missed) = (place.path("case"), Vec::new());
    for (file, bit) in &tried {
        let _ = fs::remove_dir_all(&case);
        copy(&path, &case);
        let target = case.join(file.strip_prefix(&path).expect("below it"));
        let mut bytes = fs::read(&target).expect("readable");
        turn(&mut bytes, *bit);
        fs::remove_file(&target).expect("removable");
        fs::write(&target, bytes).expect("writable");
        let name = match target.file_name().and_then(|name| name.to_str()) {
            Some(name) if name.len() == 64 => format!("original {name}"),
            Some("sijil.db-pages") => "sijil.db-pages".to_owned(),
            _ => format!("page {} of sijil.db", bit / 8 / 4096 + 1),
        };
        let found = findings(&case);
        if !found.iter().any(|object| object.starts_with(&name)) {
            missed.push(format!("bit {bit} of {name}: {found:?}"));
        }
    }
    figure(&format!(
        "{} of {} bits of all files of a register turned one at a time: {} named by verify",
        tried.len(),
        bits.len(),
        tried.len() - missed.len()
    ));
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn files_that_go_are_doubled_swapped_cut_or_put_back_are_named() {
    let (place, path) = register("register");
    let old = place.path("old");
    copy(&path, &old);
    place.write("lists/west.csv", b"Name,Age,Date of death\nNader Elias Khalil,60,2031-05-10\n");
    assert_eq!(place.report("register", "out").status.code(), Some(0));
    let kept: HeadFile = work::head(&Register::read(&path).expect("opens"), None).expect("a head");
    let originals: Vec<PathBuf> = fs::read_dir(path.join("evidence"))
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.file_name().is_some_and(|name| name.len() == 64))
        .collect();
    let relative = |nth: usize| originals[nth].strip_prefix(&path).expect("below it").to_path_buf();
    let name =
        |nth: usize| originals[nth].file_name().expect("named").to_string_lossy().into_owned();
    let case = place.path("case");
    let check = |what: &str, object: &str, harm: &dyn Fn(&Path)| {
        let _ = fs::remove_dir_all(&case);
        copy(&path, &case);
        harm(&case);
        let found = findings(&case);
        assert!(found.iter().any(|f| f.contains(object)), "{what}: {found:?}");
    };
    check("an original removed", &name(0), &|case| {
        fs::remove_file(case.join(relative(0))).expect("removable");
    });
    check("an original under a name of its own", "its-own-name", &|case| {
        fs::copy(case.join(relative(0)), case.join("evidence/its-own-name")).expect("copied");
    });
    check("two originals swapped", &name(1), &|case| {
        let aside = case.join("aside");
        fs::rename(case.join(relative(0)), &aside).expect("renamed");
        fs::rename(case.join(relative(1)), case.join(relative(0))).expect("renamed");
        fs::rename(&aside, case.join(relative(1))).expect("renamed");
    });
    check("an original cut", &name(2), &|case| {
        let target = case.join(relative(2));
        let bytes = fs::read(&target).expect("readable");
        fs::remove_file(&target).expect("removable");
        fs::write(&target, &bytes[..bytes.len() / 2]).expect("writable");
    });
    check("the digests of pages removed", "sijil.db-pages", &|case| {
        fs::remove_file(case.join("sijil.db-pages")).expect("removable");
    });
    check("the database cut by a page", "sijil.db", &|case| {
        let bytes = fs::read(case.join("sijil.db")).expect("readable");
        fs::write(case.join("sijil.db"), &bytes[..bytes.len() - 4096]).expect("writable");
    });
    check("two pages swapped", "page", &|case| {
        let mut bytes = fs::read(case.join("sijil.db")).expect("readable");
        let (one, other) = bytes.split_at_mut(5 * 4096);
        one[4096..2 * 4096].swap_with_slice(&mut other[..4096]);
        fs::write(case.join("sijil.db"), bytes).expect("writable");
    });
    check("the database removed", "holds no register", &|case| {
        fs::remove_file(case.join("sijil.db")).expect("removable");
    });
    // An older copy of all of it is whole in itself; only a head that others keep shows it.
    assert_eq!(findings(&old), Vec::<String>::new());
    let older = Register::read(&old).expect("opens");
    let told = work::check_head(&older, &kept).expect("a head");
    assert!(told.iter().any(|finding| finding.detail.contains("rolled back")), "{told:?}");
    // An older database under the newer originals, or the other way round.
    for file in ["sijil.db", "sijil.db-pages"] {
        let _ = fs::remove_dir_all(&case);
        copy(&path, &case);
        fs::copy(old.join(file), case.join(file)).expect("copied");
        let register = Register::read(&case).expect("opens");
        let found = work::verify(&register).expect("can be verified").len()
            + work::check_head(&register, &kept).expect("a head").len();
        // Digests that are behind alone are what a run leaves that was broken off.
        assert_eq!(found > 0, file == "sijil.db", "{file}");
    }
}
