use money::{Exact, Fen};

use super::annual_band;
use super::{
    DeviationClass, DipCase, DipClearing, DipPriced, DipRegion, deviation, point_value, scores,
};
use crate::refusal::OrRefuse;
use crate::{InstitutionIndex, Refusal, Step};

/// Why a case counts what it counts (分值说明), step by step.
///
/// # Errors
/// [`Refusal::TooLarge`]; not for a case that was priced.
pub fn explain_case(
    region: &DipRegion<'_>,
    clearing: &DipClearing,
    case: &DipCase<'_>,
    priced: DipPriced,
) -> Result<Vec<Step>, Refusal> {
    let (prices, facts) = (&clearing.prices, region.roster.get(case.institution));
    let code = region.groups.code(case.group);
    let score = prices.score(case.group).unwrap_or_default();
    let mean = prices.level_mean(case.group, case.institution);
    let mean = mean.unwrap_or(Fen::ZERO);
    let auxiliary = case.auxiliary.map_or_else(String::new, |factor| {
        format!("，辅助目录系数取最大的{factor}，分值和均费都乘以它")
    });
    let ratio = Exact::from(mean)
        .times(case.auxiliary.map_or(Exact::ONE, Exact::from))
        .and_then(|mean| Exact::from(case.cost).over(mean)?.rounded::<4>())
        .or_refuse("费用比")?;
    let parameters = &region.parameters;
    let how = match priced.class {
        DeviationClass::Low => format!("低于{}倍，分值乘以费用比", parameters.low),
        DeviationClass::High => {
            let high = parameters.high;
            format!("高于{high}倍，分值乘以（费用比－{high}＋1）")
        }
        DeviationClass::Normal => "在正常范围内，分值不变".to_owned(),
    };
    let coefficient = if prices.is_basic(case.group) {
        "基层病种，系数1".to_owned()
    } else {
        format!("机构系数{}", facts.coefficient)
    };
    Ok(vec![
        scores::RULE.step(format!("病种{code}分值{score}{auxiliary}")),
        deviation::RULE.step(format!(
            "费用{}元，级别{}例均费用{mean}元，费用比{ratio}，{how}，病例分值{}；{coefficient}，\
             加权分值{}",
            case.cost, facts.level, priced.score, priced.weighted
        )),
    ])
}

/// Why an institution gets what it gets (清算说明).
///
/// # Errors
/// [`Refusal::TooLarge`]; not for a pool that was shared.
pub fn explain_institution(
    region: &DipRegion<'_>,
    clearing: &DipClearing,
    institution: InstitutionIndex,
) -> Result<Vec<Step>, Refusal> {
    let own = clearing.of(institution);
    let shared = format!(
        "可分配基金{}元，全区加权分值{}，结算单价{}元；本机构加权分值{}，应得{}元",
        region.fund_available,
        clearing.total_weighted,
        clearing.point_value,
        own.weighted,
        own.entitlement
    );
    let ratio = Exact::from(own.actual).over(own.entitlement.into());
    let ratio = ratio.and_then(Exact::rounded::<4>).map_or_else(
        |_| "没有应得额".to_owned(),
        |ratio| format!("为应得额的{ratio}倍"),
    );
    let paid = format!(
        "按项目应付{}元，{ratio}，按年终结算区间支付{}元",
        own.actual, own.annual_payment
    );
    Ok(vec![
        point_value::RULE.step(shared),
        annual_band::RULE.step(paid),
    ])
}
