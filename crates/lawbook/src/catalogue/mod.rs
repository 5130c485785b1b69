//! Catalogue folders: items and diagnoses as CSV (目录).
//!
//! `items.csv` has one row per item and set of terms; rows of one code make one item. Columns may
//! stand in any order, all must be there. Lists inside a cell are separated by `;`.
//! `diagnoses.csv` has `code,name`.

mod diagnoses;
mod items;
mod restriction;
mod sheet;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use policy::{CatalogueItem, Edition};
use terms::Word;

use crate::fault::{Fault, FaultKind, Faults};
use crate::law::edition_of;

/// What may be charged and diagnosed, as one folder states it (医保目录与疾病诊断).
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// Content hash of the folder.
    pub edition: Edition,
    /// Items by national code.
    pub items: HashMap<Word, Arc<CatalogueItem>>,
    /// Diagnosis names by code.
    pub diagnoses: HashMap<String, String>,
}

const FILES: [&str; 2] = ["diagnoses.csv", "items.csv"];

/// Reads a catalogue folder; all faults at once.
///
/// # Errors
/// Every fault found, in order of file and line.
pub fn load_catalogue(folder: &Path) -> Result<Catalogue, Vec<Fault>> {
    let faults = Faults::default();
    let mut texts = Vec::new();
    for file in FILES {
        match std::fs::read_to_string(folder.join(file)) {
            Ok(text) => texts.push((
                file,
                text.trim_start_matches('\u{feff}').replace("\r\n", "\n"),
            )),
            Err(error) => faults.add_file(file, FaultKind::Unreadable, error.to_string()),
        }
    }
    let edition = edition_of(texts.iter().map(|(file, text)| (*file, text.as_str())));
    let mut items = HashMap::new();
    let mut diagnoses = HashMap::new();
    for (file, text) in &texts {
        match *file {
            "items.csv" => items = items::read_items(file, text, &faults),
            _ => diagnoses = diagnoses::read_diagnoses(file, text, &faults),
        }
    }
    let faults = faults.sorted();
    if faults.is_empty() {
        Ok(Catalogue {
            edition,
            items,
            diagnoses,
        })
    } else {
        Err(faults)
    }
}
