//! Which lines of the visit that is going on a finding is about.

use ::audit::{Fact, Finding, Plan, Target};
use ::lines::{Data, Day};

/// The rows of a visit that a finding is about; `None` where it is not about this visit.
///
/// A finding about a person's day, week, month or year is about those lines of the visit in that
/// time which the rule asked for.
pub(super) fn touched(plan: &Plan, data: &Data, finding: &Finding, visit: u32) -> Option<Vec<u32>> {
    let of_visit = |keep: &dyn Fn(u32) -> bool| -> Vec<u32> {
        data.lines_of(visit).filter(|&row| keep(row)).collect()
    };
    let item = |row: u32| data.lines.item[row as usize];
    let asked = |row: u32| plan.asked(finding.rule, item(row));
    let day = |row: u32| data.lines.time[row as usize].day();
    let within = |same: &dyn Fn(Day) -> bool| of_visit(&|row| asked(row) && same(day(row)));
    let rows = match &finding.target {
        Target::Line(row) => of_visit(&|own| own == *row),
        Target::Visit(own) if *own == visit => return Some(of_visit(&asked)),
        Target::Visits(which) if which.contains(&visit) => return Some(of_visit(&asked)),
        Target::VisitItem(own, code) if *own == visit => of_visit(&|row| item(row) == *code),
        Target::Prescription(number) => {
            of_visit(&|row| asked(row) && data.lines.prescription(row) == *number)
        }
        Target::PersonDay(_, on) => within(&|day| day == *on),
        Target::PersonWeek(_, on) => within(&|day| day.week() == on.week()),
        Target::PersonMonth(_, on) => within(&|day| day.month() == on.month()),
        Target::PersonYear(_, on) => within(&|day| day.year() == on.year()),
        Target::Person(_) => of_visit(&asked),
        _ => Vec::new(),
    };
    (!rows.is_empty()).then_some(rows)
}

/// The other lines that the evidence names.
pub(super) fn compared(finding: &Finding, rows: &[u32]) -> Vec<u32> {
    let named = finding.facts.iter().filter_map(|fact| match fact {
        Fact::Line(row) if !rows.contains(row) => Some(*row),
        _ => None,
    });
    named.collect()
}
