use enrolment::difficulty::{Change, ChangeKind};
use enrolment::register::{Entry, Fact, NewFact};
use enrolment::timeline::Event;
use jiff::civil::Date;
use terms::{Category, Scheme};

use super::known::held_of;
use crate::Error;
use crate::register::PersonRecord;

/// Who is younger than this enrols as a child.
const OF_AGE: i16 = 18;

/// The facts that a list's changes of one person make.
///
/// # Errors
/// [`Error::Busy`] where the register has changed since the list was decided.
pub(super) fn facts_of(
    record: &PersonRecord,
    changes: &[Change],
    bureau: &str,
) -> Result<Vec<NewFact>, Error> {
    let current = record.register.current();
    let mut facts = Vec::new();
    for change in changes {
        let identity = change.identity.clone();
        let fact = Fact::Identity { identity };
        let replaced = change
            .before
            .map(|_| entry_of(&current, change, bureau).ok_or(Error::Busy))
            .transpose()?;
        facts.push(match (change.kind, change.after, replaced) {
            (ChangeKind::Withdrawn, _, Some(entry)) => NewFact::withdrawing(entry),
            (_, Some(after), Some(entry)) => {
                NewFact::instead_of(entry.number, after.from, after.to, fact)
            }
            (_, Some(after), None) => NewFact::over(after.from, after.to, fact),
            _ => return Err(Error::Bug(format!("a change of nothing: {change:?}"))),
        });
    }
    // One enrolment a year is enough, however many identities ask for it.
    let days = changes.iter().filter_map(|change| change.enrol_from);
    facts.extend(days.min().map(|day| enrolment(record, day)));
    Ok(facts)
}

/// The believed entry that a change is about.
fn entry_of<'e>(current: &[&'e Entry], change: &Change, bureau: &str) -> Option<&'e Entry> {
    let same = |entry: &&&Entry| {
        held_of(entry).is_some_and(|held| {
            let stated = held.bureau.is_none_or(|known| *known.as_str() == *bureau);
            stated && held.identity == change.identity && Some(held.days) == change.before
        })
    };
    current.iter().find(same).copied()
}

/// Enrolment as a resident from the day of recognition; who pays the premium is settled by the
/// contribution of the year.
fn enrolment(record: &PersonRecord, day: Date) -> NewFact {
    let person = &record.context.person;
    let birthday = i16::from((day.month(), day.day()) < (person.birth.month(), person.birth.day()));
    let age = day.year() - person.birth.year() - birthday;
    let category = if age < OF_AGE {
        Category::Child
    } else {
        Category::Adult
    };
    let event = Event::Premium {
        year: day.year(),
        category,
        county: person.county,
        repaid_years: Vec::new(),
    };
    let scheme = Scheme::Resident;
    NewFact::from(day, Fact::Cover { scheme, event })
}
