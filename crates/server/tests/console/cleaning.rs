//! The work list of the checks as the console sees it.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::House;

const FINDINGS: &str = "/api/v1/cleaning/findings";

async fn rows(house: &House, cookie: &str, query: &str) -> Vec<Value> {
    let (status, page) = house
        .get(&format!("{FINDINGS}?{query}"), Some(cookie))
        .await;
    assert_eq!(status, StatusCode::OK, "{page}");
    page["rows"].as_array().unwrap().clone()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test]
async fn the_demonstration_has_findings_of_every_kind() {
    let house = House::open_cleaned().await;
    let cookie = house.sign_in().await;
    for check in app::cleaning::Check::ALL {
        let query = format!("check={}&state=open", check.word());
        let found = rows(&house, &cookie, &query).await;
        assert!(!found.is_empty(), "{}", check.word());
        assert_eq!(found[0]["check_name"], check.zh());
        assert!(!text(&found[0]["summary"]).is_empty());
    }
    let (_, runs) = house.get("/api/v1/cleaning/runs", Some(&cookie)).await;
    assert_eq!(runs[0]["done"], true);
    assert_eq!(
        runs[0]["counts"].as_array().unwrap().len(),
        app::cleaning::Check::ALL.len()
    );

    // Page by page, the same rows as at once.
    let all = rows(&house, &cookie, "").await;
    assert!((20..60).contains(&all.len()), "{}", all.len());
    let (mut cursor, mut paged) = (String::new(), Vec::new());
    loop {
        let path = format!("{FINDINGS}?limit=7&cursor={cursor}");
        let (_, page) = house.get(&path, Some(&cookie)).await;
        paged.extend(page["rows"].as_array().unwrap().clone());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(paged, all);
    let (status, _) = house
        .get(&format!("{FINDINGS}?check=else"), Some(&cookie))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_pair_is_looked_at_merged_and_parted() {
    let house = House::open_cleaned().await;
    let cookie = house.sign_in().await;
    let pair = rows(&house, &cookie, "check=same_person&state=open")
        .await
        .remove(0);
    let path = format!("{FINDINGS}/{}", text(&pair["id"]));
    let (status, shown) = house.get(&path, Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    let name = shown["fields"]
        .as_array()
        .unwrap()
        .iter()
        .find(|field| field["name"] == "姓名");
    assert!(name.unwrap()["two"].is_string());
    assert_eq!(
        shown["decisions"],
        json!(["confirm", "dismiss", "assign", "merge"])
    );

    let decide = format!("{path}/decision");
    let post = async |body: Value| house.post(&decide, Some(&cookie), &body).await;
    let (status, _) = post(json!({"decision": "merge"})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, refused) = post(json!({"decision": "merge", "to": "P-NONE"})).await;
    assert_eq!(
        (status, text(&refused["code"])),
        (StatusCode::UNPROCESSABLE_ENTITY, "decision_unfit")
    );
    let keep = text(&pair["person_no"]);
    let (status, merged) = post(json!({"decision": "merge", "to": keep, "note": "同一人"})).await;
    assert_eq!(status, StatusCode::OK, "{merged}");
    assert_eq!(merged["finding"]["state_name"], "已归并");
    assert_eq!(merged["decisions"], json!(["split"]));
    let (status, parted) = post(json!({"decision": "split", "note": "两个人"})).await;
    assert_eq!(
        (status, &parted["finding"]["state"]),
        (StatusCode::OK, &json!("open"))
    );
    let steps = parted["history"].as_array().unwrap();
    assert_eq!(steps.len(), 2);
    assert_eq!(steps[0]["decision_name"], "归并");
}

#[tokio::test]
async fn cover_on_a_day_and_imports() {
    let house = House::open_cleaned().await;
    let cookie = house.sign_in().await;
    let (status, cover) = house.get("/api/v1/coverage", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(text(&cover["on"]), house.area.recipe.today.to_string());
    let sum: i64 = cover["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["count"].as_i64().unwrap())
        .sum();
    assert_eq!(cover["total"], sum);
    assert!(sum > 0);
    let (_, before) = house
        .get("/api/v1/coverage?on=1900-01-01", Some(&cookie))
        .await;
    assert_eq!(before["total"], 0);
    let (status, _) = house.get("/api/v1/coverage?on=x", Some(&cookie)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, imports) = house.get("/api/v1/imports", Some(&cookie)).await;
    assert_eq!((status, imports), (StatusCode::OK, json!([])));
}
