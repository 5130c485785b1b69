//! A personal account at the console: grants, freeze, premium, inheritance.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::House;

struct Desk {
    house: House,
    cookie: String,
    base: String,
    member: String,
}

impl Desk {
    /// Somebody with an account and a relative who may use it.
    async fn open() -> Self {
        let house = House::open().await;
        let cookie = house.sign_in().await;
        let owner = house.area.people().find(|one| !one.sharing.is_empty());
        let owner = owner.unwrap();
        Self {
            base: format!("/api/v1/people/{}/account", owner.number),
            member: owner.sharing[0].beneficiary.clone(),
            cookie,
            house,
        }
    }

    async fn look(&self) -> Value {
        let (status, body) = self.house.get(&self.base, Some(&self.cookie)).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        body
    }

    async fn ask(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let path = format!("{}{path}", self.base);
        self.house.post(&path, Some(&self.cookie), &body).await
    }

    async fn done(&self, path: &str, body: Value) -> Value {
        let (status, body) = self.ask(path, body).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        body
    }

    async fn refused(&self, path: &str, body: Value) -> String {
        let (status, body) = self.ask(path, body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        body["message"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_clerk_revokes_and_grants_with_terms() {
    let desk = Desk::open().await;
    let shown = desk.look().await;
    assert_eq!(shown["frozen"], Value::Null);
    let given = &shown["grants_given"][0];
    assert_eq!(given["current"], true);
    let end = json!({ "member": desk.member, "from": "2024-11-15" });
    let shown = desk.done("/grants/revocation", end.clone()).await;
    let of_member = |shown: &Value| {
        let rows = shown["grants_given"].as_array().unwrap().iter();
        let mut rows = rows.filter(|row| row["person_no"] == *desk.member);
        rows.next().cloned().unwrap_or_default()
    };
    assert_ne!(of_member(&shown)["current"], true);
    let again = desk.refused("/grants/revocation", end).await;
    assert!(again.contains("没有可解除"), "{again}");

    let mut ask = json!({ "member": desk.member, "relation": "parent", "limit": "300.00",
        "purposes": ["own_share", "resident_premium"], "from": "2024-11-15" });
    let shown = desk.done("/grants", ask.clone()).await;
    let grant = of_member(&shown);
    assert_eq!(grant["limit"], "300.00");
    let purposes = json!(["医疗费个人负担", "居民医保缴费"]);
    assert_eq!(grant["purpose_names"], purposes);
    ask["relation"] = json!("neighbour");
    let (status, body) = desk.ask("/grants", ask.clone()).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(body["issues"][0]["path"], "relation");
    ask["relation"] = json!("other");
    assert!(desk.refused("/grants", ask).await.contains("亲属范围"));
}

#[tokio::test]
async fn a_clerk_freezes_and_sets_free() {
    let desk = Desk::open().await;
    let shown = desk.done("/freeze", json!({ "reason": "待核查" })).await;
    assert_eq!(shown["frozen"], "待核查");
    assert_eq!(shown["events"][0]["kind_name"], "冻结");
    let empty = desk.refused("/freeze", json!({ "reason": " " })).await;
    assert!(empty.contains("原因"), "{empty}");
    let shown = desk.done("/unfreeze", json!({})).await;
    assert_eq!(shown["frozen"], Value::Null);
    let living = json!({ "heirs": [{ "name": "甲", "share": "1.00" }], "document": "" });
    let refused = desk.refused("/inheritance", living).await;
    assert!(refused.contains("没有死亡登记"), "{refused}");
    let unknown = desk
        .house
        .get("/api/v1/people/0/account", Some(&desk.cookie));
    assert_eq!(unknown.await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_demonstration_shows_living_accounts() {
    let desk = Desk::open().await;
    let (app, area) = (desk.house.app(), &desk.house.area);
    server::seed::accounts::seed(app, area).await.unwrap();
    let code = area.recipe.area;
    let totals = app.store.account_totals(code, "credit", "2024-10").await;
    let totals = totals.unwrap();
    assert!(totals.events > 0 && totals.amount > money::Fen::ZERO);
    // Doing it again changes nothing.
    server::seed::accounts::seed(app, area).await.unwrap();
    let again = app.store.account_totals(code, "credit", "2024-10").await;
    assert_eq!(again.unwrap(), totals);
    let ledger_of = app::settlement::ledger_of;
    let proved = app.store.verify(code, &ledger_of, &|_| {}).await.unwrap();
    assert!(proved.is_ok(), "{proved:?}");
}
