//! The knowledge library at the console: a proposal, its report, approval by somebody else.

use app::audit::{Given, NewKnowledge};
use axum::http::StatusCode;
use serde_json::json;

use crate::house::House;

const LIBRARY: &str = "/api/v1/audit/knowledge";

async fn proposed(house: &House, by: &str) -> String {
    let app = house.app();
    let cells = [("kp_id", "L1"), ("item", "X1"), ("min_level", "2")];
    let row = Given {
        table: "k_drug_level".to_owned(),
        place: "k_drug_level.csv:2".to_owned(),
        head: "L1/X1".to_owned(),
        cells: cells
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .into_iter()
            .collect(),
    };
    let new = NewKnowledge {
        source: "folder".to_owned(),
        rows: vec![row],
        unread: vec!["k_drug_level.csv:3：有1列，表头有3列".to_owned()],
    };
    let officer = app.officer_named(by, app.clock.now()).await.unwrap();
    let done = app.propose_knowledge(&officer, new, true).await.unwrap();
    done.edition.unwrap()
}

#[tokio::test]
async fn an_edition_is_read_approved_by_a_second_reviewer_and_in_service() {
    let house = House::open().await;
    let (clerk, auditor) = (house.sign_in_as(0).await, house.sign_in_as(1).await);
    let edition = proposed(&house, "admin").await;
    let path = format!("{LIBRARY}-editions/{edition}");
    let (status, seen) = house.get(&path, Some(&clerk)).await;
    assert_eq!(status, StatusCode::OK, "{seen}");
    assert_eq!(seen["report"]["fresh"], 1);
    assert_eq!(
        seen["report"]["bad"][0],
        "k_drug_level.csv:3：有1列，表头有3列"
    );
    let (_, before) = house.get(LIBRARY, Some(&clerk)).await;
    assert_eq!(before["editions"][0]["state"], "proposed");
    assert_eq!(before["tables"], json!([]));

    let decision = format!("{path}/decision");
    let approve = json!({ "approve": true });
    let (status, _) = house.post(&decision, Some(&clerk), &approve).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "a clerk approves nothing");
    let (status, done) = house.post(&decision, Some(&auditor), &approve).await;
    assert_eq!(status, StatusCode::OK, "{done}");
    assert_eq!(done["state_name"], "已批准");

    let (_, after) = house.get(LIBRARY, Some(&clerk)).await;
    assert_ne!(after["in_service"], before["in_service"]);
    assert_eq!(after["tables"][0]["rows"], 1);
    let row = format!("{LIBRARY}/k_drug_level/L1");
    let (status, versions) = house.get(&row, Some(&clerk)).await;
    assert_eq!(status, StatusCode::OK, "{versions}");
    assert_eq!(versions[0]["cells"]["min_level"], "2");
    assert_eq!(versions[0]["edition"]["edition"], edition.as_str());
    let (status, _) = house.get(&format!("{row}X"), Some(&clerk)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_imported_cannot_approve_and_may_take_back() {
    let house = House::open().await;
    let admin = house.sign_in_as(2).await;
    let (_, me) = house.get("/api/v1/session", Some(&admin)).await;
    let user = me["user"].as_str().unwrap_or_default().to_owned();
    let edition = proposed(&house, &user).await;
    let decision = format!("{LIBRARY}-editions/{edition}/decision");
    let approve = json!({ "approve": true });
    let (status, body) = house.post(&decision, Some(&admin), &approve).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "{body}");
    let back = json!({ "approve": false, "reason": "来源有误" });
    let (status, done) = house.post(&decision, Some(&admin), &back).await;
    assert_eq!(status, StatusCode::OK, "{done}");
    assert_eq!(done["reason"], "来源有误");
}
