use std::collections::BTreeSet;

use enrolment::register::{Entry, Fact, NewFact, Register};
use enrolment::timeline::Event;
use store::CoverageRow;
use terms::{Date, Scheme, Word};

use crate::facts::spans;
use crate::register::PersonRecord;

/// What the record kept says of the one given up for it.
const SAME_PERSON: &str = "same_person";

/// What a record lets go of when it is given up: what names the person, what gives rights from
/// now on, and its cover. The past stays as it was.
pub(super) fn given_up(record: &PersonRecord, keep: &str, on: Date) -> Vec<NewFact> {
    let last = on.yesterday().unwrap_or(on);
    let mut facts = Vec::new();
    let mut stopped: BTreeSet<Scheme> = BTreeSet::new();
    for entry in record.register.current() {
        let open = entry.to.is_none_or(|to| to > last);
        match &entry.fact {
            // Nobody else may be named by what is only ended.
            fact if names(fact) => facts.push(NewFact::withdrawing(entry)),
            Fact::Cover { scheme, .. } => {
                stopped.insert(*scheme);
            }
            fact if open && (gives_rights(fact) || matches!(fact, Fact::Period { .. })) => {
                facts.push(match entry.from > last {
                    true => NewFact::withdrawing(entry),
                    false => NewFact::ended(entry, last),
                });
            }
            _ => {}
        }
    }
    let covered = |scheme: &Scheme| open_cover(record, on).any(|row| row.scheme == scheme.word());
    for scheme in stopped.into_iter().filter(covered) {
        let event = Event::Suspend { last_month: None };
        facts.push(NewFact::from(on, Fact::Cover { scheme, event }));
    }
    let into = keep.to_owned();
    facts.push(NewFact::from(on, Fact::Merged { into }));
    facts
}

/// What the record kept takes over from the other one, as that was before.
pub(super) fn taken_over(
    kept: &PersonRecord,
    (other, before): (&PersonRecord, &Register),
    on: Date,
) -> Vec<NewFact> {
    let relative = Fact::Relative {
        person_no: other.person_no.clone(),
        relation: Word::new(SAME_PERSON),
    };
    let mut facts = vec![NewFact::from(on, relative)];
    let own: Vec<&Entry> = kept.register.current();
    let has = |fact: &Fact| own.iter().any(|entry| &entry.fact == fact);
    let reachable = own
        .iter()
        .any(|entry| matches!(entry.fact, Fact::Contact { .. }));
    for entry in before.current() {
        let holds = entry.to.is_none_or(|to| on <= to);
        let from = match names(&entry.fact) {
            true => entry.from,
            false => entry.from.max(on),
        };
        let wanted = match &entry.fact {
            fact if names(fact) => true,
            fact if gives_rights(fact) => holds,
            Fact::Mark { .. } => holds,
            Fact::Contact { .. } => holds && !reachable,
            _ => false,
        };
        if wanted && !has(&entry.fact) {
            facts.push(NewFact::over(from, entry.to, entry.fact.clone()));
        }
    }
    facts.extend(cover(kept, before, on));
    facts
}

/// Cover that goes on at the record kept where that one has none in the scheme.
fn cover<'a>(
    kept: &'a PersonRecord,
    before: &'a Register,
    on: Date,
) -> impl Iterator<Item = NewFact> + 'a {
    let holding = before
        .current()
        .into_iter()
        .filter(move |entry| spans(entry.from, entry.to, on));
    holding.flat_map(move |entry| {
        let Fact::Period { scheme, .. } = &entry.fact else {
            return Vec::new();
        };
        if open_cover(kept, on).any(|row| row.scheme == scheme.word()) {
            return Vec::new();
        }
        let since = Fact::EnrolledSince {
            scheme: *scheme,
            since: entry.from,
        };
        vec![
            NewFact::over(on, entry.to, entry.fact.clone()),
            NewFact::from(on, since),
        ]
    })
}

fn open_cover(record: &PersonRecord, on: Date) -> impl Iterator<Item = &CoverageRow> {
    let rows = record.context.coverage.iter();
    rows.filter(move |row| row.ends_on.is_none_or(|to| on <= to))
}

const fn names(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Document { .. } | Fact::Card { .. } | Fact::Credential { .. }
    )
}

const fn gives_rights(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Identity { .. }
            | Fact::Recognition { .. }
            | Fact::Registration { .. }
            | Fact::Grant { .. }
    )
}

/// Takes back what a source entered, as far as nobody has changed it since: what it added is
/// withdrawn, what it ended or corrected is as before, what it withdrew is stated again.
pub(super) fn restored(register: &Register, source: &str) -> Vec<NewFact> {
    let entries = register.entries();
    let current: BTreeSet<i64> = register
        .current()
        .iter()
        .map(|entry| entry.number)
        .collect();
    let again: Vec<&Fact> = register.current().iter().map(|entry| &entry.fact).collect();
    let mut facts = Vec::new();
    for entry in entries.iter().filter(|entry| entry.source == source) {
        let old = entry.replaces.and_then(|number| {
            let mut entries = entries.iter();
            entries.find(|old| old.number == number)
        });
        match old {
            Some(old) if entry.withdrawn && !again.contains(&&old.fact) => {
                facts.push(NewFact::over(old.from, old.to, old.fact.clone()));
            }
            Some(old) if current.contains(&entry.number) => facts.push(NewFact::instead_of(
                entry.number,
                old.from,
                old.to,
                old.fact.clone(),
            )),
            None if current.contains(&entry.number) => facts.push(NewFact::withdrawing(entry)),
            _ => {}
        }
    }
    facts
}
