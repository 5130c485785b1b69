//! Plays a case: bills one after another on the same counters and accounts.

use policy::{AreaPolicy, LaterBills, SchemePolicy};
use settlement::{
    Bill, Booked, CounterKey, Counters, LaterBill, Purse, allowance, assess, reverse, situation,
};

use crate::account;
use crate::case::{Action, Case};
use crate::difficulty;
use crate::enrolment;
use crate::expect::{COMPLETE, Check, ONLY_LISTED};
use crate::facts::{Place, read_allowance, read_bill, stated_counters};
use crate::node::Node;
use crate::reader::Desk;
use crate::report::{CaseReport, Difference, Event, EventReport};
use crate::timeline;
use crate::view::View;

/// A bill that was settled in this case.
struct Settled {
    bill: Bill,
    booked: Booked,
    /// Whether it has been reversed since.
    reversed: bool,
}

/// The person's books while a case plays.
#[derive(Default)]
struct Table {
    counters: Counters,
    purses: Vec<Purse>,
    settled: Vec<Option<Settled>>,
}

/// Plays every step of a case; each view stands beside its report, to rewrite expectations.
pub(crate) fn play(case: &Case, area: &AreaPolicy, desk: &Desk<'_>) -> (CaseReport, Vec<View>) {
    let mut table = Table::default();
    let (mut events, mut views) = (Vec::new(), Vec::new());
    let Some(law) = area.schemes.get(&case.scheme) else {
        let message = format!("{}没有险种{}", area.name, case.scheme);
        desk.faults.add(crate::Fault {
            file: desk.file.to_owned(),
            line: 0,
            key: "scheme".to_owned(),
            message,
        });
        return (report(case, desk, events), views);
    };
    for (position, step) in case.steps.iter().enumerate() {
        let place = Place {
            area: case.area,
            scheme: case.scheme,
            nth: position + 1,
        };
        let played = match &step.action {
            Action::Settle { facts, own } => table.settle(desk, (facts, own), place, law),
            Action::Reverse(nth) => table.reverse(*nth, law),
            Action::Resettle(nth) => table.resettle(*nth, law),
            Action::Allowance(facts) => compute_allowance(desk, facts, place, law),
            Action::Enrolment(asked) => enrolment::answer(desk, asked, place, law),
            Action::Account(asked) => account::answer(desk, asked, place, law),
            Action::Timeline(facts) => timeline::answer(desk, facts, (area, place)),
            Action::Difficulty(asked) => {
                difficulty::answer(desk, asked, &difficulty::Under { area, law, place })
            }
        };
        let Some((event, view)) = played else {
            let node = step.expect.as_ref();
            if let Some(node) = node {
                desk.fault(node, "这一步无法进行");
            }
            break;
        };
        events.push(EventReport {
            event,
            outcome: view.fields.clone(),
            trace: view.sentences.clone(),
            differences: compare(&step.checks, &view),
        });
        views.push(view);
    }
    (report(case, desk, events), views)
}

fn report(case: &Case, desk: &Desk<'_>, events: Vec<EventReport>) -> CaseReport {
    CaseReport {
        file: desk.file.to_owned(),
        name: case.name.clone(),
        events,
    }
}

impl Table {
    fn settle(
        &mut self,
        desk: &Desk<'_>,
        (facts, own): (&Node, &Node),
        place: Place,
        law: &SchemePolicy,
    ) -> Option<(Event, View)> {
        let mut bill = read_bill(desk, facts, place)?;
        if self.settled.iter().any(Option::is_some) {
            let stated = stated_counters(desk, own, bill.dates.settlement);
            bill.counters = merged(&self.counters, stated);
            if !own.has("accounts") {
                bill.purses = self.purses.clone();
            }
        }
        Some(self.book(bill, law))
    }

    /// Settles a bill on the person's books.
    fn book(&mut self, bill: Bill, law: &SchemePolicy) -> (Event, View) {
        self.counters = bill.counters.clone();
        self.purses = bill.purses.clone();
        let outcome = match assess(&bill, law) {
            Ok(outcome) => outcome,
            Err(refusal) => {
                self.settled.push(None);
                return (Event::Refused, View::of_refusal(&refusal));
            }
        };
        self.counters = bill.counters.with(&outcome.counters);
        self.draw(&Booked::from(&outcome));
        let view = View::of_outcome(&outcome, self.counters.clone(), bill.scheme.word());
        self.settled.push(Some(Settled {
            booked: Booked::from(&outcome),
            bill,
            reversed: false,
        }));
        (Event::Settled, view)
    }

    fn draw(&mut self, booked: &Booked) {
        for draw in &booked.accounts {
            let purse = self
                .purses
                .iter_mut()
                .find(|purse| purse.kind == draw.kind && purse.owner == draw.owner);
            if let Some(purse) = purse {
                purse.balance -= draw.amount;
            }
        }
    }

    fn reverse(&mut self, nth: usize, law: &SchemePolicy) -> Option<(Event, View)> {
        let rule = law.settings.versions.last()?.value.as_ref()?.later_bills;
        let played = self.reverse_under(nth, rule);
        self.settled.push(None);
        played
    }

    fn reverse_under(&mut self, nth: usize, rule: LaterBills) -> Option<(Event, View)> {
        let position = nth.checked_sub(1)?;
        let later: Vec<LaterBill> = self
            .settled
            .iter()
            .skip(position + 1)
            .flatten()
            .filter(|settled| !settled.reversed)
            .map(later_bill)
            .collect();
        let original = self.settled.get_mut(position)?.as_mut()?;
        let reversal = reverse(&original.booked, &self.counters, &self.purses, &later, rule);
        let reversal = match reversal {
            Ok(reversal) => reversal,
            Err(refusal) => return Some((Event::Refused, View::of_refusal(&refusal))),
        };
        original.reversed = true;
        self.counters = self.counters.with(&reversal.booked.counters);
        self.draw(&reversal.booked);
        let view = View::of_reversal(&reversal, self.counters.clone());
        Some((Event::Reversed, view))
    }

    /// Reverses a bill whatever came later and settles it again; also says what that changes.
    fn resettle(&mut self, nth: usize, law: &SchemePolicy) -> Option<(Event, View)> {
        self.reverse_under(nth, LaterBills::Carry)?;
        let original = self.settled.get(nth.checked_sub(1)?)?.as_ref()?;
        let (cash, fund) = (original.booked.cash, original.booked.fund_total());
        let bill = Bill {
            counters: self.counters.clone(),
            purses: self.purses.clone(),
            ..original.bill.clone()
        };
        let (event, mut view) = self.book(bill, law);
        if let Some(Some(again)) = self.settled.last() {
            view.put("cash_difference", again.booked.cash - cash);
            view.put("fund_difference", again.booked.fund_total() - fund);
        }
        Some((event, view))
    }
}

/// Running counters, with those that a step states itself in their place.
fn merged(running: &Counters, stated: Counters) -> Counters {
    let mut counters = running.clone();
    for counter in stated.0 {
        counters.0.retain(|known| known.key != counter.key);
        counters.0.push(counter);
    }
    counters
}

fn later_bill(settled: &Settled) -> LaterBill {
    let keys = settled.booked.counters.iter().map(|change| &change.key);
    LaterBill {
        id: settled.bill.visit.id.clone(),
        counters: keys.cloned().collect::<Vec<CounterKey>>(),
    }
}

fn compute_allowance(
    desk: &Desk<'_>,
    facts: &Node,
    place: Place,
    law: &SchemePolicy,
) -> Option<(Event, View)> {
    let (key, wages, bill) = read_allowance(desk, facts, place)?;
    let key = format!("{}/{key}", place.scheme.word());
    let topic = law.allowances.iter().find(|topic| topic.key == *key);
    let Some(topic) = topic else {
        desk.fault(facts, format!("没有生育津贴规定“{key}”"));
        return None;
    };
    let outcome = allowance(&wages, &situation(&bill), law, topic)?;
    Some((Event::Allowance, View::of_allowance(&outcome)))
}

fn compare(checks: &[Check], view: &View) -> Vec<Difference> {
    let mut differences = Vec::new();
    let mut differs = |field: &str, expected: &str, actual: String| {
        differences.push(Difference {
            field: field.to_owned(),
            expected: expected.to_owned(),
            actual,
        });
    };
    let expects_refusal = checks
        .iter()
        .any(|check| check.field.starts_with("refusal."));
    if let (Some(message), false) = (view.fields.get("refusal.message"), expects_refusal) {
        differs("refusal", "（无）", message.clone());
        return differences;
    }
    for check in checks {
        if check.field == "says" {
            if !view.sentences.iter().any(|text| text.contains(&check.want)) {
                differs("says", &check.want, view.sentences.join(" | "));
            }
        } else if check.want == ONLY_LISTED {
            for (field, actual) in unlisted(&check.field, checks, view) {
                differs(field, "0.00", actual.clone());
            }
        } else {
            let actual = view.get(&check.field, &check.want);
            if actual != check.want {
                differs(&check.field, &check.want, actual);
            }
        }
    }
    differences
}

/// Amounts of a map that the case should have listed.
fn unlisted<'v>(
    map: &str,
    checks: &[Check],
    view: &'v View,
) -> impl Iterator<Item = (&'v String, &'v String)> {
    debug_assert!(
        COMPLETE.contains(&map),
        "only complete maps list everything"
    );
    view.fields.iter().filter(move |(field, amount)| {
        let inside = field
            .strip_prefix(map)
            .is_some_and(|rest| rest.starts_with('.'));
        let listed = checks.iter().any(|check| check.field == **field);
        inside && !listed && *amount != "0.00"
    })
}
