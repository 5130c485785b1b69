//! 协议违约：违约金按违规费用的倍数，与追回的本金分开；行政罚款不在这里。

use money::Fen;
use serde::{Deserialize, Serialize};

use crate::amounts::{not_negative, part, sum};
use crate::trace::{Rule, source};
use crate::{Factor, Refusal, Step};

const RULE: Rule = Rule {
    rule: "agreement_penalty",
    name: "协议违约扣款",
    source: source::LOCAL,
};

/// What was found against the service agreement.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breach {
    /// 违规费用, of the fund's part.
    pub improper: Fen,
    /// 违约金倍数 as the agreement has it; 0 where only the principal comes back.
    pub multiple: Factor,
    /// 个人应退: what patients paid for it.
    #[serde(default)]
    pub patient_share: Fen,
    /// Whether the institution gives patients back their part.
    #[serde(default)]
    pub refund_patient: bool,
}

/// What a breach costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BreachCost {
    /// 追回本金, to the fund.
    pub recovered: Fen,
    /// 违约金, to the fund; income of the agreement, no fine.
    pub penalty: Fen,
    /// 退还个人, by the institution to the patients.
    pub to_patients: Fen,
    /// What is taken off the next clearing: principal and penalty.
    pub deducted: Fen,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// The cost of a breach (协议违约扣款).
///
/// # Errors
/// [`Refusal::BadFact`] for negative amounts, [`Refusal::BadParameter`] for a negative multiple.
pub fn breach_cost(of: &Breach) -> Result<BreachCost, Refusal> {
    not_negative(&[
        ("improper", of.improper),
        ("patient_share", of.patient_share),
    ])?;
    if of.multiple.ratio() < money::Ratio::ZERO {
        return Err(Refusal::parameter("multiple", of.multiple, "不应为负"));
    }
    let penalty = part(of.improper, of.multiple, "违约金")?;
    let to_patients = if of.refund_patient {
        of.patient_share
    } else {
        Fen::ZERO
    };
    let recovered = of.improper;
    let deducted = sum(&[recovered, penalty], "协议扣款")?;
    let multiple = of.multiple;
    let sentence = format!(
        "追回违规费用{recovered}元，按{multiple}倍扣违约金{penalty}元，合计{deducted}元；\
         退还个人{to_patients}元"
    );
    Ok(BreachCost {
        recovered,
        penalty,
        to_patients,
        deducted,
        trace: vec![RULE.step(sentence)],
    })
}
