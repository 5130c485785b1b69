use demo_maker::{Fixtures, Sample, SampleItem};
use serde_json::{Value, json};
use terms::{Category, CoverState, Grade, InstitutionKind};

/// What `/sandbox/fixtures` shows, in the words of the interface (联调样例).
pub fn fixtures_json(fixtures: &Fixtures) -> String {
    let area = fixtures.area.to_string();
    let diagnoses = fixtures.diagnoses.iter();
    let operators = fixtures.operators.iter();
    let accounts = fixtures.accounts.iter();
    let all = json!({
        "area": area,
        "today": fixtures.today.to_string(),
        "institutions": fixtures.institutions.iter().map(institution).collect::<Vec<_>>(),
        "people": fixtures.people.iter().map(|one| person(&area, one)).collect::<Vec<_>>(),
        "items": fixtures.items.iter().map(item).collect::<Vec<_>>(),
        "diagnoses": diagnoses
            .map(|one| json!({ "code": one.code, "name": one.name }))
            .collect::<Vec<_>>(),
        "operators": operators
            .map(|one| json!({ "opter": one.code, "opter_name": one.name,
                               "fixmedins_code": one.institution }))
            .collect::<Vec<_>>(),
        "accounts": accounts
            .map(|one| json!({ "user": one.user, "password": one.password,
                               "role": one.role.word(), "fixmedins_code": one.institution }))
            .collect::<Vec<_>>(),
    });
    all.to_string()
}

fn institution(one: &demo_maker::Institution) -> Value {
    let kind = match one.kind {
        InstitutionKind::Pharmacy => "pharmacy",
        InstitutionKind::Village => "village",
        InstitutionKind::Community => "community",
        InstitutionKind::Hospital
        | InstitutionKind::InternetHospital
        | InstitutionKind::CareHome => "hospital",
    };
    let level = match one.grade {
        Grade::Tertiary => "tertiary",
        Grade::Secondary => "secondary",
        Grade::Primary | Grade::Community | Grade::Village | Grade::Ungraded => "primary",
    };
    json!({
        "fixmedins_code": one.code,
        "fixmedins_name": one.name,
        "kind": kind,
        "level": level,
        "admvs": one.county.city().to_string(),
        "keys": {
            "access_key": one.keys.access_key,
            "secret_key": one.keys.secret_key,
            "paasid": one.keys.gateway_account,
            "token": one.keys.token,
        },
    })
}

fn person(area: &str, sample: &Sample) -> Value {
    let person = &sample.person;
    json!({
        "psn_no": person.number,
        "psn_name": person.name,
        "certno": person.id_number,
        "card_no": person.card_number,
        "insutype": wire::codes::insutype(sample.scheme),
        "insuplc_admdvs": area,
        "status": status(sample),
        "note": sample.note,
    })
}

/// The cover's state where it gives nothing, else how the person takes part.
fn status(sample: &Sample) -> &'static str {
    let Some(cover) = sample.person.cover() else {
        return CoverState::NotCovered.word();
    };
    if cover.state != CoverState::Active {
        return cover.state.word();
    }
    match cover.category {
        Category::Retired => "retired",
        Category::Adult | Category::Elderly => "resident",
        Category::Student | Category::Child | Category::Newborn => "child",
        _ => "active",
    }
}

/// The item at the price it usually has.
fn item(sample: &SampleItem) -> Value {
    let item = &sample.item;
    json!({
        "med_list_codg": item.code,
        "medins_list_codg": sample.local_code,
        "name": item.name,
        "list_type": wire::codes::list_type(item.kind),
        "chrgitm_lv": wire::codes::chrgitm_lv(sample.class),
        "price": item.price.to_string(),
    })
}
