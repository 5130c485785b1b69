//! 特病单议：每家机构每年可申请的例数上限，专家评议的决定替换病例点数。

use money::{Fen, Points, Ratio};
use serde::{Deserialize, Serialize};

use super::cost_points::by_cost;
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const RULE: Rule = Rule {
    rule: "drg.special_review",
    name: "特病单议",
    source: source::POINT_LAW,
};

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

/// What the experts decide (评议决定).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// 维持: the points stay.
    AsIs,
    /// 追加点数.
    Extra(Points),
    /// 按项目: reasonable cost by the mean of all discharges.
    ByItems {
        /// 合理费用.
        reasonable: Fen,
        /// 全部病例例均费用.
        mean_all: Fen,
    },
    /// 不予通过: the points stay.
    Rejected,
}

/// A case before the experts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewedCase {
    /// Points by class.
    pub points: Points,
    /// How many experts voted; an odd number, so that there is a majority.
    pub experts: u32,
    /// Whether one of them works at the hospital.
    #[serde(default)]
    pub own_expert: bool,
    /// What they decided.
    pub decision: Decision,
}

/// Points before and after a review; both are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reviewed {
    /// Before.
    pub before: Points,
    /// After.
    pub after: Points,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Puts a decision in the place of a case's points (特病单议决定).
///
/// # Errors
/// [`Refusal::BadFact`] for an even panel, one with an expert of the hospital, or negative points;
/// [`Refusal::NothingToDivideBy`] when the mean is zero.
pub fn decide(of: &ReviewedCase) -> Result<Reviewed, Refusal> {
    if of.experts.is_multiple_of(2) {
        return Err(Refusal::fact("评议", "experts", of.experts, "应为奇数"));
    }
    if of.own_expert {
        let want = "本院专家应当回避";
        return Err(Refusal::fact("评议", "own_expert", of.own_expert, want));
    }
    let before = of.points;
    let (after, word) = match of.decision {
        Decision::AsIs => (before, "维持原点数"),
        Decision::Rejected => (before, "不予通过"),
        Decision::Extra(extra) if extra < Points::ZERO => {
            return Err(Refusal::fact("评议", "extra", extra, "不应为负"));
        }
        Decision::Extra(extra) => (before.checked_add(extra).or_refuse("追加点数")?, "追加点数"),
        Decision::ByItems {
            reasonable,
            mean_all,
        } => (by_cost(reasonable, mean_all.into())?, "按项目折算"),
    };
    let trace = vec![RULE.step(format!(
        "{}位专家评议：{word}，{before}点变为{after}点",
        of.experts
    ))];
    Ok(Reviewed {
        before,
        after,
        trace,
    })
}
