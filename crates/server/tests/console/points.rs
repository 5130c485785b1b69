//! Payment by method at the console's interface.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::House;

#[tokio::test]
async fn arrangements_are_shown_with_their_state_and_source() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let (status, all) = house.get("/api/v1/points/methods", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK, "{all}");
    let all = all.as_array().unwrap();
    assert!(!all.is_empty());
    for one in all {
        for version in one["versions"].as_array().unwrap() {
            assert_ne!(version["basis"], "", "{one}");
            let assumed = version["assumed"] != Value::Null;
            assert!(assumed != (version["state_name"] == "已批准"), "{one}");
        }
    }
}

#[tokio::test]
async fn nothing_was_valued_and_what_is_not_there_is_missing() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    for path in ["cases?year=2001", "months/2001-01", "years?year=2001"] {
        let path = format!("/api/v1/points/{path}");
        let (status, body) = house.get(&path, Some(&cookie)).await;
        assert_eq!((status, body), (StatusCode::OK, json!([])), "{path}");
    }
    for path in ["cases/nothing", "years/nothing"] {
        let path = format!("/api/v1/points/{path}");
        let (status, body) = house.get(&path, Some(&cookie)).await;
        assert_eq!(
            (status, &body["code"]),
            (StatusCode::NOT_FOUND, &json!("missing"))
        );
    }
    let asked = json!({"arrangement": "resident-inpatient", "year": 2024});
    let (status, body) = house
        .post("/api/v1/points/cases", Some(&cookie), &asked)
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    assert!(
        body["message"].as_str().unwrap().contains("可分配金额"),
        "{body}"
    );
    let path = "/api/v1/points/years/nothing/approval";
    let (status, _) = house.post(path, Some(&cookie), &json!({})).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}
