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
/// # Errors
/// [`Fault`] when a folder or file cannot be read.
pub fn read_folders(folders: &[PathBuf], quality: &mut Quality) -> Result<Knowledge, Fault> {
    let mut knowledge = Knowledge::default();
    for folder in folders {
        let files = files_of(folder)?;
        let here = |file: &&DataFile| file.path.parent() == Some(folder.as_path());
        for file in files.iter().filter(here) {
            add(&mut knowledge, file, quality)?;
        }
    }
    Ok(knowledge)
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
