//! 知识表逐行读入：每行带着文件名和行号，供导入比对。

use std::collections::BTreeMap;
use std::path::Path;

use audit::library::Given;

use crate::Fault;
use crate::folder::{FileKind, files_of};
use crate::names::column_name;
use crate::text::decoded;

/// The rows of the knowledge tables (`k_*.csv`) right in a folder, each with its file and line, and
/// complaints about lines whose number of cells does not fit the header (逐行读知识表).
///
/// # Errors
/// [`Fault`] when the folder or a file cannot be read, or there is no such table.
pub fn read_rows(folder: &Path) -> Result<(Vec<Given>, Vec<String>), Fault> {
    let files = files_of(folder)?;
    let wanted = files.iter().filter(|file| {
        let here = file.path.parent() == Some(folder);
        here && file.kind == FileKind::Csv && file.table.starts_with("k_")
    });
    let (mut rows, mut bad) = (Vec::new(), Vec::new());
    let mut tables = 0;
    for file in wanted {
        tables += 1;
        read_file(&file.path, &file.table, &mut rows, &mut bad)?;
    }
    match tables {
        0 => Err(Fault::new(folder, "目录里没有知识表 k_*.csv")),
        _ => Ok((rows, bad)),
    }
}

fn read_file(
    path: &Path,
    table: &str,
    rows: &mut Vec<Given>,
    bad: &mut Vec<String>,
) -> Result<(), Fault> {
    let fault = |error: csv::Error| Fault::new(path, error);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(path)
        .map_err(fault)?;
    let mut other = false;
    let header = reader.byte_headers().map_err(fault)?.clone();
    let columns: Vec<String> = header
        .iter()
        .map(|cell| column_name(table, &decoded(cell, &mut other)))
        .collect();
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    for record in reader.byte_records() {
        let record = record.map_err(fault)?;
        let line = record.position().map_or(0, csv::Position::line);
        let place = format!("{file}:{line}");
        if record.len() != columns.len() {
            let (found, wanted) = (record.len(), columns.len());
            bad.push(format!("{place}：有{found}列，表头有{wanted}列"));
            continue;
        }
        let cells: Vec<String> = record
            .iter()
            .map(|cell| decoded(cell, &mut other).trim().to_owned())
            .collect();
        let head = cells.iter().take(2).cloned().collect::<Vec<_>>().join("/");
        let cells: BTreeMap<String, String> = columns
            .iter()
            .cloned()
            .zip(cells)
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        let table = table.to_owned();
        rows.push(Given {
            table,
            place,
            head,
            cells,
        });
    }
    Ok(())
}
