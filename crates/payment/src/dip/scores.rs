//! 病种分值：各年加权例均费用相对全区例均费用。

use money::{Exact, Fen, Score};
use serde::Deserialize;

use super::DipParameters;
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Factor, Refusal};

pub(crate) const RULE: Rule = Rule {
    rule: "dip.score",
    name: "病种分值",
    source: source::SCORES,
};

/// Means of several years with what each counts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeightedMean {
    /// 各年例均费用.
    pub year_means: Vec<Fen>,
    /// 各年权重.
    pub weights: Vec<Factor>,
}

/// The weighted mean (加权例均费用), yuan to four places.
///
/// # Errors
/// [`Refusal::BadParameter`] when years and weights differ in number,
/// [`Refusal::NothingToDivideBy`] when all weights are zero.
pub fn weighted_mean(of: &WeightedMean) -> Result<money::Decimal<4>, Refusal> {
    exact_mean(&of.year_means, &of.weights, "year_means")?
        .rounded()
        .or_refuse("加权例均费用")
}

/// `name` is what the file calls the list of means.
pub(crate) fn exact_mean(
    means: &[Fen],
    weights: &[Factor],
    name: &'static str,
) -> Result<Exact, Refusal> {
    if means.len() != weights.len() {
        let want = format!("应与权重的年数（{}年）相同", weights.len());
        return Err(Refusal::parameter(name, format!("{}年", means.len()), want));
    }
    if let Some(mean) = means.iter().find(|mean| **mean <= Fen::ZERO) {
        return Err(Refusal::parameter(name, mean, "例均费用应大于零"));
    }
    let mut sum = (Exact::ZERO, Exact::ZERO);
    for (mean, weight) in means.iter().zip(weights) {
        let weight = Exact::from(*weight);
        let part = weight.times((*mean).into());
        sum.0 = part
            .and_then(|part| sum.0.plus(part))
            .or_refuse("加权例均费用")?;
        sum.1 = sum.1.plus(weight).or_refuse("加权例均费用")?;
    }
    sum.0.over(sum.1).or_refuse("各年权重之和")
}

/// The score of a group (病种分值): weighted mean of the group ÷ that of all × base, two places.
///
/// # Errors
/// As [`weighted_mean`].
pub fn scores(
    group_means: &[Fen],
    region_means: &[Fen],
    parameters: &DipParameters,
) -> Result<Score, Refusal> {
    let weights = &parameters.year_weights;
    let group = exact_mean(group_means, weights, "group_year_means")?;
    let region = exact_mean(region_means, weights, "region_year_means")?;
    let relative = group.over(region);
    let score = relative.and_then(|relative| relative.times(parameters.base.into())?.rounded());
    score.or_refuse("病种分值")
}
