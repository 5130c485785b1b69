use money::Fen;
use serde::{Deserialize, Serialize};
use terms::Date;

use super::State;

/// What a rule says of its findings (结果等级).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// 违规.
    Deduct,
    /// 可疑.
    Suspect,
    /// 提示.
    Remind,
}

impl Strength {
    /// The word stored and sent.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Deduct => "deduct",
            Self::Suspect => "suspect",
            Self::Remind => "remind",
        }
    }

    /// The strength behind a stored word.
    pub fn of_word(word: &str) -> Option<Self> {
        let all = [Self::Deduct, Self::Suspect, Self::Remind];
        all.into_iter().find(|strength| strength.word() == word)
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Deduct => "违规",
            Self::Suspect => "可疑",
            Self::Remind => "提示",
        }
    }

    /// Where a new doubt of this strength begins.
    pub const fn first_state(self) -> State {
        match self {
            Self::Deduct => State::Proposed,
            Self::Suspect => State::FirstReview,
            Self::Remind => State::Reminded,
        }
    }
}

/// Who may act on doubts (岗位).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 初审.
    FirstReviewer,
    /// 复审.
    SecondReviewer,
    /// 合议组织人.
    PanelSecretary,
    /// 医保办: speaks for the institution.
    Institution,
    /// 清算.
    SettlementClerk,
    /// 系统: clocks that run out.
    Clock,
}

impl Role {
    /// The word stored and sent.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FirstReviewer => "first_reviewer",
            Self::SecondReviewer => "second_reviewer",
            Self::PanelSecretary => "panel_secretary",
            Self::Institution => "institution",
            Self::SettlementClerk => "settlement_clerk",
            Self::Clock => "clock",
        }
    }

    /// The role behind a stored word.
    pub fn of_word(word: &str) -> Option<Self> {
        let all = [
            Self::FirstReviewer,
            Self::SecondReviewer,
            Self::PanelSecretary,
            Self::Institution,
            Self::SettlementClerk,
            Self::Clock,
        ];
        all.into_iter().find(|role| role.word() == word)
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::FirstReviewer => "初审人员",
            Self::SecondReviewer => "复审人员",
            Self::PanelSecretary => "合议组织人",
            Self::Institution => "医药机构",
            Self::SettlementClerk => "清算人员",
            Self::Clock => "系统",
        }
    }
}

/// Who makes a move (经办人).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mover {
    /// Name or number, compared when two pairs of eyes are needed.
    pub name: String,
    /// As what.
    pub role: Role,
}

/// A doubt as its next move needs to know it (疑点).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Where it stands.
    pub state: State,
    /// The fund's share that is doubted.
    pub amount: Fen,
    /// Until when the state must be left; `None` where no clock runs.
    pub due: Option<Date>,
    /// The appeal term was extended before.
    pub extended: bool,
    /// Who made the first review, empty when nobody has.
    pub first_reviewer: String,
    /// Who proposed to dismiss it, empty when nobody has.
    pub dismissed_by: String,
    /// A panel has decided it before (material beyond one round is refused).
    pub panel_before: bool,
}
