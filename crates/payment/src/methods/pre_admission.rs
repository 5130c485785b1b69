//! 预住院：择期手术前的检查，规定天数内入院的并入住院，否则按门诊结算。

use serde::{Deserialize, Serialize};
use terms::Date;

use crate::Refusal;
use crate::drg::{StayDays, covered_days};

/// Tests before an admission.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreAdmission {
    /// 检查日期.
    pub tested: Date,
    /// 入院日期, if it came to that.
    #[serde(default)]
    pub admitted: Option<Date>,
    /// Within how many days.
    pub within_days: i64,
}

/// Where the cost of the tests goes (检查费用归属).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TestsGo {
    /// 并入住院: part of the stay's bill and of its group's cost.
    IntoTheStay,
    /// 转门诊: reversed and settled again as outpatient care.
    ToOutpatient,
}

/// Where tests before an admission belong (预住院归并); the last day counts.
///
/// # Errors
/// [`Refusal::BadFact`] when the admission came before the tests.
pub fn pre_admission(of: &PreAdmission) -> Result<TestsGo, Refusal> {
    let Some(admitted) = of.admitted else {
        return Ok(TestsGo::ToOutpatient);
    };
    let gap = covered_days(&StayDays {
        admission: of.tested,
        discharge: admitted,
    })?;
    Ok(if gap <= of.within_days {
        TestsGo::IntoTheStay
    } else {
        TestsGo::ToOutpatient
    })
}
