use jiff::civil::{Date, DateTime};
use store::{CoverageRow, IdentifierRow, IndexRow, PersonFile, PersonRow};
use terms::{AreaCode, Scheme};

use super::row::{Incoming, Period};
use crate::{Error, PersonDetail};

/// A person's rows from a good row of the file (参保档案).
///
/// Rows only: the facts of the register are opened from them at the first change. Where the person
/// came from stands in the row's detail.
pub(super) fn person_file(
    incoming: Incoming,
    number: String,
    (import_id, at): (&str, DateTime),
) -> Result<PersonFile, Error> {
    let mut file = PersonFile::new(PersonRow {
        person_no: number,
        name: incoming.name,
        sex: incoming.sex.word().to_owned(),
        birth: incoming.birth,
        death: incoming.death,
        county: incoming.county,
        marks: String::new(),
        detail: format!(r#"{{"entered_at":"{at}","import":"{import_id}"}}"#),
    });
    let documents = incoming
        .documents
        .iter()
        .map(|one| ("document", one.number()));
    let card = std::iter::once(("card", incoming.card.as_str()));
    let named = documents.chain(card).filter(|(_, value)| !value.is_empty());
    file.identifiers = named.map(|(kind, value)| identifier(kind, value)).collect();
    let document = file.identifiers.iter().find(|row| row.kind == "document");
    let document = document.map_or_else(String::new, |row| row.value.clone());
    let employers = incoming.periods.iter().map(|one| one.employer.as_str());
    let employer = employers.rev().find(|name| !name.is_empty()).unwrap_or("");
    let index = [
        ("employer", employer),
        ("household", incoming.household.as_str()),
        ("phone", incoming.phone.as_str()),
    ];
    let index = index.into_iter().filter(|(_, value)| !value.is_empty());
    file.index = index.map(|(kind, value)| indexed(kind, value)).collect();
    let detail = PersonDetail {
        identities: incoming.identities,
        marks: incoming.marks,
        enrolled_since: enrolled_since(&incoming.periods, incoming.since),
        phone: incoming.phone,
        address: incoming.address,
        household: incoming.household,
        document,
    };
    file.person.marks = serde_json::to_string(&detail)
        .map_err(|cause| Error::Bug(format!("details of line {}: {cause}", incoming.line)))?;
    let county = incoming.county;
    let periods = incoming.periods.into_iter();
    file.coverage = periods.map(|period| coverage(period, county)).collect();
    Ok(file)
}

fn identifier(kind: &str, value: &str) -> IdentifierRow {
    IdentifierRow {
        kind: kind.to_owned(),
        value: value.to_owned(),
    }
}

fn indexed(kind: &str, value: &str) -> IndexRow {
    IndexRow {
        kind: kind.to_owned(),
        value: value.to_owned(),
    }
}

fn coverage(period: Period, county: AreaCode) -> CoverageRow {
    CoverageRow {
        scheme: period.scheme.word().to_owned(),
        starts_on: period.from,
        ends_on: period.to,
        category: period.category.word().to_owned(),
        state: period.state.word().to_owned(),
        reason: String::new(),
        county,
        employer: period.employer,
    }
}

/// Since when each scheme has run without a break: the day the file states for the scheme of its
/// first group, else the first day of the last chain of periods.
fn enrolled_since(periods: &[Period], stated: Option<Date>) -> Vec<(Scheme, Date)> {
    let mut found: Vec<(Scheme, Date)> = Vec::new();
    let first = periods.first().map(|period| period.scheme);
    for scheme in Scheme::ALL {
        let mut of: Vec<&Period> = periods.iter().filter(|one| one.scheme == *scheme).collect();
        of.sort_by_key(|period| period.from);
        let Some(start) = of.first().map(|period| period.from) else {
            continue;
        };
        let mut since = start;
        for pair in of.windows(2) {
            let next = pair[0].to.and_then(|to| to.tomorrow().ok());
            if next.is_some_and(|next| next < pair[1].from) {
                since = pair[1].from;
            }
        }
        let stated = stated.filter(|_| first == Some(*scheme));
        found.push((*scheme, stated.map_or(since, |stated| stated.min(since))));
    }
    found
}
