//! Folders of invented material, and the program run on them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A throw-away place with a folder of material, room for a register and for output.
pub(crate) struct Place {
    pub(crate) root: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().expect("a throw-away folder");
        fs::create_dir(root.path().join("material")).expect("a folder in it");
        Self { root }
    }

    /// A place with two reports and two lists of invented people.
    pub(crate) fn with_material() -> Self {
        let place = Self::new();
        place.write("reports/monitor.txt", MONITOR.as_bytes());
        place.write("reports/agency.html", AGENCY.as_bytes());
        place.write("lists/north.csv", NORTH.as_bytes());
        place.write("lists/south.csv", SOUTH.as_bytes());
        place
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.material().join(name);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("can be made");
        fs::write(&path, bytes).expect("can be written");
        path
    }

    pub(crate) fn material(&self) -> PathBuf {
        self.root.path().join("material")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// `sijil report` on the material with register and output of these names.
    pub(crate) fn report(&self, register: &str, out: &str) -> Output {
        self.run(&self.report_arguments(register, out))
    }

    pub(crate) fn report_arguments(&self, register: &str, out: &str) -> Vec<PathBuf> {
        let words = ["report".into(), self.material(), "-R".into(), self.path(register)];
        words.into_iter().chain(["-o".into(), self.path(out)]).collect()
    }

    pub(crate) fn run<A: AsRef<std::ffi::OsStr>>(&self, arguments: &[A]) -> Output {
        self.command().args(arguments).output().expect("the program starts")
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sijil"));
        command.current_dir(self.root.path()).env_remove("SIJIL_REGISTER").stdin(Stdio::null());
        command
    }

    /// Every file of an output folder, by name.
    pub(crate) fn files(&self, out: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(self.path(out)).expect("the output is there") {
            let entry = entry.expect("readable");
            let name = entry.file_name().to_string_lossy().into_owned();
            files.insert(name, fs::read(entry.path()).expect("readable"));
        }
        files
    }

    /// `report.json` of an output folder.
    pub(crate) fn json(&self, out: &str) -> serde_json::Value {
        let bytes = fs::read(self.path(out).join("report.json")).expect("report.json is there");
        serde_json::from_slice(&bytes).expect("report.json is JSON")
    }
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Data that lie beside the repository on some machines only; tells when they do not.
#[expect(clippy::print_stdout, reason = "a test that skips itself says so")]
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {name} of the shared data is not on this machine");
    None
}

/// A folder of the repository.
pub(crate) fn repository(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

const MONITOR: &str = "\
Title: Toll of the fighting in the hills
Source: Hills Monitoring Office
Published: 2031-05-12

The Hills Monitoring Office said on Monday that 41 civilians had been killed in Latakia since 6 May, \
including 12 women and 7 children. It blamed armed factions linked to the government for the killings.

At least 9 police officers were killed on Thursday in an ambush by gunmen loyal to the former government, \
the office added.
";

const AGENCY: &str = "\
<!doctype html><html><head><title>Dozens killed in the hills</title>
<meta property=\"og:site_name\" content=\"Valley News\">
<meta property=\"article:published_time\" content=\"2031-05-13\"></head><body><article>
<p>Dozens of people were killed in Tartus over the past week, residents told Valley News.</p>
<p>The foreign ministry of a neighbouring state expressed deep concern.</p></article></body></html>
";

const NORTH: &str = "\
Name,Sex,Age,Date of death,Place,Responsible party
Salim Yusuf al-Haddad,Male,34,2031-05-07,Jableh,armed factions
Mariam Yusuf al-Haddad,Female,29,2031-05-07,Jableh,armed factions
Karim Nabil Sabbagh,Male,51,2031-05-08,Baniyas,armed factions
Hala Nabil Sabbagh,Female,9,2031-05-08,Baniyas,armed factions
Omar Rashid Qassab,Male,22,2031-05-09,Jableh,gunmen
";

const SOUTH: &str = "\
الاسم,الجنس,العمر,تاريخ الوفاة,المكان
سليم يوسف الحداد,ذكر,34,2031-05-07,جبلة
كريم نبيل صباغ,ذكر,51,2031-05-08,بانياس
ليلى فؤاد نجار,أنثى,40,2031-05-08,بانياس
";

/// A ZIP archive of these members.
pub(crate) fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a name");
        writer.write_all(bytes).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}

/// The bytes as gzip packs them.
pub(crate) fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}
