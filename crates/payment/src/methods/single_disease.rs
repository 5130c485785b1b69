//! 单病种定额：基金和个人各按定额或实际费用承担，费用过高的退出定额。

use money::{Exact, Fen, Ratio};
use serde::{Deserialize, Serialize};

use crate::amounts::{not_negative, part, shares};
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Factor, Refusal, Step};

const RULE: Rule = Rule {
    rule: "single_disease",
    name: "单病种定额",
    source: source::LOCAL,
};

/// On which amount the patient pays a part (个人承担的基数).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PatientPays {
    /// 按实际费用; the fund pays the rest of the quota.
    OnActual,
    /// 按定额; both on the quota.
    OnQuota,
    /// 按实际费用与定额中较低者.
    OnLower,
}

/// A case of a disease with a quota.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotaCase {
    /// 实际费用.
    pub actual: Fen,
    /// 定额.
    pub quota: Fen,
    /// 个人承担比例.
    pub patient_share: Ratio,
    /// The shape of the rule.
    pub patient_pays: PatientPays,
    /// Above this multiple of the quota the case leaves it.
    #[serde(default)]
    pub exit_ratio: Option<Factor>,
    /// A complication also leaves it.
    #[serde(default)]
    pub complication: bool,
}

/// What patient and fund pay, or that the case left the quota.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuotaPayment {
    /// 个人.
    pub patient: Fen,
    /// 基金.
    pub fund: Fen,
    /// 退出定额: paid by another method, nothing here.
    pub left: bool,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Prices a case by its quota (单病种支付).
///
/// # Errors
/// [`Refusal::BadFact`] for negative amounts, [`Refusal::BadParameter`] for the share.
pub fn quota_payment(of: &QuotaCase) -> Result<QuotaPayment, Refusal> {
    not_negative(&[("actual", of.actual), ("quota", of.quota)])?;
    shares(&[("patient_share", of.patient_share)])?;
    let (actual, quota, share) = (of.actual, of.quota, of.patient_share);
    let limit = of
        .exit_ratio
        .map(|ratio| Exact::from(quota).times(ratio.into()));
    let limit = limit.transpose().or_refuse("退出界限")?;
    let above = limit.is_some_and(|limit| Exact::from(actual) > limit);
    if above || of.complication {
        let why = if above {
            "费用超过退出界限"
        } else {
            "有并发症"
        };
        let sentence = format!("实际费用{actual}元，定额{quota}元，{why}，退出定额");
        return Ok(QuotaPayment {
            patient: Fen::ZERO,
            fund: Fen::ZERO,
            left: true,
            trace: vec![RULE.step(sentence)],
        });
    }
    let (base, word) = match of.patient_pays {
        PatientPays::OnActual => (actual, "实际费用"),
        PatientPays::OnQuota => (quota, "定额"),
        PatientPays::OnLower => (actual.min(quota), "较低者"),
    };
    let patient = part(base, share, "个人承担")?;
    let fund = quota - patient;
    let sentence = format!(
        "实际费用{actual}元，定额{quota}元，个人按{word}的{share}承担{patient}元，基金付{fund}元"
    );
    Ok(QuotaPayment {
        patient,
        fund,
        left: false,
        trace: vec![RULE.step(sentence)],
    })
}
