//! 差异系数：同等级机构和本机构的例均费用相对病组例均费用的加权。

use money::{Coefficient, Exact};
use serde::Deserialize;

use crate::Refusal;
use crate::factor::Factor;
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};

pub(crate) const RULE: Rule = Rule {
    rule: "drg.coefficient",
    name: "差异系数",
    source: source::POINT_LAW,
};

/// What a coefficient is blended from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blend {
    /// Mean of institutions of the tier ÷ mean of the group.
    pub tier_ratio: Factor,
    /// Mean of the institution ÷ mean of the group.
    pub hospital_ratio: Factor,
    /// How much each counts.
    pub weights: (Factor, Factor),
    /// Least and most.
    pub clamp: (Coefficient, Coefficient),
}

/// The coefficient (差异系数): the weighted ratios to four places, then within its bounds.
///
/// # Errors
/// [`Refusal::TooLarge`].
pub fn blend(of: &Blend) -> Result<Coefficient, Refusal> {
    let ratios = (of.tier_ratio.into(), of.hospital_ratio.into());
    blended(ratios, of.weights, of.clamp)
}

pub(crate) fn blended(
    (tier, hospital): (Exact, Exact),
    (first, second): (Factor, Factor),
    (least, most): (Coefficient, Coefficient),
) -> Result<Coefficient, Refusal> {
    let sum = tier
        .times(first.into())
        .and_then(|tier| tier.plus(hospital.times(second.into())?));
    let rounded: Coefficient = sum.and_then(Exact::rounded).or_refuse("差异系数")?;
    Ok(rounded.max(least).min(most))
}
