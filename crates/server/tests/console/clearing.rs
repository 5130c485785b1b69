//! A month of clearing as the console sees and moves it: the demonstration's two months.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::House;

async fn board(house: &House, cookie: &str, month: &str) -> Value {
    let path = format!("/api/v1/clearing/months/{month}");
    let (status, page) = house.get(&path, Some(cookie)).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    page
}

/// The statements of a board in a state.
fn in_state<'a>(page: &'a Value, state: &str) -> Vec<&'a Value> {
    let all = page["statements"].as_array().unwrap().iter();
    all.filter(|one| one["state"] == state).collect()
}

#[tokio::test]
async fn the_demonstration_has_a_closed_month_and_one_that_is_out() {
    let house = House::open().await;
    let seeded = server::seed::clearing::seed(house.app(), &house.area).await;
    seeded.unwrap();
    let before = house.app().store.verify_clearing(house.area.recipe.area);
    let before = before.await.unwrap().unwrap();
    let again = server::seed::clearing::seed(house.app(), &house.area).await;
    again.unwrap();
    let after = house.app().store.verify_clearing(house.area.recipe.area);
    assert_eq!(after.await.unwrap().unwrap(), before);
    assert!(before.bills > 20 && before.bank_lines > 0, "{before:?}");
    let cookie = house.sign_in().await;
    let out = board(&house, &cookie, "2024-10").await;
    assert_eq!(out["months"], json!(["2024-10", "2024-09"]));
    assert_eq!(in_state(&out, "confirmed").len(), 1);
    assert_eq!(in_state(&out, "objected").len(), 1);
    let closed = board(&house, &cookie, "2024-09").await;
    let all = closed["statements"].as_array().unwrap().len();
    assert_eq!(in_state(&closed, "closed").len(), all);
    let orders = closed["orders"].as_array().unwrap();
    assert!(orders.iter().any(|order| order["state"] == "reissued"));
    let files = closed["files"].as_array().unwrap();
    assert!(files.iter().all(|file| file["receipt"].is_object()));
    let bridges = app::clearing::bridges(&house.app().store, house.area.recipe.area, None);
    let bridges = bridges.await.unwrap();
    assert!(!bridges.is_empty());
    assert_eq!(app::clearing::open_bridge(&bridges), None);
}

#[tokio::test]
async fn a_statement_is_drilled_down_to_its_bills_and_answered() {
    let house = House::open().await;
    let seeded = server::seed::clearing::seed(house.app(), &house.area).await;
    seeded.unwrap();
    let cookie = house.sign_in().await;
    let out = board(&house, &cookie, "2024-10").await;
    let objected = in_state(&out, "objected")[0].clone();
    let path = format!(
        "/api/v1/clearing/statements/{}",
        objected["id"].as_str().unwrap()
    );
    let (status, page) = house.get(&path, Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    let lines = page["lines"].as_array().unwrap();
    let sum: i64 = lines.iter().map(|line| crate::fen(&line["amount"])).sum();
    assert_eq!(sum, crate::fen(&objected["due"]));
    assert_eq!(page["objections"][0]["state"], "open");
    let (status, bills) = house
        .get(&format!("{path}/bills?limit=1"), Some(&cookie))
        .await;
    assert_eq!(
        (status, bills["bills"].as_array().unwrap().len()),
        (StatusCode::OK, 1)
    );
    let settlement = bills["bills"][0]["settlement"].as_str().unwrap();
    let (status, _) = house
        .get(&format!("/api/v1/settlements/{settlement}"), Some(&cookie))
        .await;
    assert_eq!(status, StatusCode::OK);
    let bad = json!({ "answer": "属实", "corrections":
        [{ "class": "aid", "amount": "1.00", "text": "补记" }] });
    let (status, refused) = house
        .post(&format!("{path}/answer"), Some(&cookie), &bad)
        .await;
    let aid = objected["book"] == "A";
    assert_eq!(status == StatusCode::OK, aid, "{refused}");
    if !aid {
        let good = json!({ "answer": "核对无误" });
        let (status, answered) = house
            .post(&format!("{path}/answer"), Some(&cookie), &good)
            .await;
        assert_eq!((status, &answered["version"]), (StatusCode::OK, &json!(2)));
    }
}
