//! 分值单价：年初预算单价、结算单价和按区内外分值的单价。

use money::{Decimal, Exact, Fen, Points, Score};
use serde::{Deserialize, Serialize};

use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Factor, Refusal};

pub(crate) const RULE: Rule = Rule {
    rule: "dip.point_value",
    name: "分值单价与分配",
    source: source::SCORES,
};

/// A budget and all scores of a year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointValue {
    /// 预算.
    pub budget: Fen,
    /// 总分值.
    pub total_points: Points,
}

/// Budget ÷ scores (分值单价), four places.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] without scores.
pub fn point_value(of: &PointValue) -> Result<Decimal<4>, Refusal> {
    let value = Exact::from(of.budget).over(of.total_points.into());
    value.and_then(Exact::rounded).or_refuse("总分值")
}

/// Costs and scores of several years.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetPointValue {
    /// 各年住院总费用.
    pub costs: Vec<Fen>,
    /// 各年总分值.
    pub scores: Vec<Score>,
    /// 各年权重.
    pub weights: Vec<Factor>,
}

/// The value at the start of a year (预算单价): weighted costs ÷ weighted scores, four places.
///
/// # Errors
/// [`Refusal::BadParameter`] when the lists differ in length, [`Refusal::NothingToDivideBy`]
/// without scores.
pub fn budget_point_value(of: &BudgetPointValue) -> Result<Decimal<4>, Refusal> {
    let years = of.weights.len();
    if of.costs.len() != years || of.scores.len() != years {
        let given = format!("{}年费用、{}年分值", of.costs.len(), of.scores.len());
        return Err(Refusal::parameter(
            "weights",
            given,
            format!("应各为{years}年"),
        ));
    }
    let mut sums = (Exact::ZERO, Exact::ZERO);
    for ((cost, score), weight) in of.costs.iter().zip(&of.scores).zip(&of.weights) {
        let weight = Exact::from(*weight);
        let add = |sum: Exact, value: Exact| sum.plus(weight.times(value)?);
        sums.0 = add(sums.0, (*cost).into()).or_refuse("加权费用")?;
        sums.1 = add(sums.1, (*score).into()).or_refuse("加权分值")?;
    }
    let value = sums.0.over(sums.1).and_then(Exact::rounded);
    value.or_refuse("加权分值")
}

/// What may be paid and how much of a bill the fund bears on average.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettlementPointValue {
    /// 可用于分配的基金.
    pub fund: Fen,
    /// 平均报销比例.
    pub reimbursement_ratio: Factor,
    /// 加权总分值.
    pub total_scores: Points,
}

/// The value at the end of a year (结算单价): fund ÷ ratio ÷ scores, four places.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] without scores or ratio.
pub fn settlement_point_value(of: &SettlementPointValue) -> Result<Decimal<4>, Refusal> {
    let whole = Exact::from(of.fund).over(of.reimbursement_ratio.into());
    let whole = whole.or_refuse("平均报销比例")?;
    let value = whole.over(of.total_scores.into()).and_then(Exact::rounded);
    value.or_refuse("总分值")
}

/// Points won inside the area and outside it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionPointValue {
    /// 预算.
    pub budget: Fen,
    /// 区内分值.
    pub own_points: Score,
    /// 区外分值.
    pub external_points: Score,
    /// What a point won inside counts.
    pub own_multiplier: Factor,
}

/// All points of an area and what one is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RegionPoints {
    /// 总分值.
    pub region_points: Score,
    /// 单价.
    pub point_value: Decimal<4>,
}

/// Budget ÷ (own points × multiplier + points outside) (全区单价), four places.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] without points.
pub fn region_point_value(of: &RegionPointValue) -> Result<RegionPoints, Refusal> {
    let own = Exact::from(of.own_points).times(of.own_multiplier.into());
    let points = own.and_then(|own| own.plus(of.external_points.into()));
    let points = points.or_refuse("总分值")?;
    let value = Exact::from(of.budget).over(points).and_then(Exact::rounded);
    Ok(RegionPoints {
        region_points: points.rounded().or_refuse("总分值")?,
        point_value: value.or_refuse("总分值")?,
    })
}
