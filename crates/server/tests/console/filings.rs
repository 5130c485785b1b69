//! Filings decided at the console, and the electronic credential.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::House;

async fn inbox(house: &House, cookie: &str, query: &str) -> Value {
    let path = format!("/api/v1/filings{query}");
    let (status, body) = house.get(&path, Some(cookie)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    body
}

#[tokio::test]
async fn the_inbox_is_worked_through() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let all = inbox(&house, &cookie, "").await;
    let rows = all["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 6, "as seeded: {all}");
    assert_eq!(all["waiting"].as_array().unwrap().len(), 2, "two classes");
    let page = inbox(&house, &cookie, "?limit=4").await;
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = inbox(&house, &cookie, &format!("?limit=4&cursor={cursor}")).await;
    assert_eq!(rest["rows"].as_array().unwrap().len(), 2);
    assert_eq!(rest["next_cursor"], Value::Null);

    let disease = &inbox(&house, &cookie, "?class=recognition").await["rows"][0];
    let id = disease["id"].as_str().unwrap();
    let approval = format!("/api/v1/filings/{id}/approval");
    let late = json!({ "to": "2099-01-01" });
    let (status, body) = house.post(&approval, Some(&cookie), &late).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    assert!(body["message"].as_str().unwrap().contains("最长"), "{body}");
    let wrong = json!({ "from": "昨天" });
    let (status, body) = house.post(&approval, Some(&cookie), &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(body["issues"][0]["path"], "from");
    let granted = json!({ "note": "专家组通过" });
    let (status, body) = house.post(&approval, Some(&cookie), &granted).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(
        (&body["state"], &body["reviewed"]),
        (&json!("valid"), &json!(true))
    );
    let steps = body["steps"].as_array().unwrap();
    assert_eq!(steps.last().unwrap()["note"], "专家组通过");
    let (status, _) = house.post(&approval, Some(&cookie), &granted).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "decided once");
    let no = disease["person_no"].as_str().unwrap();
    let (_, person) = house
        .get(&format!("/api/v1/people/{no}"), Some(&cookie))
        .await;
    let held = person["recognitions"].as_array().unwrap();
    let subject = disease["subject"].as_str().unwrap();
    assert!(
        held.iter()
            .any(|row| subject.contains(row["name"].as_str().unwrap())),
        "{person}"
    );
    let (_, filings) = house
        .get(&format!("/api/v1/people/{no}/filings"), Some(&cookie))
        .await;
    assert_eq!(filings[0]["state_name"], "有效");

    let accident = &inbox(&house, &cookie, "?class=accident").await["rows"][0];
    let id = accident["id"].as_str().unwrap();
    let path = format!("/api/v1/filings/{id}/approval");
    let (status, body) = house.post(&path, Some(&cookie), &json!({})).await;
    assert_eq!(
        (status, &body["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("no_conclusion"))
    );
    let reject = format!("/api/v1/filings/{id}/rejection");
    let reason = json!({ "reason": "肇事方已全额赔付" });
    let (status, body) = house.post(&reject, Some(&cookie), &reason).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(body["state_name"], "不予备案");
    let left = inbox(&house, &cookie, "").await;
    assert_eq!(left["rows"].as_array().unwrap().len(), 4);
    let unknown = "/api/v1/filings/B-NOBODY/rejection";
    let (status, _) = house.post(unknown, Some(&cookie), &reason).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _) = house.get("/api/v1/filings?state=lost", Some(&cookie)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_counter_files_and_the_words_are_told() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let samples = house.area.samples();
    let well = samples
        .iter()
        .find(|one| one.note.contains("在职职工，正常享受待遇"));
    let no = &well.unwrap().person.number;
    let today = house.area.recipe.today.to_string();
    let path = format!("/api/v1/people/{no}/filings");
    let asked = json!({ "class": "non_local", "kind": "temporary", "from": today,
        "destinations": ["110000"], "reason": "探亲" });
    let (status, body) = house.post(&path, Some(&cookie), &asked).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(body["state"], "valid");
    assert_eq!(body["to"], "2025-05-13", "180 days with the first");
    assert_eq!(body["institution_name"], "医保经办窗口");
    let short = json!({ "class": "non_local", "kind": "temporary", "from": today,
        "to": "2024-12-31", "destinations": ["310000"] });
    let (status, body) = house.post(&path, Some(&cookie), &short).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    assert!(
        body["message"].as_str().unwrap().contains("180日"),
        "{body}"
    );
    let (_, words) = house.get("/api/v1/filings/words", Some(&cookie)).await;
    assert_eq!(words["conclusions"].as_array().unwrap().len(), 10);
}

#[tokio::test]
async fn tokens_are_issued_to_those_who_activated() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let tokens = "/api/v1/credentials/tokens";
    let people = house.area.people().collect::<Vec<_>>();
    // Of ten people the last three have not activated it, as seeded.
    let (has, lacks) = (&people[0].number, &people[9].number);
    let (status, body) = house
        .post(tokens, Some(&cookie), &json!({ "person_no": has }))
        .await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(body["token"].as_str().unwrap().len(), 32);
    let asked = json!({ "person_no": lacks });
    let (status, body) = house.post(tokens, Some(&cookie), &asked).await;
    assert_eq!(
        (status, &body["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("not_activated"))
    );
    let activate = json!({ "person_no": lacks, "channel": "窗口" });
    let path = "/api/v1/credentials/activations";
    let (status, body) = house.post(path, Some(&cookie), &activate).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(body.as_array().unwrap().len(), 1);
    let (status, _) = house.post(tokens, Some(&cookie), &asked).await;
    assert_eq!(status, StatusCode::OK);
    let path = "/api/v1/credentials/usage?month=2024-11";
    let (status, usage) = house.get(path, Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    let people = i64::try_from(people.len()).unwrap();
    let active = people / 10 * 7 + (people % 10).min(7) + 1;
    assert_eq!(
        (&usage["activated"], &usage["people"]),
        (&json!(active), &json!(people))
    );
    assert_eq!(usage["institutions"], json!([]));
    let (status, _) = house
        .get("/api/v1/credentials/usage?month=soon", Some(&cookie))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}
