use std::fmt;

use serde::Serialize;

use crate::Fault;

/// What came of a run of cases (案例运行结果).
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// One entry per case that could be played, in order of file.
    pub cases: Vec<CaseReport>,
    /// What is listed as not played, and why.
    pub skipped: Vec<Skipped>,
    /// What is wrong with policy folders and case files.
    pub faults: Vec<Fault>,
}

/// One case.
#[derive(Debug, Clone, Serialize)]
pub struct CaseReport {
    /// Its file.
    pub file: String,
    /// Its sentence.
    pub name: String,
    /// What happened, step by step.
    pub events: Vec<EventReport>,
}

/// One step of a case: a bill, a reversal, an allowance.
#[derive(Debug, Clone, Serialize)]
pub struct EventReport {
    /// What it was.
    pub event: Event,
    /// Every field that came out, as expectations name them.
    pub outcome: std::collections::BTreeMap<String, String>,
    /// The explanation, sentence by sentence.
    pub trace: Vec<String>,
    /// Where it differs from what the case expects.
    pub differences: Vec<Difference>,
}

/// What a step of a case was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// 结算.
    Settled,
    /// 不予结算.
    Refused,
    /// 撤销.
    Reversed,
    /// 生育津贴.
    Allowance,
    /// 缴费与等待期.
    Enrolment,
    /// 支付与清算.
    Payment,
    /// 追溯码与进销存.
    Stock,
    /// 个人账户.
    Account,
    /// 困难人员名单与预警.
    Difficulty,
    /// 参保时间线.
    Timeline,
}

/// One field that did not come out as expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The field.
    pub field: String,
    /// What the case says.
    pub expected: String,
    /// What came out.
    pub actual: String,
}

/// A row that is listed but not played yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Its number in its source.
    pub id: String,
    /// What it is about.
    pub name: String,
    /// Why it is not played.
    pub reason: String,
}

impl Report {
    /// Whether everything could be read and came out as expected.
    pub fn agrees(&self) -> bool {
        self.faults.is_empty() && self.differing().count() == 0
    }

    /// The cases that did not come out as expected.
    pub fn differing(&self) -> impl Iterator<Item = &CaseReport> {
        self.cases.iter().filter(|case| !case.agrees())
    }
}

impl CaseReport {
    /// Whether every step came out as expected.
    pub fn agrees(&self) -> bool {
        self.events.iter().all(|event| event.differences.is_empty())
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (field, expected, actual) = (&self.field, &self.expected, &self.actual);
        write!(f, "{field}: 期望 {expected} 实得 {actual}")
    }
}
