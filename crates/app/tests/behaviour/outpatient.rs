//! The five-message outpatient bill.

use app::visit::VisitKind;
use money::Fen;
use terms::CareType;

use crate::house::{ACTIVE, House};

/// By hand: 800 in scope, yearly deductible 500, a tertiary hospital pays 60% of 300 = 180; the
/// account of 1,000 pays the other 620.
#[tokio::test]
async fn a_visit_is_settled_as_rehearsed() {
    let house = House::open().await;
    let (kind, care) = (VisitKind::Outpatient, CareType::GeneralOutpatient);
    let visit = house
        .visit(ACTIVE, kind, care, "M1", "2024-11-15T09:00:00")
        .await
        .unwrap();
    house
        .upload((ACTIVE, &visit, kind), "M2", "2024-11-15T09:10:00", 800)
        .await
        .unwrap();

    let rehearsed = house
        .presettle(ACTIVE, &visit, kind, "2024-11-15T09:20:00")
        .await
        .unwrap();
    assert!(rehearsed.id.is_empty());
    assert_eq!(
        house.balance(ACTIVE).await,
        Fen::yuan(1_000),
        "a rehearsal has no effect"
    );

    let settled = house
        .settle(ACTIVE, &visit, kind, "M3", "2024-11-15T09:21:00")
        .await
        .unwrap();
    assert_eq!(
        (settled.fund, settled.account, settled.cash),
        (Fen::yuan(180), Fen::yuan(620), Fen::ZERO)
    );
    assert_eq!(
        (rehearsed.fund, rehearsed.account),
        (settled.fund, settled.account)
    );
    assert_eq!(house.balance(ACTIVE).await, Fen::yuan(380));

    let context = house.context(ACTIVE).await;
    let counter = |name: &str| {
        context
            .counters
            .iter()
            .find(|row| row.key.counter == name)
            .map(|row| row.value)
    };
    assert_eq!(counter("outpatient_deductible"), Some(50_000));
    assert_eq!(counter("outpatient_paid"), Some(18_000));
    assert_eq!(house.prove().await.settlements, 1);
}

#[tokio::test]
async fn a_visit_is_billed_batch_by_batch_and_never_twice() {
    let house = House::open().await;
    let (kind, care) = (VisitKind::Outpatient, CareType::GeneralOutpatient);
    let visit = house
        .visit(ACTIVE, kind, care, "M1", "2024-11-15T09:00:00")
        .await
        .unwrap();
    house
        .upload((ACTIVE, &visit, kind), "M2", "2024-11-15T09:10:00", 10)
        .await
        .unwrap();
    house
        .settle(ACTIVE, &visit, kind, "M3", "2024-11-15T09:20:00")
        .await
        .unwrap();
    let again = house
        .settle(ACTIVE, &visit, kind, "M4", "2024-11-15T09:40:00")
        .await;
    assert!(again.unwrap_err().to_string().contains("没有费用明细"));

    house
        .upload((ACTIVE, &visit, kind), "M5", "2024-11-15T10:10:00", 20)
        .await
        .unwrap();
    let second = house
        .settle(ACTIVE, &visit, kind, "M6", "2024-11-15T10:20:00")
        .await
        .unwrap();
    assert_eq!(second.account, Fen::yuan(20), "only the new line is billed");
    assert_eq!(house.prove().await.settlements, 2);
}

#[tokio::test]
async fn an_empty_visit_is_not_settled_and_can_be_cancelled() {
    let house = House::open().await;
    let (kind, care) = (VisitKind::Outpatient, CareType::GeneralOutpatient);
    let visit = house
        .visit(ACTIVE, kind, care, "M1", "2024-11-15T09:00:00")
        .await
        .unwrap();
    let refused = house
        .settle(ACTIVE, &visit, kind, "M2", "2024-11-15T09:20:00")
        .await;
    assert!(refused.unwrap_err().to_string().contains("没有费用明细"));

    let call = house.call(crate::house::HOSPITAL, "M3", "2024-11-15T09:30:00");
    let done = app::visit::cancel(&house.app, &call, ACTIVE, &visit, kind, || {
        Ok(b"ok".to_vec())
    });
    assert_eq!(done.await.unwrap(), b"ok");
}
