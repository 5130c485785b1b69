use money::{Ratio, Rounding};

use crate::kernels::net;
use crate::{ByItem, Hit, Kernel, Sheet, Spot};

/// Judges each line of the items of a table by its knowledge rows (逐条限定).
///
/// Reversed lines and reversals are left alone.
pub fn each_line<T: Send + Sync + 'static>(
    table: ByItem<T>,
    judge: impl Fn(&Spot<'_>, &T) -> Option<Hit> + Send + Sync + 'static,
) -> Kernel {
    let items = table.items();
    let look = move |spot: &Spot<'_>, sheet: &mut Sheet| {
        by_rows(&table, spot, sheet, |row| judge(spot, row));
    };
    Kernel::EachLine(items, Box::new(look))
}

/// Judges a line by the knowledge rows of its item.
pub(super) fn by_rows<T>(
    table: &ByItem<T>,
    spot: &Spot<'_>,
    sheet: &mut Sheet,
    judge: impl Fn(&T) -> Option<Hit>,
) {
    for entry in table.of(spot.item()) {
        if let Some(hit) = judge(&entry.value).filter(|_| entry.applies(spot)) {
            sheet.line(spot.row, entry.cited(hit));
        }
    }
}

/// Judges every line of the batch, reversals too (逐条检查).
pub fn each_line_of_all(
    judge: impl Fn(&Spot<'_>) -> Option<Hit> + Send + Sync + 'static,
) -> Kernel {
    Kernel::EveryLine(Box::new(move |spot, sheet| {
        if let Some(hit) = judge(spot) {
            sheet.line(spot.row, hit);
        }
    }))
}

/// As [`each_line_of_all`], but leaves reversals alone and of reversed lines judges what is left
/// (逐条检查冲销后的明细).
pub fn each_standing_line(
    judge: impl Fn(&Spot<'_>) -> Option<Hit> + Send + Sync + 'static,
) -> Kernel {
    each_line_of_all(move |spot| {
        let mut hit = judge(spot)?;
        let left = left_of(spot);
        if left < spot.count() {
            let part = Ratio::new(left, spot.count());
            hit.amount = hit.amount.times(part, Rounding::HalfUp);
        }
        (left > 0).then_some(hit)
    })
}

/// What reversals leave of a line, in thousandths; few lines are asked, so the visit's are read
/// again.
fn left_of(spot: &Spot<'_>) -> i64 {
    let (data, count) = (spot.data, spot.count());
    let visit = || data.lines_of(spot.visit);
    if count <= 0 || !visit().any(|row| data.lines.count[row as usize] < 0) {
        return count.max(0);
    }
    let mut same: Vec<u32> = visit()
        .filter(|&row| data.lines.item[row as usize] == spot.item())
        .collect();
    same.sort_unstable_by(|&a, &b| data.line_order(a, b));
    let left = net(data, &same).into_iter();
    left.filter(|one| one.0 == spot.row).map(|one| one.1).sum()
}
