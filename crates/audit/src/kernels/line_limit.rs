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

/// A hit with the knowledge row it rests on, and with its strength when the row says one.
pub(crate) fn cited<T>(entry: &Entry<T>, hit: Hit) -> Hit {
    let hit = hit.by(entry.knowledge);
    match entry.terms.as_ref().and_then(|terms| terms.strength) {
        Some(strength) => hit.only(hit.strength.map_or(strength, |said| said.min(strength))),
        None => hit,
    }
}
