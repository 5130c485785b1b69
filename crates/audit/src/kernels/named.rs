use lines::Row;

use crate::desk::in_force;
use crate::{ByItem, Desk, Waits};

/// Prefixes shorter than this name no item by themselves: `C` is every consumable there is.
const TELLING: usize = 6;

/// The items of a prefix; of a prefix that tells too little those whose names contain the words
/// (编码前缀或名称).
pub fn items_or_named(desk: &Desk<'_>, prefix: &str, words: &str) -> Vec<u32> {
    if prefix.len() >= TELLING || words.is_empty() {
        return desk.items(prefix);
    }
    desk.named(prefix, &regex_lite::escape(words))
}

/// Rows by item: by column `item` or `item_prefix`, else all items with one of the prefixes whose
/// names contain the words of a column (按名称对应的知识).
///
/// # Errors
/// [`Waits`] when no folder has the table.
pub fn by_item_or_name<T: Clone>(
    desk: &Desk<'_>,
    table: &str,
    name: &str,
    prefixes: &str,
    value: impl Fn(Row<'_>) -> Option<T>,
) -> Result<ByItem<T>, Waits> {
    let mut pairs = Vec::new();
    for row in desk.table(table)?.rows().filter(|row| in_force(*row)) {
        let items = match (row.given("item"), row.given("item_prefix")) {
            (Some(code), _) => desk.exact(code),
            (None, Some(prefix)) => desk.items(prefix),
            (None, None) => desk.named(prefixes, &regex_lite::escape(row.text(name))),
        };
        let Some(value) = (!items.is_empty()).then(|| value(row)).flatten() else {
            continue;
        };
        let entry = desk.entry(table, row, value);
        pairs.extend(items.into_iter().map(|item| (item, entry.clone())));
    }
    Ok(desk.by_items(pairs))
}
