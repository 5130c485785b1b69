use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use policy::{AreaPolicy, Level, PolicyBook, WorkCalendar, WorkYear};
use terms::{AreaCode, Word};

use super::area::{AreaFile, read_area, read_words};
use super::calendar::read_year;
use super::folder::{FilePlace, PolicyFile, edition_of, read_folder};
use super::scheme::build_scheme;
use super::topic::{TopicFile, read_topic};
use crate::fault::{Fault, FaultKind, Faults};
use crate::yaml::parse;

/// Everything the files of a folder say, before areas are built.
#[derive(Default)]
pub(crate) struct Shelf {
    pub areas: Vec<AreaFile>,
    pub words: Vec<(Level, BTreeMap<Word, String>)>,
    pub topics: Vec<TopicFile>,
    pub years: Vec<WorkYear>,
    /// Keys of topic files that could not be read.
    pub broken: BTreeSet<String>,
}

/// Reads a policy folder; all faults of the folder at once.
///
/// # Errors
/// Every fault found, in order of file and line.
pub fn load_policy(folder: &Path) -> Result<PolicyBook, Vec<Fault>> {
    let faults = Faults::default();
    let mut files = read_folder(folder, &faults);
    // Payment of institutions is read apart: a bill is settled alike whatever it is paid by.
    files.retain(|file| !matches!(file.place, FilePlace::Payment { .. }));
    let edition = edition_of(
        files
            .iter()
            .map(|file| (file.path.as_str(), file.text.as_str())),
    );
    let shelf = read_files(&files, &faults);
    check_homes(&shelf, &faults);
    let mut areas = BTreeMap::new();
    for area in &shelf.areas {
        areas.insert(area.code, build_area(&shelf, area, &faults));
    }
    if areas.is_empty() {
        faults.add_file(
            "area",
            FaultKind::MissingTopic,
            "没有任何统筹区（area/<代码>/area.yaml）",
        );
    }
    let with_note = |topic: &TopicFile| Some((topic.path.clone(), topic.note.clone()?));
    let notes = shelf.topics.iter().filter_map(with_note).collect();
    let faults = faults.sorted();
    if faults.is_empty() {
        Ok(PolicyBook {
            edition,
            areas,
            calendar: WorkCalendar::new(shelf.years),
            notes,
        })
    } else {
        Err(faults)
    }
}

fn read_files(files: &[PolicyFile], faults: &Faults) -> Shelf {
    let mut shelf = Shelf::default();
    for file in files {
        let root = match parse(&file.path, &file.text) {
            Ok(root) => Some(root),
            Err(fault) => {
                faults.add(fault);
                None
            }
        };
        match (&file.place, root) {
            (FilePlace::Area(code), Some(root)) => {
                shelf
                    .areas
                    .extend(read_area(&file.path, *code, &root, faults));
            }
            (FilePlace::Words(level), Some(root)) => {
                shelf
                    .words
                    .push((*level, read_words(&file.path, &root, faults)));
            }
            (FilePlace::Calendar(year), Some(root)) => {
                shelf
                    .years
                    .extend(read_year(&file.path, *year, &root, faults));
            }
            (FilePlace::Topic { level, scheme, key }, Some(root)) => {
                match read_topic(&file.path, (*level, *scheme, key), &root, faults) {
                    Some(topic) => shelf.topics.push(topic),
                    None => drop(shelf.broken.insert(key.clone())),
                }
            }
            (FilePlace::Topic { key, .. }, None) => drop(shelf.broken.insert(key.clone())),
            (FilePlace::Payment { .. }, Some(_)) | (_, None) => {}
        }
    }
    shelf
}

/// Topic files must belong to an area that exists and a scheme that it offers.
fn check_homes(shelf: &Shelf, faults: &Faults) {
    for topic in &shelf.topics {
        let Level::Area(code) = topic.level else {
            continue;
        };
        match shelf.areas.iter().find(|area| area.code == code) {
            None => {
                let message = format!("统筹区{code}没有（可用的）area.yaml");
                faults.add_file(&topic.path, FaultKind::Misplaced, message);
            }
            Some(area) => {
                if let Some(scheme) = topic.scheme.filter(|only| !area.schemes.contains(only)) {
                    let message = format!("{}没有列出险种{scheme}", area.path);
                    faults.add_file(&topic.path, FaultKind::Misplaced, message);
                }
            }
        }
    }
}

fn build_area(shelf: &Shelf, area: &AreaFile, faults: &Faults) -> AreaPolicy {
    let mut words = words_of(shelf, area.code);
    words.extend(area.words.clone());
    let mut schemes = BTreeMap::new();
    for scheme in &area.schemes {
        if let Some((built, diseases)) = build_scheme(shelf, area, &words, *scheme, faults) {
            for (code, name) in diseases {
                words.entry(code).or_insert(name);
            }
            schemes.insert(*scheme, built);
        }
    }
    AreaPolicy {
        code: area.code,
        name: area.name.clone(),
        counties: area.counties.clone(),
        treated_as_local: area.treated_as_local.clone(),
        words,
        schemes,
    }
}

fn words_of(shelf: &Shelf, area: AreaCode) -> BTreeMap<Word, String> {
    let mut all = BTreeMap::new();
    for (level, words) in &shelf.words {
        let applies = match level {
            Level::National => true,
            Level::Province(code) => *code == area.province(),
            Level::Area(code) => *code == area,
        };
        if applies {
            all.extend(words.clone());
        }
    }
    all
}
