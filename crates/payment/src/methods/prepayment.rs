//! 月度预付：按当月项目金额的比例，或按当月点数和预估点值的比例。

use money::{Decimal, Exact, Fen, Points, Ratio};
use serde::Deserialize;

use crate::Refusal;
use crate::amounts::{Explained, shares};
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};

const RULE: Rule = Rule {
    rule: "prepayment",
    name: "月度预付",
    source: source::LOCAL,
};

/// A month that is paid ahead of the clearing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthAhead {
    /// 预付比例.
    pub ratio: Ratio,
    /// What it is a share of.
    pub basis: AheadBasis,
}

/// What a prepayment is a share of (预付基数).
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AheadBasis {
    /// 当月项目金额.
    Items(Fen),
    /// 当月点数 and 预估点值.
    Points(Points, Decimal<4>),
}

/// The prepayment of a month (月度预付).
///
/// # Errors
/// [`Refusal::BadParameter`] for the ratio, [`Refusal::TooLarge`].
pub fn prepay_month(of: &MonthAhead) -> Result<Explained, Refusal> {
    shares(&[("ratio", of.ratio)])?;
    let (base, shown) = match of.basis {
        AheadBasis::Items(amount) => (Exact::from(amount), format!("当月项目金额{amount}元")),
        AheadBasis::Points(points, value) => {
            let base = Exact::from(points).times(value.into());
            let shown = format!("当月{points}点×预估点值{value}元");
            (base.or_refuse("预付基数")?, shown)
        }
    };
    let amount = base.times(of.ratio.into()).and_then(Exact::yuan);
    let amount = amount.or_refuse("月度预付")?;
    let sentence = format!("{shown}，按{}预付{amount}元", of.ratio);
    Ok(Explained::by(&RULE, amount, sentence))
}
