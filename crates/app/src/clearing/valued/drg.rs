//! 点数法的年度：由病例算点数和点值，逐例说明。

use std::borrow::Cow;
use std::collections::HashMap;

use ::store::CaseRow;
use money::{Exact, Fen};
use payment::drg::{
    BaseTally, Discharge, DrgClearing, DrgParameters, DrgRegion, PatientIndex, Priced, Tier,
    Variant, clear_region, explain_discharge, explain_institution,
};
use payment::{Groups, Refusal, Roster, Step};

use super::facts::PoolYear;
use super::{Part, Shared, Worth};

/// Cases of the base year without a group: they count in the mean of all.
const UNGROUPED: &str = "（未入组）";

/// Shares a budget by points.
pub(super) fn share(
    year: &PoolYear<'_>,
    parameters: &DrgParameters,
    budget: Fen,
) -> Result<Shared, Refusal> {
    let region = region(year, parameters, budget)?;
    let clearing = clear_region(&region)?;
    let pool = &clearing.pool;
    let mut parts = Vec::with_capacity(region.roster.len());
    for (code, index) in region.roster.codes() {
        let own = pool.of(index);
        parts.push(Part {
            institution: code.to_owned(),
            points: own.points.get(),
            items: own.fund,
            others: own.others,
            entitlement: own.entitlement,
            payment: own.entitlement,
            trace: explain_institution(&region, &clearing, index)?,
        });
    }
    let priced = region.discharges.iter().zip(&clearing.priced);
    let worths = priced.map(|(case, priced)| worth(&region, &clearing, case, *priced).map(Some));
    Ok(Shared {
        items: pool.fund_items,
        pool: pool.fund_final,
        points: pool.total_points.get(),
        point_value: shown(pool.point_value)?,
        worths: worths.collect::<Result<_, _>>()?,
        parts,
    })
}

fn shown(value: Exact) -> Result<String, Refusal> {
    let rounded = value.rounded::<4>().map_err(|_| Refusal::TooLarge {
        what: "点值".into(),
    })?;
    Ok(rounded.to_string())
}

fn region<'a>(
    year: &'a PoolYear<'_>,
    parameters: &DrgParameters,
    budget: Fen,
) -> Result<DrgRegion<'a>, Refusal> {
    let tiers = year.institutions.iter();
    let tiers = tiers.map(|(code, traits)| (code.clone(), traits.grade.word().to_owned()));
    let roster: Roster<Tier> = Roster::try_new(tiers.collect())?;
    let mut groups = Groups::default();
    let mut base = BaseTally::default();
    for case in year.base.iter().flatten() {
        let code = match case.group_code.as_str() {
            "" => UNGROUPED,
            code => code,
        };
        let group = groups.place(code)?;
        let at = || format!("基准年结算{}", case.settlement);
        let institution = roster.find(&case.institution, at)?;
        base.add(institution, group, case.cost, at)?;
    }
    let mut patients: HashMap<&str, PatientIndex> = HashMap::new();
    let mut discharges = Vec::with_capacity(year.cases.len());
    for case in &year.cases {
        let next = u32::try_from(patients.len()).unwrap_or(u32::MAX);
        let patient = patients
            .entry(&case.person_no)
            .or_insert(PatientIndex(next));
        let group = match case.group_code.as_str() {
            "" => None,
            code => Some(groups.place(code)?),
        };
        let at = || format!("结算{}", case.settlement);
        discharges.push(Discharge {
            id: Cow::Borrowed(case.settlement.as_str()),
            institution: roster.find(&case.institution, at)?,
            patient: Some(*patient),
            group,
            admission: case.admitted_on.unwrap_or(case.discharged_on),
            discharge: case.discharged_on,
            cost: case.cost,
            unreasonable: Fen::ZERO,
            fund: case.fund,
            others: others(case),
            bed_day_rate: None,
            special_review_approved: false,
            tumour_therapy: year.pool.is_tumour_therapy(&case.group_code),
        });
    }
    Ok(DrgRegion {
        parameters: parameters.clone(),
        roster,
        groups,
        base,
        discharges,
        budget,
    })
}

/// What patients and other payers paid.
pub(super) fn others(case: &CaseRow) -> Fen {
    case.cost - case.fund
}

fn worth(
    region: &DrgRegion<'_>,
    clearing: &DrgClearing,
    case: &Discharge<'_>,
    priced: Priced,
) -> Result<Worth, Refusal> {
    let value = clearing.pool.point_value;
    let too_large = |_| Refusal::TooLarge {
        what: "病例支付".into(),
    };
    let whole = Exact::from(priced.points).times(value).map_err(too_large)?;
    let (rest, how) = match region.parameters.variant {
        Variant::TotalCost => (case.others, "减去患者和其他方支付"),
        Variant::FundOnly => (Fen::ZERO, "只含基金"),
    };
    let estimate = whole.minus(rest.into()).and_then(Exact::yuan);
    let estimate = estimate.map_err(too_large)?;
    let mut trace = explain_discharge(region, &clearing.base, case, priced)?;
    let (points, price) = (priced.points, shown(value)?);
    trace.push(Step {
        rule: "pool.estimate",
        name: "折算支付",
        sentence: format!(
            "{points}点×点值{price}元，{how}{rest}元，折算基金支付{estimate}元\
             （按项目{}元）",
            case.fund
        ),
        source: "统筹区年度支付办法",
    });
    Ok(Worth {
        points: priced.points.get(),
        class: priced.class.zh(),
        estimate,
        trace,
    })
}
