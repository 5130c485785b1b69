use std::collections::BTreeMap;

use lines::{Data, Day, ItemKind};
use money::{Fen, Ratio, Rounding};

use crate::{Built, Desk, Fact, Hit, Kernel, Spot, Target, Waits};

/// Quantity in thousandths, amount, number of lines.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    count: i64,
    amount: Fen,
    lines: i64,
}

impl Sum {
    fn add(&mut self, count: i64, amount: Fen) {
        self.lines += 1;
        self.count += count;
        self.amount += amount;
    }

    /// 1/10 000 yuan per unit, rounded down.
    fn price(self) -> Option<i64> {
        (self.count > 0).then(|| self.amount.get() * 100 * 1000 / self.count)
    }
}

/// Provider, item, month.
type Place = (u32, u32, i32);

/// Flags months in which a hospital sold an item above its mean purchase price and the allowed
/// mark-up (加成销售); `allowed` gives thousandths by kind of item, `None` for kinds not looked at.
///
/// Purchases come from `stock_purchase`: provider, item, month, quantity, amount. Pharmacies are
/// not bound to zero mark-up. Facts: mean sale price, mean purchase price. Amount: what was taken
/// above the allowed price.
///
/// # Errors
/// [`Waits`] without the table of purchases.
pub fn mark_up(
    desk: &Desk<'_>,
    allowed: impl Fn(ItemKind) -> Option<i64> + Send + Sync + 'static,
) -> Built {
    const HOSPITAL: u8 = 1;
    compare(desk, HOSPITAL, 1, allowed)
}

/// Flags months in which a pharmacy sold an item, in at least so many lines, above its mean
/// purchase price by more than so many thousandths (购销价差).
///
/// # Errors
/// [`Waits`] without the table of purchases.
pub fn price_gap(desk: &Desk<'_>, thousandths: i64, lines: i64) -> Built {
    const PHARMACY: u8 = 2;
    compare(desk, PHARMACY, lines, move |_| Some(thousandths))
}

fn compare(
    desk: &Desk<'_>,
    kind: u8,
    least: i64,
    allowed: impl Fn(ItemKind) -> Option<i64> + Send + Sync + 'static,
) -> Built {
    let bought = purchases(desk)?;
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let number = provider.provider;
        if provider.data.providers.kind[number as usize] != kind {
            return;
        }
        let rows: Vec<u32> = provider.rows().collect();
        for (place, (day, sold)) in sold_by_month(provider.data, number, &rows) {
            let permitted = allowed(provider.data.items.kind(place.1));
            let cost = bought.get(&place).and_then(|sum| sum.price());
            let Some(((permitted, cost), price)) = permitted.zip(cost).zip(sold.price()) else {
                continue;
            };
            let limit = cost * (1000 + permitted) / 1000;
            if price > limit && sold.lines >= least {
                let excess = Ratio::new(price - limit, price);
                let amount = sold.amount.times(excess, Rounding::HalfUp);
                let facts = [Fact::Price(price), Fact::Price(cost)];
                let target = Target::ProviderItemMonth(place.0, place.1, day);
                sheet.add(target, Hit::new(amount, facts));
            }
        }
    })))
}

/// What was bought of each item in each month.
fn purchases(desk: &Desk<'_>) -> Result<BTreeMap<Place, Sum>, Waits> {
    let mut bought: BTreeMap<Place, Sum> = BTreeMap::new();
    for row in desk.feed("stock_purchase")?.rows() {
        let provider = desk.data.providers.ids.find(row.text("provider"));
        let month = format!("{}-01", row.text("month").get(..7).unwrap_or_default());
        let amount = row.decimal("amount", 2).map(Fen::new);
        let numbers = provider.zip(Day::parse(&month)).zip(amount);
        let Some((((provider, day), amount), count)) = numbers.zip(row.decimal("quantity", 3))
        else {
            continue;
        };
        for item in desk.exact(row.text("item")) {
            let place = (provider, item, day.month());
            bought.entry(place).or_default().add(count, amount);
        }
    }
    Ok(bought)
}

/// What was sold of each item in each month, with a day of the month.
fn sold_by_month(data: &Data, provider: u32, rows: &[u32]) -> BTreeMap<Place, (Day, Sum)> {
    let mut sold: BTreeMap<Place, (Day, Sum)> = BTreeMap::new();
    for &row in rows {
        let spot = Spot::of(data, row);
        let place = (provider, spot.item(), spot.day().month());
        let entry = sold.entry(place).or_insert((spot.day(), Sum::default()));
        entry.0 = entry.0.min(spot.day());
        entry.1.add(spot.count(), spot.amount());
    }
    sold
}
