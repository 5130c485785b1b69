//! 机构系数：等级基本系数乘各项加成，限制在上下限内。

use money::{Coefficient, Exact};
use serde::Deserialize;

use crate::refusal::OrRefuse;
use crate::{Factor, Refusal};

/// What an institution's coefficient is made of.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstitutionCoefficient {
    /// 等级基本系数.
    pub basic: Factor,
    /// 加成: case mix, traditional medicine, paediatrics, key disciplines, each a plus or minus.
    pub adjustments: Vec<Factor>,
    /// Least and most.
    pub clamp: (Coefficient, Coefficient),
}

/// The coefficient (机构系数): basic × every (1 + adjustment), four places, within its bounds.
///
/// # Errors
/// [`Refusal::BadParameter`] for an adjustment of −1 or less, [`Refusal::TooLarge`].
pub fn institution_coefficient(of: &InstitutionCoefficient) -> Result<Coefficient, Refusal> {
    let mut product = Exact::from(of.basic);
    for adjustment in &of.adjustments {
        let factor = Exact::ONE
            .plus((*adjustment).into())
            .or_refuse("机构系数")?;
        if factor <= Exact::ZERO {
            return Err(Refusal::parameter("adjustments", adjustment, "应大于-1"));
        }
        product = product.times(factor).or_refuse("机构系数")?;
    }
    let rounded: Coefficient = product.rounded().or_refuse("机构系数")?;
    let (least, most) = of.clamp;
    Ok(rounded.max(least).min(most))
}
