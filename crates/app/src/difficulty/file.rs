use std::io::Cursor;
use std::path::Path;

use enrolment::difficulty::{ListKind, ListTotals, RawRow};
use jiff::civil::Date;
use terms::Word;

use crate::Error;
use crate::import::sheet::{self, Note};
use crate::import::table::control_total;

/// Rows above the titles that are passed over: headings, notes, blank lines.
const ROWS_ABOVE: usize = 20;
/// A list longer than this is no list of people in difficulty of one area.
const MOST_ROWS: usize = 2_000_000;

/// A file that a bureau sent (收到的文件).
#[derive(Debug, Clone)]
pub struct ListFile {
    /// The bureau, by its word.
    pub bureau: Word,
    /// Full or change.
    pub kind: ListKind,
    /// The day whose state it gives.
    pub day: Date,
    /// The identities a full list speaks for, where the sender names them.
    pub covers: Vec<Word>,
    /// What the sender counted, where that is said beside the file.
    pub totals: ListTotals,
    /// The file's name.
    pub name: String,
    /// Its bytes: CSV in UTF-8 or GB18030, or an Excel workbook.
    pub bytes: Vec<u8>,
}

/// The columns of a list, by the titles bureaus give them.
const TITLES: [(&str, usize); 17] = [
    ("证件类型", 0),
    ("证件号码", 1),
    ("身份证号", 1),
    ("身份证号码", 1),
    ("公民身份号码", 1),
    ("姓名", 2),
    ("身份", 3),
    ("身份类别", 3),
    ("人员类别", 3),
    ("困难类型", 3),
    ("增减", 4),
    ("变动", 4),
    ("认定结论", 4),
    ("认定日期", 5),
    ("有效期至", 6),
    ("退出日期", 6),
    ("截止日期", 6),
];
const COLUMNS: usize = 7;

/// Where each column stands in the file.
type Layout = Vec<(usize, usize)>;

/// The rows of a file as written, and how many its last line says there are.
///
/// # Errors
/// A refusal where the file cannot be read, has no row of titles, or a title twice.
pub(crate) fn read_file(file: &ListFile) -> Result<(Vec<RawRow>, ListTotals), Error> {
    let mut rows: Vec<RawRow> = Vec::new();
    let mut totals = file.totals;
    let mut layout: Option<Layout> = None;
    let mut above = 0;
    let bytes = Cursor::new(&file.bytes);
    sheet::read_from(Path::new(&file.name), bytes, None, &mut |row| {
        if row.cells.iter().all(|text| text.trim().is_empty()) {
            return Ok(true);
        }
        let Some(layout) = &layout else {
            above += 1;
            layout = titles(row.cells.iter())?;
            if layout.is_none() && above >= ROWS_ABOVE {
                return Err(no_titles());
            }
            return Ok(true);
        };
        if let Some(stated) = control_total(&row) {
            let stated = usize::try_from(stated).unwrap_or(usize::MAX);
            totals.rows = totals.rows.or(Some(stated));
            return Ok(true);
        }
        if rows.len() >= MOST_ROWS {
            let message = format!("名单超过{MOST_ROWS}行");
            return Err(Error::refused("list_too_long", message));
        }
        let number = u32::try_from(rows.len() + 1).unwrap_or(u32::MAX);
        rows.push(raw(number, &row, layout));
        Ok(true)
    })?;
    if layout.is_none() {
        return Err(no_titles());
    }
    Ok((rows, totals))
}

fn titles<'t>(cells: impl Iterator<Item = &'t str>) -> Result<Option<Layout>, Error> {
    let mut layout = Layout::new();
    for (place, text) in cells.enumerate() {
        let text = text.trim().trim_start_matches('\u{FEFF}');
        let Some((_, column)) = TITLES.iter().find(|(title, _)| *title == text) else {
            continue;
        };
        if layout.iter().any(|(known, _)| known == column) {
            let message = format!("表头中“{text}”一列重复");
            return Err(Error::refused("column_twice", message));
        }
        layout.push((*column, place));
    }
    let has = |wanted| layout.iter().any(|(column, _)| *column == wanted);
    Ok((has(1) && has(2)).then_some(layout))
}

fn no_titles() -> Error {
    let message = format!("前{ROWS_ABOVE}行没有表头：至少要有“姓名”和“证件号码”两列");
    Error::refused("no_titles", message)
}

fn raw(number: u32, row: &sheet::RawRow, layout: &Layout) -> RawRow {
    let mut cells: [String; COLUMNS] = Default::default();
    for (column, place) in layout {
        let damaged = row
            .notes
            .iter()
            .any(|(at, note)| at == place && matches!(note, Note::Damaged | Note::Broken));
        let text = row.cells.get(*place).unwrap_or_default().trim();
        // A number that a sheet has shortened must not be taken for a right one.
        cells[*column] = match damaged {
            true => format!("{text}（单元格已损坏，应为文本）"),
            false => text.to_owned(),
        };
    }
    let [document_kind, document, name, identity, action, from, to] = cells;
    RawRow {
        row: number,
        document_kind,
        document,
        name,
        identity,
        action,
        from,
        to,
    }
}
