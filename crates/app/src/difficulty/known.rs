use std::collections::{BTreeMap, BTreeSet};

use enrolment::difficulty::{Days, Held, KnownPerson, RawRow};
use enrolment::register::{Entry, Fact};
use store::{CoverageRow, PersonRow};
use terms::{AreaCode, CoverState, Scheme, Word};

use super::bureau_of;
use crate::facts::person_detail;
use crate::register::register_of;
use crate::{App, Error};

/// What the register knows of everybody a list may be about: those it names, and those who hold an
/// identity.
///
/// # Errors
/// [`Error::Fault`] if the store cannot be read.
pub(super) async fn known_people(
    app: &App,
    area: AreaCode,
    rows: &[RawRow],
) -> Result<Vec<KnownPerson>, Error> {
    let documents: BTreeSet<String> = rows.iter().filter_map(RawRow::number).collect();
    let documents: Vec<String> = documents.into_iter().collect();
    let named = app.store.find_documents(area, &documents).await?;
    let mut people: BTreeMap<String, PersonRow> = BTreeMap::new();
    for row in app.store.people_with_identities(area).await? {
        people.insert(row.person_no.clone(), row);
    }
    let missing = named.iter().map(|(_, person)| person);
    let missing = missing.filter(|person| !people.contains_key(*person));
    let missing: BTreeSet<String> = missing.cloned().collect();
    let missing: Vec<String> = missing.into_iter().collect();
    for row in app.store.people(area, &missing).await? {
        people.insert(row.person_no.clone(), row);
    }
    let mut held = held_by_facts(app, area).await?;
    let listed: BTreeSet<String> = named.iter().map(|(_, person)| person.clone()).collect();
    let listed: Vec<String> = listed.into_iter().collect();
    let mut covers: BTreeMap<String, Vec<Days>> = BTreeMap::new();
    for (person, row) in app.store.coverage_of(area, &listed).await? {
        if let Some(days) = cover_days(&row) {
            covers.entry(person).or_default().push(days);
        }
    }
    let mut by_person: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (document, person) in named {
        by_person.entry(person).or_default().push(document);
    }
    let mut known = Vec::with_capacity(people.len());
    for (number, row) in people {
        let documents = by_person.remove(&number).unwrap_or_default();
        let held = held.remove(&number);
        let covers = covers.remove(&number).unwrap_or_default();
        known.push(of_row(row, documents, held, covers)?);
    }
    Ok(known)
}

fn of_row(
    row: PersonRow,
    mut documents: Vec<String>,
    held: Option<Vec<Held>>,
    covers: Vec<Days>,
) -> Result<KnownPerson, Error> {
    let detail = person_detail(&row.marks)?;
    if !detail.document.is_empty() && !documents.contains(&detail.document) {
        documents.push(detail.document.clone());
    }
    // Whoever came from an older register has rows but no entries yet: nobody is known to have
    // stated their identities.
    let opened = || {
        let spans = detail.identities.iter().map(|span| Held {
            identity: span.word.clone(),
            bureau: None,
            days: Days::new(span.from, span.to),
        });
        spans.collect()
    };
    Ok(KnownPerson {
        person_no: row.person_no,
        name: row.name,
        documents,
        birth: Some(row.birth),
        death: row.death,
        held: held.unwrap_or_else(opened),
        covers,
    })
}

/// Identities that are believed, of everybody with entries about one.
async fn held_by_facts(app: &App, area: AreaCode) -> Result<BTreeMap<String, Vec<Held>>, Error> {
    let mut rows = BTreeMap::new();
    for (person, row) in app.store.identity_facts(area).await? {
        rows.entry(person).or_insert_with(Vec::new).push(row);
    }
    let mut held = BTreeMap::new();
    for (person, rows) in rows {
        let register = register_of(rows)?;
        let current = register.current();
        let held_now: Vec<Held> = current.into_iter().filter_map(held_of).collect();
        held.insert(person, held_now);
    }
    Ok(held)
}

/// The identity that an entry states, if it states one.
pub(super) fn held_of(entry: &Entry) -> Option<Held> {
    let Fact::Identity { identity } = &entry.fact else {
        return None;
    };
    Some(Held {
        identity: identity.clone(),
        bureau: bureau_of(&entry.source).map(Word::new),
        days: Days::new(entry.from, entry.to),
    })
}

/// Days under a basic scheme, waiting and suspension included; an ended period is none.
fn cover_days(row: &CoverageRow) -> Option<Days> {
    let basic = [Scheme::Employee, Scheme::Resident, Scheme::RetiredCadre];
    let scheme = basic.iter().any(|scheme| scheme.word() == row.scheme);
    let ended = [CoverState::Ended.word(), CoverState::NotCovered.word()];
    let stands = !ended.contains(&row.state.as_str());
    (scheme && stands).then(|| Days::new(row.starts_on, row.ends_on))
}
