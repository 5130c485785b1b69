//! 因病致贫返贫预警：个人自付年度累计过线的人员，逐月列出，逐张结算单说明。
//!
//! What funds left to a person in a benefit year, up to the last day of a month, is summed over
//! the parts that policy counts; who reaches the line that fits is put forward. Somebody put
//! forward before is put forward again only after a further step. The same bills give the same
//! list whenever it is made: a bill taken back later still counts in the months before.
//!
//! Where to add: another line is policy data; another part of own share is a [`policy::Part`].

mod people;

use money::Fen;
pub use people::{OwnBill, PutForward, WatchedPerson};
use policy::{AmountTopic, AmountValue, FeeMonth, Part, Ref, SchemePolicy, WatchLine, WatchRule};
use serde::Serialize;
use terms::{Date, Word};

use crate::trace::Trace;
use crate::{Measure, PersonFacts, Refusal, Step};

/// Somebody whose own share has reached a line (预警人员).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WatchEntry {
    /// 人员编号.
    pub person_no: String,
    /// The line.
    pub line: Word,
    /// Its 中文 name.
    pub title: String,
    /// The line's amount.
    pub threshold: Fen,
    /// What the person has paid this year.
    pub own: Fen,
    /// What was put forward before in the same year.
    pub before: Option<Fen>,
    /// The bills behind it: number, day, own share.
    pub bills: Vec<(String, Date, Fen)>,
    /// The bureaus that are told.
    pub bureaus: Vec<Word>,
    /// Why, step by step.
    pub trace: Vec<Step>,
}

/// Who is put forward for a month, in order of number (当月预警名单).
///
/// # Errors
/// [`Refusal::NoRule`] where the scheme has no watch, or no amount for a line.
pub fn watch(
    people: &[WatchedPerson],
    month: FeeMonth,
    law: &SchemePolicy,
) -> Result<Vec<WatchEntry>, Refusal> {
    let day = month.last_day();
    let missing = || Refusal::NoRule {
        scheme: law.scheme,
        what: "因病致贫返贫预警",
        on: day,
    };
    let mut topics = law.watches.iter().filter_map(|topic| topic.on(day));
    let (rule, basis) = topics.next().ok_or_else(missing)?;
    let mut entries = Vec::new();
    for person in people {
        let mut trace = Trace::default();
        if let Some(mut entry) = entry(person, month, (rule, law), &mut trace)? {
            trace
                .0
                .iter_mut()
                .for_each(|step| step.basis = Some(basis.clone()));
            entry.trace = trace.0;
            entries.push(entry);
        }
    }
    entries.sort_by(|a, b| a.person_no.cmp(&b.person_no));
    Ok(entries)
}

fn entry(
    person: &WatchedPerson,
    month: FeeMonth,
    (rule, law): (&WatchRule, &SchemePolicy),
    trace: &mut Trace,
) -> Result<Option<WatchEntry>, Refusal> {
    let day = month.last_day();
    let fits = |line: &&WatchLine| person.facts.satisfies(&line.condition, day);
    let Some(line) = rule.lines.iter().find(fits) else {
        return Ok(None);
    };
    let bills = counted(person, month, &rule.parts);
    let own: Fen = bills.iter().map(|(_, _, amount)| *amount).sum();
    let threshold = amount_of(line.amount, &person.facts, day, law)?;
    if own < threshold {
        return Ok(None);
    }
    let before = person
        .put_forward
        .as_ref()
        .filter(|before| before.month.year() == month.year() && before.month < month);
    if before.is_some_and(|before| own < before.own + line.step) {
        return Ok(None);
    }
    explain(trace, (rule, line), (&bills, own, threshold), before);
    Ok(Some(WatchEntry {
        person_no: person.person_no.clone(),
        line: line.code.clone(),
        title: line.title.clone(),
        threshold,
        own,
        before: before.map(|before| before.own),
        bills,
        bureaus: line.bureaus.clone(),
        trace: Vec::new(),
    }))
}

/// The bills of the year that stood at the end of the month, by day and number.
fn counted(person: &WatchedPerson, month: FeeMonth, parts: &[Part]) -> Vec<(String, Date, Fen)> {
    let end = month.last_day();
    let stood = |bill: &&OwnBill| {
        let taken_back = bill.reversed.is_some_and(|day| day <= end);
        bill.year == month.year() && bill.settled <= end && !taken_back
    };
    let mut bills: Vec<(String, Date, Fen)> = person
        .bills
        .iter()
        .filter(stood)
        .map(|bill| (bill.settlement.clone(), bill.settled, bill.own_of(parts)))
        .collect();
    bills.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    bills
}

fn explain(
    trace: &mut Trace,
    (rule, line): (&WatchRule, &WatchLine),
    (bills, own, threshold): (&[(String, Date, Fen)], Fen, Fen),
    before: Option<&PutForward>,
) {
    let mut sum = Fen::ZERO;
    for (number, day, amount) in bills {
        let span = (Measure::Money(sum), Measure::Money(sum + *amount));
        sum += *amount;
        let text = format!("{day}结算单{number}：个人负担{amount}元，累计{sum}元");
        trace.add("累计个人负担", span, None, text);
    }
    let parts: Vec<&str> = rule.parts.iter().map(|part| part.zh()).collect();
    let span = (Measure::Money(own), Measure::Money(own - threshold));
    let text = format!(
        "{}为{threshold}元；年度累计个人负担（{}）{own}元，达到预警线",
        line.title,
        parts.join("、")
    );
    trace.add("对照预警线", span, None, text);
    if let Some(before) = before {
        let span = (Measure::Money(before.own), Measure::Money(own));
        let text = format!(
            "{}已推送，当时{}元；又增加{}元，不少于{}元，再次推送",
            before.month,
            before.own,
            own - before.own,
            line.step
        );
        trace.add("再次推送", span, None, text);
    }
}

/// The lowest amount that any line may have for anybody; who is below it need not be looked at.
///
/// # Errors
/// As [`watch`].
pub fn lowest_line(month: FeeMonth, law: &SchemePolicy) -> Result<Fen, Refusal> {
    let day = month.last_day();
    let missing = |what| Refusal::NoRule {
        scheme: law.scheme,
        what,
        on: day,
    };
    let mut topics = law.watches.iter().filter_map(|topic| topic.on(day));
    let (rule, _) = topics.next().ok_or_else(|| missing("因病致贫返贫预警"))?;
    let mut lowest: Option<Fen> = None;
    for line in &rule.lines {
        let (table, _) = law
            .amount(line.amount)
            .on(day)
            .ok_or_else(|| missing("预警线"))?;
        for value in table.rows().iter().filter_map(|row| row.value.as_ref()) {
            let amount = value_of(value, day, law).ok_or_else(|| missing("预警线"))?;
            lowest = Some(lowest.map_or(amount, |lowest| lowest.min(amount)));
        }
    }
    lowest.ok_or_else(|| missing("预警线"))
}

/// The amount of a line on a day; a share of a statistic counts from the year of the day.
fn amount_of(
    reference: Ref<AmountTopic>,
    person: &PersonFacts,
    day: Date,
    law: &SchemePolicy,
) -> Result<Fen, Refusal> {
    let missing = || Refusal::NoRule {
        scheme: law.scheme,
        what: "预警线",
        on: day,
    };
    let (table, _) = law.amount(reference).on(day).ok_or_else(missing)?;
    let value = table.first(&person.situation(day)).ok_or_else(missing)?;
    value_of(value, day, law).ok_or_else(missing)
}

fn value_of(value: &AmountValue, day: Date, law: &SchemePolicy) -> Option<Fen> {
    match value {
        AmountValue::Fixed(amount) => Some(*amount),
        AmountValue::Unlimited => None,
        AmountValue::Series(share) => {
            let (series, _) = law.series.get(share.series.index())?.on(day)?;
            let year = i16::try_from(i32::from(day.year()) + share.year_offset).ok()?;
            series.of_year(year).map(|value| share.of(value))
        }
    }
}
