//! Budgets, suppliers and batches of a demonstration, asked through the router.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::House;

async fn seeded() -> (House, String) {
    let house = House::open().await;
    let (app, area) = (house.app(), &house.area);
    server::seed::difficulty::seed(app, area).await.unwrap();
    server::seed::provider::seed(app, area).await.unwrap();
    server::seed::provider::seed(app, area).await.unwrap();
    let cookie = house.sign_in().await;
    (house, cookie)
}

async fn got(house: &House, cookie: &str, path: &str) -> Value {
    let (status, body) = house.get(path, Some(cookie)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    body
}

#[tokio::test]
async fn the_board_lists_who_is_ahead_and_the_talk_about_it() {
    let (house, cookie) = seeded().await;
    let board = got(&house, &cookie, "/api/v1/budgets/months/2024-10").await;
    assert_eq!(board["lines"][0]["warning_name"], "约谈");
    assert!(board["over_target"].as_u64().unwrap() >= 1);
    assert_eq!(board["interviews"][0]["state"], "held");
    let (status, refused) = house
        .get("/api/v1/budgets/months/2024-13", Some(&cookie))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    let (status, _) = house.get("/api/v1/budgets/months/2024-10", None).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_batch_waits_with_what_it_takes_and_an_invoice_can_be_answered() {
    let (house, cookie) = seeded().await;
    let batches = got(&house, &cookie, "/api/v1/procurement/batches").await;
    assert_eq!(batches[0]["state_name"], "待审批");
    assert_eq!(batches[0]["orders"], json!([]));
    let path = "/api/v1/procurement/invoices?state=submitted";
    let waiting = got(&house, &cookie, path).await;
    let id = waiting[0]["invoice"].as_str().unwrap();
    let path = format!("/api/v1/procurement/invoices/{id}/answer");
    let said = json!({ "confirm": true });
    let (status, answered) = house.post(&path, Some(&cookie), &said).await;
    assert_eq!(status, StatusCode::OK, "{answered}");
    assert_eq!(answered["state_name"], "已确认");
    let again = house.post(&path, Some(&cookie), &said).await;
    assert_eq!(again.0, StatusCode::UNPROCESSABLE_ENTITY);
}
