//! Grouping schemes: folders of tables, and the official workbook (分组方案).
//!
//! [`load_drg`] reads a folder with `mdc.csv`, `adrg.csv`, `drg.csv` and lists, or a workbook;
//! [`load_dip`] reads a DIP directory, `core.csv` and what stands beside it. Columns are found by
//! name and may stand in any order; columns that nobody asks for are left alone. Everything that
//! was read goes into the scheme's hash.

mod codes;
mod dip;
mod dip_settings;
mod folder;
mod grid;
mod schemes;
mod settings;
mod tables;
mod uses;
mod workbook;

use std::path::Path;

use grouping::tables::{ClassRow, ExcludedRow};
use grouping::{DipScheme, DrgScheme, Finding, FindingKind};

use crate::fault::{Fault, FaultKind, Faults};
use folder::Folder;

pub use schemes::load_schemes;

/// A scheme that can be used, and what somebody should look at.
#[derive(Debug)]
pub struct LoadedScheme<S> {
    /// The scheme.
    pub scheme: S,
    /// Findings that do not stop it from being used.
    pub warnings: Vec<Fault>,
}

/// Reads a DRG scheme: a folder of tables, a folder with one workbook, or the workbook itself.
///
/// `codes` is a folder with code tables (`icd10*.csv`, `icd9cm3*.csv`: `code,gray`) and mappings
/// (`map-icd10*.csv`, `map-icd9cm3*.csv`); the scheme's own folder is looked through too.
///
/// # Errors
/// Every fault found, in order of file and row.
pub fn load_drg(path: &Path, codes: Option<&Path>) -> Result<LoadedScheme<DrgScheme>, Vec<Fault>> {
    let faults = Faults::default();
    let Some(folder) = Folder::open(path, codes, &faults) else {
        return Err(faults.sorted());
    };
    let mut tables = if folder.is_workbook() {
        workbook::read(&folder, &faults)
    } else {
        tables::read(&folder, &faults)
    };
    tables.settings = settings::read(&folder, &mut tables.title, &faults);
    codes::read(&folder, &mut tables, &faults);
    tables.title.hash = folder.hash();
    let faults = faults.sorted();
    if !faults.is_empty() {
        return Err(faults);
    }
    judged(DrgScheme::compile(&tables))
}

/// Reads a DIP directory folder.
///
/// # Errors
/// Every fault found, in order of file and row.
pub fn load_dip(path: &Path) -> Result<LoadedScheme<DipScheme>, Vec<Fault>> {
    let faults = Faults::default();
    let Some(folder) = Folder::open(path, None, &faults) else {
        return Err(faults.sorted());
    };
    let mut tables = dip::read(&folder, &faults);
    tables.settings = dip_settings::read(&folder, &mut tables.title, &faults);
    tables.title.hash = folder.hash();
    let faults = faults.sorted();
    if !faults.is_empty() {
        return Err(faults);
    }
    judged(DipScheme::compile(&tables))
}

/// Tables from which a directory is made: classes of procedures, and codes left out.
///
/// # Errors
/// Every fault found, in order of file and row.
pub fn load_dip_basis(folder: &Path) -> Result<(Vec<ClassRow>, Vec<ExcludedRow>), Vec<Fault>> {
    let faults = Faults::default();
    let Some(folder) = Folder::open(folder, None, &faults) else {
        return Err(faults.sorted());
    };
    let classes = dip::classes(&folder.need("procedure_class.csv", &faults));
    let excluded = folder.maybe("excluded.csv", &faults);
    let excluded = excluded
        .map(|grid| dip::excluded(&grid))
        .unwrap_or_default();
    let faults = faults.sorted();
    if faults.is_empty() {
        Ok((classes, excluded))
    } else {
        Err(faults)
    }
}

fn judged<S>(
    compiled: Result<(S, Vec<Finding>), Vec<Finding>>,
) -> Result<LoadedScheme<S>, Vec<Fault>> {
    let faults = |findings: Vec<Finding>| findings.iter().map(fault_of).collect();
    match compiled {
        Ok((scheme, findings)) => Ok(LoadedScheme {
            scheme,
            warnings: faults(findings),
        }),
        Err(findings) => Err(findings
            .iter()
            .filter(|one| one.fatal)
            .map(fault_of)
            .collect()),
    }
}

fn fault_of(finding: &Finding) -> Fault {
    let kind = match finding.kind {
        FindingKind::BadRule => FaultKind::Syntax,
        FindingKind::Dangling => FaultKind::Dangling,
        FindingKind::Duplicate => FaultKind::Overlap,
        FindingKind::Cycle => FaultKind::Cycle,
        FindingKind::Empty => FaultKind::Empty,
        FindingKind::Unreachable => FaultKind::Unreachable,
        FindingKind::Unused => FaultKind::Unused,
        FindingKind::UnknownCode => FaultKind::UnknownWord,
    };
    Fault {
        file: finding.place.file.to_string(),
        line: finding.place.row,
        key: String::new(),
        kind,
        message: finding.message.clone(),
    }
}
