use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use audit::{Knowledge, Params};
use lines::{Quality, Table};
use serde_json::Value;

use crate::Fault;
use crate::folder::{DataFile, FileKind, files_of};
use crate::parquet_file::ParquetFile;
use crate::text::{read_csv, read_text};
use crate::visit_batch;

/// Reads knowledge folders, later ones over earlier ones, then the local tables (`k_…`) of the
/// data folder over all of them (读取知识库).
///
/// # Errors
/// [`Fault`] when a folder or file cannot be read.
pub fn read_knowledge(
    folders: &[PathBuf],
    data: &Path,
    quality: &mut Quality,
) -> Result<Knowledge, Fault> {
    let mut knowledge = read_folders(folders, quality)?;
    for file in files_of(data)? {
        add(&mut knowledge, &file, quality)?;
    }
    Ok(knowledge)
}

/// Reads the tables (`k_…`) right in knowledge folders, later ones over earlier ones (读取知识目录).
///
/// A folder that keeps its complete tables in a folder `full` of its own lies over that one, unless
/// the caller names both.
///
/// # Errors
/// [`Fault`] when a folder or file cannot be read.
pub fn read_folders(folders: &[PathBuf], quality: &mut Quality) -> Result<Knowledge, Fault> {
    let mut knowledge = Knowledge::default();
    for folder in layers(folders) {
        let files = files_of(&folder)?;
        let here = |file: &&DataFile| file.path.parent() == Some(folder.as_path());
        for file in files.iter().filter(here) {
            add(&mut knowledge, file, quality)?;
        }
    }
    Ok(knowledge)
}

/// The folders, each after the complete tables that it lies over.
fn layers(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut layers = Vec::with_capacity(folders.len());
    for folder in folders {
        let full = folder.join("full");
        let named = folders.iter().any(|other| same_place(other, &full));
        if full.is_dir() && !named {
            layers.push(full);
        }
        layers.push(folder.clone());
    }
    layers
}

fn same_place(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}

/// Adds the table of a file, unless it is none of knowledge.
fn add(knowledge: &mut Knowledge, file: &DataFile, quality: &mut Quality) -> Result<(), Fault> {
    if !file.table.starts_with("k_") {
        return Ok(());
    }
    let mut whole = Table::default();
    match file.kind {
        FileKind::Csv => {
            read_csv(&file.path, &file.table, |table| whole.append(table))?;
        }
        FileKind::Parquet => {
            let parquet = ParquetFile::open(&file.path, &file.table)?;
            parquet.read(|columns| {
                whole.append(&visit_batch::table(columns)?);
                Ok(())
            })?;
        }
    }
    knowledge.add(&file.table, &whole, quality);
    Ok(())
}

/// Reads a file of parameters: JSON whose nested objects become keys with points (读取参数).
///
/// # Errors
/// [`Fault`] when the file cannot be read or is no JSON object.
pub fn read_params(path: &Path) -> Result<Params, Fault> {
    let text = read_text(path)?;
    let value: Value = serde_json::from_str(&text).map_err(|error| Fault::new(path, error))?;
    let mut given = BTreeMap::new();
    flatten("", &value, &mut given);
    Ok(Params::new(given))
}

fn flatten(key: &str, value: &Value, given: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                let below = if key.is_empty() {
                    name.clone()
                } else {
                    format!("{key}.{name}")
                };
                flatten(&below, value, given);
            }
        }
        Value::Array(items) => {
            let texts: Vec<String> = items.iter().map(plain).collect();
            given.insert(key.to_owned(), texts.join(","));
        }
        other => {
            given.insert(key.to_owned(), plain(other));
        }
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_lies_over_its_complete_tables() {
        let root = std::env::temp_dir().join(format!("knowledge-layers-{}", std::process::id()));
        let full = root.join("full");
        std::fs::create_dir_all(&full).expect("a folder among temporary files");
        assert_eq!(
            layers(std::slice::from_ref(&root)),
            [full.clone(), root.clone()]
        );
        let both = [full.clone(), root.clone()];
        assert_eq!(layers(&both), both);
        std::fs::remove_dir_all(&root).expect("the folder made above");
    }
}
