use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use audit::{Knowledge, Params};
use lines::{Quality, Table};
use serde_json::Value;

use crate::Fault;
use crate::folder::{FileKind, files_of};
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
    let mut knowledge = Knowledge::default();
    let data = data.to_owned();
    for folder in folders.iter().chain([&data]) {
        let files = files_of(folder)?;
        let below = |path: &Path| path.parent() != Some(folder.as_path()) && *folder != data;
        for file in files.iter().filter(|file| file.table.starts_with("k_")) {
            if below(&file.path) {
                continue;
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
        }
    }
    Ok(knowledge)
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
