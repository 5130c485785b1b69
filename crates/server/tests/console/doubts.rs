//! Doubts of the audit worked through at the console: list, case, notice, appeal, deduction.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::House;

const DOUBTS: &str = "/api/v1/audit/doubts";

async fn read(house: &House, cookie: &str, path: &str) -> Value {
    let (status, body) = house.get(path, Some(cookie)).await;
    assert_eq!(status, StatusCode::OK, "{path}: {body}");
    body
}

async fn first_id(house: &House, cookie: &str, query: &str) -> String {
    let list = read(house, cookie, &format!("{DOUBTS}{query}")).await;
    list["rows"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_doubt_goes_from_the_work_list_to_the_institutions_month() {
    let house = House::open_audited().await;
    let (clerk, auditor) = (house.sign_in_as(0).await, house.sign_in_as(1).await);
    let admin = house.sign_in_as(2).await;
    let all = read(&house, &clerk, &format!("{DOUBTS}?limit=200")).await;
    assert_eq!(all["rows"].as_array().unwrap().len(), 36, "as seeded");
    let states: std::collections::BTreeSet<&str> = all["counts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["state"].as_str().unwrap())
        .collect();
    for state in [
        "proposed",
        "first_review",
        "published",
        "appealed",
        "panel",
        "deducted",
    ] {
        assert!(states.contains(state), "{state} of {states:?}");
    }

    let id = first_id(&house, &clerk, "?state=first_review").await;
    let (status, done) = house
        .post(
            "/api/v1/audit/notices",
            Some(&clerk),
            &json!({ "doubts": [id] }),
        )
        .await;
    assert_eq!(status, StatusCode::OK, "{done}");
    let notice = &done["notices"][0];
    let place = notice["institution"].as_str().unwrap();
    let case = read(&house, &clerk, &format!("{DOUBTS}/{id}")).await;
    assert!(
        case["rule"]["clause"]
            .as_str()
            .is_some_and(|text| !text.is_empty()),
        "{case}"
    );
    assert!(
        case["lines"]
            .as_array()
            .unwrap()
            .iter()
            .any(|line| line["covered"] == true)
    );
    assert!(
        case["timeline"]
            .as_array()
            .unwrap()
            .iter()
            .any(|visit| visit["this"] == true)
    );

    // The institution's word on paper is entered by an administrator, by nobody else.
    let moves = format!("{DOUBTS}/{id}/moves");
    let appeal = json!({ "verb": "appeal", "text": "有医嘱", "for_institution": place });
    let (status, _) = house.post(&moves, Some(&clerk), &appeal).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, body) = house.post(&moves, Some(&admin), &appeal).await;
    assert_eq!(
        (status, &body["state"]),
        (StatusCode::OK, &json!("appealed")),
        "{body}"
    );
    let amount = body["amount"].as_str().unwrap();
    let stale = json!({ "verb": "confirm", "amount": amount, "version": 1 });
    let (status, body) = house.post(&moves, Some(&auditor), &stale).await;
    assert_eq!(
        (status, &body["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("doubt_changed"))
    );
    let confirm = json!({ "verb": "confirm", "amount": amount });
    let (status, body) = house.post(&moves, Some(&clerk), &confirm).await;
    assert_eq!(
        (status, &body["code"]),
        (
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!("doubt_same_person")
        )
    );
    let (status, body) = house.post(&moves, Some(&auditor), &confirm).await;
    assert_eq!(
        (status, &body["state"]),
        (StatusCode::OK, &json!("confirmed")),
        "{body}"
    );
    let deduction = format!("{DOUBTS}/{id}/deduction");
    let (status, done) = house.post(&deduction, Some(&clerk), &json!({})).await;
    assert_eq!(
        (status, &done["doubt"]["state"]),
        (StatusCode::OK, &json!("deducted")),
        "{done}"
    );
    let wrong = json!({ "verb": "forget" });
    let (status, body) = house.post(&moves, Some(&clerk), &wrong).await;
    assert_eq!(
        (status, &body["issues"][0]["path"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("verb"))
    );
}

#[tokio::test]
async fn rules_are_shown_with_what_they_are_worth_and_the_audit_with_what_it_covered() {
    let house = House::open_audited().await;
    let cookie = house.sign_in_as(1).await;
    let board = read(&house, &cookie, "/api/v1/audit/quality").await;
    assert_eq!(board.as_array().unwrap().len(), 3);
    assert!(
        board
            .as_array()
            .unwrap()
            .iter()
            .all(|rule| rule["hits"] == 12),
        "{board}"
    );
    let covered = read(&house, &cookie, "/api/v1/audit/coverage").await;
    let numbers = ["rules", "bills", "lines", "lines_flagged", "bills_touched"];
    let numbers = numbers.map(|name| covered[name].as_i64().unwrap());
    assert_eq!(numbers, [3, 12, 12, 12, 12], "{covered}");
    let rule = read(&house, &cookie, "/api/v1/audit/rules/P003").await;
    assert_eq!(rule["id"], "P003");
    let (status, _) = house.get("/api/v1/audit/rules/X999", Some(&cookie)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, body) = house
        .get(&format!("{DOUBTS}?state=lost"), Some(&cookie))
        .await;
    assert_eq!(
        (status, &body["issues"][0]["path"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("state"))
    );
}

fn verbs(doubt: &Value) -> Vec<&str> {
    let moves = doubt["moves"].as_array().unwrap().iter();
    moves.map(|one| one["verb"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_institution_sees_its_own_doubts_once_notified_and_nothing_else() {
    let house = House::open_audited().await;
    let (clerk, hospital) = (house.sign_in_as(0).await, house.sign_in_as(3).await);
    let session = read(&house, &hospital, "/api/v1/session").await;
    let own = session["institution"].as_str().unwrap();
    let all = read(&house, &hospital, &format!("{DOUBTS}?limit=200")).await;
    let rows = all["rows"].as_array().unwrap();
    assert!(!rows.is_empty(), "the demonstration notified it");
    for row in rows {
        assert_eq!(row["institution"], own);
        assert_ne!(row["notice"], "");
    }
    // A state that is not shown to institutions does not open all the others.
    let hidden = read(&house, &hospital, &format!("{DOUBTS}?state=handed_over")).await;
    for row in hidden["rows"].as_array().unwrap() {
        assert_ne!(row["state"], "handed_over");
    }
    let unseen = first_id(&house, &clerk, "?state=first_review").await;
    let path = format!("{DOUBTS}/{unseen}");
    let (status, _) = house.get(&path, Some(&hospital)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    for path in [
        "/api/v1/people",
        "/api/v1/settlements",
        "/api/v1/overview",
        "/api/v1/clearing/statements",
        "/api/v1/audit/quality",
        "/api/v1/audit/samples",
    ] {
        let (status, body) = house.get(path, Some(&hospital)).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}: {body}");
    }
    let published = first_id(&house, &hospital, "?state=published").await;
    let case = read(&house, &hospital, &format!("{DOUBTS}/{published}")).await;
    assert_eq!(
        verbs(&case["doubt"]),
        ["accept", "appeal", "extend", "attach"]
    );
}

#[tokio::test]
async fn only_moves_that_somebody_may_make_are_offered_and_two_pairs_of_eyes_say_why() {
    let house = House::open_audited().await;
    let (clerk, auditor) = (house.sign_in_as(0).await, house.sign_in_as(1).await);
    let id = first_id(&house, &clerk, "?state=appealed").await;
    let seen = read(&house, &auditor, &format!("{DOUBTS}/{id}")).await;
    assert_eq!(
        verbs(&seen["doubt"]),
        ["confirm", "reject", "refer", "hand_over", "attach"]
    );
    let moves = seen["doubt"]["moves"].as_array().unwrap();
    assert!(
        moves.iter().all(|one| one["refused"].is_null()),
        "{moves:?}"
    );
    // The clerk reviewed it first in the demonstration.
    let seen = read(&house, &clerk, &format!("{DOUBTS}/{id}")).await;
    let confirm = &seen["doubt"]["moves"][0];
    assert_eq!(confirm["verb"], "confirm");
    let why = confirm["refused"].as_str().unwrap();
    assert!(why.contains("换人办理"), "{why}");
}

#[tokio::test]
async fn a_sample_is_looked_at_before_the_rest_is_decided() {
    let house = House::open_audited().await;
    let clerk = house.sign_in_as(0).await;
    let filter = json!({ "state": "first_review", "rule": "M006" });
    let ask = json!({ "filter": filter, "count": 1, "seed": "7" });
    let (status, drawn) = house
        .post("/api/v1/audit/samples", Some(&clerk), &ask)
        .await;
    assert_eq!(status, StatusCode::OK, "{drawn}");
    let sample = drawn["id"].as_str().unwrap();
    let path = format!("/api/v1/audit/samples/{sample}");
    let found = read(&house, &clerk, &path).await;
    assert_eq!(found["sample"]["filter"]["rule"], "M006");
    assert_eq!(found["sample"]["filter"]["state"], "first_review");
    assert_eq!(found["rows"][0]["done"], false);
    let rest = json!({
        "filter": found["sample"]["filter"], "sample": sample,
        "action": { "verb": "publish" },
    });
    let (_, refused) = house.post("/api/v1/audit/bulk", Some(&clerk), &rest).await;
    assert_eq!(refused["code"], "sample_waiting", "{refused}");
    let one = found["rows"][0]["doubt"]["id"].as_str().unwrap();
    let publish = json!({ "doubts": [one] });
    let notices = "/api/v1/audit/notices";
    let (status, _) = house.post(notices, Some(&clerk), &publish).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(read(&house, &clerk, &path).await["rows"][0]["done"], true);
    let (status, done) = house.post("/api/v1/audit/bulk", Some(&clerk), &rest).await;
    assert_eq!(status, StatusCode::OK, "{done}");
    assert_eq!(done["matched"], done["moved"]);
    let listed = read(&house, &clerk, "/api/v1/audit/samples").await;
    assert_eq!(listed[0]["id"], sample);
}
