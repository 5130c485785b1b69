//! Case files: columns by name, rows in pieces.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::{Context as _, bail};
use csv::{ByteRecord, Reader};
use grouping::{Column, Discharge};

/// Rows that travel together.
const ROWS: usize = 1024;
/// Bytes that most rows need.
const ROW_BYTES: usize = 256;
/// A piece ends early when its rows get as large as this.
const BYTES: usize = 4 * 1024 * 1024;

/// A case file that is being read.
pub struct CaseFile<R> {
    reader: Reader<R>,
    pub columns: Columns,
}

/// Where the known columns stand.
#[derive(Debug, Clone)]
pub struct Columns {
    names: Vec<String>,
    id: Option<usize>,
    /// By the number of the column.
    known: [Option<usize>; Column::ALL.len()],
}

impl Columns {
    fn new(names: Vec<String>) -> Self {
        let find = |wanted: &str| names.iter().position(|name| name == wanted);
        Self {
            id: find("case_id"),
            known: Column::ALL.map(|column| find(column.name())),
            names,
        }
    }
}

/// Rows that travel together, with the row of the file the first one stands in.
pub struct Piece {
    rows: Vec<ByteRecord>,
    /// Bytes of the file read so far.
    pub position: u64,
}

/// One row: the case's number, and the case or why it cannot be read, in 中文.
pub struct Case<'r> {
    pub id: &'r str,
    pub discharge: Result<Discharge<'r>, String>,
    row: &'r ByteRecord,
    text: &'r str,
    columns: &'r Columns,
}

impl CaseFile<BufReader<File>> {
    /// Opens a file and finds its columns.
    ///
    /// # Errors
    /// When the file cannot be read or lacks a column that must be there.
    pub fn open(path: &Path, needed: &[&str]) -> anyhow::Result<Self> {
        let file =
            File::open(path).with_context(|| format!("读不了病例文件 {}", path.display()))?;
        Self::read(BufReader::with_capacity(1 << 20, file), needed)
    }
}

impl<R: Read> CaseFile<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// When it is no text or lacks a column that must be there.
    pub fn read(source: R, needed: &[&str]) -> anyhow::Result<Self> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(source);
        let header = reader.byte_headers().context("读不了病例文件的表头")?;
        let name = |cell: &[u8]| {
            let name = std::str::from_utf8(cell).ok()?;
            Some(name.trim_start_matches('\u{feff}').trim().to_owned())
        };
        let names: Option<Vec<String>> = header.iter().map(name).collect();
        let names = names.context("病例文件不是UTF-8编码，请另存为UTF-8")?;
        let missing: Vec<&str> = needed
            .iter()
            .copied()
            .filter(|wanted| !names.iter().any(|name| name == wanted))
            .collect();
        if !missing.is_empty() {
            bail!("病例文件缺少这些列：{}", missing.join("、"));
        }
        Ok(Self {
            reader,
            columns: Columns::new(names),
        })
    }

    /// The next rows; `None` at the end.
    ///
    /// # Errors
    /// When the file cannot be read on.
    pub fn next(&mut self) -> anyhow::Result<Option<Piece>> {
        let (mut rows, mut bytes) = (Vec::with_capacity(ROWS), 0);
        while rows.len() < ROWS && bytes < BYTES {
            let mut row = ByteRecord::with_capacity(ROW_BYTES, self.columns.names.len());
            if !self
                .reader
                .read_byte_record(&mut row)
                .context("读不下去病例文件")?
            {
                break;
            }
            bytes += row.as_slice().len();
            rows.push(row);
        }
        let position = self.reader.position().byte();
        Ok((!rows.is_empty()).then_some(Piece { rows, position }))
    }
}

impl Piece {
    /// Every row as a case.
    pub fn cases<'r>(&'r self, columns: &'r Columns) -> impl Iterator<Item = Case<'r>> {
        self.rows.iter().map(|row| Case::read(row, columns))
    }
}

impl<'r> Case<'r> {
    fn read(row: &'r ByteRecord, columns: &'r Columns) -> Self {
        let text = std::str::from_utf8(row.as_slice());
        let mut case = Self {
            id: "",
            discharge: Ok(Discharge::default()),
            row,
            text: text.unwrap_or_default(),
            columns,
        };
        // The number may be readable where the rest of the row is not.
        let id = columns.id.and_then(|at| row.get(at));
        case.id = id
            .and_then(|id| std::str::from_utf8(id).ok())
            .unwrap_or_default()
            .trim();
        case.discharge = if text.is_err() {
            Err("这一行不是UTF-8编码".to_owned())
        } else if row.len() != columns.names.len() {
            let (wanted, found) = (columns.names.len(), row.len());
            Err(format!("这一行应有{wanted}列，现有{found}列"))
        } else {
            let known = |column: Column| case.at(columns.known[column as usize]);
            Discharge::from_columns(known).map_err(|refusal| refusal.to_string())
        };
        case
    }

    /// The text of a column.
    pub fn cell(&self, name: &str) -> Option<&'r str> {
        self.at(self.columns.names.iter().position(|column| column == name))
    }

    fn at(&self, position: Option<usize>) -> Option<&'r str> {
        self.text.get(self.row.range(position?)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Number, principal diagnosis and how many procedures, or why there is no case.
    type Found = Result<(String, Option<String>, usize), String>;

    fn read(text: &[u8]) -> Vec<Found> {
        let mut file = CaseFile::read(text, &["case_id", "principal_dx"]).unwrap();
        let mut found = Vec::new();
        while let Some(piece) = file.next().unwrap() {
            found.extend(piece.cases(&file.columns).map(|case| {
                let id = case.id.to_owned();
                let discharge = case.discharge?;
                let principal = discharge.principal.map(str::to_owned);
                Ok((id, principal, discharge.procedures.len()))
            }));
        }
        found
    }

    #[test]
    fn columns_are_found_by_name_in_any_order() {
        let text =
            "\u{feff}note,procedures,principal_dx,case_id\r\n\"a,b\",01.1|02.2,I10,C1\r\n,,,C2\r\n";
        let wanted = [
            Ok(("C1".to_owned(), Some("I10".to_owned()), 2)),
            Ok(("C2".to_owned(), None, 0)),
        ];
        assert_eq!(read(text.as_bytes()), wanted);
    }

    #[test]
    fn rows_that_cannot_be_read_say_why() {
        let text =
            b"case_id,principal_dx,los_days\nC1,I10,three\nC2,I10\nC3,\xd6\xd0,1\nC4,I10,4\n";
        let found = read(text);
        assert_eq!(found[0], Err("住院天数“three”有误".to_owned()));
        assert_eq!(found[1], Err("这一行应有3列，现有2列".to_owned()));
        assert_eq!(found[2], Err("这一行不是UTF-8编码".to_owned()));
        let mut file = CaseFile::read(&b"case_id\nC\xd6\n"[..], &[]).unwrap();
        let piece = file.next().unwrap().unwrap();
        assert_eq!(piece.cases(&file.columns).next().unwrap().id, "");
        let mut file = CaseFile::read(&b"case_id,note\nC3,\xd6\xd0\n"[..], &[]).unwrap();
        let piece = file.next().unwrap().unwrap();
        assert_eq!(piece.cases(&file.columns).next().unwrap().id, "C3");
        assert!(found[3].is_ok());
    }

    #[test]
    fn a_missing_column_is_named() {
        let missing = CaseFile::read(&b"case_id\n"[..], &["case_id", "principal_dx"]);
        let message = missing.err().map(|error| error.to_string());
        assert_eq!(message.as_deref(), Some("病例文件缺少这些列：principal_dx"));
    }
}
