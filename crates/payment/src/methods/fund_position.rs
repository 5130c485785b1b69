//! 基金运行：当期结余、各险种合计、可支付月数、占比，编制预算和预付时参考。

use money::{Decimal, Exact, Fen};
use serde::Deserialize;

use crate::Refusal;
use crate::amounts::sum;
use crate::refusal::OrRefuse;

/// 当期结余: income less expense.
///
/// # Errors
/// [`Refusal::TooLarge`].
pub fn current_balance(income: Fen, expense: Fen) -> Result<Fen, Refusal> {
    sum(&[income, -expense], "当期结余")
}

/// 合计 of schemes or parts.
///
/// # Errors
/// [`Refusal::TooLarge`].
pub fn total(parts: &[Fen]) -> Result<Fen, Refusal> {
    sum(parts, "合计")
}

/// A stock and the spending it is compared with.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reserve {
    /// 累计结余.
    pub stock: Fen,
    /// 全年支出.
    pub annual_expense: Fen,
}

/// 可支付月数: stock ÷ (annual expense ÷ 12), one place. Official figures may use another year's
/// expense; name the denominator before comparing.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] without expense.
pub fn payable_months(of: &Reserve) -> Result<Decimal<1>, Refusal> {
    let month = Exact::from(of.annual_expense).over(Exact::from(12));
    let months = month.and_then(|month| Exact::from(of.stock).over(month)?.rounded());
    months.or_refuse("全年支出")
}

/// 月均支出 that a stock and its payable months imply.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] without months.
pub fn implied_monthly_expense(stock: Fen, months: i64) -> Result<Fen, Refusal> {
    let month = Exact::from(stock).over(Exact::from(months));
    month.and_then(Exact::yuan).or_refuse("可支付月数")
}

/// 占比 in percent, two places.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] when the whole is zero.
pub fn share_percent(part: Fen, whole: Fen) -> Result<Decimal<2>, Refusal> {
    let share = Exact::from(part).over(whole.into());
    let percent = share.and_then(|share| share.times(Exact::from(100))?.rounded());
    percent.or_refuse("总量")
}
