//! 按项目付费：申报额减审核扣款和协议扣款，扣留质量保证金后支付。

use money::{Fen, Ratio};
use serde::{Deserialize, Serialize};

use crate::amounts::{not_negative, part, shares, sum};
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const RULE: Rule = Rule {
    rule: "fee_for_service",
    name: "按项目付费",
    source: source::LOCAL,
};

/// The claims of a batch.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeBatch {
    /// 申报的统筹基金支付额.
    pub declared: Fen,
    /// 审核扣款, of the fund's part.
    #[serde(default)]
    pub review_deductions: Fen,
    /// 协议扣款.
    #[serde(default)]
    pub agreement_penalties: Fen,
    /// What earlier batches could not bear of their deductions.
    #[serde(default)]
    pub carried_in: Fen,
    /// 质量保证金比例.
    pub retention_rate: Ratio,
}

/// What a batch pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeePayment {
    /// 应付.
    pub payable: Fen,
    /// 质量保证金.
    pub retention: Fen,
    /// 本次支付.
    pub paid_now: Fen,
    /// Deductions left for the next batch.
    pub carried_forward: Fen,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Pays a batch by items (按项目付费); deductions above the batch are carried forward.
///
/// # Errors
/// [`Refusal::BadFact`] for negative amounts, [`Refusal::BadParameter`] for the rate.
pub fn pay_batch(of: &FeeBatch) -> Result<FeePayment, Refusal> {
    not_negative(&[
        ("declared", of.declared),
        ("review_deductions", of.review_deductions),
        ("agreement_penalties", of.agreement_penalties),
        ("carried_in", of.carried_in),
    ])?;
    shares(&[("retention_rate", of.retention_rate)])?;
    let deductions = [of.review_deductions, of.agreement_penalties, of.carried_in];
    let deductions = sum(&deductions, "扣款合计")?;
    let payable = of.declared.minus_to_zero(deductions);
    let carried_forward = deductions.minus_to_zero(of.declared);
    let retention = part(payable, of.retention_rate, "质量保证金")?;
    let paid_now = payable - retention;
    let (declared, rate) = (of.declared, of.retention_rate);
    let trace = vec![RULE.step(format!(
        "申报{declared}元，扣款{deductions}元，应付{payable}元；按{rate}扣留质量保证金\
         {retention}元，本次支付{paid_now}元，结转下批扣款{carried_forward}元"
    ))];
    Ok(FeePayment {
        payable,
        retention,
        paid_now,
        carried_forward,
        trace,
    })
}
