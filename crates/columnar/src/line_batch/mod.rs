//! 明细：一个行组的列，逐批填进备好的位置。

mod needed;
mod optional;

use std::collections::BTreeSet;

use arrow_schema::ArrowError;
use lines::{LineBlock, LineColumn, LineSlots, Lines};
use money::Fen;

use self::needed::{ids, items, numbers, times, visits};
use self::optional::{names, other_numbers};
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
    other_numbers(columns, slots)?;
    names(columns, block, slots)?;
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
