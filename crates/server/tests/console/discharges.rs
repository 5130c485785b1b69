//! Settlement lists at the console: seeded, filtered, explained, reviewed, counted.

use axum::http::StatusCode;
use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn an_area_without_lists_shows_none_and_refuses_what_is_not_there() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let (status, body) = house.get("/api/v1/discharges", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(body["rows"], json!([]));
    let (status, _) = house.get("/api/v1/discharges/Q404", Some(&cookie)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _) = house
        .get("/api/v1/discharges?state=lost", Some(&cookie))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, body) = house
        .get("/api/v1/discharges?from=昨天", Some(&cookie))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(body["issues"][0]["path"], "from");
    let board = "/api/v1/discharges/quality?from=2024-01-01&to=2024-12-31";
    let (status, body) = house.get(board, Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!((&body["settled"], &body["lists"]), (&json!(0), &json!([])));
    let (status, _) = house.get("/api/v1/discharges", None).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}
