use money::{Exact, Points};

use super::{
    BaseYear, Class, Discharge, DrgClearing, DrgRegion, GroupBase, Priced, Variant, base_points,
    bed_day, classify, coefficient, cost_points, high_multiple, low_multiple, pool, readmission,
    sharing,
};
use crate::refusal::OrRefuse;
use crate::{InstitutionIndex, Refusal, Step};

/// Why a discharge counts what it counts (点数说明), step by step.
///
/// # Errors
/// [`Refusal::TooLarge`]; not for a discharge that was priced.
pub fn explain_discharge(
    region: &DrgRegion<'_>,
    base: &BaseYear,
    discharge: &Discharge<'_>,
    priced: Priced,
) -> Result<Vec<Step>, Refusal> {
    let found = discharge
        .group
        .and_then(|index| Some((index, base.group(index)?)));
    let mut steps = Vec::new();
    let mut before = priced.points;
    if priced.halved {
        before = base.price(discharge, &region.parameters)?.points;
    }
    match (priced.class, found) {
        (Class::BedDay | Class::Unstable, _) | (_, None) => {
            let code = discharge.group.map(|index| region.groups.code(index));
            steps.push(by_cost(
                base,
                discharge,
                priced.class,
                (code, found),
                before,
            )?);
        }
        (_, Some((index, group))) => {
            let code = region.groups.code(index);
            steps.extend(group_steps(base, discharge, code, group)?);
            steps.push(by_group(region, discharge, priced.class, group, before)?);
        }
    }
    if let Some(rule) = region.parameters.readmission.filter(|_| priced.halved) {
        let sentence = format!(
            "出院后{}日内因同一病组再次住院，本次点数按{}计：{before}×{}＝{}",
            rule.window, rule.factor, rule.factor, priced.points
        );
        steps.push(readmission::RULE.step(sentence));
    }
    Ok(steps)
}

fn yuan(value: Exact) -> Result<money::Decimal<4>, Refusal> {
    value.rounded().or_refuse("例均费用")
}

/// Stays by days, and what is in no stable group.
fn by_cost(
    base: &BaseYear,
    discharge: &Discharge<'_>,
    class: Class,
    (code, found): (Option<&str>, Option<(crate::GroupIndex, &GroupBase)>),
    points: Points,
) -> Result<Step, Refusal> {
    let mean = yuan(base.mean_all)?;
    if let (Class::BedDay, Some(rate)) = (class, discharge.bed_day_rate) {
        let one = cost_points::by_cost(rate, base.mean_all)?;
        let days = bed_day::days_between(discharge.admission, discharge.discharge).max(1);
        return Ok(bed_day::RULE.step(format!(
            "按床日计：每床日{rate}元÷全部病例例均费用{mean}元×100＝{one}点，\
             住院{days}天，共{points}点"
        )));
    }
    let why = match (code, found) {
        (None, _) => "未入组".to_owned(),
        (Some(code), None) => format!("病组{code}在基准年没有病例"),
        (Some(code), Some((_, group))) => {
            format!("病组{code}（基准年{}例）不是稳定病组", group.count)
        }
    };
    let (cost, cut) = (discharge.cost, discharge.unreasonable);
    Ok(cost_points::RULE.step(format!(
        "{why}，按合理费用折算：（{cost}－{cut}）元÷全部病例例均费用{mean}元×100＝{points}点"
    )))
}

fn group_steps(
    base: &BaseYear,
    discharge: &Discharge<'_>,
    code: &str,
    group: &GroupBase,
) -> Result<[Step; 2], Refusal> {
    let (mean, all, points) = (yuan(group.mean)?, yuan(base.mean_all)?, group.base_points);
    let first = base_points::RULE.step(format!(
        "病组{code}基准年{}例，例均费用{mean}元÷全部病例例均费用{all}元×100＝基准点数{points}",
        group.count
    ));
    let own = group.coefficient(discharge.institution);
    let second = coefficient::RULE.step(if group.same_price {
        format!("病组{code}同病同价，差异系数{own}")
    } else {
        format!("本机构在病组{code}的差异系数为{own}")
    });
    Ok([first, second])
}

fn by_group(
    region: &DrgRegion<'_>,
    discharge: &Discharge<'_>,
    class: Class,
    group: &GroupBase,
    points: Points,
) -> Result<Step, Refusal> {
    let parameters = &region.parameters;
    let own = group.coefficient(discharge.institution);
    let (base, cost) = (group.base_points, discharge.reasonable_cost());
    let times = Exact::from(cost).over(group.mean).or_refuse("费用倍数")?;
    let times = times.rounded::<4>().or_refuse("费用倍数")?;
    let multiple = parameters.high_multiple(base)?;
    Ok(match class {
        Class::High if discharge.special_review_approved => high_multiple::RULE.step(format!(
            "合理费用{cost}元为均费的{times}倍，达到{multiple}倍，特病单议已批准：\
                 {base}×{own}，另加（倍数－{multiple}）×{base}，共{points}点"
        )),
        Class::High => high_multiple::RULE.step(format!(
            "合理费用{cost}元为均费的{times}倍，达到{multiple}倍，特病单议未批准，\
             按正常病例计：{base}×{own}＝{points}点"
        )),
        Class::Low => low_multiple::RULE.step(format!(
            "合理费用{cost}元为均费的{times}倍，低于{}倍：{base}×{own}×费用倍数，\
             不超过基准点数，得{points}点",
            parameters.low
        )),
        _ => classify::NORMAL.step(format!(
            "合理费用{cost}元为均费的{times}倍，属正常病例：{base}×{own}＝{points}点"
        )),
    })
}

/// Why an institution gets what it gets (清算说明).
///
/// # Errors
/// [`Refusal::TooLarge`]; not for a pool that was shared.
pub fn explain_institution(
    region: &DrgRegion<'_>,
    clearing: &DrgClearing,
    institution: InstitutionIndex,
) -> Result<Vec<Step>, Refusal> {
    let (pool, share) = (&clearing.pool, region.parameters.share);
    let own = pool.of(institution);
    let (items, budget, fund) = (pool.fund_items, region.budget, pool.fund_final);
    let difference = if items <= budget {
        format!(
            "全区按项目应付{items}元，未超预算{budget}元，结余按{}留用，决算基金额{fund}元",
            share.keep
        )
    } else {
        format!(
            "全区按项目应付{items}元，超出预算{budget}元，超出部分基金承担{}，决算基金额{fund}元",
            share.bear
        )
    };
    let value = pool.point_value.rounded::<4>().or_refuse("点值")?;
    let (points, total, others, due) = (own.points, pool.total_points, own.others, own.entitlement);
    let shared = match region.parameters.variant {
        Variant::TotalCost => format!(
            "本机构{points}点，全区{total}点，点值{value}元（含患者和其他方支付），\
             按精确点值分得后减去其他支付{others}元，应得{due}元"
        ),
        Variant::FundOnly => format!(
            "本机构{points}点，全区{total}点，点值{value}元（只含基金），按精确点值应得{due}元"
        ),
    };
    Ok(vec![
        sharing::RULE.step(difference),
        pool::RULE.step(shared),
    ])
}
