use enrolment::register::{Entry, Fact, Register};
use jiff::civil::Date;
use store::{
    CoverageRow, FamilyRow, IdentifierRow, IndexRow, PersonFile, PersonRow, RecognitionRow,
    RegistrationRow,
};
use terms::{AreaCode, Scheme};

use super::cover;
use crate::facts::PersonDetail;
use crate::{Error, IdentitySpan, Law};

/// A person's rows as the register now has them (登记册的现状).
///
/// # Errors
/// A refusal where the facts of cover contradict one another or a name or birth is missing.
pub fn project(
    law: &Law,
    area: AreaCode,
    person_no: &str,
    register: &Register,
) -> Result<PersonFile, Error> {
    let believed = register.current();
    let coverage = cover::coverage(law, area, &believed)?;
    let person = person(person_no, &believed, &coverage)?;
    let mut file = PersonFile::new(person);
    file.coverage = coverage;
    for entry in &believed {
        belongs(entry, &mut file);
    }
    file.index
        .sort_by(|a, b| (&a.kind, &a.value).cmp(&(&b.kind, &b.value)));
    file.index.dedup();
    file.identifiers
        .sort_by(|a, b| (&a.kind, &a.value).cmp(&(&b.kind, &b.value)));
    file.identifiers.dedup();
    Ok(file)
}

fn person(
    person_no: &str,
    believed: &[&Entry],
    coverage: &[CoverageRow],
) -> Result<PersonRow, Error> {
    let need =
        |what: &'static str| Error::refused("register_incomplete", format!("登记缺少{what}"));
    let name = last(believed, |fact| match fact {
        Fact::Name { name } => Some(name.clone()),
        _ => None,
    });
    let birth = last(believed, |fact| match fact {
        Fact::Birth { birth } => Some(*birth),
        _ => None,
    });
    let county = last(believed, |fact| match fact {
        Fact::County { county } => Some(*county),
        _ => None,
    });
    let sex = last(believed, |fact| match fact {
        Fact::Sex { sex } => Some(sex.word().to_owned()),
        _ => None,
    });
    let dead = |entry: &&&Entry| matches!(entry.fact, Fact::Death);
    let marks = serde_json::to_string(&detail(believed, coverage))
        .map_err(|cause| Error::Bug(format!("details of {person_no}: {cause}")))?;
    Ok(PersonRow {
        person_no: person_no.to_owned(),
        name: name.ok_or_else(|| need("姓名"))?,
        sex: sex.unwrap_or_default(),
        birth: birth.ok_or_else(|| need("出生日期"))?,
        death: believed.iter().find(dead).map(|entry| entry.from),
        county: county.ok_or_else(|| need("参保县区"))?,
        marks,
        detail: "{}".to_owned(),
    })
}

/// The latest value of a kind of fact; of those beginning on one day, the one entered last.
fn last<T>(believed: &[&Entry], value: impl Fn(&Fact) -> Option<T>) -> Option<T> {
    let found = believed.iter().filter_map(|entry| {
        let order = (entry.from, entry.number);
        value(&entry.fact).map(|value| (order, value))
    });
    found
        .max_by_key(|(order, _)| *order)
        .map(|(_, value)| value)
}

fn detail(believed: &[&Entry], coverage: &[CoverageRow]) -> PersonDetail {
    let mut detail = PersonDetail::default();
    for entry in believed {
        match &entry.fact {
            Fact::Identity { identity } => detail.identities.push(IdentitySpan {
                word: identity.clone(),
                from: entry.from,
                to: entry.to,
            }),
            Fact::Mark { mark } => detail.marks.push(mark.clone()),
            _ => {}
        }
    }
    let contact = last(believed, |fact| match fact {
        Fact::Contact { phone, address } => Some((phone.clone(), address.clone())),
        _ => None,
    });
    (detail.phone, detail.address) = contact.unwrap_or_default();
    let household = last(believed, |fact| match fact {
        Fact::Household { household, .. } => Some(household.clone()),
        _ => None,
    });
    detail.household = household.unwrap_or_default();
    let document = last(believed, |fact| match fact {
        Fact::Document { number, .. } => Some(number.clone()),
        _ => None,
    });
    detail.document = document.unwrap_or_default();
    detail.enrolled_since = enrolled_since(believed, coverage);
    detail
}

/// Since when the person has been in each scheme without a break (连续参保起始).
///
/// A register taken over from elsewhere may know of years before its first period.
fn enrolled_since(believed: &[&Entry], coverage: &[CoverageRow]) -> Vec<(Scheme, Date)> {
    let known = |scheme: Scheme| {
        last(believed, |fact| match fact {
            Fact::EnrolledSince { scheme: of, since } if *of == scheme => Some(*since),
            _ => None,
        })
    };
    let mut found = Vec::new();
    for scheme in Scheme::ALL {
        let mut of = coverage.iter().filter(|row| row.scheme == scheme.word());
        let Some(first) = of.next() else { continue };
        let (mut start, mut end) = (first.starts_on, first.ends_on);
        for row in of {
            let next_day = end.and_then(|end: Date| end.tomorrow().ok());
            if next_day.is_some_and(|day| day < row.starts_on) {
                start = row.starts_on;
            }
            end = row.ends_on;
        }
        let earlier = known(*scheme).filter(|_| start == first.starts_on);
        found.push((*scheme, earlier.map_or(start, |earlier| earlier.min(start))));
    }
    found
}

/// Adds the row of one fact, where it has one of its own.
fn belongs(entry: &Entry, file: &mut PersonFile) {
    let mut identifier = |kind: &str, value: &str| {
        file.identifiers.push(IdentifierRow {
            kind: kind.to_owned(),
            value: value.to_owned(),
        });
    };
    let index = |kind: &str, value: &str| IndexRow {
        kind: kind.to_owned(),
        value: value.to_owned(),
    };
    match &entry.fact {
        // A newborn may have no number yet.
        Fact::Document { number, .. } if number.is_empty() => {}
        Fact::Document { number, .. } => identifier("document", number),
        Fact::Card { number } => identifier("card", number),
        Fact::Credential { number } => identifier("credential", number),
        Fact::Contact { phone, .. } if !phone.is_empty() => file.index.push(index("phone", phone)),
        Fact::Household { household, .. } => file.index.push(index("household", household)),
        Fact::Employment { employer } => file.index.push(index("employer", employer)),
        Fact::Merged { into } => file.index.push(index("merged_into", into)),
        Fact::Grant {
            sponsor,
            relation,
            purposes,
            limit,
        } => {
            // A grant that was ended and given again counts as it stands now.
            file.family.retain(|row| row.sponsor != *sponsor);
            file.family.push(FamilyRow {
                sponsor: sponsor.clone(),
                relation: relation.to_string(),
                starts_on: entry.from,
                ends_on: entry.to,
                purposes: serde_json::json!(purposes).to_string(),
                limit: *limit,
            });
        }
        Fact::Recognition { .. } | Fact::Registration { .. } => filed(entry, file),
        _ => {}
    }
}

fn filed(entry: &Entry, file: &mut PersonFile) {
    match &entry.fact {
        Fact::Recognition {
            class,
            code,
            name,
            institutions,
            detail,
        } => file.recognitions.push(RecognitionRow {
            kind: class.to_string(),
            code: code.clone(),
            starts_on: entry.from,
            ends_on: entry.to,
            name: name.clone(),
            institutions: serde_json::json!(institutions).to_string(),
            detail: detail.clone(),
        }),
        Fact::Registration {
            id,
            class,
            state,
            institution,
            destination,
            detail,
        } => file.registrations.push(RegistrationRow {
            registration_id: id.clone(),
            kind: class.to_string(),
            starts_on: entry.from,
            ends_on: entry.to,
            state: state.to_string(),
            institution: institution.clone(),
            destination: destination.clone(),
            detail: detail.clone(),
        }),
        _ => {}
    }
}
