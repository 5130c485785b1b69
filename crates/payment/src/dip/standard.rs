//! 病例支付标准：分值乘系数乘单价，再减去统筹基金以外的支付。

use money::{Decimal, Exact, Fen, Points};
use serde::{Deserialize, Serialize};

use crate::refusal::OrRefuse;
use crate::{Factor, Refusal};

/// A case with its final score and the value of a point.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// 病例分值.
    pub score: Points,
    /// 机构系数.
    pub coefficient: Factor,
    /// 分值单价.
    pub point_value: Decimal<4>,
    /// What the patient and other payers paid.
    #[serde(default)]
    pub others: Fen,
    /// The part the fund bore on the bill, where the area multiplies instead of subtracting.
    #[serde(default)]
    pub fund_ratio: Option<Factor>,
}

/// What a case is worth and what the fund owes for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct StandardPayment {
    /// 支付标准.
    pub standard: Fen,
    /// 基金应付; negative when others paid more than the standard.
    pub fund_due: Fen,
}

/// What the fund owes for a case (病例支付).
///
/// # Errors
/// [`Refusal::TooLarge`].
pub fn standard_payment(of: &Standard) -> Result<StandardPayment, Refusal> {
    let standard = Exact::from(of.score)
        .times(of.coefficient.into())
        .and_then(|score| score.times(of.point_value.into()))
        .or_refuse("支付标准")?;
    let due = match of.fund_ratio {
        Some(ratio) => standard.times(ratio.into()),
        None => standard.minus(of.others.into()),
    };
    Ok(StandardPayment {
        standard: standard.yuan().or_refuse("支付标准")?,
        fund_due: due.and_then(Exact::yuan).or_refuse("基金应付")?,
    })
}
