//! Cases about a resident's premium: its price, who pays in the person's place, what is given back.

use enrolment::contribution::{
    Premium, PremiumBefore, PremiumFacts, RefundFacts, premium, premium_refund, resubsidise,
};
use enrolment::{PersonFacts, Refusal};
use money::Fen;
use policy::{RefundReason, SchemePolicy};
use terms::Word;

use crate::enrolment::explain;
use crate::reader::{Desk, Fields};
use crate::view::View;

/// A premium; with `paid` or `subsidised` what a new decision changes.
pub(crate) fn of_year(
    desk: &Desk<'_>,
    fields: &Fields<'_>,
    person: PersonFacts,
    law: &SchemePolicy,
) -> Option<Result<View, Refusal>> {
    let year = fields.need("year").and_then(|node| desk.whole(node));
    let tier = fields.maybe("tier").and_then(|node| desk.text(node));
    let enrolled = fields.need("enrolled").and_then(|node| desk.date(node));
    let (paid, subsidised) = (fields.yuan("paid"), fields.yuan("subsidised"));
    let facts = PremiumFacts {
        person,
        year: i16::try_from(year?).ok()?,
        tier: tier.map(Word::new),
        enrolled: enrolled?,
    };
    if paid.is_none() && subsidised.is_none() {
        return Some(premium(&facts, law).map(|premium| of_premium(&premium)));
    }
    let before = PremiumBefore {
        paid: paid.unwrap_or(Fen::ZERO),
        subsidised: subsidised.unwrap_or(Fen::ZERO),
    };
    Some(resubsidise(&facts, before, law).map(|change| {
        let mut view = of_premium(&change.premium);
        view.put("subsidy_due", change.subsidy_due);
        view.put("subsidy_back", change.subsidy_back);
        view.put("refund", change.refund);
        view.put("person_due", change.due);
        view
    }))
}

fn of_premium(premium: &Premium) -> View {
    let mut view = View::default();
    view.put("tier", &premium.tier);
    view.put("own_part", premium.own);
    view.put("late_part", premium.late);
    view.put("subsidy", premium.subsidised());
    if let Some(subsidy) = &premium.subsidy {
        view.put("subsidy_fund", subsidy.fund.word());
    }
    view.put("person", premium.person);
    view.put("public_part", premium.public);
    explain(&mut view, &premium.trace);
    view
}

/// What is given back of a premium.
pub(crate) fn given_back(
    desk: &Desk<'_>,
    fields: &Fields<'_>,
    law: &SchemePolicy,
) -> Option<Result<View, Refusal>> {
    let year = fields.need("year").and_then(|node| desk.whole(node));
    let on = fields.need("on").and_then(|node| desk.date(node));
    let node = fields.need("reason")?;
    let text = desk.text(node)?;
    let reason = RefundReason::ALL.iter().find(|(word, _)| *word == text);
    if reason.is_none() {
        desk.fault(node, format!("不认识的退费原因“{text}”"));
    }
    let facts = RefundFacts {
        year: i16::try_from(year?).ok()?,
        reason: reason?.1,
        on: on?,
        paid: fields.yuan("paid").unwrap_or(Fen::ZERO),
        subsidised: fields.yuan("subsidised").unwrap_or(Fen::ZERO),
    };
    Some(premium_refund(&facts, law).map(|back| {
        let mut view = View::default();
        view.put("refund", back.refund);
        view.put("subsidy_back", back.subsidy_back);
        explain(&mut view, &back.trace);
        view
    }))
}
