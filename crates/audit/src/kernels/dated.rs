//! Knowledge of which several rows speak together, each between its own days.

use std::collections::{BTreeMap, BTreeSet};

use lines::{Day, Row, Table};

use crate::desk::{days_of, in_force};
use crate::{ByItem, Desk, Waits};

/// The prices of one item by the price list in 1/10 000 yuan, each with its first and last day.
#[derive(Debug, Clone, Default)]
pub struct Listed(Vec<((Day, Day), i64)>);

impl Listed {
    /// The price on a day; of several the one listed last.
    pub fn on(&self, day: Day) -> Option<i64> {
        let listed = self.0.iter().rev();
        let mut here = listed.filter(|((from, until), _)| *from <= day && day <= *until);
        here.next().map(|(_, price)| *price)
    }
}

/// The prices of the codes of the price list that are meant, each code by itself: of items too that
/// no line charges.
pub fn listed(desk: &Desk<'_>, meant: impl Fn(&str) -> bool) -> Vec<Listed> {
    let mut prices: BTreeMap<&str, Listed> = BTreeMap::new();
    let rows = desk.table("k_std_price").into_iter().flat_map(Table::rows);
    for row in rows.filter(|row| meant(row.text("item"))) {
        if let Some(price) = row.decimal("std_price", 4) {
            let listed = prices.entry(row.text("item")).or_default();
            listed.0.push((days_of(row), price));
        }
    }
    prices.into_values().collect()
}

/// What items cost by the price list on a day (项目标准价), from `k_std_price`.
#[derive(Debug, Clone, Default)]
pub struct StandardPrices(BTreeMap<u32, Listed>);

impl StandardPrices {
    /// Reads the price list.
    ///
    /// # Errors
    /// [`Waits`] when no folder has the table.
    pub fn of(desk: &Desk<'_>) -> Result<Self, Waits> {
        let mut prices: BTreeMap<u32, Listed> = BTreeMap::new();
        for row in desk.table("k_std_price")?.rows() {
            let item = desk.exact(row.text("item")).first().copied();
            if let Some((item, price)) = item.zip(row.decimal("std_price", 4)) {
                prices
                    .entry(item)
                    .or_default()
                    .0
                    .push((days_of(row), price));
            }
        }
        Ok(Self(prices))
    }

    /// The price of an item on a day in 1/10 000 yuan; of several the one listed last.
    pub fn on(&self, item: u32, day: Day) -> Option<i64> {
        self.0.get(&item)?.on(day)
    }

    /// Whether the list has an item at all.
    pub fn has(&self, item: u32) -> bool {
        self.0.contains_key(&item)
    }
}

/// What a surcharge hangs on (加收项目).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surcharge {
    /// The main items, any of them.
    pub mains: Vec<u32>,
    /// How often it may be charged for each.
    pub max_times: i64,
}

/// Surcharges by item with all the main items they have on a day: one entry for every span of days
/// in which the same rows speak, resting on the first of them.
///
/// # Errors
/// [`Waits`] when no folder has `k_item_surcharge`.
pub fn surcharges(desk: &Desk<'_>) -> Result<ByItem<Surcharge>, Waits> {
    let mut rows: BTreeMap<u32, Vec<Row<'_>>> = BTreeMap::new();
    let table = desk.table("k_item_surcharge")?;
    for row in table.rows().filter(|row| in_force(*row)) {
        for item in desk.exact(row.text("surcharge")) {
            rows.entry(item).or_default().push(row);
        }
    }
    let mut pairs = Vec::new();
    for (item, rows) in rows {
        for (from, until) in spans(&rows) {
            let speaks = |row: &&Row<'_>| {
                let days = days_of(**row);
                days.0 <= from && until <= days.1
            };
            let here: Vec<&Row<'_>> = rows.iter().filter(speaks).collect();
            let Some(first) = here.first() else {
                continue;
            };
            let mains = here.iter().flat_map(|row| desk.exact(row.text("main")));
            let value = Surcharge {
                mains: mains.collect(),
                max_times: first.whole("max_times").unwrap_or(1),
            };
            let entry = desk.entry("k_item_surcharge", **first, value);
            pairs.push((item, entry.between(from, until)));
        }
    }
    Ok(desk.by_items(pairs))
}

/// The time from the first to the last day of rows, cut wherever one of them begins or ends.
fn spans(rows: &[Row<'_>]) -> Vec<(Day, Day)> {
    let mut begins = BTreeSet::new();
    for row in rows {
        let (from, until) = days_of(*row);
        begins.insert(from.0);
        begins.extend(until.0.checked_add(1));
    }
    let begins: Vec<i32> = begins.into_iter().collect();
    let next = begins.iter().skip(1).map(|begin| begin - 1);
    let ends = next.chain(std::iter::once(i32::MAX));
    let span = |(&from, until): (&i32, i32)| (Day(from), Day(until));
    begins.iter().zip(ends).map(span).collect()
}
