//! 文件可以没有的列；整列没有与没有值是两回事。

use arrow_array::Array;
use arrow_schema::{ArrowError, DataType};
use lines::{LineBlock, LineColumn, LineSlots, Lines, NONE, Names};
use money::Fen;

use crate::cells::{Made, Texts, each_decimal};
use crate::parquet_file::Columns;

/// The columns of numbers that a file may not have; rows without a number read as zero.
pub(super) fn other_numbers(
    columns: &Columns<'_>,
    slots: &mut LineSlots<'_>,
) -> Result<(), ArrowError> {
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
pub(super) fn names(
    columns: &Columns<'_>,
    block: &mut LineBlock,
    slots: &mut LineSlots<'_>,
) -> Result<(), ArrowError> {
    let texts = [
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
    for (column, name, names, slots) in texts {
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
    columns.each("trace_code", |begin, array| {
        let codes = Texts::of(array)?;
        let coded = (0..codes.len()).filter(|&row| !codes.text(row).is_empty());
        coded.for_each(|row| slots[begin + row] |= Lines::TRACED);
        Ok(())
    })?;
    Ok(())
}
