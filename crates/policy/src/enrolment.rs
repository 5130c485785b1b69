use serde::{Deserialize, Serialize};
use terms::{Date, Scheme};

use crate::{Condition, FeeMonth, Starts};

/// A rule about when cover begins, rests and ends (参保规则, catalogue §18).
#[derive(Debug, Clone)]
pub enum EnrolmentRule {
    /// 集中参保期, the same every year.
    Season(Season),
    /// 延长集中参保期: one year's window stays open longer.
    SeasonExtension(SeasonExtension),
    /// 停保.
    Leaving(LastDay),
    /// 欠费停保.
    Arrears(ArrearsRule),
    /// 退休.
    Retirement(RetirementRule),
    /// 服役、服刑等期间暂停.
    Absences(Vec<Absence>),
    /// 险种转换视为连续.
    Switching(SwitchingRule),
    /// 重复参保.
    DoubleCover(DoubleCover),
}

/// A day of the paid year or of one near it (年度内的某日).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearDay {
    /// Years from the paid one; −1 is the year before.
    pub years: i16,
    /// From 1.
    pub month: i8,
    /// From 1; a day that the month lacks is its last.
    pub day: i8,
}

impl YearDay {
    /// The day for a paid year (参保年度).
    ///
    /// ```
    /// let closes = policy::YearDay { years: 0, month: 2, day: 29 };
    /// assert_eq!(closes.of(2025).to_string(), "2025-02-28");
    /// ```
    pub fn of(self, year: i16) -> Date {
        let year = year.clamp(1900, 2900) + self.years.clamp(-9, 9);
        let first = Date::new(year, self.month.clamp(1, 12), 1);
        let month = FeeMonth::of(first.expect("the first of a month of these years is a day"));
        let last = month.last_day();
        let day = self.day.clamp(1, last.day());
        Date::new(last.year(), last.month(), day).unwrap_or(last)
    }
}

/// The window in which residents pay for a year (集中参保期).
#[derive(Debug, Clone)]
pub struct Season {
    /// First day.
    pub opens: YearDay,
    /// Last day.
    pub closes: YearDay,
    /// Who has benefits before the paid year begins.
    pub early: Vec<EarlyStart>,
}

/// People who have benefits before the year they paid for (提前享受), such as new students.
#[derive(Debug, Clone)]
pub struct EarlyStart {
    /// 中文 name.
    pub title: String,
    /// Who.
    pub condition: Condition,
    /// What happened to them shortly before they paid.
    pub after: After,
    /// From when.
    pub from: YearDay,
}

/// A later end of one year's window (延长集中参保期).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeasonExtension {
    /// 参保年度.
    pub year: i16,
    /// The new last day.
    pub closes: Date,
}

/// Something that lets a person enrol as if in time (过渡情形).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transition {
    /// 职工医保停保.
    LeftEmployee,
    /// 入学.
    EnteredSchool,
    /// 毕业.
    Graduated,
    /// 退役.
    Discharged,
    /// 刑满释放.
    Released,
}

impl Transition {
    /// Every transition, with its word.
    pub const ALL: [(&str, Self); 5] = [
        ("left_employee", Self::LeftEmployee),
        ("entered_school", Self::EnteredSchool),
        ("graduated", Self::Graduated),
        ("discharged", Self::Discharged),
        ("released", Self::Released),
    ];

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::LeftEmployee => "职工医保停保",
            Self::EnteredSchool => "入学",
            Self::Graduated => "毕业",
            Self::Discharged => "退役",
            Self::Released => "刑满释放",
        }
    }
}

/// A transition that still counts for some months (过渡期).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    /// What happened.
    pub what: Transition,
    /// How many months it counts, the month in which it happened not included.
    pub months: i32,
}

/// Until when somebody is covered whose contributions stop (停保截止).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LastDay {
    /// 末次缴费月的月末.
    MonthEnd,
    /// 停保当日.
    Day,
}

/// What unpaid months do to benefits (欠费停保, §18.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArrearsRule {
    /// Benefits rest once so many months are unpaid.
    pub months: i32,
    /// From when they come back after payment.
    pub restored: Starts,
    /// Costs of the gap are paid after the fact when at most so many months were unpaid.
    pub retroactive_months: i32,
}

/// What retiring does to cover (退休, §17.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetirementRule {
    /// From when the person counts as retired.
    pub from: Starts,
    /// What happens while years are missing.
    pub missing: MissingYears,
    /// From when the person has benefits once they are paid in.
    pub restored: Starts,
}

/// What happens to a pensioner whose years do not suffice (缴费年限不足).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingYears {
    /// 补缴前暂停享受.
    Suspend,
    /// 按原身份继续缴费、继续享受, until they are complete.
    KeepContributing,
}

/// Why a person is somebody else's to care for, for some time (暂停情形).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// 服现役.
    MilitaryService,
    /// 服刑.
    Imprisonment,
}

impl Absence {
    /// Every absence, with its word.
    pub const ALL: [(&str, Self); 2] = [
        ("military_service", Self::MilitaryService),
        ("imprisonment", Self::Imprisonment),
    ];

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::MilitaryService => "服现役",
            Self::Imprisonment => "服刑",
        }
    }
}

/// When cover of another scheme counts like contributions to this one (险种转换).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SwitchingRule {
    /// At most so many months between the two.
    pub months: i32,
    /// Covered without a break for at least so many months before.
    pub covered_months: i32,
}

/// From what a person has benefits who is covered twice (重复参保, §18.8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubleCover {
    /// Schemes that exclude one another, the one that gives benefits first.
    pub order: Vec<Scheme>,
    /// What cover in another area does.
    pub elsewhere: Vec<Elsewhere>,
}

/// Which of two covers in different areas gives benefits (跨统筹区重复参保).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elsewhere {
    /// The scheme in the other area.
    pub there: Scheme,
    /// The scheme in this one.
    pub here: Scheme,
    /// Which of them.
    pub keeps: Keeps,
}

/// Which of two covers is kept (保留).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeps {
    /// 本地.
    Here,
    /// 异地.
    There,
    /// 后参保的.
    Later,
}

impl Keeps {
    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Here => "保留本地",
            Self::There => "保留异地",
            Self::Later => "保留后参保的",
        }
    }
}
