//! What methods pay: cases get their points from their groups, changes say why, years close.

use app::clearing::ThroughYear;
use app::register::Actor;
use app::visit::{Batch, Discharge, OpenVisit, VisitKind};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, date};
use money::{Fen, Points};
use store::{CaseValueRow, DischargeChange, DischargeRow, GroupRow};
use terms::{CareType, Grade, InstitutionKind};

use crate::house::{ACTIVE, HOSPITAL, House, SPONSOR, area, at, detail, institution, told};

pub const OTHER: &str = "H99010000002";
pub const KEY: &str = "employee-inpatient";

pub fn clerk(name: &str, when: &str) -> Actor {
    Actor::batch(area(), name, at(when))
}

fn through(day: Date) -> ThroughYear {
    ThroughYear {
        arrangement: KEY.to_owned(),
        year: 2024,
        through: day,
    }
}

/// A stay of three days, settled as it ended, with a list in a group.
pub struct Stay {
    pub hospital: &'static str,
    pub person: &'static str,
    pub from: Date,
    pub yuan: i64,
    pub group: &'static str,
}

pub async fn two_hospitals() -> House {
    with_other(House::open().await).await
}

pub async fn with_other(house: House) -> House {
    let second = institution(OTHER, InstitutionKind::Hospital, Grade::Tertiary);
    house
        .app
        .store
        .put_institutions(&[second.row()])
        .await
        .unwrap();
    house.app.reload_institutions().await.unwrap();
    house
}

pub async fn settled(house: &House, number: usize, stay: &Stay) -> String {
    let kind = VisitKind::Stay;
    let from = stay.from.at(9, 0, 0, 0);
    let to = stay.from.saturating_add(3.days()).at(9, 0, 0, 0);
    let call = |step: &str, when: DateTime| {
        let number = format!("{number}-{step}");
        house.call(stay.hospital, &number, &when.to_string())
    };
    let open = OpenVisit {
        person_no: stay.person.to_owned(),
        scheme: None,
        kind,
        care: CareType::Inpatient,
        started_at: from,
        diagnoses: Vec::new(),
        detail: detail(),
    };
    let number_of = |row: &store::VisitRow| Ok(row.visit_id.clone().into_bytes());
    let (entry, line) = (call("in", from), call("line", from));
    let (exit, pay) = (call("out", to), call("pay", to));
    let visit = app::visit::open(&house.app, &entry, &open, number_of).await;
    let visit = String::from_utf8(visit.unwrap()).unwrap();
    let batch = Batch {
        person_no: stay.person.to_owned(),
        visit_id: visit.clone(),
        kind,
        lines: vec![house.line("1", from, stay.yuan)],
    };
    let uploaded = app::visit::upload(&house.app, &line, &batch, |_, _| Ok(Vec::new())).await;
    uploaded.unwrap();
    let discharge = Discharge {
        person_no: stay.person.to_owned(),
        visit_id: visit.clone(),
        ended_at: to,
        diagnoses: Vec::new(),
        way: "1".to_owned(),
    };
    let left = app::visit::discharge(&house.app, &exit, &discharge, || Ok(Vec::new())).await;
    left.unwrap();
    let settle = app::settlement::Settle {
        person_no: stay.person.to_owned(),
        visit_id: visit,
        kind,
        care: None,
        disease: None,
        expected_total: None,
        charge_batch: None,
        use_account: false,
        interim: false,
        receipt: Default::default(),
    };
    let reply = app::settlement::settle(&house.app, &pay, &settle, told).await;
    crate::house::Bill::read(&reply.unwrap()).id
}

/// The list of a settled stay, grouped once more each time a greater number is given.
pub async fn grouped(house: &House, settlement: &str, stay: &Stay, (number, group): (u32, &str)) {
    let left = stay.from.saturating_add(3.days());
    let row = DischargeRow {
        person_no: stay.person.to_owned(),
        list_id: format!("L{settlement}"),
        settlement_id: settlement.to_owned(),
        visit_id: format!("V{settlement}"),
        version: number.into(),
        uploads: number.into(),
        state: "approved".to_owned(),
        institution: stay.hospital.to_owned(),
        person_name: "示例".to_owned(),
        scheme: "employee".to_owned(),
        care_type: "inpatient".to_owned(),
        admitted_on: Some(stay.from),
        discharged_on: left,
        settled_on: left,
        principal: "I63.900".to_owned(),
        total: Fen::yuan(stay.yuan),
        fund: Fen::ZERO,
        errors: 0,
        warnings: 0,
        received_at: left.at(12, 0, 0, 0),
        body: "{}".to_owned(),
    };
    let found = GroupRow {
        person_no: row.person_no.clone(),
        list_id: row.list_id.clone(),
        grouping_id: format!("G{number:04}"),
        settlement_id: row.settlement_id.clone(),
        institution: row.institution.clone(),
        discharged_on: left,
        settled_on: left,
        upload: number.into(),
        kind: "drg".to_owned(),
        scheme: "1.1".to_owned(),
        scheme_hash: "hash".to_owned(),
        grouped_at: row.received_at,
        mdc: "MDCB".to_owned(),
        adrg: group[..3].to_owned(),
        code: group.to_owned(),
        name: String::new(),
        severity: String::new(),
        weight: String::new(),
        outcome: "grouped".to_owned(),
        note: String::new(),
        reason: "{}".to_owned(),
    };
    let change = DischargeChange {
        row,
        findings: Vec::new(),
        groups: vec![found],
    };
    house
        .app
        .store
        .put_discharges(area(), &[change])
        .await
        .unwrap();
}

/// Six stays in each of two groups at two hospitals: 8,000 and 4,000 yuan, the mean of all 6,000.
pub fn twelve() -> Vec<Stay> {
    let hospitals = [HOSPITAL, OTHER];
    let stay = |number: i32| Stay {
        hospital: hospitals[usize::try_from(number / 2 % 2).unwrap()],
        person: [ACTIVE, SPONSOR][usize::try_from(number % 2).unwrap()],
        from: date(2024, 1, 5).saturating_add((number / 2 * 20).days()),
        yuan: if number % 4 < 2 { 8_000 } else { 4_000 },
        group: if number % 4 < 2 { "BR21" } else { "GB25" },
    };
    (0..12).map(stay).collect()
}

pub async fn entered(house: &House, stays: &[Stay]) -> Vec<String> {
    let mut settlements = Vec::new();
    for (number, stay) in stays.iter().enumerate() {
        let settlement = settled(house, number, stay).await;
        grouped(house, &settlement, stay, (1, stay.group)).await;
        settlements.push(settlement);
    }
    settlements
}

async fn history(house: &House, settlement: &str) -> Vec<CaseValueRow> {
    house
        .app
        .store
        .values_of_case(area(), settlement)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_case_counts_what_its_group_counts_and_says_why_that_changed() {
    let house = two_hospitals().await;
    let stays = twelve();
    let settlements = entered(&house, &stays).await;
    let actor = clerk("月结", "2024-07-01T09:00:00");
    let asked = through(date(2024, 6, 30));
    let done = house.app.value_cases(&actor, &asked).await.unwrap();
    assert_eq!(
        (done.cases, done.fresh, done.changed, done.unpriced),
        (12, 12, 0, 0)
    );
    let first = &history(&house, &settlements[0]).await[0];
    // 8,000 ÷ 6,000 × 100, every institution of the same tier and too few cases of its own.
    assert_eq!(Points::new(first.points).to_string(), "133.3333");
    assert_eq!(
        (first.class.as_str(), first.group_code.as_str()),
        ("正常", "BR21")
    );
    assert!(first.trace.contains("病组BR21基准年6例"), "{}", first.trace);
    assert!(first.trace.contains("折算基金支付"), "{}", first.trace);
    let again = house.app.value_cases(&actor, &asked).await.unwrap();
    assert_eq!((again.fresh, again.changed), (0, 0));

    // One case falls into a group that no other case is in: its own and the others' means move.
    grouped(&house, &settlements[0], &stays[0], (2, "CB11")).await;
    let later = clerk("月结", "2024-07-02T09:00:00");
    let done = house.app.value_cases(&later, &asked).await.unwrap();
    assert!(done.changed >= 1, "{done:?}");
    let values = history(&house, &settlements[0]).await;
    assert_eq!(values.len(), 2);
    assert_eq!((values[0].number, values[1].number), (2, 1));
    let said = &values[0].change;
    assert!(
        said.starts_with("病组由BR21变为CB11；病例类型由正常变为不稳定或未入组"),
        "{said}"
    );
}

#[tokio::test]
async fn a_readmission_halves_the_earlier_stay_and_the_change_names_it() {
    let house = two_hospitals().await;
    let mut stays = twelve();
    stays.extend(twelve().into_iter().map(|stay| Stay {
        from: stay.from.saturating_add(130.days()),
        ..stay
    }));
    let settlements = entered(&house, &stays).await;
    let actor = clerk("月结", "2024-12-01T09:00:00");
    let asked = through(date(2024, 11, 30));
    house.app.value_cases(&actor, &asked).await.unwrap();
    let last = stays.len() - 2;
    let again = Stay {
        hospital: OTHER,
        from: stays[last].from.saturating_add(10.days()),
        ..twelve().remove(usize::from(stays[last].group == "GB25") * 2)
    };
    assert_eq!(
        (again.group, again.person),
        (stays[last].group, stays[last].person)
    );
    entered_one(&house, 99, &again).await;
    house.app.value_cases(&actor, &asked).await.unwrap();
    let values = history(&house, &settlements[last]).await;
    assert_eq!(values.len(), 2, "the earlier stay changed");
    assert!(
        values[0].points * 2 <= values[1].points + 20_000,
        "{values:?}"
    );
    assert!(values[0].trace.contains("再次住院"), "{}", values[0].trace);
}

async fn entered_one(house: &House, number: usize, stay: &Stay) -> String {
    let settlement = settled(house, number, stay).await;
    grouped(house, &settlement, stay, (1, stay.group)).await;
    settlement
}

#[tokio::test]
async fn a_year_is_not_cleared_before_it_ends_nor_while_bills_are_outside() {
    let house = two_hospitals().await;
    entered(&house, &twelve()).await;
    let code = |error: app::Error| match error {
        app::Error::Refused { code, .. } => code,
        other => panic!("{other:?}"),
    };
    let early = clerk("清算一", "2024-12-31T09:00:00");
    let refused = house.app.clear_year(&early, KEY, 2024).await.unwrap_err();
    assert_eq!(code(refused), "year_open");
    let late = clerk("清算一", "2025-03-01T09:00:00");
    let refused = house.app.clear_year(&late, KEY, 2024).await.unwrap_err();
    assert_eq!(code(refused), "not_in_statement");
    let refused = house
        .app
        .clear_year(&late, "employee-outpatient", 2024)
        .await
        .unwrap_err();
    assert_eq!(code(refused), "not_a_pool");
    let refused = house.app.clear_year(&late, KEY, 2023).await.unwrap_err();
    assert_eq!(code(refused), "no_method");
}
