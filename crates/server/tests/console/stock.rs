//! Boxes and goods at the console, as the demonstration brings them.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::House;

async fn shown(house: &House, cookie: &str, path: &str) -> Value {
    let path = format!("/api/v1/stock/{path}");
    let (status, body) = house.get(&path, Some(cookie)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    body
}

#[tokio::test]
async fn a_box_sold_twice_shows_both_ends() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let code = "81000010000000023757";
    let found = shown(&house, &cookie, &format!("codes/{code}")).await;
    assert_eq!(
        (&found["family"], &found["sold"]),
        (&json!("supervision"), &json!(true))
    );
    let events = found["events"].as_array().unwrap();
    assert_eq!(events.len(), 2, "{found}");
    assert_eq!(
        (&events[0]["second_of"], &events[1]["second_of"]),
        (&Value::Null, &json!(1))
    );
    assert_ne!(events[0]["institution"], events[1]["institution"]);
    assert_eq!(
        found["institution"], events[0]["institution"],
        "the first sale stands"
    );
    let unknown = house
        .get("/api/v1/stock/codes/81000010000000099999", Some(&cookie))
        .await;
    assert_eq!(unknown.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_does_not_tie_is_named_with_its_rule() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let compared = shown(&house, &cookie, "mismatches?month=2024-10").await;
    assert_eq!(compared["items"], 3, "{compared}");
    let lines = compared["lines"].as_array().unwrap();
    assert_eq!(lines.len(), 1, "{compared}");
    // 90 bought, 30 sold, 60 should be there, 35 were counted.
    let line = &lines[0];
    assert_eq!(
        (&line["balance"]["expected"], &line["balance"]["counted"]),
        (&json!("60"), &json!("35"))
    );
    assert_eq!(
        line["found"],
        json!([{ "rule": "S001", "name": "进销存不平", "by": "25" }])
    );
    let place = line["institution"].as_str().unwrap();
    let next = shown(
        &house,
        &cookie,
        &format!("balances?month=2024-11&institution={place}"),
    )
    .await;
    let begins: Vec<&Value> = next
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["balance"]["begin"])
        .collect();
    assert_eq!(
        begins,
        ["80", "60", "35"],
        "counts are where the next month begins"
    );
    let wrong = house
        .get("/api/v1/stock/balances?month=x", Some(&cookie))
        .await;
    assert_eq!(wrong.0, StatusCode::UNPROCESSABLE_ENTITY);
}
