use lines::Data;
use money::{Fen, Ratio, Rounding};

use crate::kernels::VisitItemSum;
use crate::{ByItem, Desk, Waits};

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
pub fn billable_days(data: &Data, visit: u32, both_ends: bool) -> Option<i64> {
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
