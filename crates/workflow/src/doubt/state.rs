use policy::DoubtRule;
use serde::{Deserialize, Serialize};

/// Where a doubt stands (疑点状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待通知: a clear violation, waiting for its notice.
    Proposed,
    /// 待初审.
    FirstReview,
    /// 待复核放行: found not to hold, waiting for a second person.
    DismissalCheck,
    /// 不成立.
    Dismissed,
    /// 已通知.
    Published,
    /// 待复审.
    Appealed,
    /// 专家合议中.
    Panel,
    /// 已确认.
    Confirmed,
    /// 已扣减.
    Deducted,
    /// 已移交稽核.
    HandedOver,
    /// 仅提醒.
    Reminded,
    /// 已撤回: the audit no longer finds it.
    Withdrawn,
}

impl State {
    /// Every state, in the order of the procedure.
    pub const ALL: [Self; 12] = [
        Self::Proposed,
        Self::FirstReview,
        Self::DismissalCheck,
        Self::Dismissed,
        Self::Published,
        Self::Appealed,
        Self::Panel,
        Self::Confirmed,
        Self::Deducted,
        Self::HandedOver,
        Self::Reminded,
        Self::Withdrawn,
    ];

    /// The word stored and sent.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::FirstReview => "first_review",
            Self::DismissalCheck => "dismissal_check",
            Self::Dismissed => "dismissed",
            Self::Published => "published",
            Self::Appealed => "appealed",
            Self::Panel => "panel",
            Self::Confirmed => "confirmed",
            Self::Deducted => "deducted",
            Self::HandedOver => "handed_over",
            Self::Reminded => "reminded",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state behind a stored word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Proposed => "待通知",
            Self::FirstReview => "待初审",
            Self::DismissalCheck => "待复核放行",
            Self::Dismissed => "不成立",
            Self::Published => "已通知",
            Self::Appealed => "待复审",
            Self::Panel => "专家合议中",
            Self::Confirmed => "已确认",
            Self::Deducted => "已扣减",
            Self::HandedOver => "已移交稽核",
            Self::Reminded => "仅提醒",
            Self::Withdrawn => "已撤回",
        }
    }

    /// Nobody outside the agency has seen it yet: a finding that no longer holds may be withdrawn.
    pub const fn is_before_notice(self) -> bool {
        matches!(
            self,
            Self::Proposed | Self::FirstReview | Self::DismissalCheck | Self::Reminded
        )
    }

    /// Nothing more happens here; a withdrawn doubt comes back when the audit finds it again.
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Dismissed | Self::Deducted | Self::HandedOver | Self::Reminded | Self::Withdrawn
        )
    }

    /// Working days within which somebody has to act; `None` where no clock runs.
    pub const fn term(self, rule: &DoubtRule) -> Option<u32> {
        match self {
            Self::FirstReview | Self::DismissalCheck => Some(rule.first_review_days),
            Self::Published => Some(rule.appeal_days),
            Self::Appealed => Some(rule.second_review_days),
            Self::Panel => Some(rule.panel_days),
            _ => None,
        }
    }
}
