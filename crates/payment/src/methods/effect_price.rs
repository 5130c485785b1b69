//! 中医优势病种按疗效价值付费：参照西医手术病组标准，分阶段支付。

use money::{Fen, Ratio};
use serde::{Deserialize, Serialize};

use crate::amounts::{not_negative, part, shares};
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const RULE: Rule = Rule {
    rule: "effect_price",
    name: "按疗效价值付费",
    source: source::LOCAL,
};

/// Treatment by traditional medicine in the place of an operation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectCase {
    /// 西医手术病组支付标准.
    pub surgery_standard: Fen,
    /// 参照比例.
    pub ratio: Ratio,
    /// 出院时支付比例.
    pub first_share: Ratio,
    /// 疗效评价: none while it is open.
    #[serde(default)]
    pub effective: Option<bool>,
}

/// The two payments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EffectPayment {
    /// 支付标准.
    pub standard: Fen,
    /// 出院时支付.
    pub first: Fen,
    /// 疗效确认后支付.
    pub second: Fen,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Pays by effect (按疗效价值付费); a treatment without effect gets no second payment.
///
/// # Errors
/// [`Refusal::BadFact`], [`Refusal::BadParameter`] for shares.
pub fn effect_payment(of: &EffectCase) -> Result<EffectPayment, Refusal> {
    not_negative(&[("surgery_standard", of.surgery_standard)])?;
    shares(&[("ratio", of.ratio), ("first_share", of.first_share)])?;
    let standard = part(of.surgery_standard, of.ratio, "支付标准")?;
    let first = part(standard, of.first_share, "首次支付")?;
    let (second, word) = match of.effective {
        Some(true) => (standard - first, "疗效确认"),
        Some(false) => (Fen::ZERO, "疗效未达"),
        None => (Fen::ZERO, "疗效待评价"),
    };
    let (surgery, ratio) = (of.surgery_standard, of.ratio);
    let trace = vec![RULE.step(format!(
        "参照手术病组标准{surgery}元的{ratio}，标准{standard}元，出院时支付{first}元，\
         {word}，再支付{second}元"
    ))];
    Ok(EffectPayment {
        standard,
        first,
        second,
        trace,
    })
}
