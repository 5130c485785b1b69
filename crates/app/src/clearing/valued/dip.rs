//! 病种分值的年度：由病例算加权分值和应得额，逐例说明。

use std::borrow::Cow;

use money::{Exact, Fen};
use payment::dip::{
    DipCase, DipClearing, DipInstitution, DipParameters, DipPriced, DipRegion, clear_region,
    explain_case, explain_institution,
};
use payment::{Groups, Refusal, Roster, Step};

use super::facts::PoolYear;
use super::means::means;
use super::{Part, Shared, Worth, drg};

/// Shares what is available by weighted scores; cases without a group have no score.
pub(super) fn share(
    year: &PoolYear<'_>,
    parameters: &DipParameters,
    available: Fen,
) -> Result<Shared, Refusal> {
    let region = region(year, parameters, available)?;
    let clearing = clear_region(&region)?;
    let mut parts = Vec::with_capacity(region.roster.len());
    for (code, index) in region.roster.codes() {
        let own = clearing.of(index);
        let mine = year.cases.iter().filter(|case| case.institution == code);
        parts.push(Part {
            institution: code.to_owned(),
            points: own.weighted.get(),
            items: own.actual,
            others: mine.map(drg::others).sum(),
            entitlement: own.entitlement,
            payment: own.annual_payment,
            trace: explain_institution(&region, &clearing, index)?,
        });
    }
    let mut priced = region.cases.iter().zip(&clearing.priced);
    let mut worths = Vec::with_capacity(year.cases.len());
    for case in &year.cases {
        let grouped = !case.group_code.is_empty();
        let next = grouped.then(|| priced.next()).flatten();
        let worth = next.map(|(case, priced)| worth(&region, &clearing, case, *priced));
        worths.push(worth.transpose()?);
    }
    Ok(Shared {
        items: parts.iter().map(|part| part.items).sum(),
        pool: available,
        points: clearing.total_weighted.get(),
        point_value: clearing.point_value.to_string(),
        parts,
        worths,
    })
}

fn region<'a>(
    year: &'a PoolYear<'_>,
    parameters: &DipParameters,
    fund_available: Fen,
) -> Result<DipRegion<'a>, Refusal> {
    let facts = year.institutions.iter().map(|(code, traits)| {
        let level = traits.grade.word().to_owned();
        let coefficient = year.pool.coefficient(code, &level);
        (code.clone(), DipInstitution { level, coefficient })
    });
    let roster = Roster::try_new(facts.collect())?;
    let mut groups = Groups::default();
    let mut cases = Vec::with_capacity(year.cases.len());
    for case in year.cases.iter().filter(|case| !case.group_code.is_empty()) {
        let at = || format!("结算{}", case.settlement);
        cases.push(DipCase {
            id: Cow::Borrowed(case.settlement.as_str()),
            institution: roster.find(&case.institution, at)?,
            group: groups.place(&case.group_code)?,
            cost: case.cost,
            fund: case.fund,
            auxiliary: None,
        });
    }
    Ok(DipRegion {
        parameters: parameters.clone(),
        roster,
        groups,
        means: means(year, parameters.year_weights.len())?,
        cases,
        fund_available,
    })
}

fn worth(
    region: &DipRegion<'_>,
    clearing: &DipClearing,
    case: &DipCase<'_>,
    priced: DipPriced,
) -> Result<Worth, Refusal> {
    let too_large = |_| Refusal::TooLarge {
        what: "病例支付".into(),
    };
    let share = Exact::from(priced.weighted).over(clearing.total_weighted.into());
    let estimate = share
        .and_then(|share| share.times(region.fund_available.into())?.yuan())
        .map_err(too_large)?;
    let mut trace = explain_case(region, clearing, case, priced)?;
    trace.push(Step {
        rule: "pool.estimate",
        name: "折算支付",
        sentence: format!(
            "加权分值{}占全区{}，折算基金支付{estimate}元（按项目{}元）",
            priced.weighted, clearing.total_weighted, case.fund
        ),
        source: "统筹区年度支付办法",
    });
    Ok(Worth {
        points: priced.weighted.get(),
        class: priced.class.zh(),
        estimate,
        trace,
    })
}
