//! Filings that wait, and who has the electronic credential.

use app::Error;
use app::credential::lasting_token;
use app::filing::{FilingClass, FilingDetail, FilingState, FilingStep, Injury, Named};
use demo_maker::{DISEASES, DemoArea, Institution, Person};
use jiff::Span;
use jiff::civil::DateTime;
use store::{ActivationRow, FilingRow, Store};
use terms::{CoverState, Grade, InstitutionKind};

/// Channels through which people switch the credential on.
const CHANNELS: [&str; 3] = ["国家医保服务平台", "微信", "支付宝"];
/// Of ten people so many have switched it on.
const ACTIVATED: usize = 7;
/// People entered in one step.
const STEP: usize = 2_000;

/// Enters activations, the tokens of the fixtures, and some filings that wait.
pub(super) async fn seed(store: &Store, area: &DemoArea) -> Result<(), Error> {
    let code = area.recipe.area;
    let opened = area.recipe.today.at(0, 0, 0, 0);
    let mut rows = Vec::with_capacity(STEP);
    for (at, person) in area.people().enumerate() {
        if at % 10 < ACTIVATED {
            rows.push(activation(at, &person, opened));
        }
        if rows.len() == STEP {
            store.put_activations(code, &rows).await?;
            rows.clear();
        }
    }
    store.put_activations(code, &rows).await?;
    let samples = area.samples();
    // Nobody scans a code in a demonstration: the card's number also counts as the credential.
    let tokens: Vec<_> = samples
        .iter()
        .map(|one| lasting_token(&one.person.number, &one.person.card_number, opened))
        .collect();
    store.put_tokens(code, &tokens).await?;
    let others = area.people().filter(|person| {
        let is_sample = samples.iter().any(|one| one.person.number == person.number);
        let active = |cover: &demo_maker::Cover| cover.state == CoverState::Active;
        !is_sample && person.recognitions.is_empty() && person.covers.last().is_some_and(active)
    });
    let others: Vec<Person> = others.take(6).collect();
    store.put_filings(code, &waiting(area, &others)).await?;
    Ok(())
}

fn activation(at: usize, person: &Person, opened: DateTime) -> ActivationRow {
    let days = i64::try_from(at % 900).unwrap_or(0) + 1;
    ActivationRow {
        person_no: person.number.clone(),
        channel: CHANNELS[at % CHANNELS.len()].to_owned(),
        device: "手机".to_owned(),
        institution: String::new(),
        activated_at: opened.saturating_sub(Span::new().days(days)),
    }
}

/// Four recognitions that wait for the agency, and two accidents under investigation.
fn waiting(area: &DemoArea, people: &[Person]) -> Vec<FilingRow> {
    let mut hospitals = area.institutions.iter().filter(|one| {
        let able = matches!(one.grade, Grade::Secondary | Grade::Tertiary);
        one.kind == InstitutionKind::Hospital && able && one.county.city() == area.recipe.area
    });
    let Some(hospital) = hospitals.next() else {
        return Vec::new();
    };
    let numbered = people.iter().enumerate();
    numbered
        .map(|(at, person)| match at {
            0..4 => recognition(area, hospital, person, at),
            _ => accident(area, hospital, person, at),
        })
        .collect()
}

fn recognition(area: &DemoArea, place: &Institution, person: &Person, at: usize) -> FilingRow {
    let disease = &DISEASES[at % DISEASES.len()];
    let doctor = place.doctors.first();
    let detail = FilingDetail {
        scheme: person.covers.last().map(|cover| cover.scheme),
        kind: "chronic".to_owned(),
        subject: Named::new(disease.code, disease.name),
        institutions: vec![place.code.clone()],
        examined_at: Named::new(&place.code, &place.name),
        doctor: doctor.map_or_else(Named::default, |one| Named::new(&one.code, &one.name)),
        decided_on: Some(day(area, at)),
        phone: person.phone.clone(),
        ..FilingDetail::default()
    };
    let subject = format!("门诊慢性病 {}", disease.name);
    row(
        area,
        place,
        person,
        (at, FilingClass::Recognition, subject),
        detail,
    )
}

fn accident(area: &DemoArea, place: &Institution, person: &Person, at: usize) -> FilingRow {
    let (site, cause) = match at % 2 {
        0 => ("乡村公路", "骑电动自行车与小型客车相撞"),
        _ => ("家中院内", "修剪果树时从梯子上跌落"),
    };
    let detail = FilingDetail {
        scheme: person.covers.last().map(|cover| cover.scheme),
        kind: FilingClass::Accident.word().to_owned(),
        injury: Some(Injury {
            on: Some(day(area, at)),
            place: site.to_owned(),
            cause: cause.to_owned(),
            admitted: Some(day(area, at)),
            payable: true,
        }),
        phone: person.phone.clone(),
        ..FilingDetail::default()
    };
    row(
        area,
        place,
        person,
        (at, FilingClass::Accident, cause.to_owned()),
        detail,
    )
}

fn day(area: &DemoArea, at: usize) -> jiff::civil::Date {
    let days = i64::try_from(at).unwrap_or(0) + 1;
    area.recipe.today.saturating_sub(Span::new().days(days))
}

fn row(
    area: &DemoArea,
    place: &Institution,
    person: &Person,
    (at, class, subject): (usize, FilingClass, String),
    mut detail: FilingDetail,
) -> FilingRow {
    let filed_at = day(area, at).at(10, 30, 0, 0);
    detail.steps.push(FilingStep {
        at: filed_at,
        by: "医保办".to_owned(),
        done: "申请".to_owned(),
        note: String::new(),
    });
    FilingRow {
        person_no: person.number.clone(),
        filing_id: format!("B{:017}", at + 1),
        version: 1,
        class: class.word().to_owned(),
        state: FilingState::Pending.word().to_owned(),
        reviewed: false,
        person_name: person.name.clone(),
        institution: place.code.clone(),
        subject,
        starts_on: day(area, at),
        ends_on: None,
        filed_at,
        detail: serde_json::to_string(&detail).expect("details are plain text"),
    }
}
