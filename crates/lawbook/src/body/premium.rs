use policy::{
    AfterPayment, Condition, PremiumRefund, PremiumRule, RefundReason, RefundUntil, SubsidyAmount,
    SubsidyChoice, SubsidyGrant, SubsidyRule, Tier,
};
use terms::FundType;

use super::Desk;
use super::contribution::read_within;
use super::person::read_person_condition;
use crate::fault::FaultKind;
use crate::yaml::{Fields, Node};

const UNTIL: [(&str, RefundUntil); 2] = [
    ("year_begins", RefundUntil::YearBegins),
    ("year_ends", RefundUntil::YearEnds),
];
const CHOICES: [(&str, SubsidyChoice); 2] = [
    ("largest", SubsidyChoice::Largest),
    ("first", SubsidyChoice::First),
];
const AFTER: [(&str, AfterPayment); 2] = [
    ("refund", AfterPayment::Refund),
    ("keep", AfterPayment::Keep),
];
/// Whose money a subsidy may be; the books know how to post these.
const FUNDS: [(&str, FundType); 2] = [
    ("assistance", FundType::Assistance),
    ("public_finance", FundType::PublicFinance),
];

/// Reads a resident's premium of one year.
pub(super) fn read_premium(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<PremiumRule> {
    let year = fields
        .need("year")
        .and_then(|node| read_within(desk, node, 1990, 2999));
    let season = fields
        .need("season")
        .and_then(|node| read_season(desk, node));
    let tiers = fields.need("tiers").and_then(|node| read_tiers(desk, node));
    let public = fields.need("public").and_then(|node| desk.page.yuan(node));
    let late = fields.need("late_bears_public");
    let late_bears_public = late.and_then(|node| desk.page.flag(node));
    let exempt = fields.maybe("late_exempt");
    let late_exempt = exempt.map_or(Some(Vec::new()), |node| {
        desk.page.each(node, |one| read_exempt(desk, one))
    });
    let refunds = fields.maybe("refunds").map_or(Some(Vec::new()), |node| {
        desk.page.each(node, |one| read_refund(desk, one))
    });
    Some(PremiumRule {
        year: i16::try_from(year?).ok()?,
        season: season?,
        tiers: tiers?,
        public: public?,
        late_bears_public: late_bears_public?,
        late_exempt: late_exempt?,
        refunds: refunds?,
    })
}

fn read_season(desk: &Desk<'_>, node: &Node) -> Option<(terms::Date, terms::Date)> {
    let fields = Fields::of(&desk.page, node)?;
    let from = fields.need("from").and_then(|node| desk.page.date(node));
    let to = fields.need("to").and_then(|node| desk.page.date(node));
    fields.finish();
    let (from, to) = (from?, to?);
    if to < from {
        desk.page
            .fault(node, FaultKind::OutOfUnit, "区间的 to 小于 from");
        return None;
    }
    Some((from, to))
}

fn read_tiers(desk: &Desk<'_>, node: &Node) -> Option<Vec<Tier>> {
    let tiers = desk.page.each(node, |one| read_tier(desk, one))?;
    if tiers.is_empty() {
        desk.page
            .fault(node, FaultKind::MissingField, "至少要有一个缴费档次");
        return None;
    }
    for (position, tier) in tiers.iter().enumerate() {
        let twice = tiers[..position]
            .iter()
            .any(|other| other.code == tier.code && !other.condition.excludes(&tier.condition));
        if twice {
            let message = format!("档次“{}”写了两次而条件可能同时成立", tier.code);
            desk.page.fault(node, FaultKind::Overlap, message);
        }
    }
    Some(tiers)
}

fn read_tier(desk: &Desk<'_>, node: &Node) -> Option<Tier> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let code = fields.need("code").and_then(|node| page.word(node));
    let title = fields.need("title").and_then(|node| page.text(node));
    let condition = read_person_condition(desk, node, &fields);
    let own = fields.need("own").and_then(|node| page.yuan(node));
    fields.finish();
    Some(Tier {
        code: code?,
        title: title?.to_owned(),
        condition: condition?,
        own: own?,
    })
}

fn read_exempt(desk: &Desk<'_>, node: &Node) -> Option<Condition> {
    let fields = Fields::of(&desk.page, node)?;
    let condition = read_person_condition(desk, node, &fields);
    fields.finish();
    condition
}

fn read_refund(desk: &Desk<'_>, node: &Node) -> Option<PremiumRefund> {
    let fields = Fields::of(&desk.page, node)?;
    let reason = fields
        .need("reason")
        .and_then(|node| desk.page.choice(node, "退费原因", &RefundReason::ALL));
    let until = fields
        .need("until")
        .and_then(|node| desk.page.choice(node, "退费期限", &UNTIL));
    fields.finish();
    Some(PremiumRefund {
        reason: reason?,
        until: until?,
    })
}

/// Reads who pays a premium in the person's place.
pub(super) fn read_subsidy(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<SubsidyRule> {
    let grants = fields
        .need("grants")
        .and_then(|node| desk.page.each(node, |one| read_grant(desk, one)));
    let choose = fields
        .need("choose")
        .and_then(|node| desk.page.choice(node, "多重身份", &CHOICES));
    let after_payment = fields
        .need("after_payment")
        .and_then(|node| desk.page.choice(node, "缴费后认定", &AFTER));
    Some(SubsidyRule {
        grants: grants?,
        choose: choose?,
        after_payment: after_payment?,
    })
}

fn read_grant(desk: &Desk<'_>, node: &Node) -> Option<SubsidyGrant> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let title = fields.need("title").and_then(|node| page.text(node));
    let condition = read_person_condition(desk, node, &fields);
    let amount = match fields.one_of(&["full", "fixed", "share"]) {
        Some(("full", node)) => match page.flag(node) {
            Some(true) => Some(SubsidyAmount::Full),
            Some(false) => {
                page.fault(node, FaultKind::OutOfUnit, "full 只能写 true");
                None
            }
            None => None,
        },
        Some(("fixed", node)) => page.yuan(node).map(SubsidyAmount::Fixed),
        Some((_, node)) => page.share(node).map(SubsidyAmount::Share),
        None => None,
    };
    let fund = fields
        .need("fund")
        .and_then(|node| page.choice(node, "资助资金", &FUNDS));
    fields.finish();
    Some(SubsidyGrant {
        title: title?.to_owned(),
        condition: condition?,
        amount: amount?,
        fund: fund?,
    })
}
