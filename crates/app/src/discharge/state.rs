use crate::Error;

/// Where a settlement list stands (清单状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListState {
    /// 未提交: the institution may still send it again.
    Draft,
    /// 已提交: it waits for the agency.
    Submitted,
    /// 审核通过: it stays as it is.
    Approved,
    /// 审核退回: the institution sends it again.
    Rejected,
}

impl ListState {
    /// Every state, in the order of their codes.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Submitted, Self::Approved, Self::Rejected];

    /// The word in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
        }
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Draft => "未提交",
            Self::Submitted => "已提交",
            Self::Approved => "审核通过",
            Self::Rejected => "审核退回",
        }
    }

    /// The state of a word.
    ///
    /// # Errors
    /// A refusal for a word that is none.
    pub fn of(word: &str) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|state| state.word() == word);
        found.ok_or_else(|| Error::refused("unknown_list_state", format!("没有清单状态“{word}”")))
    }

    /// Whether an institution may send the list again.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Rejected)
    }

    /// Whether an institution may bring a list from here to there.
    pub const fn leads_to(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Draft | Self::Rejected, Self::Submitted) | (Self::Rejected, Self::Draft)
        )
    }
}
