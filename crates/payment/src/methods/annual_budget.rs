//! 年度预算：上年决算额乘协商增长率，先留调剂金；各区按比例切分。

use money::{Fen, Ratio, share_by_weight};
use serde::{Deserialize, Serialize};

use crate::amounts::{not_negative, part, shares};
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const RULE: Rule = Rule {
    rule: "annual_budget",
    name: "年度预算",
    source: source::POINT_LAW,
};

/// What a budget is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetFacts {
    /// 上年决算额.
    pub final_last_year: Fen,
    /// 增长率, part by part: growth of income, prices, policy; together the rate.
    pub growth: Vec<Ratio>,
    /// 调剂金比例, held back for sharing what is overspent.
    #[serde(default = "nothing")]
    pub reserve: Ratio,
    /// 各区切分比例, where the budget is split; together 100%.
    #[serde(default)]
    pub split: Vec<(String, Ratio)>,
}

const fn nothing() -> Ratio {
    Ratio::ZERO
}

/// A year's budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnnualBudget {
    /// 增长率.
    pub growth: Ratio,
    /// 预算.
    pub budget: Fen,
    /// 调剂金, part of it.
    pub reserve: Fen,
    /// What may be paid out first.
    pub distributable: Fen,
    /// 各区预算, together what may be paid out.
    pub split: Vec<(String, Fen)>,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Makes a year's budget (年度预算).
///
/// # Errors
/// [`Refusal::BadParameter`] for a growth of −100% or less, a reserve outside 0% to 100% or a split
/// that does not close.
pub fn annual_budget(of: &BudgetFacts) -> Result<AnnualBudget, Refusal> {
    not_negative(&[("final_last_year", of.final_last_year)])?;
    shares(&[("reserve", of.reserve)])?;
    let limit = Ratio::new(10, 1);
    let wild = |rate: &&Ratio| **rate > limit || **rate <= Ratio::ZERO - Ratio::ONE;
    if let Some(rate) = of.growth.iter().find(wild) {
        return Err(Refusal::parameter(
            "growth",
            rate,
            "应大于-100%且不超过1000%",
        ));
    }
    let growth = of.growth.iter().fold(Ratio::ZERO, |sum, rate| sum + *rate);
    if growth <= Ratio::ZERO - Ratio::ONE {
        return Err(Refusal::parameter("growth", growth, "合计应大于-100%"));
    }
    let last = of.final_last_year;
    let budget = part(last, Ratio::ONE + growth, "年度预算")?;
    let reserve = part(budget, of.reserve, "调剂金")?;
    let distributable = budget - reserve;
    let split = split(distributable, &of.split)?;
    let trace = vec![RULE.step(format!(
        "上年决算{last}元，增长{growth}，预算{budget}元，其中调剂金{reserve}元"
    ))];
    Ok(AnnualBudget {
        growth,
        budget,
        reserve,
        distributable,
        split,
        trace,
    })
}

/// To the fen, by largest remainder, ties by name.
fn split(whole: Fen, by: &[(String, Ratio)]) -> Result<Vec<(String, Fen)>, Refusal> {
    if by.is_empty() {
        return Ok(Vec::new());
    }
    let mut by = by.to_vec();
    by.sort();
    let millionths = |share: Ratio| part(Fen::new(1_000_000), share, "切分比例");
    let mut weights = Vec::with_capacity(by.len());
    for (_, share) in &by {
        shares(&[("split", *share)])?;
        weights.push(millionths(*share)?.get());
    }
    if weights.iter().sum::<i64>() != 1_000_000 {
        let shown = by.iter().map(|(name, share)| format!("{name}{share}"));
        let shown = shown.collect::<Vec<String>>().join("、");
        return Err(Refusal::parameter("split", shown, "合计应为100%"));
    }
    let parts = share_by_weight(whole, &weights);
    Ok(by.into_iter().map(|(name, _)| name).zip(parts).collect())
}
