//! 明细：一批 Parquet 行进入明细块。

use arrow_array::ArrayRef;
use arrow_schema::ArrowError;
use lines::{ItemKind, LineBlock, LineId, Lines, Moment, NONE, Names};
use money::Fen;

use crate::cells::{Cells, Texts, decimals, moments, wholes};
use crate::parquet_file::Columns;

/// Appends a batch to a block, column by column; rows without what a line needs are counted and
/// left out.
///
/// # Errors
/// When a column is missing or of a type that cannot be read.
pub fn append(block: &mut LineBlock, columns: &Columns<'_>) -> Result<(), ArrowError> {
    let rows = columns.rows();
    let needed = Needed {
        ids: line_ids(block, &columns.need("line")?)?,
        visits: runs(
            &Texts::of(&columns.need("visit")?)?,
            rows,
            &mut block.visits,
        ),
        items: items(block, columns)?,
        times: moments(&columns.need("time")?)?,
        counts: decimals(&columns.need("count")?, 3)?.map(|count| i32::try_from(count).ok()),
        amounts: decimals(&columns.need("amount")?, 2)?.map(|amount| Some(Fen::new(amount))),
    };
    let faulty = needed.faulty();
    for &row in &faulty {
        let id = needed.ids.get(row);
        let id = id.map_or_else(String::new, |id| id.to_string());
        block.quality.note(needed.trouble(row), id);
    }
    let lines = &mut block.lines;
    put(&mut lines.id, needed.ids.values, &faulty);
    put(&mut lines.visit, needed.visits, &faulty);
    put(&mut lines.item, needed.items, &faulty);
    put(&mut lines.time, needed.times.values, &faulty);
    put(&mut lines.count, needed.counts.values, &faulty);
    put(&mut lines.amount, needed.amounts.values, &faulty);
    optional(block, columns, &faulty)
}

/// The columns without which a row is no line.
struct Needed {
    ids: Cells<LineId>,
    visits: Vec<u32>,
    items: Vec<u32>,
    times: Cells<Moment>,
    counts: Cells<i32>,
    amounts: Cells<Fen>,
}

impl Needed {
    /// The rows that lack one of them, ascending.
    fn faulty(&self) -> Vec<usize> {
        let mut faulty = [
            self.ids.missing(),
            self.times.missing(),
            self.counts.missing(),
            self.amounts.missing(),
        ]
        .concat();
        for numbers in [&self.visits, &self.items] {
            let none = numbers.iter().enumerate().filter(|one| *one.1 == NONE);
            faulty.extend(none.map(|(row, _)| row));
        }
        faulty.sort_unstable();
        faulty.dedup();
        faulty
    }

    fn trouble(&self, row: usize) -> &'static str {
        if self.times.get(row).is_none() {
            "明细费用时间缺失或不可读"
        } else if self.counts.get(row).is_none() {
            "明细数量缺失或不可读"
        } else if self.amounts.get(row).is_none() {
            "明细金额缺失或不可读"
        } else {
            "明细缺流水号、就诊号或目录编码"
        }
    }
}

/// Appends the columns that a file may not have.
fn optional(
    block: &mut LineBlock,
    columns: &Columns<'_>,
    faulty: &[usize],
) -> Result<(), ArrowError> {
    let number = |name: &str, places| {
        let array = columns.get(name)?;
        array.map(|array| decimals(&array, places)).transpose()
    };
    let coded = |name: &str, names: &mut Names| {
        let texts = columns.get(name)?.as_ref().map(Texts::of).transpose()?;
        Ok::<_, ArrowError>(texts.map(|texts| numbers(&texts, names)))
    };
    let lines = &mut block.lines;
    if let Some(prices) = number("price", 4)? {
        put(&mut lines.price, prices.values, faulty);
    }
    if let Some(amounts) = number("in_scope", 2)? {
        let amounts = amounts.values.into_iter().map(Fen::new).collect();
        put(&mut lines.in_scope, amounts, faulty);
    }
    if let Some(departments) = coded("department", &mut block.departments)? {
        let short = |number| u16::try_from(number).unwrap_or(u16::MAX);
        let departments = departments.into_iter().map(short).collect();
        put(&mut lines.department, departments, faulty);
    }
    if let Some(doctors) = coded("doctor", &mut block.doctors)? {
        put(&mut lines.doctor, doctors, faulty);
    }
    if let Some(prescriptions) = coded("prescription", &mut block.prescriptions)? {
        put(&mut lines.prescription, prescriptions, faulty);
    }
    if let Some(days) = number("supply_days", 0)? {
        let days = days.map(|days| u16::try_from(days).ok());
        put(&mut lines.supply_days, days.values, faulty);
    }
    if let Some(doses) = number("dose", 3)? {
        let doses = doses.map(|dose| i32::try_from(dose).ok());
        put(&mut lines.dose, doses.values, faulty);
    }
    if let Some(flags) = flags(columns)? {
        put(&mut lines.flags, flags, faulty);
    }
    Ok(())
}

/// Appends a column without the rows left out.
fn put<T>(whole: &mut Vec<T>, mut part: Vec<T>, left_out: &[usize]) {
    if !left_out.is_empty() {
        let (mut row, mut next) = (0, left_out.iter().peekable());
        part.retain(|_| {
            let out = next.next_if(|&&out| out == row).is_some();
            row += 1;
            !out
        });
    }
    if whole.is_empty() {
        *whole = part;
    } else {
        whole.append(&mut part);
    }
}

fn line_ids(block: &mut LineBlock, array: &ArrayRef) -> Result<Cells<LineId>, ArrowError> {
    if array.data_type().is_integer() {
        return Ok(wholes(array)?.map(|value| u64::try_from(value).ok().map(LineId)));
    }
    let texts = Texts::of(array)?;
    let mut id = |text: &str| match LineId::plain(text) {
        Some(plain) => Some(plain),
        None if text.is_empty() => None,
        None => Some(LineId::text(block.id_texts.number(text))),
    };
    Ok(Cells::collect(
        (0..array.len()).map(|row| id(texts.text(row))),
    ))
}

/// The number of each row's text where equal ones mostly stand together: one for each run.
fn runs(texts: &Texts, rows: usize, names: &mut Names) -> Vec<u32> {
    let mut run = ("", NONE);
    let mut number = |row| {
        let text = texts.text(row);
        if text != run.0 {
            run = (
                text,
                if text.is_empty() {
                    NONE
                } else {
                    names.push(text)
                },
            );
        }
        run.1
    };
    (0..rows).map(&mut number).collect()
}

/// The number of each row's text; those of a dictionary differ and need not be looked up.
fn numbers(texts: &Texts, names: &mut Names) -> Vec<u32> {
    match texts {
        Texts::Coded(_) => texts.each(NONE, |text| names.push(text)),
        Texts::Plain(_) => texts.each(NONE, |text| names.number(text)),
    }
}

/// Item numbers, with the names and kinds of the items.
fn items(block: &mut LineBlock, columns: &Columns<'_>) -> Result<Vec<u32>, ArrowError> {
    let codes = Texts::of(&columns.need("item")?)?;
    let items = codes.each(NONE, |code| block.items.number(code));
    let given = |item: &u32| *item != NONE;
    if let Some(kinds) = columns.get("kind")? {
        let kinds = Texts::of(&kinds)?.each(ItemKind::Unknown, ItemKind::parse);
        for (&item, kind) in items.iter().zip(kinds).filter(|(item, _)| given(item)) {
            block.items.kind_it(item, kind);
        }
    }
    if let Some(names) = columns.get("item_name")? {
        let names = Texts::of(&names)?;
        for (row, &item) in items.iter().enumerate().filter(|(_, item)| given(item)) {
            block.items.name_it(item, names.text(row));
        }
    }
    Ok(items)
}

fn flags(columns: &Columns<'_>) -> Result<Option<Vec<u8>>, ArrowError> {
    let marks = [
        ("charge_level", "03", Lines::OUTSIDE_CATALOGUE),
        ("take_home", "1", Lines::TAKE_HOME),
        ("split", "1", Lines::SPLIT),
    ];
    let mut flags: Option<Vec<u8>> = None;
    for (name, wanted, flag) in marks {
        let Some(array) = columns.get(name)? else {
            continue;
        };
        let set = Texts::of(&array)?.each(0, |text| if text == wanted { flag } else { 0 });
        match &mut flags {
            Some(flags) => flags.iter_mut().zip(set).for_each(|(all, one)| *all |= one),
            None => flags = Some(set),
        }
    }
    Ok(flags)
}
