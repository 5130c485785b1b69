//! The console's API end to end: HTTP in, a throw-away embedded store behind, JSON out.
#![allow(clippy::unwrap_used)]

mod account;
mod audit_runs;
mod cleaning;
mod clearing;
mod contributions;
mod difficulty;
mod discharges;
mod doubts;
mod filings;
mod house;
mod knowledge;
mod points;
mod provider;
mod register;
mod simulator;
mod stock;

use axum::http::StatusCode;
use house::House;
use serde_json::{Value, json};

fn fen(value: &Value) -> i64 {
    money::Fen::from_yuan_text(value.as_str().unwrap())
        .unwrap()
        .get()
}

#[tokio::test]
async fn nothing_is_shown_to_somebody_who_is_not_signed_in() {
    let house = House::open().await;
    let described = server::api::openapi();
    let mut looked_at = 0;
    for (path, item) in &described.paths.paths {
        // Whatever stands for a number or a name is never looked at.
        let parts = path.split('/');
        let filled = parts.map(|part| if part.starts_with('{') { "1" } else { part });
        let path = filled.collect::<Vec<_>>().join("/");
        let mut answers = Vec::new();
        if item.get.is_some() {
            answers.push(house.get(&path, None).await);
        }
        if item.post.is_some() && path != "/api/v1/session" {
            answers.push(house.post(&path, None, &json!({})).await);
        }
        for (status, body) in answers {
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{path}");
            assert_eq!(body["code"], "not_signed_in", "{path}");
            looked_at += 1;
        }
    }
    assert!(looked_at >= 14, "{looked_at} paths");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_user_get_the_same_answer() {
    let house = House::open().await;
    let wrong = json!({"user": "clerk", "password": "no"});
    let unknown = json!({"user": "nobody", "password": "no"});
    let first = house.post("/api/v1/session", None, &wrong).await;
    let second = house.post("/api/v1/session", None, &unknown).await;
    assert_eq!(first.0, StatusCode::UNAUTHORIZED);
    assert_eq!(first, second);
}

#[tokio::test]
async fn a_session_ends_when_it_is_closed() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let (status, body) = house.get("/api/v1/session", Some(&cookie)).await;
    assert_eq!(
        (status, &body["role_name"]),
        (StatusCode::OK, &json!("经办"))
    );
    house.delete("/api/v1/session", &cookie).await;
    let (status, _) = house.get("/api/v1/session", Some(&cookie)).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn every_example_of_a_trial_balances_and_explains_itself() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let (_, examples) = house.get("/api/v1/trial/examples", Some(&cookie)).await;
    let examples = examples.as_array().unwrap();
    assert!(examples.len() >= 3);
    for example in examples {
        let title = &example["title"];
        let (status, sheet) = house
            .post("/api/v1/trial", Some(&cookie), &example["request"])
            .await;
        assert_eq!(status, StatusCode::OK, "{title}: {sheet}");
        let totals = &sheet["totals"];
        let paid = fen(&totals["fund"]) + fen(&totals["personal"]) + fen(&totals["institution"]);
        assert_eq!(paid, fen(&totals["total"]), "{title}");
        let own: i64 = totals["own"].as_object().unwrap().values().map(fen).sum();
        assert_eq!(own, fen(&totals["personal"]), "{title}");
        let funds: i64 = sheet["funds"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fund| fen(&fund["amount"]))
            .sum();
        assert_eq!(funds, fen(&totals["fund"]), "{title}");
        let trace = sheet["trace"].as_array().unwrap();
        let sources = trace
            .iter()
            .filter(|step| step["parameters"][0]["source"].is_object());
        assert!(trace.len() >= 4 && sources.count() >= 3, "{title}");
    }
    let (_, list) = house.get("/api/v1/settlements", Some(&cookie)).await;
    assert_eq!(list["rows"], json!([]), "a trial leaves nothing behind");
}

#[tokio::test]
async fn a_trial_that_cannot_be_read_names_the_field() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let (_, examples) = house.get("/api/v1/trial/examples", Some(&cookie)).await;
    let good = &examples[0]["request"];
    let spoilt = [
        ("/scheme", json!("pension"), "scheme"),
        ("/from", json!("yesterday"), "from"),
        ("/lines/0/price", json!("-1.00"), "lines[0].price"),
        ("/lines/0/quantity", json!("0"), "lines[0].quantity"),
        (
            "/lines/1/prior_percent",
            json!("101"),
            "lines[1].prior_percent",
        ),
        (
            "/person/account_balance",
            json!("many"),
            "person.account_balance",
        ),
    ];
    for (place, value, path) in spoilt {
        let mut request = good.clone();
        *request.pointer_mut(place).unwrap() = value;
        let (status, body) = house.post("/api/v1/trial", Some(&cookie), &request).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{place}");
        assert_eq!(body["issues"][0]["path"], path, "{place}");
    }
}

#[tokio::test]
async fn people_are_found_by_name_document_and_number_and_their_document_is_masked() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let person = house.area.people().next().unwrap();
    for text in [&person.number, &person.id_number, &person.card_number] {
        let path = format!("/api/v1/people?text={text}");
        let (_, page) = house.get(&path, Some(&cookie)).await;
        assert_eq!(page["rows"].as_array().unwrap().len(), 1, "{text}");
        assert_eq!(page["rows"][0]["no"], person.number.as_str());
    }
    let path = format!("/api/v1/people/{}", person.number);
    let (status, record) = house.get(&path, Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!record.to_string().contains(&person.id_number));
    assert!(!record["coverage"].as_array().unwrap().is_empty());
    let (status, body) = house.get("/api/v1/people/0", Some(&cookie)).await;
    assert_eq!(
        (status, &body["code"]),
        (StatusCode::NOT_FOUND, &json!("missing"))
    );
}

#[tokio::test]
async fn people_come_page_by_page_each_once() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/people?limit=17&cursor={cursor}");
        let (_, page) = house.get(&path, Some(&cookie)).await;
        let rows = page["rows"].as_array().unwrap();
        seen.extend(
            rows.iter()
                .map(|row| row["no"].as_str().unwrap().to_owned()),
        );
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    let mut expected: Vec<String> = house.area.people().map(|person| person.number).collect();
    expected.sort();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn every_policy_value_has_a_source_and_a_history_with_one_version_in_force() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let (_, areas) = house.get("/api/v1/policy/areas", Some(&cookie)).await;
    assert_eq!(
        areas[0]["code"],
        house.area.recipe.area.to_string(),
        "the home area first"
    );
    let home = areas[0]["code"].as_str().unwrap();
    let (_, edition) = house
        .get(&format!("/api/v1/policy/{home}"), Some(&cookie))
        .await;
    let topics = edition["topics"].as_array().unwrap();
    let entries: Vec<&Value> = topics
        .iter()
        .flat_map(|topic| topic["entries"].as_array().unwrap())
        .collect();
    assert!(entries.len() > 20);
    for entry in &entries {
        assert_ne!(
            entry["version"]["source"]["document"], "",
            "{}",
            entry["key"]
        );
    }
    let key = entries[0]["key"].as_str().unwrap();
    let path = format!("/api/v1/policy/{home}/key?key={key}");
    let (_, history) = house.get(&path, Some(&cookie)).await;
    let versions = history["versions"].as_array().unwrap();
    let in_force = versions
        .iter()
        .filter(|one| one["effective_from"] == history["in_force_from"]);
    assert_eq!(in_force.count(), 1);
    let (status, _) = house
        .get(&format!("/api/v1/policy/{home}/key?key=no"), Some(&cookie))
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_list_that_cannot_be_read_is_refused_with_its_field() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    for (query, field) in [("from=soon", "from"), ("cursor=nowhere", "cursor")] {
        let path = format!("/api/v1/settlements?{query}");
        let (status, body) = house.get(&path, Some(&cookie)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert_eq!(body["issues"][0]["path"], field);
    }
    let (status, day) = house.get("/api/v1/overview", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(day["per_minute"].as_array().unwrap().len(), 60);
}
