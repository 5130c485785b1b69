use money::Ratio;
use policy::{BreakCase, CountFrom, Exemption, Minimum, MissedYears, Starts, WaitingRule};

use super::Desk;
use super::condition::read_numbers;
use super::contribution::read_within;
use super::enrolment::read_after;
use super::person::read_person_condition;
use crate::fault::FaultKind;
use crate::yaml::{Fields, Node};

const COUNTS: [(&str, CountFrom); 2] = [("first", CountFrom::First), ("second", CountFrom::Second)];
const STARTS: [(&str, Starts); 4] = [
    ("birth", Starts::Birth),
    ("payment_day", Starts::PaymentDay),
    ("payment_month", Starts::PaymentMonth),
    ("next_month", Starts::NextMonth),
];
/// Where something is known to have ended.
const AFTER: [(&str, Starts); 5] = [
    STARTS[0],
    STARTS[1],
    STARTS[2],
    STARTS[3],
    ("after_prior", Starts::AfterPrior),
];
/// Nobody waits longer than this.
const MOST_MONTHS: i32 = 120;

/// Reads a rule about waiting: exactly one of its forms.
pub(crate) fn read_waiting(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<WaitingRule> {
    match fields.one_of(&["missed_years", "break"])? {
        ("missed_years", node) => read_missed_years(desk, node).map(WaitingRule::MissedYears),
        (_, node) => read_breaks(desk, node).map(WaitingRule::Break),
    }
}

fn read_missed_years(desk: &Desk<'_>, node: &Node) -> Option<MissedYears> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let months = |name| {
        let node = fields.need(name);
        node.and_then(|node| read_within(desk, node, 0, MOST_MONTHS))
    };
    let (fixed, per_year) = (months("fixed_months"), months("months_per_year"));
    let repaid = months("months_per_repaid_year");
    let count_from = fields
        .need("count_from")
        .and_then(|node| page.choice(node, "断保年度起算", &COUNTS));
    let first_year = fields
        .need("first_year")
        .and_then(|node| read_within(desk, node, 1990, 2999));
    let minimum = fields
        .maybe("minimum")
        .map_or(Some(None), |node| read_minimum(desk, node).map(Some));
    let runs_from = read_starts(desk, &fields, "runs_from");
    let exempt = fields.maybe("exempt").map_or(Some(Vec::new()), |node| {
        page.each(node, |one| read_exemption(desk, one))
    });
    fields.finish();
    Some(MissedYears {
        fixed_months: fixed?,
        months_per_year: per_year?,
        count_from: count_from?,
        first_year: i16::try_from(first_year?).ok()?,
        months_per_repaid_year: repaid?,
        minimum: minimum?,
        runs_from: runs_from?,
        exempt: exempt?,
    })
}

fn read_minimum(desk: &Desk<'_>, node: &Node) -> Option<Minimum> {
    let fields = Fields::of(&desk.page, node)?;
    let read = |name, low, high| {
        let node = fields.need(name);
        node.and_then(|node| read_within(desk, node, low, high))
    };
    let (missing_years, months) = (read("missing_years", 1, 99), read("months", 0, MOST_MONTHS));
    fields.finish();
    Some(Minimum {
        missing_years: missing_years?,
        months: months?,
    })
}

fn read_exemption(desk: &Desk<'_>, node: &Node) -> Option<Exemption> {
    let fields = Fields::of(&desk.page, node)?;
    let title = fields.need("title").and_then(|node| desk.page.text(node));
    let condition = read_person_condition(desk, node, &fields);
    let after = fields
        .maybe("after")
        .map_or(Some(None), |node| read_after(desk, node).map(Some));
    let starts = fields.need("starts");
    let starts = starts.and_then(|node| desk.page.choice(node, "起算日", &AFTER));
    let back = fields.maybe("reaches_back");
    let reaches_back = back.map_or(Some(false), |node| desk.page.flag(node));
    fields.finish();
    let (after, starts) = (after?, starts?);
    if starts == Starts::AfterPrior && after.is_none() {
        let message = "自原待遇终止次日起享受的，要写 after";
        desk.page.fault(node, FaultKind::MissingField, message);
        return None;
    }
    Some(Exemption {
        title: title?.to_owned(),
        condition: condition?,
        after,
        starts,
        reaches_back: reaches_back?,
    })
}

pub(super) fn read_starts(
    desk: &Desk<'_>,
    fields: &Fields<'_>,
    name: &'static str,
) -> Option<Starts> {
    let node = fields.need(name)?;
    desk.page.choice(node, "起算日", &STARTS)
}

fn read_breaks(desk: &Desk<'_>, node: &Node) -> Option<Vec<BreakCase>> {
    let nodes = desk.page.list(node)?;
    if nodes.is_empty() {
        desk.page
            .fault(node, FaultKind::MissingField, "至少要有一种情形");
    }
    let cases: Vec<_> = nodes.iter().map(|one| read_break(desk, one)).collect();
    let cases: Vec<BreakCase> = cases.into_iter().collect::<Option<_>>()?;
    for (position, case) in cases.iter().enumerate() {
        if cases[..position].iter().any(|other| meet(case, other)) {
            let message = "与前面的情形可能同时成立；请把月数、补缴或条件写得互斥";
            desk.page
                .fault(&nodes[position], FaultKind::Overlap, message);
        }
    }
    Some(cases)
}

/// Whether some person may fall under both cases.
fn meet(one: &BreakCase, other: &BreakCase) -> bool {
    let months = match (&one.months, &other.months) {
        (Some(a), Some(b)) => !a.disjoint(b),
        (a, b) => a.is_none() && b.is_none(),
    };
    let repaid = !matches!((one.repaid, other.repaid), (Some(a), Some(b)) if a != b);
    months && repaid && !one.condition.excludes(&other.condition)
}

fn read_break(desk: &Desk<'_>, node: &Node) -> Option<BreakCase> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let title = fields.need("title").and_then(|node| page.text(node));
    let condition = read_person_condition(desk, node, &fields);
    let months = match fields.one_of(&["months", "first_enrolment"]) {
        Some(("months", node)) => read_numbers(desk, node).map(Some),
        Some((_, node)) => page.flag(node).and_then(|flag| {
            if !flag {
                page.fault(node, FaultKind::WrongType, "首次参保写 true，否则写 months");
            }
            flag.then_some(None)
        }),
        None => None,
    };
    let repaid = fields.maybe("repaid");
    let repaid = repaid.map_or(Some(None), |node| page.flag(node).map(Some));
    let waiting = fields.need("waiting_months");
    let waiting_months = waiting.and_then(|node| read_within(desk, node, 0, MOST_MONTHS));
    let runs_from = read_starts(desk, &fields, "runs_from");
    let retroactive = fields.maybe("retroactive");
    let retroactive = retroactive.map_or(Some(false), |node| page.flag(node));
    let share = fields.maybe("share_while_waiting");
    let share_while_waiting = share.map_or(Some(Ratio::ZERO), |node| page.share(node));
    fields.finish();
    Some(BreakCase {
        title: title?.to_owned(),
        condition: condition?,
        months: months?,
        repaid: repaid?,
        waiting_months: waiting_months?,
        runs_from: runs_from?,
        retroactive: retroactive?,
        share_while_waiting: share_while_waiting?,
    })
}
