//! Messages that come twice, late, or with another body.

use app::Error;
use app::settlement::{Compensate, compensate};
use money::Fen;

use crate::house::{ACTIVE, House, PHARMACY};

#[tokio::test]
async fn a_repeated_message_gets_its_old_reply() {
    let house = House::open().await;
    let first = house
        .sell(ACTIVE, "M1", "2024-11-15T09:00:00", 100)
        .await
        .unwrap();
    let again = house
        .sell(ACTIVE, "M1", "2024-11-15T09:00:05", 100)
        .await
        .unwrap();
    assert_eq!(first, again);
    assert_eq!(house.prove().await.settlements, 1);
}

#[tokio::test]
async fn a_number_used_for_another_body_is_refused() {
    let house = House::open().await;
    house
        .sell(ACTIVE, "M1", "2024-11-15T09:00:00", 100)
        .await
        .unwrap();
    let mut call = house.call(PHARMACY, "M1", "2024-11-15T09:01:00");
    call.message.as_mut().unwrap().body_hash = "another".to_owned();
    let sale = app::settlement::Sale {
        person_no: ACTIVE.to_owned(),
        scheme: None,
        care: terms::CareType::Pharmacy,
        at: call.at,
        diagnoses: Vec::new(),
        disease: None,
        expected_total: None,
        use_account: true,
        receipt: Default::default(),
        lines: vec![house.line("9", call.at, 7)],
    };
    let refused = app::settlement::sell(&house.app, &call, &sale, crate::house::told).await;
    assert!(matches!(refused, Err(Error::DifferentBody { .. })));
}

async fn take_back(house: &House, own: &str, message: &str) -> Result<Vec<u8>, Error> {
    let call = house.call(PHARMACY, own, "2024-11-15T10:00:00");
    let command = Compensate {
        person_no: ACTIVE.to_owned(),
        message: message.to_owned(),
        transaction: "test".to_owned(),
    };
    compensate(&house.app, &call, &command, |_| None, || Ok(b"ok".to_vec())).await
}

#[tokio::test]
async fn taking_a_settled_message_back_twice_is_taking_it_back_once() {
    let house = House::open().await;
    house
        .sell(ACTIVE, "M1", "2024-11-15T09:00:00", 100)
        .await
        .unwrap();
    assert_eq!(take_back(&house, "C1", "M1").await.unwrap(), b"ok");
    assert_eq!(take_back(&house, "C2", "M1").await.unwrap(), b"ok");
    assert_eq!(house.balance(ACTIVE).await, Fen::yuan(1_000));
    assert_eq!(
        house.prove().await.settlements,
        2,
        "one settlement and one reversal"
    );
}

#[tokio::test]
async fn a_late_original_is_blocked() {
    let house = House::open().await;
    assert_eq!(take_back(&house, "C1", "M1").await.unwrap(), b"ok");
    let late = house.sell(ACTIVE, "M1", "2024-11-15T10:01:00", 100).await;
    assert!(matches!(late, Err(Error::Blocked { .. })), "{late:?}");
    assert_eq!(house.prove().await.settlements, 0);
}
