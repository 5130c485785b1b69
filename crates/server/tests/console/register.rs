//! A clerk corrects the register: the old belief stays readable, a preview changes nothing.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::House;

async fn entries(house: &House, cookie: &str, no: &str) -> Vec<Value> {
    let path = format!("/api/v1/people/{no}/register");
    let (status, body) = house.get(&path, Some(cookie)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    body.as_array().unwrap().clone()
}

#[tokio::test]
async fn a_corrected_name_leaves_the_old_one_in_the_history() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let person = house.area.people().next().unwrap();
    let no = &person.number;
    let all = entries(&house, &cookie, no).await;
    let name = all.iter().find(|entry| entry["kind"] == "name").unwrap();
    assert_eq!(name["text"], person.name.as_str());
    let path = format!("/api/v1/people/{no}/register");
    let mut body = json!({
        "facts": [{"replaces": name["number"], "fact": {"kind": "name", "name": "新名字"}}],
        "preview": true,
    });
    let (status, answer) = house.post(&path, Some(&cookie), &body).await;
    assert_eq!(
        (status, &answer["recorded"]),
        (StatusCode::OK, &json!(false))
    );
    assert_eq!(entries(&house, &cookie, no).await.len(), all.len());

    body["preview"] = json!(false);
    let (status, answer) = house.post(&path, Some(&cookie), &body).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let after = entries(&house, &cookie, no).await;
    assert_eq!(after.len(), all.len() + 1);
    assert_eq!(after[0]["text"], "新名字");
    let old = after.iter().find(|entry| entry["number"] == name["number"]);
    let said = old.unwrap()["standing_name"].as_str().unwrap();
    assert!(said.starts_with("已被第"), "{said}");
    let (_, found) = house.get("/api/v1/people?text=新名字", Some(&cookie)).await;
    assert_eq!(found["rows"][0]["no"], no.as_str());
}

#[tokio::test]
async fn a_fact_that_cannot_be_read_names_the_field() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let no = house.area.people().next().unwrap().number;
    let path = format!("/api/v1/people/{no}/register");
    for (facts, field) in [
        (json!([]), "facts"),
        (
            json!([{"from": "2024-02-30", "fact": {"kind": "death"}}]),
            "facts[0].from",
        ),
        (
            json!([{"from": "2024-02-01", "fact": {"kind": "ghost"}}]),
            "facts[0].fact",
        ),
        (json!([{"fact": {"kind": "death"}}]), "facts[0].from"),
    ] {
        let body = json!({"facts": facts});
        let (status, answer) = house.post(&path, Some(&cookie), &body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{answer}");
        assert_eq!(answer["issues"][0]["path"], field, "{answer}");
    }
    let body = json!({"facts": [{"replaces": 9999, "withdraw": true}]});
    let (status, answer) = house.post(&path, Some(&cookie), &body).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{answer}");
}

#[tokio::test]
async fn a_document_of_somebody_else_is_refused() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let mut people = house.area.people();
    let (one, other) = (people.next().unwrap(), people.next().unwrap());
    let document = json!({
        "kind": "document", "document": "resident_id", "number": other.id_number,
    });
    let body = json!({"facts": [{"from": "2024-01-01", "fact": document}]});
    let path = format!("/api/v1/people/{}/register", one.number);
    let (status, answer) = house.post(&path, Some(&cookie), &body).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{answer}");
    assert_eq!(answer["code"], "identifier_taken");
}
