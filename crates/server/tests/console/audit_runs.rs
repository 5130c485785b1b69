//! The audit run from the console, and its list of runs.

use axum::http::StatusCode;
use serde_json::json;

use crate::house::House;

const RUNS: &str = "/api/v1/audit/runs";

#[tokio::test]
async fn the_agency_runs_an_audit_and_the_seeded_doubts_stay() {
    let house = House::open_audited().await;
    let clerk = house.sign_in_as(0).await;
    let doubts = "/api/v1/audit/doubts?limit=200";
    let (_, before) = house.get(doubts, Some(&clerk)).await;
    let period = json!({ "from": "2020-01-01", "to": "2030-12-31" });
    let (status, run) = house.post(RUNS, Some(&clerk), &period).await;
    assert_eq!(status, StatusCode::OK, "{run}");
    assert!(run["people"].as_i64().unwrap() > 0, "{run}");
    assert!(run["rules"].as_i64().unwrap() > 40, "{run}");
    assert_eq!(run["gone"], 0, "{run}");
    let (_, again) = house.post(RUNS, Some(&clerk), &period).await;
    assert_eq!((&again["people"], &again["fresh"]), (&json!(0), &json!(0)));
    let (_, runs) = house.get(RUNS, Some(&clerk)).await;
    let ids: Vec<_> = runs
        .as_array()
        .unwrap()
        .iter()
        .map(|run| &run["id"])
        .collect();
    assert!(
        ids.contains(&&run["id"]) && ids.contains(&&again["id"]),
        "{runs}"
    );
    let (_, after) = house.get(doubts, Some(&clerk)).await;
    let seeded = |list: &serde_json::Value| {
        let rows = list["rows"].as_array().unwrap().iter();
        let demo = |row: &&serde_json::Value| row["says"].as_str().unwrap().starts_with("演示");
        rows.filter(demo).cloned().collect::<Vec<_>>()
    };
    assert_eq!(seeded(&before), seeded(&after));
    for row in after["rows"].as_array().unwrap() {
        println!("{} {} {}", row["rule"], row["rule_name"], row["says"]);
    }
}

#[tokio::test]
async fn a_period_that_is_none_is_refused() {
    let house = House::open_audited().await;
    let clerk = house.sign_in_as(0).await;
    for (from, to) in [("2026-02-01", "2026-01-01"), ("gestern", "2026-01-01")] {
        let asked = json!({ "from": from, "to": to });
        let (status, problem) = house.post(RUNS, Some(&clerk), &asked).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
    }
    let (status, _) = house.post(RUNS, None, &json!({})).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}
