//! Reversals give everything back.

use app::settlement::{Reverse, reverse};
use money::Fen;

use crate::house::{ACTIVE, CHILD, House, PHARMACY, SPONSOR};

async fn take_back(
    house: &House,
    person: &str,
    settlement: &str,
    message: &str,
) -> Result<(), app::Error> {
    let call = house.call(PHARMACY, message, "2024-11-20T10:00:00");
    let command = Reverse {
        person_no: person.to_owned(),
        settlement: settlement.to_owned(),
        visit_id: None,
        kind: None,
    };
    reverse(&house.app, &call, &command, |_| Ok(Vec::new()))
        .await
        .map(|_| ())
}

#[tokio::test]
async fn settling_and_reversing_leaves_nothing() {
    let house = House::open().await;
    let before = house.context(ACTIVE).await;
    let bill = house
        .sell(ACTIVE, "M1", "2024-11-15T09:00:00", 900)
        .await
        .unwrap();
    assert!(bill.fund > Fen::ZERO && bill.account > Fen::ZERO);
    take_back(&house, ACTIVE, &bill.id, "R1").await.unwrap();

    let after = house.context(ACTIVE).await;
    assert!(
        after.counters.iter().all(|row| row.value == 0),
        "{:?}",
        after.counters
    );
    assert_eq!(
        house.balance(ACTIVE).await,
        before.accounts.iter().map(|row| row.balance).sum()
    );
    let books = house.prove().await.balances;
    assert!(books.iter().all(|(_, totals)| totals.balance().is_zero()));
}

#[tokio::test]
async fn a_reversed_family_bill_pays_the_sponsor_back() {
    let house = House::open().await;
    let visit = house
        .visit(
            CHILD,
            app::visit::VisitKind::Outpatient,
            terms::CareType::GeneralOutpatient,
            "M1",
            "2024-11-15T09:00:00",
        )
        .await
        .unwrap();
    let kind = app::visit::VisitKind::Outpatient;
    house
        .upload((CHILD, &visit, kind), "M2", "2024-11-15T09:10:00", 100)
        .await
        .unwrap();
    let bill = house
        .settle(CHILD, &visit, kind, "M3", "2024-11-15T09:20:00")
        .await
        .unwrap();
    assert!(bill.account > Fen::ZERO, "the sponsor pays: {bill:?}");
    assert_eq!(house.balance(SPONSOR).await, Fen::yuan(500) - bill.account);

    let call = house.call(crate::house::HOSPITAL, "R1", "2024-11-16T10:00:00");
    let command = Reverse {
        person_no: CHILD.to_owned(),
        settlement: bill.id,
        visit_id: Some(visit),
        kind: Some(kind),
    };
    reverse(&house.app, &call, &command, |_| Ok(Vec::new()))
        .await
        .unwrap();
    assert_eq!(house.balance(SPONSOR).await, Fen::yuan(500));
    house.prove().await;
}

#[tokio::test]
async fn an_earlier_bill_waits_until_the_later_one_is_reversed() {
    let house = House::open().await;
    let first = house
        .sell(ACTIVE, "M1", "2024-11-15T09:00:00", 600)
        .await
        .unwrap();
    let second = house
        .sell(ACTIVE, "M2", "2024-11-16T09:00:00", 600)
        .await
        .unwrap();
    let refused = take_back(&house, ACTIVE, &first.id, "R1")
        .await
        .unwrap_err();
    assert!(refused.to_string().contains(&second.id), "{refused}");
    take_back(&house, ACTIVE, &second.id, "R2").await.unwrap();
    take_back(&house, ACTIVE, &first.id, "R3").await.unwrap();
    let again = take_back(&house, ACTIVE, &first.id, "R4")
        .await
        .unwrap_err();
    assert!(again.to_string().contains("已被"), "{again}");
    house.prove().await;
}
