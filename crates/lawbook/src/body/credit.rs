use money::{Fen, Rounding};
use policy::{
    CashOutReason, CreditPart, CreditRule, DuringRelief, ExitRule, HeirTo, InterestMethod,
    InterestRule, SharingRule, SponsorOrder, TransferOut, WhileUnpaid,
};
use terms::{AccountKind, Relation, SharingPurpose, Vocabulary};

use super::Desk;
use super::amount::ROUNDINGS;
use super::contribution::read_within;
use super::person::rows_ask_person;
use super::table::{Completeness, read_table};
use crate::fault::FaultKind;
use crate::yaml::{Data, Fields, Node};

const RELIEFS: [(&str, DuringRelief); 2] = [
    ("unchanged", DuringRelief::Unchanged),
    ("follows", DuringRelief::Follows),
];
const UNPAID: [(&str, WhileUnpaid); 2] = [
    ("continues", WhileUnpaid::Continues),
    ("postponed", WhileUnpaid::Postponed),
];
const HEIRS: [(&str, HeirTo); 2] = [("account", HeirTo::Account), ("payout", HeirTo::Payout)];
const TRANSFERS: [(&str, TransferOut); 3] = [
    ("with_person", TransferOut::WithPerson),
    ("payout", TransferOut::Payout),
    ("stays", TransferOut::Stays),
];
const REASONS: [(&str, CashOutReason); 2] = [
    ("emigration", CashOutReason::Emigration),
    ("no_account_there", CashOutReason::NoAccountThere),
];
const ORDERS: [(&str, SponsorOrder); 3] = [
    ("earliest_grant", SponsorOrder::EarliestGrant),
    ("largest_balance", SponsorOrder::LargestBalance),
    ("relation", SponsorOrder::Relation),
];

/// Reads what a month adds to a personal account.
pub(crate) fn read_credit(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<CreditRule> {
    let node = fields.maybe("rows").or(fields.maybe("parts"));
    let parts = read_table(desk, fields, "parts", Completeness::Open, |row| {
        let node = row.need("parts")?;
        match &node.data {
            Data::Null => Some(None),
            _ => read_parts(desk, node).map(Some),
        }
    });
    let parts = parts.filter(|table| node.is_some_and(|node| rows_ask_person(desk, node, table)));
    let page = &desk.page;
    let unpaid = |name, title| {
        let node = fields.need(name);
        node.and_then(|node| page.choice(node, title, &UNPAID))
    };
    let during_relief = fields
        .need("during_relief")
        .and_then(|node| page.choice(node, "减征期间的划入", &RELIEFS));
    let while_deferred = unpaid("while_deferred", "缓缴期间的划入");
    let while_owing = unpaid("while_owing", "欠费期间的划入");
    let rounded = read_rounding(desk, fields);
    let (unit_fen, rounding) = rounded?;
    Some(CreditRule {
        parts: parts?,
        during_relief: during_relief?,
        while_deferred: while_deferred?,
        while_owing: while_owing?,
        unit_fen,
        rounding,
    })
}

fn read_parts(desk: &Desk<'_>, node: &Node) -> Option<Vec<CreditPart>> {
    let parts = desk.page.each(node, |part| read_part(desk, part))?;
    if parts.is_empty() {
        let message = "不划入写 null，不写空列表";
        desk.page.fault(node, FaultKind::MissingField, message);
        return None;
    }
    Some(parts)
}

fn read_part(desk: &Desk<'_>, node: &Node) -> Option<CreditPart> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let part = match fields.one_of(&["base", "employer_part", "pension", "fixed"]) {
        Some(("base", rate)) => page.share(rate).map(CreditPart::Base),
        Some(("pension", rate)) => page.share(rate).map(CreditPart::Pension),
        Some(("fixed", amount)) => desk.amount(amount).map(CreditPart::Fixed),
        Some((_, share)) => {
            let charge = fields.need("charge").and_then(|node| page.word(node));
            let share = page.share(share);
            charge
                .zip(share)
                .map(|(charge, share)| CreditPart::EmployerPart { charge, share })
        }
        None => None,
    };
    fields.finish();
    part
}

fn read_rounding(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<(i64, Rounding)> {
    let unit = fields.need("round_to").and_then(|node| {
        let unit = desk.page.yuan(node)?;
        if unit.is_zero() {
            let message = "取整单位应大于零";
            desk.page.fault(node, FaultKind::OutOfUnit, message);
            return None;
        }
        Some(unit.get())
    });
    let rounding = fields
        .need("rounding")
        .and_then(|node| desk.page.choice(node, "舍入方式", &ROUNDINGS));
    unit.zip(rounding)
}

/// Reads what lies on an account earns, and when a year's money becomes historic.
pub(crate) fn read_interest(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<InterestRule> {
    let page = &desk.page;
    let rates = fields.need("rates").and_then(|node| {
        page.each(node, |one| {
            let fields = Fields::of(page, one)?;
            let purse = fields.need("purse").and_then(|node| read_purse(desk, node));
            let rate = fields.need("rate").and_then(|node| page.share(node));
            fields.finish();
            purse.zip(rate)
        })
    });
    let method = fields.need("method").and_then(|node| {
        let words = [("daily", true), ("opening_balance", false)];
        page.choice(node, "计息方法", &words)
    });
    let days = fields
        .maybe("year_days")
        .map_or(Some(365), |node| read_within(desk, node, 360, 366));
    let rolls_over = fields.need("rolls_over").and_then(|node| {
        let fields = Fields::of(page, node)?;
        let read = |name, most| {
            let node = fields.need(name);
            let number = node.and_then(|node| read_within(desk, node, 1, most))?;
            i8::try_from(number).ok()
        };
        let day = (read("month", 12), read("day", 31));
        fields.finish();
        day.0.zip(day.1)
    });
    let (unit_fen, rounding) = read_rounding(desk, fields)?;
    let year_days = days?;
    Some(InterestRule {
        rates: rates?,
        method: match method? {
            true => InterestMethod::Daily { year_days },
            false => InterestMethod::OpeningBalance,
        },
        rolls_over: rolls_over?,
        unit_fen,
        rounding,
    })
}

/// A purse that holds money of its own.
fn read_purse(desk: &Desk<'_>, node: &Node) -> Option<AccountKind> {
    let own = [AccountKind::CurrentYear, AccountKind::Historic].map(|kind| (kind.word(), kind));
    desk.page.choice(node, AccountKind::TITLE, &own)
}

/// Reads for which relatives and what an account may pay.
pub(crate) fn read_sharing(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<SharingRule> {
    let page = &desk.page;
    let relations = read_list(desk, fields, "relations", |one| page.term::<Relation>(one));
    let purposes = read_list(desk, fields, "purposes", |one| {
        page.term::<SharingPurpose>(one)
    });
    let purses = read_list(desk, fields, "purses", |one| read_purse(desk, one));
    let keeps = fields.maybe("keeps");
    let keeps = keeps.map_or(Some(Fen::ZERO), |node| page.yuan(node));
    let limit = fields.maybe("yearly_limit");
    let yearly_limit = limit.map_or(Some(None), |node| page.yuan(node).map(Some));
    let order = fields
        .need("order")
        .and_then(|node| page.choice(node, "共济账户的支付次序", &ORDERS));
    Some(SharingRule {
        relations: relations?,
        purposes: purposes?,
        purses: purses?,
        keeps: keeps?,
        yearly_limit: yearly_limit?,
        order: order?,
    })
}

/// Reads what happens to an account whose owner leaves it.
pub(crate) fn read_exit(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<ExitRule> {
    let page = &desk.page;
    let inheritance = read_list(desk, fields, "inheritance", |one| {
        page.choice(one, "继承去向", &HEIRS)
    });
    let transfer_out = fields
        .need("transfer_out")
        .and_then(|node| page.choice(node, "转出", &TRANSFERS));
    let cash_out = fields
        .need("cash_out")
        .and_then(|node| page.each(node, |one| page.choice(one, "支取情形", &REASONS)));
    Some(ExitRule {
        inheritance: inheritance?,
        transfer_out: transfer_out?,
        cash_out: cash_out?,
    })
}

/// A list that is not empty and names nothing twice.
fn read_list<T: PartialEq>(
    desk: &Desk<'_>,
    fields: &Fields<'_>,
    name: &'static str,
    read: impl Fn(&Node) -> Option<T>,
) -> Option<Vec<T>> {
    let node = fields.need(name)?;
    let values = desk.page.each(node, read)?;
    if values.is_empty() {
        let message = format!("{name} 不能为空");
        desk.page.fault(node, FaultKind::MissingField, message);
        return None;
    }
    let twice = (1..values.len()).find(|at| values[..*at].contains(&values[*at]));
    if let Some(at) = twice {
        let message = format!("第{}项写了两次", at + 1);
        desk.page.fault(node, FaultKind::Overlap, message);
        return None;
    }
    Some(values)
}
