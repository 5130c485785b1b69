//! Stays: one bed at a time, the deductible falls, discharge before settlement.

use app::visit::{Discharge, VisitKind};
use money::Fen;
use terms::CareType;

use crate::house::{ACTIVE, HOSPITAL, House, at};

async fn whole_stay(
    house: &House,
    number: u32,
    from: &str,
    to: &str,
    yuan: i64,
) -> crate::house::Bill {
    let kind = VisitKind::Stay;
    let m = |step: &str| format!("{number}-{step}");
    let visit = house
        .visit(ACTIVE, kind, CareType::Inpatient, &m("in"), from)
        .await
        .unwrap();
    house
        .upload((ACTIVE, &visit, kind), &m("line"), from, yuan)
        .await
        .unwrap();
    let call = house.call(HOSPITAL, &m("out"), to);
    let discharge = Discharge {
        person_no: ACTIVE.to_owned(),
        visit_id: visit.clone(),
        ended_at: at(to),
        diagnoses: Vec::new(),
        way: "1".to_owned(),
    };
    app::visit::discharge(&house.app, &call, &discharge, || Ok(Vec::new()))
        .await
        .unwrap();
    house
        .settle(ACTIVE, &visit, kind, &m("pay"), to)
        .await
        .unwrap()
}

/// By hand from `policy/area/990100`: a tertiary stay takes 800 off the first time and 400 the
/// second, so the same bill is paid better.
#[tokio::test]
async fn the_second_stay_of_a_year_has_half_the_deductible() {
    let house = House::open().await;
    let first = whole_stay(
        &house,
        1,
        "2024-03-01T08:00:00",
        "2024-03-05T08:00:00",
        5_000,
    )
    .await;
    let second = whole_stay(
        &house,
        2,
        "2024-06-01T08:00:00",
        "2024-06-05T08:00:00",
        5_000,
    )
    .await;
    let next_year = whole_stay(
        &house,
        3,
        "2025-02-01T08:00:00",
        "2025-02-05T08:00:00",
        5_000,
    )
    .await;
    assert!(second.fund > first.fund, "{first:?} {second:?}");
    assert_eq!(
        next_year.fund, first.fund,
        "a new year begins with the full deductible"
    );
    house.prove().await;
}

#[tokio::test]
async fn nobody_lies_in_two_beds() {
    let house = House::open().await;
    let kind = VisitKind::Stay;
    let care = CareType::Inpatient;
    house
        .visit(ACTIVE, kind, care, "M1", "2024-03-01T08:00:00")
        .await
        .unwrap();
    let second = house
        .visit(ACTIVE, kind, care, "M2", "2024-03-02T08:00:00")
        .await;
    assert!(second.unwrap_err().to_string().contains("未出院"));
    let repeated = house
        .visit(ACTIVE, kind, care, "M1", "2024-03-01T08:00:00")
        .await;
    assert!(repeated.is_ok(), "a repeated message gets its old reply");
}

#[tokio::test]
async fn discharge_cannot_lie_before_admission_or_in_the_future() {
    let house = House::open().await;
    let visit = house
        .visit(
            ACTIVE,
            VisitKind::Stay,
            CareType::Inpatient,
            "M1",
            "2024-03-02T08:00:00",
        )
        .await
        .unwrap();
    for (number, end) in ["2024-03-01T08:00:00", "2024-03-09T08:00:00"]
        .iter()
        .enumerate()
    {
        let call = house.call(HOSPITAL, &format!("D{number}"), "2024-03-05T08:00:00");
        let discharge = Discharge {
            person_no: ACTIVE.to_owned(),
            visit_id: visit.clone(),
            ended_at: at(end),
            diagnoses: Vec::new(),
            way: String::new(),
        };
        let done = app::visit::discharge(&house.app, &call, &discharge, || Ok(Vec::new())).await;
        assert!(done.unwrap_err().to_string().contains("出院时间"), "{end}");
    }
    assert_eq!(house.balance(ACTIVE).await, Fen::yuan(1_000));
}

#[tokio::test]
async fn a_settled_stay_takes_nothing_more() {
    let house = House::open().await;
    whole_stay(
        &house,
        1,
        "2024-03-01T08:00:00",
        "2024-03-05T08:00:00",
        5_000,
    )
    .await;
    let filter = store::SettlementFilter::default();
    let page = house
        .app
        .store
        .search_settlements(crate::house::area(), &filter, None, 1)
        .await;
    let visit = page.unwrap().rows[0].visit_id.clone();
    let (kind, when) = (VisitKind::Stay, "2024-03-06T08:00:00");
    let late = house.upload((ACTIVE, &visit, kind), "LATE", when, 10).await;
    assert!(late.unwrap_err().to_string().contains("已结算"));
    let again = house.settle(ACTIVE, &visit, kind, "AGAIN", when).await;
    assert!(again.unwrap_err().to_string().contains("已结算"));
}
