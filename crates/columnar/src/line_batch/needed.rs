//! 一条明细不可少的列；缺值的行列出来。

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType};
use lines::{ItemKind, Items, LineBlock, LineId, LineSlots, NONE, Names};

use crate::cells::{Made, Texts, each_decimal, each_moment, trimmed};
use crate::parquet_file::Columns;

/// Where the values of one column go; rows without one are listed.
struct Column<'s, T> {
    slots: &'s mut [T],
    missing: Vec<usize>,
}

impl<'s, T> Column<'s, T> {
    fn new(slots: &'s mut [T]) -> Self {
        Self {
            slots,
            missing: Vec::new(),
        }
    }

    #[inline]
    fn put(&mut self, row: usize, value: Option<T>) {
        match value {
            Some(value) => self.slots[row] = value,
            None => self.missing.push(row),
        }
    }
}

pub(super) fn ids(
    columns: &Columns<'_>,
    block: &mut LineBlock,
    slots: &mut [LineId],
) -> Result<Vec<usize>, ArrowError> {
    let mut column = Column::new(slots);
    columns.each_needed("line", |begin, array| {
        if array.data_type().is_integer() {
            return each_decimal(array, 0, |row, value| {
                let id = value.and_then(|value| u64::try_from(value).ok());
                column.put(begin + row, id.map(LineId));
            });
        }
        let texts = Texts::of(array)?;
        for row in 0..array.len() {
            let text = texts.text(row);
            let named = || {
                let given = !text.is_empty();
                given.then(|| LineId::text(block.id_texts.number(text)))
            };
            column.put(begin + row, LineId::plain(text).or_else(named));
        }
        Ok(())
    })?;
    Ok(column.missing)
}

/// The number of each row's visit: one for each run, as the lines of a visit mostly stand together.
pub(super) fn visits(
    columns: &Columns<'_>,
    names: &mut Names,
    slots: &mut [u32],
) -> Result<Vec<usize>, ArrowError> {
    let mut column = Column::new(slots);
    let mut last = (String::new(), None);
    columns.each_needed("visit", |begin, array| {
        let texts = in_view(array)?;
        let texts = texts.as_string_view();
        // Texts of one view are one text: most rows are told without a look at the text.
        let mut seen = None;
        for (row, &view) in texts.views().iter().enumerate() {
            if seen != Some(view) || texts.is_null(row) {
                seen = Some(view);
                let text = if texts.is_null(row) {
                    ""
                } else {
                    trimmed(texts.value(row))
                };
                if text != last.0 {
                    last = (
                        text.to_owned(),
                        (!text.is_empty()).then(|| names.push(text)),
                    );
                }
            }
            column.put(begin + row, last.1);
        }
        Ok(())
    })?;
    Ok(column.missing)
}

fn in_view(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    match array.data_type() {
        DataType::Utf8View => Ok(ArrayRef::clone(array)),
        DataType::Utf8 => cast(array, &DataType::Utf8View),
        _ => cast(&cast(array, &DataType::Utf8)?, &DataType::Utf8View),
    }
}

/// Item numbers, with the names and kinds of the items.
pub(super) fn items(
    columns: &Columns<'_>,
    block: &mut LineBlock,
    slots: &mut [u32],
) -> Result<Vec<usize>, ArrowError> {
    let (mut column, mut codes) = (Column::new(slots), Made::default());
    let known = &mut block.items;
    columns.each_needed("item", |begin, array| {
        let number = |code: &str| known.number(code);
        codes.each(array, NONE, number, |row, item| {
            column.put(begin + row, (item != NONE).then_some(item));
        })
    })?;
    let Column { slots, missing } = column;
    for &row in &missing {
        slots[row] = NONE;
    }
    let mut kinds = Made::default();
    columns.each("kind", |begin, array| {
        kinds.each(array, ItemKind::Unknown, ItemKind::parse, |row, kind| {
            if slots[begin + row] != NONE {
                known.kind_it(slots[begin + row], kind);
            }
        })
    })?;
    name_items(columns, known, slots)?;
    Ok(missing)
}

/// Names items; the name that an item was last given need not be compared again.
fn name_items(columns: &Columns<'_>, items: &mut Items, of: &[u32]) -> Result<(), ArrowError> {
    let (mut texts, mut last) = (Vec::<String>::new(), vec![NONE; items.len()]);
    let (mut made, mut names) = (Made::default(), Vec::new());
    columns.each("item_name", |begin, array| {
        let number = |name: &str| {
            texts.push(name.to_owned());
            u32::try_from(texts.len() - 1).unwrap_or(NONE)
        };
        names.clear();
        made.each(array, NONE, number, |_, name| names.push(name))?;
        for (&item, &name) in of[begin..].iter().zip(&names) {
            if item != NONE && name != NONE && last[item as usize] != name {
                last[item as usize] = name;
                items.name_it(item, &texts[name as usize]);
            }
        }
        Ok(())
    })?;
    Ok(())
}

pub(super) fn times(
    columns: &Columns<'_>,
    slots: &mut LineSlots<'_>,
) -> Result<Vec<usize>, ArrowError> {
    let mut column = Column::new(&mut *slots.time);
    columns.each_needed("time", |begin, array| {
        each_moment(array, |row, moment| column.put(begin + row, moment))
    })?;
    Ok(column.missing)
}

pub(super) fn numbers<T>(
    columns: &Columns<'_>,
    name: &str,
    places: u32,
    slots: &mut [T],
    narrow: impl Fn(i64) -> Option<T>,
) -> Result<Vec<usize>, ArrowError> {
    let mut column = Column::new(slots);
    columns.each_needed(name, |begin, array| {
        each_decimal(array, places, |row, value| {
            column.put(begin + row, value.and_then(&narrow));
        })
    })?;
    Ok(column.missing)
}
