//! Which function of the room a case asks, by the name of its method.

use payment::methods::{
    advance, agreement_penalty, annual_budget, assessment, bed_day_tiers, capitation, consortium,
    critical_illness, day_surgery, day_ward, effect_price, fee_for_service, fund_position,
    global_budget, labour_share, long_term_care, margin, outpatient_points, pre_admission,
    prepayment, procurement, reversal, single_disease, statement, supplier_netting,
};
use payment::{Refusal, dip, drg};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// An outcome as data, or the refusal.
type Answered = Result<Value, Refusal>;

/// The answer to a question; an error when there is no such method or its facts do not fit it.
pub(super) fn answer(method: &str, facts: Value) -> Result<Answered, String> {
    let (family, name) = method.split_once('.').unwrap_or((method, ""));
    match family {
        "drg" | "drg_points" | "special_review" => of_points(name, facts),
        "dip" => of_scores(name, facts),
        "pool" => of_pools(name, facts),
        "fund" => of_funds(name, facts),
        "care" => of_care(name, facts),
        "outpatient" => of_outpatients(name, facts),
        "period" => of_periods(name, facts),
        _ => Err(unknown(method)),
    }
}

fn unknown(method: &str) -> String {
    format!("没有支付办法“{method}”")
}

fn of_points(name: &str, facts: Value) -> Result<Answered, String> {
    match name {
        "rate" => whole(facts, drg::rate_payment),
        "transfer_days" => one("deduction_days", facts, drg::transfer_days),
        "transfer_graduated" => one("payment", facts, drg::graduated_transfer),
        "base_points" => one("base_points", facts, drg::base_points),
        "stability" => one("stable", facts, drg::stability),
        "coefficient" => one("coefficient", facts, drg::blend),
        "low_multiple" => one("points", facts, drg::low_multiple),
        "high_multiple" => whole(facts, drg::high_multiple),
        "unstable" => one("points", facts, drg::cost_points),
        "bed_day" => one("points", facts, drg::bed_day_points),
        "covered_days" => one("days", facts, drg::covered_days),
        "readmission" => one("points", facts, drg::readmitted),
        "modifiers" => whole(facts, drg::modify),
        "quota" => one("max_cases", facts, drg::quota),
        "decision" => whole(facts, drg::decide),
        "trimming" => whole(facts, drg::trim),
        "upcoding" => whole(facts, drg::penalise),
        _ => Err(unknown(name)),
    }
}

fn of_scores(name: &str, facts: Value) -> Result<Answered, String> {
    match name {
        "weighted_mean" => one("weighted_mean", facts, dip::weighted_mean),
        "coefficient" => one("coefficient", facts, dip::institution_coefficient),
        "deviation" => whole(facts, dip::deviation_score),
        "point_value" => one("point_value", facts, dip::point_value),
        "budget_point_value" => one("point_value", facts, dip::budget_point_value),
        "settlement_point_value" => one("point_value", facts, dip::settlement_point_value),
        "region_point_value" => whole(facts, dip::region_point_value),
        "standard" => whole(facts, dip::standard_payment),
        "behaviour" => whole(facts, dip::deduct_behaviour),
        "annual_payment" => one("payment", facts, dip::annual_payment),
        _ => Err(unknown(name)),
    }
}

/// A month of an institution under one version of a method.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PricedMonth {
    #[serde(default)]
    scope: payment::Scope,
    version: payment::MethodVersion,
    institution: String,
    day: terms::Date,
    claims: Vec<payment::Claim>,
    #[serde(default)]
    quota: Option<payment::Quota>,
    #[serde(default)]
    points: Option<money::Points>,
}

/// What the method pays for the month; without a line the bills are paid by items.
fn price_month(of: &PricedMonth) -> Answered {
    const KEY: &str = "case";
    let (area, scheme) = (of.version.area, of.version.scheme);
    let basis = payment::Basis {
        document: "规则示例".to_owned(),
        article: None,
        checked: of.day,
        assumed: None,
        place: String::new(),
    };
    let arrangement = payment::Arrangement {
        key: KEY.to_owned(),
        title: of.version.method.zh().to_owned(),
        area,
        scheme,
        scope: of.scope.clone(),
        versions: vec![of.version.clone()],
        bases: vec![basis],
    };
    let book = payment::MethodBook {
        arrangements: vec![arrangement],
    };
    let institution = payment::Traits {
        code: of.institution.clone(),
        kind: terms::InstitutionKind::Hospital,
        grade: terms::Grade::Tertiary,
    };
    let keyed = |value| (KEY.to_owned(), value);
    let lines = payment::monthly_lines(
        &book,
        &payment::Month {
            area,
            scheme,
            day: of.day,
            institution: &institution,
            claims: &of.claims,
            quotas: of.quota.into_iter().map(keyed).collect(),
            points: of
                .points
                .map(|points| (KEY.to_owned(), points))
                .into_iter()
                .collect(),
        },
    )?;
    let line = lines.into_iter().next();
    Ok(line.map_or_else(|| json!({"lines": 0}), |line| json!(line)))
}

/// A pool and what each institution brings to it, in order of code.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pool {
    fund_final: money::Fen,
    #[serde(default)]
    variant: drg::Variant,
    portions: std::collections::BTreeMap<String, drg::Portion>,
}

fn share_pool(pool: &Pool) -> Answered {
    let portions: Vec<drg::Portion> = pool.portions.values().copied().collect();
    let shared = drg::share_pool(&portions, pool.fund_final, pool.variant)?;
    let value = shared.point_value.rounded::<4>();
    let value = value.map_err(|_| Refusal::TooLarge {
        what: "点值".into(),
    })?;
    let each = pool.portions.keys().zip(&shared.institutions);
    let due = each.map(|(code, own)| (code.clone(), json!(own.entitlement)));
    Ok(json!({
        "point_value": value, "total_points": shared.total_points,
        "entitlement": due.collect::<serde_json::Map<String, Value>>(),
    }))
}

fn of_pools(name: &str, facts: Value) -> Result<Answered, String> {
    match name {
        "share" => whole(facts, share_pool),
        "share_difference" => one("fund_final", facts, drg::share_difference),
        "heads" => whole(facts, capitation::share_by_heads),
        "package" => whole(facts, consortium::settle_package),
        "penalty" => whole(facts, drg::penalty_effect),
        "value_change" => one("income_change", facts, margin::value_change),
        _ => Err(unknown(name)),
    }
}

fn of_funds(name: &str, facts: Value) -> Result<Answered, String> {
    let total = |parts: &Vec<fund_position::Figure>| fund_position::total(parts);
    match name {
        "current_balance" => one("balance", facts, fund_position::current_balance),
        "total" => one("total", facts, total),
        "payable_months" => one("months", facts, fund_position::payable_months),
        "implied_monthly_expense" => one("monthly", facts, fund_position::implied_monthly_expense),
        "share_percent" => one("percent", facts, fund_position::share_percent),
        _ => Err(unknown(name)),
    }
}

fn of_care(name: &str, facts: Value) -> Result<Answered, String> {
    match name {
        "bed_day_tiers" => whole(facts, bed_day_tiers::pay_by_days),
        "single_disease" => whole(facts, single_disease::quota_payment),
        "day_surgery" => whole(facts, day_surgery::day_surgery),
        "day_ward" => whole(facts, day_ward::day_ward),
        "pre_admission" => one("tests_go", facts, pre_admission::pre_admission),
        "effect_price" => whole(facts, effect_price::effect_payment),
        "long_term_day" => whole(facts, long_term_care::care_day),
        "long_term_month" => whole(facts, long_term_care::care_month),
        "margin" => one("margin", facts, margin::margin),
        "labour_share" => whole(facts, labour_share::split_labour),
        _ => Err(unknown(name)),
    }
}

fn of_outpatients(name: &str, facts: Value) -> Result<Answered, String> {
    match name {
        "visit" => whole(facts, outpatient_points::visit_points),
        _ => Err(unknown(name)),
    }
}

fn of_periods(name: &str, facts: Value) -> Result<Answered, String> {
    match name {
        "annual_budget" => whole(facts, annual_budget::annual_budget),
        "fee_for_service" => whole(facts, fee_for_service::pay_batch),
        "assessment" => whole(facts, assessment::return_retention),
        "budget_month" => whole(facts, global_budget::pay_month),
        "budget_year" => whole(facts, global_budget::settle_year),
        "budget_progress" => whole(facts, global_budget::progress),
        "prepayment" => whole(facts, prepayment::prepay_month),
        "advance" => whole(facts, advance::advance),
        "suppliers" => whole(facts, supplier_netting::net_suppliers),
        "procurement" => whole(facts, procurement::retained_surplus),
        "critical_illness" => whole(facts, critical_illness::clear_insurer),
        "reversal" => whole(facts, reversal::reverse_claim),
        "month" => whole(facts, price_month),
        "breach" => whole(facts, agreement_penalty::breach_cost),
        "statement" => whole(facts, statement::close_statement),
        _ => Err(unknown(name)),
    }
}

/// Asks a function whose outcome has fields of its own.
fn whole<F: DeserializeOwned, O: Serialize>(
    facts: Value,
    ask: impl Fn(&F) -> Result<O, Refusal>,
) -> Result<Answered, String> {
    let facts: F =
        serde_json::from_value(facts).map_err(|error| format!("facts 不合要求：{error}"))?;
    match ask(&facts) {
        Ok(outcome) => match serde_json::to_value(outcome) {
            Ok(outcome) => Ok(Ok(outcome)),
            Err(error) => Err(format!("结果不能写出：{error}")),
        },
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// Asks a function that answers with one value, which gets a name.
fn one<F: DeserializeOwned, O: Serialize>(
    name: &str,
    facts: Value,
    ask: impl Fn(&F) -> Result<O, Refusal>,
) -> Result<Answered, String> {
    let answered = whole(facts, ask)?;
    Ok(answered.map(|value| json!({ name: value })))
}
