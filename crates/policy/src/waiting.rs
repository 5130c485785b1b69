use money::Ratio;
use serde::{Deserialize, Serialize};

use crate::{After, Condition, Range};

/// A rule about when benefits begin after enrolment or a break (待遇等待期, catalogue §18).
#[derive(Debug, Clone)]
pub enum WaitingRule {
    /// 断保年度: residents who missed the window or whole years.
    MissedYears(MissedYears),
    /// 中断缴费: employees whose contributions stopped for some months.
    Break(Vec<BreakCase>),
}

/// Fixed and variable months of waiting by missing years (固定与变动待遇等待期, §18.5).
#[derive(Debug, Clone)]
pub struct MissedYears {
    /// Months for everybody who missed the window or a year.
    pub fixed_months: i32,
    /// Months more for every missing year that counts.
    pub months_per_year: i32,
    /// From which missing year on they count.
    pub count_from: CountFrom,
    /// Missing years before this one never count.
    pub first_year: i16,
    /// Variable months that one repaid year takes away; 0 where they cannot be repaired.
    pub months_per_repaid_year: i32,
    /// At least so many months from so many missing years on.
    pub minimum: Option<Minimum>,
    /// The day from which months of waiting run for those outside the window.
    pub runs_from: Starts,
    /// Who does not wait.
    pub exempt: Vec<Exemption>,
}

/// Which missing year is the first to lengthen the wait; the two readings that areas have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountFrom {
    /// 自第一个断保年度起.
    First,
    /// 自第二个断保年度起; the fixed months stand for the first.
    Second,
}

/// A lower bound of the wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minimum {
    /// From this many missing years on.
    pub missing_years: i32,
    /// At least so many months.
    pub months: i32,
}

/// People who do not wait, and from when they have benefits.
#[derive(Debug, Clone)]
pub struct Exemption {
    /// 中文 name.
    pub title: String,
    /// Who.
    pub condition: Condition,
    /// What must have happened to them shortly before they paid, where that matters.
    pub after: Option<After>,
    /// From when.
    pub starts: Starts,
    /// Whether a birth in the year before the paid one counts too (出生跨年度).
    pub reaches_back: bool,
}

/// The day from which benefits, or months of waiting, run (起算日).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Starts {
    /// 出生之日.
    Birth,
    /// 缴费之日.
    PaymentDay,
    /// 缴费当月1日.
    PaymentMonth,
    /// 缴费次月1日.
    NextMonth,
    /// 原参保待遇终止次日; only where an exemption says what ended.
    AfterPrior,
}

impl Starts {
    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Birth => "出生之日",
            Self::PaymentDay => "缴费之日",
            Self::PaymentMonth => "缴费当月",
            Self::NextMonth => "缴费次月",
            Self::AfterPrior => "原待遇终止次日",
        }
    }
}

/// What a break of some length means for some people (中断缴费的待遇, §18.3).
#[derive(Debug, Clone)]
pub struct BreakCase {
    /// 中文 name.
    pub title: String,
    /// For whom.
    pub condition: Condition,
    /// How many months were missed; a first enrolment where there is nothing.
    pub months: Option<Range<i32>>,
    /// Whether the gap has been paid in, where that matters.
    pub repaid: Option<bool>,
    /// Months of waiting.
    pub waiting_months: i32,
    /// The day from which they run.
    pub runs_from: Starts,
    /// Whether costs of the gap are paid after the fact (追溯).
    pub retroactive: bool,
    /// Which share of the benefits is paid while waiting.
    pub share_while_waiting: Ratio,
}
