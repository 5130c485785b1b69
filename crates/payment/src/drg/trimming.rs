//! 病组裁剪：去掉费用极端的病例后再看病组是否稳定，仍不稳定的再裁剪一次。

use money::{Exact, Fen};
use serde::{Deserialize, Serialize};

use super::stable::{Stability, stability};
use crate::factor::Factor;
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const RULE: Rule = Rule {
    rule: "drg.trimming",
    name: "病组裁剪",
    source: source::LOCAL,
};

/// Which cases of a group are set aside before its mean is taken (裁剪规则).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrimRule {
    /// 四分位法: outside the quartiles by more than this multiple of their distance.
    Quartiles(Factor),
    /// 百分位法: below the first and above the second percentile; what lies on them stays.
    Percentiles(Factor, Factor),
}

/// A group before it is trimmed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrimQuestion {
    /// Costs of its cases, in any order.
    pub costs: Vec<Fen>,
    /// The rule.
    pub rule: TrimRule,
    /// 稳定病组的最少例数.
    pub n_min: u32,
    /// 变异系数上限.
    pub cv_max: Factor,
}

/// A group after it was trimmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trimmed {
    /// The costs that stay, the lowest first.
    pub kept: Vec<Fen>,
    /// How many were set aside.
    pub removed: usize,
    /// How often the rule was applied: once, and again where the group was not stable.
    pub rounds: u32,
    /// 稳定病组.
    pub stable: bool,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Trims a group, once more if it is not stable then (病组裁剪).
///
/// # Errors
/// [`Refusal::BadFact`] for a cost that is not positive, [`Refusal::BadParameter`] for a rule out
/// of range, [`Refusal::TooLarge`].
pub fn trim(of: &TrimQuestion) -> Result<Trimmed, Refusal> {
    check(of)?;
    let mut kept = of.costs.clone();
    kept.sort_unstable();
    let mut trace = Vec::new();
    for round in 1..=2 {
        let before = kept.len();
        kept = within(&kept, of.rule)?;
        let stable = stability(&Stability {
            costs: kept.clone(),
            n_min: of.n_min,
            cv_max: of.cv_max,
        })?;
        let (left, gone) = (kept.len(), before - kept.len());
        let word = if stable { "稳定" } else { "不稳定" };
        let sentence = format!("第{round}次裁剪：{before}例去掉{gone}例，余{left}例，{word}");
        trace.push(RULE.step(sentence));
        if stable || round == 2 || gone == 0 {
            return Ok(Trimmed {
                removed: of.costs.len() - kept.len(),
                kept,
                rounds: round,
                stable,
                trace,
            });
        }
    }
    unreachable!("the second round always answers")
}

fn check(of: &TrimQuestion) -> Result<(), Refusal> {
    if let Some(cost) = of.costs.iter().find(|cost| **cost <= Fen::ZERO) {
        return Err(Refusal::fact("病组", "costs", cost, "应大于零"));
    }
    let hundred = money::Ratio::new(100, 1);
    match of.rule {
        TrimRule::Quartiles(times) if times.ratio() < money::Ratio::ZERO => {
            Err(Refusal::parameter("quartiles", times, "不应为负"))
        }
        TrimRule::Percentiles(low, high)
            if low.ratio() < money::Ratio::ZERO || high <= low || high.ratio() > hundred =>
        {
            let shown = format!("{low}、{high}");
            let want = "应由小到大，在0和100之间";
            Err(Refusal::parameter("percentiles", shown, want))
        }
        _ => Ok(()),
    }
}

/// The costs between the limits, both included; sorted before and after.
fn within(costs: &[Fen], rule: TrimRule) -> Result<Vec<Fen>, Refusal> {
    if costs.is_empty() {
        return Ok(Vec::new());
    }
    let (low, high) = match rule {
        TrimRule::Percentiles(low, high) => (
            percentile(costs, low.into()).or_refuse("裁剪界限")?,
            percentile(costs, high.into()).or_refuse("裁剪界限")?,
        ),
        TrimRule::Quartiles(times) => quartile_limits(costs, times).or_refuse("裁剪界限")?,
    };
    let inside = |cost: &&Fen| (low..=high).contains(&Exact::from(**cost));
    Ok(costs.iter().filter(inside).copied().collect())
}

fn quartile_limits(costs: &[Fen], times: Factor) -> Result<(Exact, Exact), money::ExactError> {
    let first = percentile(costs, Exact::from(25))?;
    let third = percentile(costs, Exact::from(75))?;
    let beyond = third.minus(first)?.times(times.into())?;
    Ok((first.minus(beyond)?, third.plus(beyond)?))
}

/// The percentile of sorted costs, between two neighbours in proportion.
fn percentile(costs: &[Fen], percent: Exact) -> Result<Exact, money::ExactError> {
    let last = i64::try_from(costs.len() - 1).map_err(|_| money::ExactError::TooLarge)?;
    let place = percent.times(Exact::from(last))?.over(Exact::from(100))?;
    let below = place.whole(money::Rounding::Truncate)?;
    let at = usize::try_from(below).map_err(|_| money::ExactError::TooLarge)?;
    let (one, next) = (costs[at], costs[(at + 1).min(costs.len() - 1)]);
    let share = place.minus(Exact::from(below))?;
    let one = Exact::from(one);
    one.plus(Exact::from(next).minus(one)?.times(share)?)
}
