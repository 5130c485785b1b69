use std::collections::BTreeMap;

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

/// The price of an item by the price list, in 1/10 000 yuan (项目标准价), from `k_std_price`.
///
/// # Errors
/// [`Waits`] when no folder has the table.
pub fn standard_prices(desk: &Desk<'_>) -> Result<BTreeMap<u32, i64>, Waits> {
    let rows = desk.table("k_std_price")?.rows();
    let price = |row: Row<'_>| {
        let item = desk.exact(row.text("item")).first().copied()?;
        Some((item, row.decimal("std_price", 4)?))
    };
    Ok(rows.filter_map(price).collect())
}

/// What a surcharge hangs on (加收项目).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surcharge {
    /// The main items, any of them.
    pub mains: Vec<u32>,
    /// How often it may be charged for each.
    pub max_times: i64,
    /// The knowledge row of the first.
    pub knowledge: u32,
}

/// Surcharges by item, each with all its main items.
///
/// # Errors
/// [`Waits`] when no folder has `k_item_surcharge`.
pub fn mains_of_surcharges(desk: &Desk<'_>) -> Result<BTreeMap<u32, Surcharge>, Waits> {
    let mut found: BTreeMap<u32, Surcharge> = BTreeMap::new();
    let table = desk.table("k_item_surcharge")?;
    for row in table.rows().filter(|row| in_force(*row)) {
        for item in desk.exact(row.text("surcharge")) {
            let surcharge = found.entry(item).or_insert_with(|| Surcharge {
                mains: Vec::new(),
                max_times: row.whole("max_times").unwrap_or(1),
                knowledge: desk.cite("k_item_surcharge", row),
            });
            surcharge.mains.extend(desk.exact(row.text("main")));
        }
    }
    Ok(found)
}
