//! Rows of a file as text, whatever kind of file it is.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

use calamine::{DataRef, Dimensions, Reader as _, Xlsx};
use csv::StringRecord;
use encoding_rs::{GB18030, UTF_8};
use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::Error;

/// A row as it stands in the file.
#[derive(Debug, Default)]
pub(crate) struct RawRow {
    /// The line of a text file, the row of a sheet; from 1.
    pub(crate) line: u64,
    pub(crate) cells: StringRecord,
    /// What is special about a cell, by place.
    pub(crate) notes: Vec<(usize, Note)>,
}

/// What a cell was before it became text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Note {
    /// A number, not a text: a serial of a day may hide in it.
    Number,
    /// A number with more digits than a sheet keeps.
    Damaged,
    /// Part of a merged area that begins in an earlier row; the text is that of its first cell.
    Merged,
    /// An error of the sheet's own, such as `#N/A`.
    Broken,
}

/// Whether to go on reading.
pub(crate) type Going = bool;

fn unreadable(path: &Path, cause: impl std::fmt::Display) -> Error {
    Error::refused(
        "file_unreadable",
        format!("文件 {} 无法读取：{cause}", path.display()),
    )
}

/// Hands every row of a file to `each` until it has enough.
///
/// # Errors
/// When the file cannot be read, or a sheet named is not in it.
pub(super) fn read(
    path: &Path,
    sheet: Option<&str>,
    each: &mut dyn FnMut(RawRow) -> Result<Going, Error>,
) -> Result<(), Error> {
    let file = File::open(path).map_err(|cause| unreadable(path, cause))?;
    read_from(path, file, sheet, each)
}

/// The same with bytes that are at hand; `path` names them in refusals.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_from(
    path: &Path,
    mut file: impl Read + Seek,
    sheet: Option<&str>,
    each: &mut dyn FnMut(RawRow) -> Result<Going, Error>,
) -> Result<(), Error> {
    let mut head = Vec::new();
    file.by_ref()
        .take(1 << 16)
        .read_to_end(&mut head)
        .and_then(|_| file.rewind())
        .map_err(|cause| unreadable(path, cause))?;
    if head.starts_with(b"PK\x03\x04") {
        return read_sheet(path, file, sheet, each);
    }
    if head.starts_with(b"\xD0\xCF\x11\xE0") {
        let old = "是旧的 .xls 格式，请另存为 .xlsx 或 CSV";
        return Err(unreadable(path, old));
    }
    let encoding = if is_utf8(&head) { UTF_8 } else { GB18030 };
    let decoded = DecodeReaderBytesBuilder::new()
        .encoding(Some(encoding))
        .bom_override(true)
        .build(BufReader::with_capacity(1 << 16, file));
    read_text(path, decoded, each)
}

/// Whether the bytes are UTF-8, but for a character that the end cuts through.
fn is_utf8(head: &[u8]) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(wrong) => wrong.error_len().is_none(),
    }
}

fn read_text(
    path: &Path,
    text: impl Read,
    each: &mut dyn FnMut(RawRow) -> Result<Going, Error>,
) -> Result<(), Error> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 16)
        .from_reader(text);
    let mut cells = StringRecord::new();
    loop {
        let read = reader.read_record(&mut cells);
        if !read.map_err(|cause| unreadable(path, cause))? {
            return Ok(());
        }
        let line = cells.position().map_or(0, csv::Position::line);
        let row = RawRow {
            line,
            cells: std::mem::take(&mut cells),
            notes: Vec::new(),
        };
        if !each(row)? {
            return Ok(());
        }
    }
}

fn read_sheet(
    path: &Path,
    file: impl Read + Seek,
    sheet: Option<&str>,
    each: &mut dyn FnMut(RawRow) -> Result<Going, Error>,
) -> Result<(), Error> {
    let mut book = Xlsx::new(BufReader::new(file)).map_err(|cause| unreadable(path, cause))?;
    let names = book.sheet_names();
    let name = match sheet {
        Some(asked) => names.iter().find(|name| *name == asked).cloned(),
        None => names.first().cloned(),
    };
    let Some(name) = name else {
        let asked = sheet.unwrap_or("");
        let wrong = format!("没有工作表“{asked}”，有：{}", names.join("、"));
        return Err(unreadable(path, wrong));
    };
    let merged = book.merge_cells_by_sheet_name(&name);
    let mut merges = Merges::new(merged.map_err(|cause| unreadable(path, cause))?);
    let cells = book.worksheet_cells_reader(&name);
    let mut cells = cells.map_err(|cause| unreadable(path, cause))?;
    let mut row = SheetRow::default();
    loop {
        let cell = cells.next_cell().map_err(|cause| unreadable(path, cause))?;
        let Some(cell) = cell else { break };
        let (at, place) = cell.get_position();
        while row.number < at {
            let next = SheetRow::at(row.number + 1);
            let done = std::mem::replace(&mut row, next);
            if !each(done.finish(&mut merges))? {
                return Ok(());
            }
        }
        row.put(place as usize, cell.get_value());
    }
    each(row.finish(&mut merges)).map(|_| ())
}

/// A row of a sheet on its way to text.
#[derive(Default)]
struct SheetRow {
    number: u32,
    cells: Vec<String>,
    notes: Vec<(usize, Note)>,
}

impl SheetRow {
    fn at(number: u32) -> Self {
        Self {
            number,
            ..Self::default()
        }
    }

    fn put(&mut self, place: usize, value: &DataRef<'_>) {
        let (text, note) = shown(value);
        if self.cells.len() <= place {
            self.cells.resize(place + 1, String::new());
        }
        self.notes.extend(note.map(|note| (place, note)));
        self.cells[place] = text;
    }

    fn finish(mut self, merges: &mut Merges) -> RawRow {
        for (place, text) in merges.fill(self.number, &self.cells) {
            if self.cells.len() <= place {
                self.cells.resize(place + 1, String::new());
            }
            self.cells[place] = text;
            self.notes.push((place, Note::Merged));
        }
        RawRow {
            line: u64::from(self.number) + 1,
            cells: StringRecord::from(self.cells),
            notes: self.notes,
        }
    }
}

/// Merged areas of a sheet with the text of their first cell, as far as it has been read.
struct Merges(Vec<(Dimensions, String)>);

impl Merges {
    fn new(areas: Vec<Dimensions>) -> Self {
        Self(
            areas
                .into_iter()
                .map(|area| (area, String::new()))
                .collect(),
        )
    }

    /// What merged areas say in a row below their first one; areas that end are let go.
    fn fill(&mut self, row: u32, cells: &[String]) -> Vec<(usize, String)> {
        let mut filled = Vec::new();
        for (area, text) in &mut self.0 {
            let first = area.start.1 as usize;
            if area.start.0 == row {
                *text = cells.get(first).cloned().unwrap_or_default();
            } else if area.start.0 < row && row <= area.end.0 {
                filled.push((first, text.clone()));
            }
        }
        self.0.retain(|(area, _)| row < area.end.0);
        filled
    }
}

/// Numbers of up to 15 digits are kept by a sheet as written; longer ones lose their end.
const KEPT_DIGITS: usize = 15;

fn shown(value: &DataRef<'_>) -> (String, Option<Note>) {
    match value {
        DataRef::Empty => (String::new(), None),
        DataRef::String(text) => (text.clone(), None),
        DataRef::SharedString(text) => ((*text).to_owned(), None),
        DataRef::Bool(truth) => (truth.to_string(), None),
        DataRef::Int(number) => numbered(number.to_string()),
        DataRef::Float(number) => numbered(number.to_string()),
        DataRef::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            (format!("{year:04}-{month:02}-{day:02}"), None)
        }
        DataRef::DateTime(time) => (format!("{time}"), None),
        DataRef::DateTimeIso(text) => (text.chars().take(10).collect(), None),
        DataRef::DurationIso(text) => (text.clone(), None),
        DataRef::Error(error) => (error.to_string(), Some(Note::Broken)),
    }
}

fn numbered(text: String) -> (String, Option<Note>) {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let note = if digits > KEPT_DIGITS {
        Note::Damaged
    } else {
        Note::Number
    };
    (text, Some(note))
}
