//! Enters a demonstration's people, institutions and users into a store.

pub mod accounts;
pub mod cleaning;
pub mod clearing;
pub mod contributions;
pub mod difficulty;
pub mod discharges;
pub mod doubts;
mod filings;
mod goods;
pub mod provider;

use std::collections::HashMap;

use app::{Error, IdentitySpan, Institution, InstitutionDetail, Key, Keys, PersonDetail};
use demo_maker::{Cover, DemoArea, Person, SharingGrant};
use jiff::civil::Date;
use store::{
    CoverageRow, FamilyRow, IdentifierRow, IndexRow, OpeningAccount, PersonFile, PersonRow,
    RecognitionRow, RegistrationRow, Store, UserRow,
};
use terms::{AccountKind, CoverState, Relation};

/// People entered in one step.
const STEP: usize = 2_000;

/// Enters everything a demonstration area holds, its users last: a store with users is complete.
///
/// Doing it again after a fault or a broken start completes what is missing.
///
/// # Errors
/// [`Error::Fault`] if the store fails; steps done before are kept.
pub async fn seed(store: &Store, area: &DemoArea) -> Result<(), Error> {
    let code = area.recipe.area;
    let institutions: Vec<_> = area
        .institutions
        .iter()
        .map(|one| institution(area, one))
        .collect();
    let rows: Vec<_> = institutions.iter().map(Institution::row).collect();
    store.put_institutions(&rows).await?;
    let sponsors = sponsors(area);
    let opened_at = area.recipe.today.at(0, 0, 0, 0);
    let mut files = Vec::with_capacity(STEP);
    for person in area.people() {
        files.push(file(&person, &sponsors));
        if files.len() == STEP {
            store.put_people(code, &files, opened_at).await?;
            files.clear();
        }
    }
    store.put_people(code, &files, opened_at).await?;
    filings::seed(store, area).await?;
    goods::seed(store, area).await?;
    let users: Vec<UserRow> = area
        .accounts
        .iter()
        .map(|one| user(area, one))
        .collect::<Result<_, _>>()?;
    store.put_users(&users).await?;
    Ok(())
}

/// Whether [`seed`] has been through to its end.
///
/// # Errors
/// [`Error::Fault`] if the store fails.
pub async fn is_seeded(store: &Store, area: &DemoArea) -> Result<bool, Error> {
    let Some(account) = area.accounts.last() else {
        return Ok(false);
    };
    Ok(store
        .find_user(area.recipe.area, &account.user)
        .await?
        .is_some())
}

/// Who may use whose account: a grant is kept with the one who may.
fn sponsors(area: &DemoArea) -> HashMap<String, Vec<(String, SharingGrant)>> {
    let mut sponsors: HashMap<String, Vec<(String, SharingGrant)>> = HashMap::new();
    for person in area.people() {
        for grant in person.sharing {
            let of_member = sponsors.entry(grant.beneficiary.clone()).or_default();
            of_member.push((person.number.clone(), grant));
        }
    }
    sponsors
}

fn file(person: &Person, sponsors: &HashMap<String, Vec<(String, SharingGrant)>>) -> PersonFile {
    let enrolled = person
        .covers
        .iter()
        .map(|cover| (cover.scheme, cover.enrolled_since));
    let detail = PersonDetail {
        identities: person
            .identities
            .iter()
            .map(|span| IdentitySpan {
                word: span.word.clone(),
                from: span.from,
                to: span.to,
            })
            .collect(),
        marks: person.marks.clone(),
        enrolled_since: enrolled.collect(),
        phone: person.phone.clone(),
        document: person.id_number.clone(),
        ..PersonDetail::default()
    };
    let mut file = PersonFile::new(PersonRow {
        person_no: person.number.clone(),
        name: person.name.clone(),
        sex: person.sex.word().to_owned(),
        birth: person.born,
        death: None,
        county: person.county,
        marks: serde_json::to_string(&detail).expect("details are plain text"),
        detail: "{}".to_owned(),
    });
    file.identifiers = [
        ("document", &person.id_number),
        ("card", &person.card_number),
    ]
    .map(|(kind, value)| IdentifierRow {
        kind: kind.to_owned(),
        value: value.clone(),
    })
    .to_vec();
    file.coverage = person.covers.iter().flat_map(periods).collect();
    file.accounts = accounts(person);
    file.family = grants(sponsors.get(&person.number));
    file.recognitions = recognitions(person);
    file.registrations = registrations(person);
    if !person.phone.is_empty() {
        file.index.push(IndexRow {
            kind: "phone".to_owned(),
            value: person.phone.clone(),
        });
    }
    file
}

/// A cover as periods of one state each: waiting before benefits, active before a suspension.
fn periods(cover: &Cover) -> Vec<CoverageRow> {
    let row = |from: Date, to: Option<Date>, state: CoverState, reason: &str| CoverageRow {
        scheme: cover.scheme.word().to_owned(),
        starts_on: from,
        ends_on: to,
        category: cover.category.word().to_owned(),
        state: state.word().to_owned(),
        reason: reason.to_owned(),
        county: cover.county,
        employer: cover.group.name.clone(),
    };
    let before = |day: Date| day.yesterday().ok().filter(|last| *last >= cover.from);
    let mut periods = Vec::with_capacity(3);
    let mut from = cover.from;
    if let Some(last) = before(cover.benefit_from) {
        periods.push(row(from, Some(last), CoverState::Waiting, "待遇等待期"));
        from = cover.benefit_from;
    }
    if cover.state == CoverState::Suspended {
        if let Some(last) = before(cover.state_since).filter(|last| *last >= from) {
            periods.push(row(from, Some(last), CoverState::Active, ""));
        }
        from = cover.state_since.max(from);
        periods.push(row(from, cover.to, CoverState::Suspended, "中断缴费"));
        return periods;
    }
    if cover.to.is_none_or(|to| from <= to) {
        periods.push(row(from, cover.to, CoverState::Active, ""));
    }
    periods
}

fn accounts(person: &Person) -> Vec<OpeningAccount> {
    let Some(account) = person.account else {
        return Vec::new();
    };
    [
        (AccountKind::CurrentYear, account.current_year),
        (AccountKind::Historic, account.historic),
    ]
    .map(|(kind, balance)| OpeningAccount {
        kind: kind.word().to_owned(),
        balance,
    })
    .to_vec()
}

fn grants(sponsors: Option<&Vec<(String, SharingGrant)>>) -> Vec<FamilyRow> {
    let grant = |(sponsor, grant): &(String, SharingGrant)| FamilyRow {
        sponsor: sponsor.clone(),
        // A grant says what the owner is to the member, the household what the member is.
        relation: Relation::named(grant.kinship.zh())
            .inverse()
            .zh()
            .to_owned(),
        starts_on: grant.from,
        ends_on: None,
        purposes: "[]".to_owned(),
        limit: None,
    };
    sponsors.into_iter().flatten().map(grant).collect()
}

fn recognitions(person: &Person) -> Vec<RecognitionRow> {
    let row = |one: &demo_maker::Recognition| {
        let mut diseases = demo_maker::DISEASES.iter();
        let known = diseases.find(|disease| *disease.code == *one.disease.as_str());
        RecognitionRow {
            kind: "chronic".to_owned(),
            code: one.disease.to_string(),
            starts_on: one.from,
            ends_on: one.to,
            name: known.map_or_else(
                || one.disease.to_string(),
                |disease| disease.name.to_owned(),
            ),
            institutions: serde_json::json!([one.institution]).to_string(),
            detail: "{}".to_owned(),
        }
    };
    person.recognitions.iter().map(row).collect()
}

fn registrations(person: &Person) -> Vec<RegistrationRow> {
    let numbered = person.registrations.iter().zip(1..);
    let row = |(one, number): (&demo_maker::RegistrationSpan, i32)| RegistrationRow {
        registration_id: format!("{}-{number}", person.number),
        kind: one.kind.word().to_owned(),
        starts_on: one.from,
        ends_on: one.to,
        state: "valid".to_owned(),
        institution: String::new(),
        destination: one.place.to_string(),
        detail: "{}".to_owned(),
    };
    numbered.map(row).collect()
}

fn institution(area: &DemoArea, one: &demo_maker::Institution) -> Institution {
    Institution {
        code: one.code.clone(),
        name: one.name.clone(),
        // Institutions elsewhere are known to the home area too, under their own place.
        area: area.recipe.area,
        county: one.county,
        kind: one.kind,
        grade: one.grade,
        detail: InstitutionDetail {
            marks: one.marks.clone(),
            departments: one
                .departments
                .iter()
                .map(|d| (d.code.clone(), d.name.clone()))
                .collect(),
            doctors: one
                .doctors
                .iter()
                .map(|d| (d.code.clone(), d.name.clone()))
                .collect(),
        },
        keys: Keys {
            access: Key {
                id: one.keys.access_key.clone(),
                secret: one.keys.secret_key.clone(),
            },
            gateway: Key {
                id: one.keys.gateway_account.clone(),
                secret: one.keys.secret_key.clone(),
            },
            token: one.keys.token.clone(),
        },
    }
}

fn user(area: &DemoArea, account: &demo_maker::ConsoleAccount) -> Result<UserRow, Error> {
    Ok(UserRow {
        area: area.recipe.area,
        user_name: account.user.clone(),
        display_name: account.name.clone(),
        password_hash: app::office::hash_password(&account.password)?,
        role: account.role.word().to_owned(),
        institution: account.institution.clone(),
        active: true,
    })
}
