use money::Ratio;
use serde::Serialize;
use terms::{AreaCode, Category, CoverState, Date, Scheme, Word};

use super::boundary::Boundary;
use super::note::{Issue, Note};

/// Days in a row on which cover of a scheme does not change (参保段).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoverPeriod {
    /// 险种.
    pub scheme: Scheme,
    /// First day.
    pub first: Date,
    /// Last day; open where nothing ends it.
    pub last: Option<Date>,
    /// 人员类别.
    pub category: Category,
    /// 待遇状态.
    pub state: CoverState,
    /// 参保县（市、区）.
    pub county: AreaCode,
    /// 参保单位, where there is one.
    pub employer: Option<Word>,
    /// Which share of the benefits is paid while waiting; zero in every other state.
    pub share_while_waiting: Ratio,
    /// Why it begins.
    pub begins: Boundary,
    /// Why it ends, where it does.
    pub ends: Option<Boundary>,
}

impl CoverPeriod {
    /// Whether the day lies in the period.
    pub fn has(&self, day: Date) -> bool {
        self.first <= day && self.last.is_none_or(|last| day <= last)
    }

    /// Whether the person takes part on its days: benefits, or the wait for them.
    pub(super) const fn counts(&self) -> bool {
        matches!(self.state, CoverState::Active | CoverState::Waiting)
    }
}

/// Everything that follows from a person's events about cover (参保时间线).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Timeline {
    /// Periods in order of first day, then scheme; those of one scheme never overlap.
    pub periods: Vec<CoverPeriod>,
    /// What a clerk should know: days re-opened after the fact, double cover.
    pub notes: Vec<Note>,
    /// Events that can not stand; nothing followed from them.
    pub issues: Vec<Issue>,
}

impl Timeline {
    /// The period that counts on a day: one that gives benefits before one that does not.
    pub fn on(&self, day: Date) -> Option<&CoverPeriod> {
        let such = self.periods.iter().filter(|period| period.has(day));
        such.min_by_key(|period| (weight(period.state), period.scheme))
    }

    /// The period of one scheme on a day.
    pub fn of(&self, scheme: Scheme, day: Date) -> Option<&CoverPeriod> {
        let mut own = self.periods.iter().filter(|period| period.scheme == scheme);
        own.find(|period| period.has(day))
    }

    /// Why an event can not stand, if it can not.
    pub fn issue_of(&self, event: i64) -> Option<&Issue> {
        self.issues.iter().find(|issue| issue.event == event)
    }
}

const fn weight(state: CoverState) -> u8 {
    match state {
        CoverState::Active => 0,
        CoverState::Waiting => 1,
        CoverState::Suspended => 2,
        CoverState::Ended => 3,
        CoverState::NotCovered => 4,
    }
}
