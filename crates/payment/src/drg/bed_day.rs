//! 床日付费：长期住院按床日点数计。

use money::Points;
use serde::Deserialize;
use terms::Date;

use crate::Refusal;
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};

pub(crate) const RULE: Rule = Rule {
    rule: "drg.bed_day",
    name: "床日点数",
    source: source::POINTS,
};

/// A stay that is paid by days.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BedDay {
    /// 床日点数 of one day.
    pub bed_day_points: Points,
    /// Covered days.
    pub days: i32,
}

/// The days of a stay.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StayDays {
    /// 入院日期.
    pub admission: Date,
    /// 出院日期.
    pub discharge: Date,
}

/// Covered days (住院天数): the day of admission counts, that of discharge does not; at least one.
///
/// ```
/// use payment::drg::{StayDays, covered_days};
/// let stay = StayDays { admission: "2024-02-28".parse()?, discharge: "2024-03-01".parse()? };
/// assert_eq!(covered_days(&stay), Ok(2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Refusal::BadFact`] when the discharge comes before the admission.
pub fn covered_days(of: &StayDays) -> Result<i64, Refusal> {
    if of.discharge < of.admission {
        let want = "早于入院日期";
        return Err(Refusal::fact("住院", "discharge", of.discharge, want));
    }
    Ok(days_between(of.admission, of.discharge).max(1))
}

/// Days from one date to another, negative when it lies before.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// Points of a stay by days (床日点数): points of one day × days.
///
/// # Errors
/// [`Refusal::BadFact`] for less than one day, [`Refusal::TooLarge`].
pub fn bed_day_points(of: &BedDay) -> Result<Points, Refusal> {
    if of.days < 1 {
        return Err(Refusal::fact("住院", "days", of.days, "至少为1天"));
    }
    of_days(of.bed_day_points, of.days.into())
}

pub(crate) fn of_days(one: Points, days: i64) -> Result<Points, Refusal> {
    let points = one.get().checked_mul(days);
    points.map(Points::new).or_refuse("床日点数")
}
