use lines::Level;
use money::{Fen, Ratio, Rounding};

use crate::desk::in_force;
use crate::kernels::line_limit::by_rows;
use crate::{ByItem, Desk, Fact, Hit, Kernel, Sheet, Spot, Strength, Waits};

/// The highest price of an item (限价).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceLimit {
    /// For institutions of this level; `None` for all.
    pub level: Option<Level>,
    /// 1/10 000 yuan per unit.
    pub price: i64,
    /// The row names the item by its name, not by a code: no ground for a deduction.
    pub by_name: bool,
}

impl PriceLimit {
    /// A hit of a line that costs more than this in scope (超限价): only suspect where the row has
    /// no code. Facts: price, limit.
    pub fn hit(self, spot: &Spot<'_>, price: i64) -> Hit {
        let facts = [Fact::Price(price), Fact::Price(self.price)];
        let hit = Hit::new(overcharge(spot, price, self.price), facts);
        if self.by_name {
            hit.only(Strength::Suspect)
        } else {
            hit
        }
    }
}

/// Limits by item from those of the tables that a folder has (限价表): columns `item` (a code, or
/// part of a name in Chinese) or `item_prefix`, `limit` in yuan, `level` where limits differ by it.
///
/// # Errors
/// [`Waits`] when no folder has any of the tables.
pub fn price_limits(desk: &Desk<'_>, tables: &[&str]) -> Result<ByItem<PriceLimit>, Waits> {
    let mut pairs = Vec::new();
    let mut found = Err(Waits(format!("缺少知识表 {}", tables.join("、"))));
    for &name in tables {
        let Ok(table) = desk.table(name) else {
            continue;
        };
        found = Ok(());
        for row in table.rows().filter(|row| in_force(*row)) {
            let by_name = !row.text("item").is_ascii();
            let items = match row.given("item") {
                Some(name) if by_name => desk.named("0|C|X|Z|T", &regex_lite::escape(name)),
                Some(code) => desk.exact(code),
                None => desk.items(row.text("item_prefix")),
            };
            let price = row.decimal("limit", 4).or_else(|| row.decimal("price", 4));
            let Some(price) = price.filter(|_| !items.is_empty()) else {
                continue;
            };
            let level = row.given("level").filter(|level| *level != "all");
            let level = level.map(Level::parse);
            let limit = PriceLimit {
                level,
                price,
                by_name,
            };
            let entry = desk.entry(name, row, limit);
            pairs.extend(items.into_iter().map(|item| (item, entry.clone())));
        }
    }
    found.map(|()| desk.by_items(pairs))
}

/// Judges the lines that cost more a unit than the lowest limit of their item, by each limit and
/// with the price of a unit (高于限价的明细).
///
/// Most lines cost less, and one look into a dense table says so.
pub fn above_limits(
    limits: ByItem<PriceLimit>,
    judge: impl Fn(&Spot<'_>, &PriceLimit, i64) -> Option<Hit> + Send + Sync + 'static,
) -> Kernel {
    let items = limits.items();
    let mut lowest = vec![i64::MAX; items.last().map_or(0, |&last| last as usize + 1)];
    for &item in &items {
        let prices = limits.of(item).iter().map(|entry| entry.value.price);
        lowest[item as usize] = prices.min().unwrap_or(i64::MAX);
    }
    let look = move |spot: &Spot<'_>, sheet: &mut Sheet| {
        let price = spot.data.lines.price(spot.row);
        if let Some(price) = price.filter(|&price| price > lowest[spot.item() as usize]) {
            by_rows(&limits, spot, sheet, |limit| judge(spot, limit, price));
        }
    };
    Kernel::EachLine(items, Box::new(look))
}

/// What a line takes above a limit: the share of its in-scope amount that the excess has in the
/// price, rounded half up to the fen (超限价金额).
pub fn overcharge(spot: &Spot<'_>, price: i64, limit: i64) -> Fen {
    if price <= 0 || limit <= 0 {
        return spot.in_scope();
    }
    spot.in_scope()
        .times(Ratio::new(price - limit, price), Rounding::HalfUp)
}

/// The in-scope amount per unit in 1/10 000 yuan, rounded down; `None` without a quantity
/// (范围内单价).
pub fn unit_in_scope(spot: &Spot<'_>) -> Option<i64> {
    let count = spot.count();
    // A fen is 100 parts of 1/10 000 yuan, a unit 1000 thousandths.
    (count > 0).then(|| spot.in_scope().get() * 100 * 1000 / count)
}
