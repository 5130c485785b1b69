//! 明细：一个行组的列，逐批填进备好的位置。

use std::collections::BTreeSet;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType};
use lines::{ItemKind, Items, LineBlock, LineColumn, LineId, LineSlots, Lines, NONE, Names};
use money::Fen;

use crate::cells::{Made, Texts, each_decimal, each_moment, trimmed};
use crate::parquet_file::Columns;

/// The columns of lines that these columns of a file go into, of those that need not be there.
pub fn given(names: &[String]) -> BTreeSet<LineColumn> {
    names
        .iter()
        .filter_map(|name| LineColumn::of(name))
        .collect()
}

/// Reads a row group into a block of its own.
///
/// # Errors
/// As [`fill`].
pub fn block(columns: &Columns<'_>) -> Result<LineBlock, ArrowError> {
    let mut lines = Lines::sized(columns.rows(), &given(columns.names()));
    let mut block = LineBlock::default();
    let faulty = fill(columns, &mut block, &mut lines.whole())?;
    block.lines = lines.without(&faulty);
    Ok(block)
}

/// Fills slots with a row group, in numbers of the block; the rows that lack what a line needs are
/// counted and given back, ascending.
///
/// # Errors
/// When a column is missing or of a type that cannot be read.
pub fn fill(
    columns: &Columns<'_>,
    block: &mut LineBlock,
    slots: &mut LineSlots<'_>,
) -> Result<Vec<usize>, ArrowError> {
    let missing = Missing {
        ids: ids(columns, block, slots.id)?,
        visits: visits(columns, &mut block.visits, slots.visit)?,
        items: items(columns, block, slots.item)?,
        times: times(columns, slots)?,
        counts: numbers(columns, "count", 3, slots.count, |count| {
            count.try_into().ok()
        })?,
        amounts: numbers(columns, "amount", 2, slots.amount, |fen| {
            Some(Fen::new(fen))
        })?,
    };
    optional_numbers(columns, slots)?;
    optional_names(columns, block, slots)?;
    let faulty = missing.faulty();
    for &row in &faulty {
        let id = if missing.ids.contains(&row) {
            String::new()
        } else {
            slots.id[row].to_string()
        };
        block.quality.note(missing.trouble(row), id);
    }
    Ok(faulty)
}

/// The rows that lack a column without which a row is no line, each list ascending.
struct Missing {
    ids: Vec<usize>,
    visits: Vec<usize>,
    items: Vec<usize>,
    times: Vec<usize>,
    counts: Vec<usize>,
    amounts: Vec<usize>,
}

impl Missing {
    fn faulty(&self) -> Vec<usize> {
        let all = [
            &self.ids,
            &self.visits,
            &self.items,
            &self.times,
            &self.counts,
            &self.amounts,
        ];
        let rows: BTreeSet<usize> = all.into_iter().flatten().copied().collect();
        rows.into_iter().collect()
    }

    fn trouble(&self, row: usize) -> &'static str {
        let among = |rows: &[usize]| rows.binary_search(&row).is_ok();
        if among(&self.times) {
            "明细费用时间缺失或不可读"
        } else if among(&self.counts) {
            "明细数量缺失或不可读"
        } else if among(&self.amounts) {
            "明细金额缺失或不可读"
        } else {
            "明细缺流水号、就诊号或目录编码"
        }
    }
}

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

fn ids(
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
fn visits(
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
fn items(
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

fn times(columns: &Columns<'_>, slots: &mut LineSlots<'_>) -> Result<Vec<usize>, ArrowError> {
    let mut column = Column::new(&mut *slots.time);
    columns.each_needed("time", |begin, array| {
        each_moment(array, |row, moment| column.put(begin + row, moment))
    })?;
    Ok(column.missing)
}

fn numbers<T>(
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

/// The columns of numbers that a file may not have; rows without a number read as zero.
fn optional_numbers(columns: &Columns<'_>, slots: &mut LineSlots<'_>) -> Result<(), ArrowError> {
    use LineColumn::{Dose, InScope, Price, SupplyDays};
    let price = option(columns, "price", 4, &mut slots.price, Some)?;
    let in_scope = option(columns, "in_scope", 2, &mut slots.in_scope, |fen| {
        Some(Fen::new(fen))
    })?;
    let days = |days: i64| u16::try_from(days).ok();
    let supply_days = option(columns, "supply_days", 0, &mut slots.supply_days, days)?;
    let dose = option(columns, "dose", 3, &mut slots.dose, |dose| {
        dose.try_into().ok()
    })?;
    let there = [
        (price, Price),
        (in_scope, InScope),
        (supply_days, SupplyDays),
        (dose, Dose),
    ];
    for (_, column) in there.into_iter().filter(|(there, _)| !there) {
        slots.leave_out(column);
    }
    Ok(())
}

/// Fills a column if the file has it, and says whether.
fn option<T>(
    columns: &Columns<'_>,
    name: &str,
    places: u32,
    slots: &mut Option<&mut [T]>,
    narrow: impl Fn(i64) -> Option<T>,
) -> Result<bool, ArrowError> {
    let Some(slots) = slots else { return Ok(false) };
    columns.each(name, |begin, array| {
        each_decimal(array, places, |row, value| {
            if let Some(value) = value.and_then(&narrow) {
                slots[begin + row] = value;
            }
        })
    })
}

/// The columns of names that a file may not have, and the marks.
fn optional_names(
    columns: &Columns<'_>,
    block: &mut LineBlock,
    slots: &mut LineSlots<'_>,
) -> Result<(), ArrowError> {
    let named = [
        (
            LineColumn::Doctor,
            "doctor",
            &mut block.doctors,
            &mut slots.doctor,
        ),
        (
            LineColumn::Prescription,
            "prescription",
            &mut block.prescriptions,
            &mut slots.prescription,
        ),
    ];
    let mut absent = Vec::new();
    for (column, name, names, slots) in named {
        let put = |slots: &mut [u32], row: usize, number| slots[row] = number;
        if !coded(columns, name, names, slots, put)? {
            absent.push(column);
        }
    }
    let put = |slots: &mut [u16], row: usize, number: u32| {
        slots[row] = u16::try_from(number).unwrap_or(u16::MAX);
    };
    let departments = &mut block.departments;
    if !coded(
        columns,
        "department",
        departments,
        &mut slots.department,
        put,
    )? {
        absent.push(LineColumn::Department);
    }
    absent
        .into_iter()
        .for_each(|column| slots.leave_out(column));
    marks(columns, &mut slots.flags)
}

/// Numbers the texts of a column if the file has it, and says whether.
fn coded<T>(
    columns: &Columns<'_>,
    name: &str,
    names: &mut Names,
    slots: &mut Option<&mut [T]>,
    put: impl Fn(&mut [T], usize, u32),
) -> Result<bool, ArrowError> {
    let Some(slots) = slots else { return Ok(false) };
    let mut made = Made::default();
    columns.each(name, |begin, array| {
        // Texts of a dictionary differ: none need be looked up.
        let apart = matches!(array.data_type(), DataType::Dictionary(..));
        let number = |text: &str| {
            if apart {
                names.push(text)
            } else {
                names.number(text)
            }
        };
        made.each(array, NONE, number, |row, number| {
            put(slots, begin + row, number)
        })
    })
}

fn marks(columns: &Columns<'_>, slots: &mut Option<&mut [u8]>) -> Result<(), ArrowError> {
    let Some(slots) = slots else { return Ok(()) };
    let marks = [
        ("charge_level", "03", Lines::OUTSIDE_CATALOGUE),
        ("take_home", "1", Lines::TAKE_HOME),
        ("split", "1", Lines::SPLIT),
    ];
    for (name, wanted, mark) in marks {
        let mut made = Made::default();
        columns.each(name, |begin, array| {
            let set = |text: &str| if text == wanted { mark } else { 0 };
            made.each(array, 0, set, |row, set| slots[begin + row] |= set)
        })?;
    }
    Ok(())
}
