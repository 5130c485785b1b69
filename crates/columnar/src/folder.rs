use std::fs;
use std::path::{Path, PathBuf};

use crate::Fault;
use crate::names::table_name;

/// One file of a data folder (数据文件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// Name of its table in the words of the house.
    pub table: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Parquet or CSV.
    pub kind: FileKind,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Apache Parquet.
    Parquet,
    /// Text with commas.
    Csv,
}

/// Folders below folders that are looked into: area and month are two, and a loop of links ends.
const DEEPEST: usize = 8;

/// The CSV and Parquet files of a folder and of the folders below it, by path.
///
/// # Errors
/// [`Fault`] when the folder cannot be listed.
pub fn files_of(folder: &Path) -> Result<Vec<DataFile>, Fault> {
    let mut found = Vec::new();
    list(folder, DEEPEST, &mut found)?;
    found.sort_by(|a: &DataFile, b| a.path.cmp(&b.path));
    Ok(found)
}

fn list(folder: &Path, deeper: usize, found: &mut Vec<DataFile>) -> Result<(), Fault> {
    let entries = fs::read_dir(folder).map_err(|error| Fault::new(folder, error))?;
    for entry in entries {
        let path = entry.map_err(|error| Fault::new(folder, error))?.path();
        if path.is_dir() {
            if deeper > 0 {
                list(&path, deeper - 1, found)?;
            }
            continue;
        }
        let kind = match path.extension().and_then(|extension| extension.to_str()) {
            Some("parquet") => FileKind::Parquet,
            Some("csv") => FileKind::Csv,
            _ => continue,
        };
        let stem = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        found.push(DataFile {
            table: table_name(stem),
            path,
            kind,
        });
    }
    Ok(())
}
