use std::collections::BTreeMap;

use lines::{Data, Day, ItemKind, Row};
use money::{Fen, Ratio, Rounding};

use crate::kernels::month_of;
use crate::{Built, Desk, Fact, Hit, Kernel, Spot, Target, Waits};

/// Quantity in thousandths and amount.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    count: i64,
    amount: Fen,
}

impl Sum {
    fn add(&mut self, count: i64, amount: Fen) {
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
/// Purchases come from `stock_purchase`: provider, item, month (or time), quantity, amount (or
/// price), as the goods receipts of the national interface (3503) have them. Pharmacies are
/// not bound to zero mark-up. Facts: mean sale price, mean purchase price. Amount: what was taken
/// above the allowed price.
///
/// # Errors
/// [`Waits`] without the table of purchases.
pub fn mark_up(
    desk: &Desk<'_>,
    allowed: impl Fn(ItemKind) -> Option<i64> + Send + Sync + 'static,
) -> Built {
    compare(desk, allowed)
}

/// Flags months in which an institution sold an item, in at least so many lines, at a median price
/// above its mean purchase price by more than so many thousandths (购销价差). Facts: median price,
/// mean purchase price. Amount: what the lines took above the purchase price and those thousandths.
///
/// # Errors
/// [`Waits`] without the table of purchases.
pub fn price_gap(desk: &Desk<'_>, thousandths: i64, lines: i64) -> Built {
    let bought = purchases(desk)?;
    let least = usize::try_from(lines).unwrap_or(usize::MAX);
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let (data, number) = (provider.data, provider.provider);
        let mut sold: BTreeMap<Place, Vec<(Spot<'_>, i64)>> = BTreeMap::new();
        for row in provider.rows() {
            let spot = Spot::of(data, row);
            if let Some(price) = data.lines.price(row).filter(|_| spot.count() > 0) {
                let place = (number, spot.item(), spot.day().month());
                sold.entry(place).or_default().push((spot, price));
            }
        }
        for (place, mut lines) in sold {
            lines.sort_by_key(|line| line.1);
            let median = lines[lines.len() / 2].1;
            let Some(cost) = bought.get(&place).and_then(|sum| sum.price()) else {
                continue;
            };
            let limit = cost * (1000 + thousandths) / 1000;
            if lines.len() >= least && median > limit {
                let over = lines.iter().filter(|line| line.1 > limit);
                let taken = over.map(|(spot, price)| {
                    let excess = Ratio::new(price - limit, *price);
                    spot.amount().times(excess, Rounding::HalfUp)
                });
                let facts = [Fact::Price(median), Fact::Price(cost)];
                let target = Target::ProviderItemMonth(place.0, place.1, lines[0].0.day());
                sheet.add(target, Hit::new(taken.sum(), facts));
            }
        }
    })))
}

fn compare(
    desk: &Desk<'_>,
    allowed: impl Fn(ItemKind) -> Option<i64> + Send + Sync + 'static,
) -> Built {
    const HOSPITAL: u8 = 1;
    let bought = purchases(desk)?;
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let number = provider.provider;
        if provider.data.providers.kind[number as usize] != HOSPITAL {
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
            if price > limit {
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
        let numbers = provider.zip(month_of(row)).zip(row.decimal("quantity", 3));
        let Some(((provider, day), count)) = numbers else {
            continue;
        };
        let Some(amount) = paid(row, count) else {
            continue;
        };
        for item in desk.exact(row.text("item")) {
            let place = (provider, item, day.month());
            bought.entry(place).or_default().add(count, amount);
        }
    }
    Ok(bought)
}

/// The amount of a purchase, else its price times so many thousandths, rounded half up to the fen.
fn paid(row: Row<'_>, thousandths: i64) -> Option<Fen> {
    let amount = row.decimal("amount", 2).map(Fen::new);
    amount.or_else(|| {
        // 1/1 000 000 yuan: prices of purchases have six places.
        let price = row.decimal("price", 6)?;
        let exact = i128::from(price) * i128::from(thousandths);
        let fen = (exact + 5_000_000).div_euclid(10_000_000);
        i64::try_from(fen).ok().map(Fen::new)
    })
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
