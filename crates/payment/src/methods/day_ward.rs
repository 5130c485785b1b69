//! 日间病房：基层机构常见病不过夜，单一定额，限就诊天数。

use money::Fen;
use serde::Deserialize;

use crate::Refusal;
use crate::amounts::{Explained, not_negative};
use crate::trace::{Rule, source};

const RULE: Rule = Rule {
    rule: "day_ward",
    name: "日间病房",
    source: source::LOCAL,
};

/// A course of treatment by day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayWard {
    /// 定额.
    pub quota: Fen,
    /// Days on which the patient came.
    pub days: i64,
    /// The most days of a course.
    pub most_days: i64,
    /// Whether the disease is on the list.
    pub listed: bool,
}

/// The quota of a course (日间病房支付).
///
/// # Errors
/// [`Refusal::BadFact`] for a disease that is not listed or too many days.
pub fn day_ward(of: &DayWard) -> Result<Explained, Refusal> {
    not_negative(&[("quota", of.quota)])?;
    if !of.listed {
        let want = "病种不在日间病房目录内";
        return Err(Refusal::fact("日间病房", "listed", of.listed, want));
    }
    if of.days < 1 || of.days > of.most_days {
        let want = "应至少1天且不超过规定天数";
        return Err(Refusal::fact("日间病房", "days", of.days, want));
    }
    let (quota, days) = (of.quota, of.days);
    let sentence = format!("就诊{days}天，按定额{quota}元支付，计一次住院");
    Ok(Explained::by(&RULE, quota, sentence))
}
