use std::path::Path;

use super::columns::Layout;
use super::sheet::{self, RawRow};
use crate::Error;

/// Rows above the titles that are passed over: headings, notes, blank lines.
const ROWS_ABOVE: usize = 20;
/// How the line of control totals begins.
const TOTAL: [&str; 3] = ["合计", "总计", "total"];

/// What a file holds beside its people.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// Rows of data.
    pub(super) rows: i64,
    /// How many rows the line of control totals states.
    pub(super) stated: Option<i64>,
    /// Titles that name no column.
    pub(super) ignored: Vec<String>,
}

/// Hands every row of data to `each`, with its place among them from 0, until it has enough.
///
/// # Errors
/// A refusal where the file cannot be read or has no row of titles.
pub(super) fn read(
    path: &Path,
    sheet: Option<&str>,
    each: &mut dyn FnMut(i64, RawRow, &Layout) -> Result<bool, Error>,
) -> Result<Shape, Error> {
    let mut shape = Shape::default();
    let mut layout: Option<Layout> = None;
    let mut above = 0;
    sheet::read(path, sheet, &mut |row| {
        if row.cells.iter().all(|text| text.trim().is_empty()) {
            return Ok(true);
        }
        let Some(layout) = &layout else {
            above += 1;
            layout = titles(&row)?;
            if layout.is_none() && above >= ROWS_ABOVE {
                return Err(no_titles());
            }
            return Ok(true);
        };
        if let Some(stated) = control_total(&row) {
            shape.stated = Some(stated);
            return Ok(true);
        }
        let index = shape.rows;
        shape.rows += 1;
        each(index, row, layout)
    })?;
    let Some(layout) = layout else {
        return Err(no_titles());
    };
    shape.ignored = layout.ignored;
    Ok(shape)
}

fn titles(row: &RawRow) -> Result<Option<Layout>, Error> {
    Layout::of(row.cells.iter()).map_err(|twice| {
        let title = twice.title();
        Error::refused("column_twice", format!("表头有两列都是“{title}”"))
    })
}

fn no_titles() -> Error {
    let wanted = format!("前{ROWS_ABOVE}行没有表头：至少要有“姓名”和“证件号码”两列");
    Error::refused("no_titles", wanted)
}

/// The number of rows that a line of control totals states.
pub(crate) fn control_total(row: &RawRow) -> Option<i64> {
    let mut filled = row
        .cells
        .iter()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let first = filled.next()?.to_lowercase();
    let behind = TOTAL.iter().find_map(|word| first.strip_prefix(word))?;
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    std::iter::once(digits(behind))
        .chain(filled.map(digits))
        .find(|digits| !digits.is_empty())
        .map(|digits| digits.parse().unwrap_or(-1))
}
