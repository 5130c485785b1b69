use lines::Data;
use money::{Fen, Ratio, Rounding};

use crate::kernels::{VisitItemSum, each_visit_item};
use crate::{ByItem, Desk, Fact, Hit, Kernel, Spot, Waits};

/// The items charged once a day (按日计价项目).
///
/// # Errors
/// [`Waits`] when no folder has `k_item_daily_cap`.
pub fn daily_items(desk: &Desk<'_>) -> Result<ByItem<()>, Waits> {
    desk.by_item("k_item_daily_cap", |row| {
        let once = row.text("unit") == "times_per_day" && row.decimal("cap", 3) == Some(1000);
        once.then_some(())
    })
}

/// The days of a stay that may be charged (可收天数): the day of admission counts, that of discharge
/// does not unless both ends do, at least one. `None` for what is no stay.
fn billable_days(data: &Data, visit: u32, both_ends: bool) -> Option<i64> {
    let nights = i64::from(data.visits.nights(visit));
    data.visits
        .is_stay(visit)
        .then(|| (nights + i64::from(both_ends)).max(1))
}

/// The part of a sum that falls to so many thousandths of its quantity, rounded half up.
pub fn excess_share(sum: &VisitItemSum, thousandths: i64) -> Fen {
    if sum.count <= 0 || thousandths <= 0 {
        return Fen::ZERO;
    }
    let share = Ratio::new(thousandths.min(sum.count), sum.count);
    sum.in_scope.times(share, Rounding::HalfUp)
}

/// Flags sums of per-day items of a stay that do not fit the days that may be charged (按日计费);
/// `wrong` sees the sum and those days. The amount is what lies beyond them. Facts: quantity, days.
pub fn days_of_stay(
    items: Vec<u32>,
    daily: ByItem<()>,
    both_ends: bool,
    wrong: impl Fn(&Data, &VisitItemSum, i64) -> bool + Send + Sync + 'static,
) -> Kernel {
    each_visit_item(Some(items), move |data, sum| {
        let days = billable_days(data, sum.visit, both_ends)?;
        let facts = [Fact::Count(sum.count), Fact::Whole(days)];
        let amount = excess_share(sum, sum.count - days * 1000);
        let entry = daily.at(&Spot::of(data, sum.first)).next()?;
        wrong(data, sum, days).then(|| entry.cited(Hit::new(amount, facts)))
    })
}
