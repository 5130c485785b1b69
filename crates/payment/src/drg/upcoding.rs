//! 高套分组：审核重新分组后取新旧点数中较低者，再扣违约点数；扣下的点数归总额或归基金。

use money::{Exact, Fen, Points, Ratio};
use serde::{Deserialize, Serialize};

use crate::amounts::shares;
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const RULE: Rule = Rule {
    rule: "drg.upcoding",
    name: "高套分组扣减",
    source: source::LOCAL,
};

const TO: Rule = Rule {
    rule: "drg.penalty_to",
    name: "扣减归属",
    source: source::LOCAL,
};

/// A case that was grouped again by the audit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regrouped {
    /// Points as they were counted.
    pub old: Points,
    /// Points of the group the audit found.
    pub new: Points,
    /// 违约扣减比例, of the lower of both.
    pub penalty: Ratio,
}

/// What a case counts after an audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Penalised {
    /// What it counts.
    pub points: Points,
    /// What was taken off altogether.
    pub lost: Points,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// The lower of old and new points, less the penalty (高套分组扣减). A finding never raises points.
///
/// # Errors
/// [`Refusal::BadFact`] for negative points, [`Refusal::BadParameter`] for the penalty.
pub fn penalise(of: &Regrouped) -> Result<Penalised, Refusal> {
    shares(&[("penalty", of.penalty)])?;
    for (name, points) in [("old", of.old), ("new", of.new)] {
        if points < Points::ZERO {
            return Err(Refusal::fact("病例", name, points, "不应为负"));
        }
    }
    let lower = of.old.min(of.new);
    let left = Exact::from(lower).times((Ratio::ONE - of.penalty).into());
    let points: Points = left.and_then(Exact::rounded).or_refuse("病例点数")?;
    let lost = Points::new(of.old.get() - points.get());
    let (old, new, rate) = (of.old, of.new, of.penalty);
    let sentence = format!(
        "原{old}点，重新分组{new}点，取较低的{lower}点，再扣{rate}，计{points}点，共扣{lost}点"
    );
    Ok(Penalised {
        points,
        lost,
        trace: vec![RULE.step(sentence)],
    })
}

/// Where the worth of points taken off goes (扣减归属).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PenaltyTo {
    /// 归总额: the points leave the pool, so that the others' points are worth more.
    Pool,
    /// 归基金: the points stay in the total, and their worth is taken off the institution.
    Fund,
}

/// Points taken off an institution in a pool of a known value.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PenaltyQuestion {
    /// 可分配总额.
    pub pool: Fen,
    /// 总点数 before anything is taken off.
    pub total: Points,
    /// The institution's points before.
    pub own: Points,
    /// What is taken off.
    pub lost: Points,
    /// Where it goes.
    pub to: PenaltyTo,
}

/// What a penalty moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PenaltyEffect {
    /// What the institution gets.
    pub institution: Fen,
    /// What the others get.
    pub others: Fen,
    /// What comes back to the fund.
    pub fund: Fen,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// What points taken off do to institution, others and fund; together the pool (扣减归属).
///
/// # Errors
/// [`Refusal::PoolNotPositive`], [`Refusal::BadFact`] when more is taken off than there is,
/// [`Refusal::NothingToDivideBy`] when no point is left.
pub fn penalty_effect(of: &PenaltyQuestion) -> Result<PenaltyEffect, Refusal> {
    if of.pool <= Fen::ZERO {
        let name = "pool".into();
        return Err(Refusal::PoolNotPositive {
            name,
            amount: of.pool,
        });
    }
    if of.lost < Points::ZERO || of.lost > of.own || of.own > of.total {
        let want = "应不为负，不超过本机构点数和总点数";
        return Err(Refusal::fact("机构", "lost", of.lost, want));
    }
    let (own, lost) = (of.own.get() - of.lost.get(), of.lost.get());
    let others = of.total.get() - of.own.get();
    let back = match of.to {
        PenaltyTo::Pool => 0,
        PenaltyTo::Fund => lost,
    };
    if own + others + back == 0 {
        let what = "总点数".into();
        return Err(Refusal::NothingToDivideBy { what });
    }
    let parts = money::share_by_weight(of.pool, &[own, others, back]);
    let (institution, others, fund) = (parts[0], parts[1], parts[2]);
    let word = match of.to {
        PenaltyTo::Pool => "归总额",
        PenaltyTo::Fund => "归基金",
    };
    let sentence = format!(
        "扣减{}点{word}：本机构{institution}元，其他机构{others}元，退回基金{fund}元",
        of.lost
    );
    Ok(PenaltyEffect {
        institution,
        others,
        fund,
        trace: vec![TO.step(sentence)],
    })
}
