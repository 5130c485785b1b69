//! 盈亏：打包标准减机构成本，点值变动对机构收入的影响。

use money::{Decimal, Exact, Fen};
use serde::Deserialize;

use crate::Refusal;
use crate::amounts::sum;
use crate::refusal::OrRefuse;

/// A price for a whole case and what it cost the institution.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Margin {
    /// 支付标准.
    pub price: Fen,
    /// 机构成本.
    pub cost: Fen,
}

/// What the institution gains or loses (机构盈亏).
///
/// # Errors
/// [`Refusal::TooLarge`].
pub fn margin(of: &Margin) -> Result<Fen, Refusal> {
    sum(&[of.price, -of.cost], "机构盈亏")
}

/// A year of claims and a change of the point value.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueChange {
    /// 全年申报.
    pub annual_claims: Fen,
    /// 点值变动.
    pub change: Decimal<4>,
    /// Into how many periods the year falls.
    pub periods: i64,
}

/// What a change of the point value means for one period's income (点值变动影响).
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] without periods.
pub fn value_change(of: &ValueChange) -> Result<Fen, Refusal> {
    let one = Exact::from(of.annual_claims).over(Exact::from(of.periods));
    let income = one.and_then(|one| one.times(of.change.into())?.yuan());
    income.or_refuse("期数")
}
