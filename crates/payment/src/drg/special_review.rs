//! 特病单议名额：每家机构每年可申请的例数上限。

use money::Ratio;
use serde::Deserialize;

use crate::Refusal;

/// How many special reviews an institution may ask for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// 出院病例数.
    pub discharged_cases: i64,
    /// 比例: 5% of DRG cases or 5‰ of cases by score in the usual local rules.
    pub rate: Ratio,
}

/// The quota (特病单议名额): the share of the discharges, fractions dropped.
///
/// ```
/// use money::Ratio;
/// use payment::drg::{Quota, quota};
/// let rate = Ratio::new(5, 100);
/// assert_eq!(quota(&Quota { discharged_cases: 39, rate }), Ok(1));
/// ```
///
/// # Errors
/// [`Refusal::BadFact`] for less than no cases, [`Refusal::BadParameter`] for a rate outside 0 to
/// 1.
pub fn quota(of: &Quota) -> Result<i64, Refusal> {
    if of.discharged_cases < 0 {
        let cases = of.discharged_cases;
        return Err(Refusal::fact("机构", "discharged_cases", cases, "不应为负"));
    }
    if of.rate.clamped() != of.rate {
        return Err(Refusal::parameter("rate", of.rate, "应在0%和100%之间"));
    }
    let product = i128::from(of.discharged_cases) * i128::from(of.rate.num());
    let whole = product / i128::from(of.rate.den());
    i64::try_from(whole).map_err(|_| Refusal::TooLarge {
        what: "名额".into(),
    })
}
