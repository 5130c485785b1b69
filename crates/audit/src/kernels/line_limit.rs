use crate::kernels::cancelled;
use crate::{ByItem, Entry, Hit, Kernel, Sheet, Spot};

/// Judges each line of the items of a table by its knowledge rows (逐条限定).
///
/// Reversed lines and reversals are left alone.
pub fn each_line<T: Send + Sync + 'static>(
    table: ByItem<T>,
    judge: impl Fn(&Spot<'_>, &T) -> Option<Hit> + Send + Sync + 'static,
) -> Kernel {
    let items = table.items();
    let look = move |spot: &Spot<'_>, sheet: &mut Sheet| {
        for entry in table.of(spot.item()) {
            let hit = judge(spot, &entry.value);
            if let Some(hit) = hit.filter(|_| entry.applies(spot)) {
                sheet.line(spot.row, cited(entry, hit));
            }
        }
    };
    Kernel::EachLine(items, Box::new(look))
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

/// As [`each_line_of_all`], but leaves reversed lines and reversals alone (逐条检查未冲销的明细).
pub fn each_standing_line(
    judge: impl Fn(&Spot<'_>) -> Option<Hit> + Send + Sync + 'static,
) -> Kernel {
    each_line_of_all(move |spot| judge(spot).filter(|_| stands(spot)))
}

/// Whether reversals leave something of a line; few lines are asked, so the visit's are read again.
fn stands(spot: &Spot<'_>) -> bool {
    let lines = &spot.data.lines;
    let visit = || spot.data.lines_of(spot.visit);
    if spot.count() <= 0 || !visit().any(|row| lines.count[row as usize] < 0) {
        return spot.count() > 0;
    }
    let same: Vec<u32> = visit()
        .filter(|&row| lines.item[row as usize] == spot.item())
        .collect();
    !cancelled(spot.data, &same).contains(&spot.row)
}

/// A hit with the knowledge row it rests on, and with its strength when the row says one.
pub(crate) fn cited<T>(entry: &Entry<T>, hit: Hit) -> Hit {
    let hit = hit.by(entry.knowledge);
    match entry.terms.as_ref().and_then(|terms| terms.strength) {
        Some(strength) => hit.only(hit.strength.map_or(strength, |said| said.min(strength))),
        None => hit,
    }
}
