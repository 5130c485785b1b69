use std::str::FromStr;

use enrolment::identity::Document;
use enrolment::register::{Fact, NewFact};
use jiff::civil::Date;
use store::{Context, CoverageRow, IdentifierRow, RecognitionRow, RegistrationRow};
use terms::{DocumentKind, Sex, Word};

use crate::Error;
use crate::facts::{PersonDetail, person_detail, word};

/// The register of somebody who came from an import or an older database: what the rows say, as
/// facts (开户登记).
///
/// # Errors
/// [`Error::Bug`] where a row was not written by this version.
pub(super) fn opening(
    context: &Context,
    identifiers: &[IdentifierRow],
) -> Result<Vec<NewFact>, Error> {
    let person = &context.person;
    let detail = person_detail(&person.marks)?;
    let born = person.birth;
    let mut facts = vec![
        NewFact::from(
            born,
            Fact::Name {
                name: person.name.clone(),
            },
        ),
        NewFact::from(born, Fact::Birth { birth: born }),
        NewFact::from(
            born,
            Fact::County {
                county: person.county,
            },
        ),
    ];
    if let Ok(sex) = Sex::from_str(&person.sex) {
        facts.push(NewFact::from(born, Fact::Sex { sex }));
    }
    if let Some(death) = person.death {
        facts.push(NewFact::from(death, Fact::Death));
    }
    facts.extend(identifiers.iter().filter_map(|row| named(row, born)));
    facts.extend(details(&detail, born));
    for row in &context.coverage {
        facts.push(period(row)?);
    }
    facts.extend(context.recognitions.iter().map(recognition));
    facts.extend(context.registrations.iter().map(registration));
    facts.extend(context.family.iter().map(|row| {
        let fact = Fact::Grant {
            sponsor: row.sponsor.clone(),
            relation: Word::new(&row.relation),
            purposes: serde_json::from_str(&row.purposes).unwrap_or_default(),
            limit: row.limit,
        };
        NewFact::over(row.starts_on, row.ends_on, fact)
    }));
    Ok(facts)
}

fn named(row: &IdentifierRow, born: Date) -> Option<NewFact> {
    let number = row.value.clone();
    let fact = match row.kind.as_str() {
        "document" => Fact::Document {
            document: kind_of(&number),
            number,
        },
        "card" => Fact::Card { number },
        "credential" => Fact::Credential { number },
        _ => return None,
    };
    Some(NewFact::from(born, fact))
}

/// The rows never said which kind of document it is; its form does, and only passports have none.
fn kind_of(number: &str) -> DocumentKind {
    Document::recognise(number).map_or(DocumentKind::Passport, |document| document.kind())
}

fn details(detail: &PersonDetail, born: Date) -> impl Iterator<Item = NewFact> {
    let contact = Fact::Contact {
        phone: detail.phone.clone(),
        address: detail.address.clone(),
    };
    let contact = (!detail.phone.is_empty() || !detail.address.is_empty())
        .then(|| NewFact::from(born, contact));
    let identity = |span: &crate::IdentitySpan| {
        let identity = span.word.clone();
        NewFact::over(span.from, span.to, Fact::Identity { identity })
    };
    let since = |(scheme, since): &(terms::Scheme, Date)| {
        let (scheme, since) = (*scheme, *since);
        NewFact::from(since, Fact::EnrolledSince { scheme, since })
    };
    let mark = |mark: &Word| NewFact::from(born, Fact::Mark { mark: mark.clone() });
    let identities: Vec<NewFact> = detail.identities.iter().map(identity).collect();
    let marks: Vec<NewFact> = detail.marks.iter().map(mark).collect();
    let since: Vec<NewFact> = detail.enrolled_since.iter().map(since).collect();
    contact
        .into_iter()
        .chain(identities)
        .chain(marks)
        .chain(since)
}

fn period(row: &CoverageRow) -> Result<NewFact, Error> {
    let fact = Fact::Period {
        scheme: word(&row.scheme)?,
        category: word(&row.category)?,
        state: word(&row.state)?,
        county: row.county,
        employer: row.employer.clone(),
        reason: row.reason.clone(),
    };
    Ok(NewFact::over(row.starts_on, row.ends_on, fact))
}

fn recognition(row: &RecognitionRow) -> NewFact {
    let fact = Fact::Recognition {
        class: Word::new(&row.kind),
        code: row.code.clone(),
        name: row.name.clone(),
        institutions: serde_json::from_str(&row.institutions).unwrap_or_default(),
        detail: row.detail.clone(),
    };
    NewFact::over(row.starts_on, row.ends_on, fact)
}

fn registration(row: &RegistrationRow) -> NewFact {
    let fact = Fact::Registration {
        id: row.registration_id.clone(),
        class: Word::new(&row.kind),
        state: Word::new(&row.state),
        institution: row.institution.clone(),
        destination: row.destination.clone(),
        detail: row.detail.clone(),
    };
    NewFact::over(row.starts_on, row.ends_on, fact)
}
