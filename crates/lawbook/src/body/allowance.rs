use policy::{AllowanceRule, DayRule, WageBase};

use super::Desk;
use super::condition::read_condition;
use crate::fault::FaultKind;
use crate::law::Kind;
use crate::yaml::{Fields, Node};

const WAGES: [(&str, WageBase); 3] = [
    ("employer_average", WageBase::EmployerAverage),
    ("own_base", WageBase::OwnBase),
    ("own_twelve_months", WageBase::OwnTwelveMonths),
];

/// Reads the maternity allowance.
pub(crate) fn read_allowance(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<AllowanceRule> {
    let page = &desk.page;
    let base = fields
        .need("base")
        .and_then(|node| page.choice(node, "津贴基数", &WAGES));
    let days = fields
        .need("days")
        .and_then(|node| page.each(node, |rule| read_day_rule(desk, rule)));
    let month_days = fields.need("month_days").and_then(|node| {
        let days = page.whole(node)?;
        if !(28..=31).contains(&days) {
            page.fault(node, FaultKind::OutOfUnit, "每月天数应为28至31");
        }
        Some(days)
    });
    let floor = desk.maybe_amount(fields.maybe("floor"));
    let ceiling = desk.maybe_reference(fields.maybe("ceiling"), Kind::Amount);
    let lump_sum = desk.maybe_amount(fields.maybe("lump_sum"));
    Some(AllowanceRule {
        base: base?,
        days: days?,
        month_days: month_days?,
        floor: floor?,
        ceiling: ceiling?,
        lump_sum: lump_sum?,
    })
}

fn read_day_rule(desk: &Desk<'_>, node: &Node) -> Option<DayRule> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let title = fields
        .need("title")
        .and_then(|node| page.text(node))
        .map(str::to_owned);
    let condition = read_condition(desk, &fields);
    let days = fields.need("days").and_then(|node| {
        let days = page.whole(node)?;
        if !(0..=1000).contains(&days) {
            page.fault(node, FaultKind::OutOfUnit, "天数应为0至1000");
        }
        Some(days)
    });
    let further = fields.maybe("per_further_baby");
    let per_further_baby = further.map_or(Some(false), |node| page.flag(node));
    fields.finish();
    Some(DayRule {
        title: title?,
        condition: condition?,
        days: days?,
        per_further_baby: per_further_baby?,
    })
}
