use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use lines::Table;

use crate::Fault;
use crate::names::column_name;

const CHUNK: usize = 16_384;

/// Reads a CSV file in chunks of rows, columns named in the words of the house (读 CSV).
///
/// A file that is not UTF-8 is read as GB18030, the other encoding of the field; the answer says
/// whether that was so.
///
/// # Errors
/// [`Fault`] when the file cannot be read.
pub fn read_csv(path: &Path, name: &str, mut take: impl FnMut(&Table)) -> Result<bool, Fault> {
    let fault = |error: &dyn std::fmt::Display| Fault::new(path, error);
    let mut other = false;
    let (mut reader, columns) = open(path, name, &mut other)?;
    let mut table = Table::new(&columns);
    let mut record = csv::ByteRecord::new();
    while reader
        .read_byte_record(&mut record)
        .map_err(|error| fault(&error))?
    {
        table.push(record.iter().map(|cell| decoded(cell, &mut other)));
        if table.len() == CHUNK {
            take(&table);
            table = Table::new(&columns);
        }
    }
    take(&table);
    Ok(other)
}

/// The columns of a CSV file in the words of the house.
///
/// # Errors
/// [`Fault`] when the file cannot be read.
pub(crate) fn csv_columns(path: &Path, name: &str) -> Result<Vec<String>, Fault> {
    open(path, name, &mut false).map(|(_, columns)| columns)
}

type Reader = csv::Reader<BufReader<File>>;

/// A file at its first row, with its columns.
fn open(path: &Path, name: &str, other: &mut bool) -> Result<(Reader, Vec<String>), Fault> {
    let file = File::open(path).map_err(|error| Fault::new(path, error))?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(BufReader::with_capacity(1 << 20, file));
    let header = reader.byte_headers();
    let header = header.map_err(|error| Fault::new(path, error))?.clone();
    let column = |cell| column_name(name, &decoded(cell, other));
    let columns = header.iter().map(column).collect();
    Ok((reader, columns))
}

/// A cell as UTF-8, else as GB18030; `other` is set then.
pub(crate) fn decoded<'c>(cell: &'c [u8], other: &mut bool) -> std::borrow::Cow<'c, str> {
    match std::str::from_utf8(cell) {
        Ok(text) => text.into(),
        Err(_) => {
            *other = true;
            encoding_rs::GB18030.decode_without_bom_handling(cell).0
        }
    }
}

/// Reads a whole text file as UTF-8, else GB18030.
///
/// # Errors
/// [`Fault`] when the file cannot be read.
pub fn read_text(path: &Path) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    let mut file = File::open(path).map_err(|error| Fault::new(path, error))?;
    file.read_to_end(&mut bytes)
        .map_err(|error| Fault::new(path, error))?;
    let mut other = false;
    Ok(decoded(&bytes, &mut other)
        .trim_start_matches('\u{feff}')
        .to_owned())
}
