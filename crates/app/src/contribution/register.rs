use ::store::PaidPeriodRow;
use enrolment::register::{Entry, Fact, NewFact};
use enrolment::timeline::Event;
use jiff::civil::date;
use policy::FeeMonth;
use terms::{Category, CoverState, Date, Scheme};

use crate::register::{Actor, Change, PersonRecord};
use crate::{App, Error};

/// What entering paid periods into people's registers did (缴费登记).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaymentsRegistered {
    /// Paid periods looked at.
    pub periods: u64,
    /// People whose register got something new.
    pub changed: u64,
    /// People whose register refused it, with why.
    pub refused: Vec<(String, String)>,
}

impl App {
    /// Enters paid periods that are not in the registers of their people yet, at most so many, so
    /// that cover follows from them (缴费登记).
    ///
    /// A month paid in time says nothing new: months count as paid until arrears are recorded. A
    /// month paid after arrears were recorded, and a resident's year that is not covered yet, are
    /// events of cover. What a register refuses is listed and not tried again.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails; people done before are kept.
    pub async fn register_payments(
        &self,
        actor: &Actor,
        most: usize,
    ) -> Result<PaymentsRegistered, Error> {
        let rows = self.store.unregistered_periods(actor.area, most).await?;
        let mut done = PaymentsRegistered::default();
        for own in rows.chunk_by(|a, b| a.person_no == b.person_no) {
            done.periods += u64::try_from(own.len()).unwrap_or(0);
            let person_no = own[0].person_no.as_str();
            let decide = |record: &PersonRecord| Ok(Change::from(facts(record, own)));
            let changed = self
                .change_if_any(actor, person_no, "register_payment", decide)
                .await;
            match changed {
                Ok(changed) => done.changed += u64::from(changed),
                Err(error @ (Error::Refused { .. } | Error::Missing { .. })) => {
                    done.refused.push((person_no.to_owned(), error.to_string()));
                }
                Err(other) => return Err(other),
            }
            self.store.mark_registered(actor.area, own).await?;
        }
        Ok(done)
    }

    /// Records that an employer's staff is in arrears since the oldest month that is overdue today;
    /// what follows for their benefits is the law's (欠费登记). Answers how many registers changed.
    ///
    /// # Errors
    /// A refusal where nothing is overdue.
    pub async fn register_arrears(&self, actor: &Actor, employer: &str) -> Result<u64, Error> {
        let on = actor.at.date();
        let overdue = self
            .arrears(actor.area, on, (Some(employer), false))
            .await?;
        let oldest = overdue.iter().map(|one| one.due.period.as_str()).min();
        let since = oldest
            .ok_or_else(|| Error::refused("no_arrears", format!("“{employer}”今天没有欠费")))?;
        let since = super::taken::month(since)?;
        let mut changed = 0;
        for staff in self.store.staff(actor.area, employer).await? {
            if staff.ends_on.is_some_and(|last| last < since.first_day()) {
                continue;
            }
            let decide = |record: &PersonRecord| Ok(Change::from(in_arrears(record, since, on)));
            let person = staff.person_no.as_str();
            let done = self.change_if_any(actor, person, "register_arrears", decide);
            changed += u64::from(done.await?);
        }
        Ok(changed)
    }

    /// Changes a register only where there is something to enter.
    async fn change_if_any(
        &self,
        actor: &Actor,
        person_no: &str,
        action: &'static str,
        decide: impl Fn(&PersonRecord) -> Result<Change, Error>,
    ) -> Result<bool, Error> {
        let record = self.person_record(actor.area, person_no).await?;
        let record = record.ok_or_else(|| Error::missing("参保人", person_no))?;
        if decide(&record)?.facts.is_empty() {
            return Ok(false);
        }
        self.change_register(actor, person_no, action, decide)
            .await?;
        Ok(true)
    }
}

/// What some paid periods add to a register.
fn facts(record: &PersonRecord, rows: &[PaidPeriodRow]) -> Vec<NewFact> {
    let current = record.register.current();
    let fact = |row: &PaidPeriodRow| {
        if row.scheme == Scheme::Resident.word() {
            let year = row.period.parse().ok()?;
            let event = premium(record, &current, year)?;
            return Some(cover(Scheme::Resident, row.paid_on, event));
        }
        let month: FeeMonth = row.period.parse().ok()?;
        let (from, to) = (month, month);
        is_in_arrears(&current, month)
            .then(|| cover(Scheme::Employee, row.paid_on, Event::Paid { from, to }))
    };
    rows.iter().filter_map(fact).collect()
}

fn cover(scheme: Scheme, on: Date, event: Event) -> NewFact {
    NewFact::from(on, Fact::Cover { scheme, event })
}

fn events<'a>(current: &'a [&Entry], of: Scheme) -> impl Iterator<Item = &'a Event> {
    current.iter().filter_map(move |entry| match &entry.fact {
        Fact::Cover { scheme, event } if *scheme == of => Some(event),
        _ => None,
    })
}

/// The event of a resident's year, unless the register has it or covers the whole year already.
fn premium(record: &PersonRecord, current: &[&Entry], wanted: i16) -> Option<Event> {
    let entered = |event: &Event| matches!(event, Event::Premium { year, .. } if *year == wanted);
    if events(current, Scheme::Resident).any(entered) {
        return None;
    }
    let resident = Scheme::Resident.word();
    let mut covers = record
        .context
        .coverage
        .iter()
        .rev()
        .filter(|row| row.scheme == resident);
    let (first, last) = (date(wanted, 1, 1), date(wanted, 12, 31));
    let whole = covers.clone().any(|row| {
        row.state == CoverState::Active.word()
            && row.starts_on <= first
            && row.ends_on.is_none_or(|end| last <= end)
    });
    if whole {
        return None;
    }
    let latest = covers.next();
    let category = latest.and_then(|row| row.category.parse().ok());
    Some(Event::Premium {
        year: wanted,
        category: category.unwrap_or(Category::Adult),
        county: latest.map_or(record.context.person.county, |row| row.county),
        repaid_years: Vec::new(),
    })
}

/// Whether a month was recorded as unpaid and not as paid since.
fn is_in_arrears(current: &[&Entry], month: FeeMonth) -> bool {
    let recorded = events(current, Scheme::Employee)
        .any(|event| matches!(event, Event::Arrears { since, .. } if *since <= month));
    let paid = events(current, Scheme::Employee)
        .any(|event| matches!(event, Event::Paid { from, to } if *from <= month && month <= *to));
    recorded && !paid
}

fn in_arrears(record: &PersonRecord, since: FeeMonth, on: Date) -> Vec<NewFact> {
    if is_in_arrears(&record.register.current(), since) {
        return Vec::new();
    }
    let deferred = false;
    vec![cover(
        Scheme::Employee,
        on,
        Event::Arrears { since, deferred },
    )]
}
