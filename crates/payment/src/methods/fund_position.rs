//! 基金运行：当期结余、各险种合计、可支付月数、占比，编制预算和预付时参考。

use money::{Decimal, Exact};
use serde::Deserialize;

use crate::Refusal;
use crate::refusal::OrRefuse;

/// A figure of a bulletin (公报数字): two places in the bulletin's own unit.
pub type Figure = Decimal<2>;

/// Income and expense of a year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flows {
    /// 收入.
    pub income: Figure,
    /// 支出.
    pub expense: Figure,
}

/// 当期结余: income less expense.
///
/// # Errors
/// [`Refusal::TooLarge`].
pub fn current_balance(of: &Flows) -> Result<Figure, Refusal> {
    let left = of.income.get().checked_sub(of.expense.get());
    left.map(Figure::new).or_refuse("当期结余")
}

/// 合计 of schemes or parts.
///
/// # Errors
/// [`Refusal::TooLarge`].
pub fn total(parts: &[Figure]) -> Result<Figure, Refusal> {
    let mut figures = parts.iter();
    let sum = figures.try_fold(Figure::ZERO, |sum, part| sum.checked_add(*part));
    sum.or_refuse("合计")
}

/// A stock and the spending it is compared with.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reserve {
    /// 累计结余.
    pub stock: Figure,
    /// 全年支出.
    pub annual_expense: Figure,
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

/// A stock and how many months it lasts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lasting {
    /// 累计结余.
    pub stock: Figure,
    /// 可支付月数.
    pub months: i64,
}

/// 月均支出 that a stock and its payable months imply.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] without months.
pub fn implied_monthly_expense(of: &Lasting) -> Result<Figure, Refusal> {
    let month = Exact::from(of.stock).over(Exact::from(of.months));
    month.and_then(Exact::rounded).or_refuse("可支付月数")
}

/// A part of a whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartOfWhole {
    /// 部分.
    pub part: Figure,
    /// 总量.
    pub whole: Figure,
}

/// 占比 in percent, two places.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] when the whole is zero.
pub fn share_percent(of: &PartOfWhole) -> Result<Figure, Refusal> {
    let share = Exact::from(of.part).over(of.whole.into());
    let percent = share.and_then(|share| share.times(Exact::from(100))?.rounded());
    percent.or_refuse("总量")
}
