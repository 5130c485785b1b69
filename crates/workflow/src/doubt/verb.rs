use money::Fen;
use serde::{Deserialize, Serialize};

use super::{Role, State, Strength};

/// What a review or a panel finds (审核结论).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 不成立: the institution is right.
    Dismiss,
    /// 成立: this much of the fund's money is deducted.
    Confirm(Fen),
}

/// A move of a doubt (办理动作).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// 通知机构.
    Publish,
    /// 认定不成立, with the reason's code.
    Dismiss {
        /// 理由.
        reason: String,
    },
    /// 复核放行: a second person agrees that it does not hold.
    AgreeDismissal,
    /// 退回初审: a second person does not agree.
    ReturnToReview,
    /// 移交稽核.
    HandOver,
    /// 延期申诉.
    Extend,
    /// 申诉.
    Appeal {
        /// 申诉理由.
        reason: String,
    },
    /// 接受.
    Accept,
    /// 逾期未申诉.
    Lapse,
    /// 复审结论.
    Decide(Outcome),
    /// 提交专家合议.
    Refer,
    /// 专家合议结论.
    PanelDecide {
        /// The majority's finding.
        outcome: Outcome,
        /// For it.
        votes_for: u32,
        /// Against it.
        votes_against: u32,
    },
    /// 列入清算扣减.
    Deduct,
    /// 撤回: the audit no longer finds it.
    Withdraw,
    /// 重新发现, as strong as the rule is now.
    Renew(Strength),
}

impl Verb {
    /// As what somebody makes this move from a state (办理岗位).
    pub const fn role(&self, from: State) -> Role {
        match self {
            Self::HandOver if matches!(from, State::Appealed) => Role::SecondReviewer,
            Self::Publish | Self::Dismiss { .. } | Self::HandOver => Role::FirstReviewer,
            Self::AgreeDismissal | Self::ReturnToReview | Self::Decide(_) | Self::Refer => {
                Role::SecondReviewer
            }
            Self::Extend | Self::Appeal { .. } | Self::Accept => Role::Institution,
            Self::PanelDecide { .. } => Role::PanelSecretary,
            Self::Deduct => Role::SettlementClerk,
            Self::Lapse | Self::Withdraw | Self::Renew(_) => Role::Clock,
        }
    }

    /// The 中文 name.
    pub const fn zh(&self) -> &'static str {
        match self {
            Self::Publish => "通知机构",
            Self::Dismiss { .. } => "认定不成立",
            Self::AgreeDismissal => "复核放行",
            Self::ReturnToReview => "退回初审",
            Self::HandOver => "移交稽核",
            Self::Extend => "延期申诉",
            Self::Appeal { .. } => "申诉",
            Self::Accept => "接受",
            Self::Lapse => "逾期确认",
            Self::Decide(_) => "复审",
            Self::Refer => "提交专家合议",
            Self::PanelDecide { .. } => "专家合议",
            Self::Deduct => "列入清算",
            Self::Withdraw => "撤回",
            Self::Renew(_) => "重新发现",
        }
    }
}
