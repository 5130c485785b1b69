//! Settlement lists for the stays that were settled: most of them whole, some with what hospitals
//! get wrong.

use app::discharge::{ListDiagnosis, ListProcedure, ListState, Received, SettlementList};
use app::discharge::{change_state, receive};
use app::visit::Diagnosis;
use app::{App, Call, Error};
use demo_maker::{DemoArea, Random};
use store::{SettlementFilter, SettlementRow, SettlementState, VisitRow};
use terms::CareType;

/// Cases that the example schemes know: principal diagnosis, another one, a procedure.
const CASES: [(&str, &str, &str, &str); 6] = [
    ("J18.900", "肺炎", "E11.900", ""),
    ("I63.900", "脑梗死", "I10.x00", ""),
    ("K35.800", "急性阑尾炎", "", "47.0100"),
    ("I50.900", "心力衰竭", "J18.900", ""),
    ("E11.900", "2型糖尿病", "I10.x00", ""),
    ("S72.000", "股骨颈骨折", "", "81.5100"),
];
/// Settlements looked at in one step.
const STEP: usize = 200;

/// Enters a list for every settled stay that has none; doing it again adds what is missing.
///
/// # Errors
/// What the store refuses.
pub async fn seed(app: &App, area: &DemoArea) -> Result<(), Error> {
    let mut random = Random::named(area.recipe.seed, "lists");
    for care in CareType::ALL.iter().filter(|care| care.is_stay()) {
        let filter = SettlementFilter {
            care_type: Some(care.word().to_owned()),
            state: Some(SettlementState::Standing),
            ..SettlementFilter::default()
        };
        let mut after = None;
        loop {
            let found = app
                .store
                .search_settlements(app.home, &filter, after.as_ref(), STEP);
            let page = found.await?;
            for row in &page.rows {
                one(app, row, &mut random).await?;
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    }
    Ok(())
}

async fn one(app: &App, row: &SettlementRow, random: &mut Random) -> Result<(), Error> {
    let (person, id) = (row.person_no.as_str(), row.settlement_id.as_str());
    if app
        .store
        .discharge_of(app.home, person, id)
        .await?
        .is_some()
    {
        return Ok(());
    }
    let Some(visit) = app.store.visit(app.home, person, &row.visit_id).await? else {
        return Ok(());
    };
    let call = Call {
        area: app.home,
        institution: app.institution(&row.institution)?,
        message: None,
        credential: None,
        operator: "病案室".to_owned(),
        at: row.settled_at,
        address: String::new(),
    };
    let fault = random.below(10);
    let received = Received {
        person_no: row.person_no.clone(),
        settlement: row.settlement_id.clone(),
        visit: Some(row.visit_id.clone()),
        submit: fault > 2,
        list: list(row, &visit, fault, random),
    };
    let kept = receive(app, &call, &received, |row, _| {
        Ok(row.state.clone().into_bytes())
    })
    .await?;
    if fault == 2 && kept == ListState::Draft.word().as_bytes() {
        let next = ListState::Submitted;
        let done = || Ok(Vec::new());
        // One with errors stays a draft.
        match change_state(app, &call, person, id, next, done).await {
            Ok(_) | Err(Error::Refused { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn list(row: &SettlementRow, visit: &VisitRow, fault: u32, random: &mut Random) -> SettlementList {
    let told: Vec<Diagnosis> = serde_json::from_str(&visit.diagnoses).unwrap_or_default();
    let case = random.pick(&CASES);
    let (code, name) = match told.iter().find(|one| one.main) {
        Some(main) if fault > 4 => (main.code.as_str(), main.name.as_str()),
        _ => (case.0, case.1),
    };
    let diagnosis = |code: &str, name: &str, main: bool| ListDiagnosis {
        code: code.to_owned(),
        name: name.to_owned(),
        main,
        traditional: false,
        on_admission: "1".to_owned(),
    };
    let mut diagnoses = vec![diagnosis(code, name, fault != 0)];
    if !case.2.is_empty() && case.2 != code {
        diagnoses.push(diagnosis(case.2, "", false));
    }
    let procedures = match case.3 {
        "" => Vec::new(),
        code => vec![ListProcedure {
            code: code.to_owned(),
            name: String::new(),
            main: fault != 1,
            on: Some(visit.started_at.date()),
        }],
    };
    SettlementList {
        admitted_at: Some(visit.started_at),
        discharged_at: visit.ended_at.or(Some(row.settled_at)),
        department: "A03".to_owned(),
        discharge_way: "1".to_owned(),
        diagnoses,
        procedures,
        missing: match fault {
            3 => vec!["票据号码".to_owned()],
            _ => Vec::new(),
        },
        ..SettlementList::default()
    }
}
