use money::Ratio;

use crate::Condition;

/// A test at the door: may a fund pay this bill at all (待遇准入, catalogue §3.0 and §21).
#[derive(Debug, Clone)]
pub struct Gate {
    /// Stable code of the refusal or limit, such as `third_party_liable`.
    pub code: String,
    /// 中文 sentence for the patient and the institution.
    pub message: String,
    /// When the gate closes.
    pub condition: Condition,
    /// What then.
    pub decision: Decision,
}

/// What a closed gate means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// 不予结算: the bill is refused.
    Refuse,
    /// 统筹基金不支付: accounts and cash may still pay.
    NoFund,
    /// Only this share of in-scope cost enters (责任比例、等待期部分待遇).
    Share(Ratio),
}
