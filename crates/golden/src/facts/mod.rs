//! From the facts of a case to a bill; what a case does not say has the plainest value.

mod allowance;
mod condition;
mod counters;
mod line;
mod person;

use money::Fen;
use policy::{CaseDates, PaidElsewhere};
use settlement::{Bill, Counters, Purse, VisitFacts, Withheld};
use terms::{AccountKind, AreaCode, CareType, Cause, Date, FundType, Referral, Registration};
use terms::{Scheme, Word};

use crate::node::Node;
use crate::reader::{Desk, Fields};
pub(crate) use allowance::read_allowance;
pub(crate) use counters::key_of;

/// Where a case plays.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub area: AreaCode,
    pub scheme: Scheme,
    /// Which bill of the case, from 1.
    pub nth: usize,
}

/// Reads the facts of one bill.
pub(crate) fn read_bill(desk: &Desk<'_>, node: &Node, place: Place) -> Option<Bill> {
    let fields = desk.fields(Some(node));
    let dates = read_dates(desk, &fields)?;
    let person = person::read_person(desk, fields.maybe("person"), place, dates.admission);
    let institution = person::read_institution(desk, fields.maybe("institution"));
    let visit = read_visit(desk, fields.maybe("visit"), place);
    let lines = fields.need("lines").map(|node| desk.list(node));
    let lines = lines.unwrap_or_default();
    let lines = lines
        .iter()
        .enumerate()
        .filter_map(|(position, line)| line::read_line(desk, line, position, dates.admission));
    let lines = lines.collect();
    let counters = fields.maybe("counters");
    let counters = counters.map(|node| counters::read_counters(desk, node, dates.settlement));
    let purses = fields.maybe("accounts").map(|node| read_purses(desk, node));
    let use_account = fields.flag("use_account");
    let elsewhere = fields.maybe("paid_elsewhere").map(|node| desk.list(node));
    let elsewhere = elsewhere.unwrap_or_default().iter();
    let held = fields.maybe("withheld").map(|node| desk.list(node));
    let held = held.unwrap_or_default().iter();
    let bill = Bill {
        area: place.area,
        scheme: place.scheme,
        person,
        institution,
        visit,
        dates,
        lines,
        counters: counters.unwrap_or_default(),
        purses: purses.unwrap_or_default(),
        use_account,
        paid_elsewhere: elsewhere
            .filter_map(|node| read_elsewhere(desk, node))
            .collect(),
        withheld: held.filter_map(|node| read_withheld(desk, node)).collect(),
    };
    fields.finish();
    Some(bill)
}

/// The counters that a step states itself.
pub(crate) fn stated_counters(desk: &Desk<'_>, own: &Node, settled: Date) -> Counters {
    let Some(node) = own.entry("counters") else {
        return Counters::default();
    };
    counters::read_counters(desk, node, settled)
}

/// `on` for a visit of one day, or `dates` with begin, end and settlement.
fn read_dates(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<CaseDates> {
    let on = fields.date("on");
    let node = fields.maybe("dates");
    if let (Some(day), None) = (on, node) {
        return Some(CaseDates::single(day));
    }
    let Some(node) = node else {
        fields.need("on");
        return None;
    };
    let dates = desk.fields(Some(node));
    let admission = dates.need("admission").and_then(|node| desk.date(node))?;
    let discharge: Date = dates.date("discharge").unwrap_or(admission);
    let settlement = dates.date("settlement").unwrap_or(discharge);
    dates.finish();
    Some(CaseDates {
        admission,
        discharge,
        settlement,
    })
}

fn read_visit(desk: &Desk<'_>, node: Option<&Node>, place: Place) -> VisitFacts {
    let fields = desk.fields(node);
    let visit = VisitFacts {
        id: fields
            .word("id")
            .unwrap_or_else(|| Word::new(&format!("V{}", place.nth))),
        care: fields.term("care", CareType::Inpatient),
        cause: fields.term("cause", Cause::Illness),
        disease: fields.word("disease"),
        diagnoses: fields.words("diagnoses"),
        referral: fields.term("referral", Referral::None),
        registration: fields.term("registration", Registration::None),
        marks: fields.words("marks"),
        episode: fields.word("episode"),
    };
    fields.finish();
    visit
}

/// Accounts as a list, or in short as a map from purse to balance.
fn read_purses(desk: &Desk<'_>, node: &Node) -> Vec<Purse> {
    if let crate::node::Data::Map(entries) = &node.data {
        let short = entries.iter().map(|(kind, balance)| {
            let kind: AccountKind = kind.parse().ok().or_else(|| {
                desk.fault(balance, format!("个人账户资金中没有“{kind}”"));
                None
            })?;
            let owner = Word::new(if kind == AccountKind::Family {
                "sponsor"
            } else {
                "self"
            });
            let balance = desk.yuan(balance)?;
            Some(Purse {
                kind,
                owner,
                balance,
            })
        });
        return short.flatten().collect();
    }
    let read = |node: &Node| {
        let fields = desk.fields(Some(node));
        let purse = Purse {
            kind: fields.term("kind", AccountKind::CurrentYear),
            owner: fields.word("owner").unwrap_or_else(|| Word::new("self")),
            balance: fields.need("balance").and_then(|node| desk.yuan(node))?,
        };
        fields.finish();
        Some(purse)
    };
    desk.list(node).iter().filter_map(read).collect()
}

fn read_elsewhere(desk: &Desk<'_>, node: &Node) -> Option<PaidElsewhere> {
    let fields = desk.fields(Some(node));
    let fund: FundType = fields.term("fund", FundType::Other);
    let amount: Fen = fields.need("amount").and_then(|node| desk.yuan(node))?;
    fields.finish();
    Some(PaidElsewhere { fund, amount })
}

fn read_withheld(desk: &Desk<'_>, node: &Node) -> Option<Withheld> {
    let fields = desk.fields(Some(node));
    let line = fields.need("line").and_then(|node| desk.whole(node));
    let amount: Fen = fields.need("amount").and_then(|node| desk.yuan(node))?;
    let reason = fields.need("reason").and_then(|node| desk.text(node))?;
    fields.finish();
    Some(Withheld {
        line: u32::try_from(line?).ok()?,
        amount,
        reason: reason.to_owned(),
    })
}
