use money::Ratio;
use policy::{
    BackPayment, BaseOf, BaseRule, Charge, ContributionRounding, ContributionRule, DueDay, LateFee,
    Levy, MonthlyRule, Payer, RequiredYears, RoundedPart, Table, YearRounding,
};

use super::Desk;
use super::amount::ROUNDINGS;
use super::person::{read_person_condition, rows_ask_person};
use super::premium::{read_premium, read_subsidy};
use super::relief::{read_deferral, read_relief};
use super::table::{Completeness, read_table};
use crate::fault::FaultKind;
use crate::yaml::{Data, Fields, Node};

pub(super) const PAYERS: [(&str, Payer); 2] =
    [("employer", Payer::Employer), ("person", Payer::Person)];
const PARTS: [(&str, RoundedPart); 2] = [
    ("charge", RoundedPart::Charge),
    ("payer", RoundedPart::Payer),
];
const YEARS: [(&str, YearRounding); 2] = [
    ("month_first", YearRounding::MonthFirst),
    ("at_once", YearRounding::AtOnce),
];
const FORMS: [&str; 7] = [
    "monthly",
    "relief",
    "deferral",
    "late_fee",
    "back_payment",
    "premium",
    "subsidy",
];

/// Reads a rule about contributions: exactly one of its forms.
pub(crate) fn read_contribution(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<ContributionRule> {
    let (form, node) = fields.one_of(&FORMS)?;
    let inner = Fields::of(&desk.page, node)?;
    let rule = match form {
        "monthly" => read_monthly(desk, &inner).map(ContributionRule::Monthly),
        "relief" => read_relief(desk, node, &inner).map(ContributionRule::Relief),
        "deferral" => read_deferral(desk, node, &inner).map(ContributionRule::Deferral),
        "late_fee" => read_late_fee(desk, &inner).map(ContributionRule::LateFee),
        "premium" => read_premium(desk, &inner).map(ContributionRule::Premium),
        "subsidy" => read_subsidy(desk, &inner).map(ContributionRule::Subsidy),
        _ => read_back_payment(desk, &inner).map(ContributionRule::BackPayment),
    };
    inner.finish();
    rule
}

fn read_monthly(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<MonthlyRule> {
    let base = fields
        .maybe("base")
        .map_or(Some(None), |node| read_base(desk, node).map(Some));
    let charges = fields
        .need("charges")
        .and_then(|node| read_charges(desk, node, matches!(base, Some(None))));
    let rounding = fields
        .need("rounding")
        .and_then(|node| read_rounding(desk, node));
    let due = fields
        .maybe("due")
        .map_or(Some(None), |node| read_due(desk, node).map(Some));
    Some(MonthlyRule {
        base: base?,
        charges: charges?,
        rounding: rounding?,
        due: due?,
    })
}

fn read_base(desk: &Desk<'_>, node: &Node) -> Option<Table<BaseRule>> {
    let fields = Fields::of(&desk.page, node)?;
    let table = read_table(desk, &fields, "of", Completeness::Open, |row| {
        read_base_rule(desk, row).map(Some)
    });
    fields.finish();
    table.filter(|table| rows_ask_person(desk, node, table))
}

fn read_base_rule(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<BaseRule> {
    let of = fields.need("of").and_then(|node| read_base_of(desk, node));
    let floor = desk.maybe_amount(fields.maybe("floor"));
    let ceiling = desk.maybe_amount(fields.maybe("ceiling"));
    let starts = fields.maybe("year_starts_in_month");
    let year_starts_in_month = starts.map_or(Some(1), |node| read_within(desk, node, 1, 12));
    Some(BaseRule {
        of: of?,
        floor: floor?,
        ceiling: ceiling?,
        year_starts_in_month: i8::try_from(year_starts_in_month?).ok()?,
    })
}

fn read_base_of(desk: &Desk<'_>, node: &Node) -> Option<BaseOf> {
    if !matches!(node.data, Data::Map(_)) {
        return desk
            .page
            .choice(node, "缴费基数", &[("own_wage", ())])
            .map(|()| BaseOf::OwnWage);
    }
    let fields = Fields::of(&desk.page, node)?;
    let amount = fields.need("amount").and_then(|node| desk.amount(node));
    let steps = fields.maybe("steps").map(|node| {
        let steps = desk.page.each(node, |step| desk.page.multiple(step));
        if steps.as_ref().is_some_and(Vec::is_empty) {
            let message = "档次不能为空；只有一档就不写 steps";
            desk.page.fault(node, FaultKind::MissingField, message);
        }
        steps
    });
    fields.finish();
    match steps {
        None => amount.map(BaseOf::Amount),
        Some(steps) => Some(BaseOf::Chosen {
            amount: amount?,
            steps: steps?,
        }),
    }
}

fn read_charges(desk: &Desk<'_>, node: &Node, without_base: bool) -> Option<Vec<Charge>> {
    let nodes = desk.page.list(node)?;
    if nodes.is_empty() {
        desk.page
            .fault(node, FaultKind::MissingField, "至少要有一个缴费项目");
    }
    let charges: Vec<_> = nodes.iter().map(|one| read_charge(desk, one)).collect();
    let charges: Vec<Charge> = charges.into_iter().collect::<Option<_>>()?;
    for (position, charge) in charges.iter().enumerate() {
        let twice = charges[..position].iter().any(|other| {
            other.code == charge.code
                && other.payer == charge.payer
                && !other.condition.excludes(&charge.condition)
        });
        if twice {
            let message = format!(
                "{}的“{}”写了两次而条件可能同时成立",
                charge.payer.zh(),
                charge.code
            );
            desk.page
                .fault(&nodes[position], FaultKind::Overlap, message);
        }
        if without_base && matches!(charge.levy, Levy::Rate(_)) {
            let message = "按费率缴纳的项目需要 base（缴费基数）";
            desk.page
                .fault(&nodes[position], FaultKind::MissingField, message);
        }
    }
    Some(charges)
}

fn read_charge(desk: &Desk<'_>, node: &Node) -> Option<Charge> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let code = fields.need("code").and_then(|node| page.word(node));
    let title = fields.need("title").and_then(|node| page.text(node));
    let payer = fields
        .need("payer")
        .and_then(|node| page.choice(node, "缴费方", &PAYERS));
    let condition = read_person_condition(desk, node, &fields);
    let levy = match fields.one_of(&["rate", "fixed"]) {
        Some(("rate", node)) => page.share(node).map(Levy::Rate),
        Some((_, node)) => page.yuan(node).map(Levy::Fixed),
        None => None,
    };
    fields.finish();
    Some(Charge {
        code: code?,
        title: title?.to_owned(),
        payer: payer?,
        condition: condition?,
        levy: levy?,
    })
}

fn read_rounding(desk: &Desk<'_>, node: &Node) -> Option<ContributionRounding> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let unit = |name| {
        let node = fields.need(name)?;
        let unit = page.yuan(node)?;
        if unit.is_zero() {
            page.fault(node, FaultKind::OutOfUnit, "取整单位应大于零");
            return None;
        }
        Some(unit.get())
    };
    let (base, month) = (unit("base_to"), unit("month_to"));
    let rounding = fields
        .need("how")
        .and_then(|node| page.choice(node, "舍入方式", &ROUNDINGS));
    let per = fields
        .need("per")
        .and_then(|node| page.choice(node, "取整对象", &PARTS));
    let year = fields
        .need("year")
        .and_then(|node| page.choice(node, "年度取整", &YEARS));
    fields.finish();
    Some(ContributionRounding {
        base_unit_fen: base?,
        month_unit_fen: month?,
        rounding: rounding?,
        per: per?,
        year: year?,
    })
}

fn read_due(desk: &Desk<'_>, node: &Node) -> Option<DueDay> {
    let fields = Fields::of(&desk.page, node)?;
    let after = fields.need("months_after");
    let months_after = after.and_then(|node| read_within(desk, node, 0, 12));
    let day = fields
        .need("day")
        .and_then(|node| read_within(desk, node, 1, 31));
    fields.finish();
    Some(DueDay {
        months_after: months_after?,
        day: i8::try_from(day?).ok()?,
    })
}

fn read_late_fee(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<LateFee> {
    let node = fields.need("daily_rate")?;
    let daily_rate = desk.page.share(node)?;
    Some(LateFee { daily_rate })
}

fn read_back_payment(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<BackPayment> {
    let required = fields.need("required").and_then(|node| {
        let inner = Fields::of(&desk.page, node)?;
        let table = read_table(desk, &inner, "years", Completeness::Required, |row| {
            read_required(desk, row).map(Some)
        });
        inner.finish();
        table.filter(|table| rows_ask_person(desk, node, table))
    });
    let base = desk.maybe_amount(fields.maybe("base"));
    let rate = fields.need("rate").and_then(|node| desk.page.share(node));
    let account = fields.maybe("account_share");
    let account_share = account.map_or(Some(Ratio::ZERO), |node| desk.page.share(node));
    Some(BackPayment {
        required: required?,
        base: base?,
        rate: rate?,
        account_share: account_share?,
    })
}

fn read_required(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<RequiredYears> {
    let years = fields.need("years");
    let total = years.and_then(|node| read_within(desk, node, 0, 60));
    let local = fields.maybe("local_years");
    let local = local.map_or(Some(0), |node| read_within(desk, node, 0, 60));
    Some(RequiredYears {
        total: total?,
        local: local?,
    })
}

/// A whole number within bounds.
pub(super) fn read_within(desk: &Desk<'_>, node: &Node, low: i32, high: i32) -> Option<i32> {
    let number = desk.page.count(node)?;
    if !(low..=high).contains(&number) {
        let message = format!("应为{low}至{high}");
        desk.page.fault(node, FaultKind::OutOfUnit, message);
        return None;
    }
    Some(number)
}
