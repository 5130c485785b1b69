//! Knowledge from import to service: compared, proposed, approved by another, versions that stay.

use std::collections::BTreeMap;

use app::Error;
use app::audit::{NewKnowledge, Proposal};
use app::register::Actor;
use audit::library::{Given, RowStatus};

use crate::house::{House, area, at};

fn actor(name: &str) -> Actor {
    let mut actor = Actor::batch(area(), "knowledge", at("2024-11-04T09:00:00"));
    actor.name = name.to_owned();
    actor
}

/// A row of `k_drug_level`: item, lowest level, other cells.
fn row(item: &str, level: &str, others: &[(&str, &str)]) -> Given {
    let own = [("kp_id", item), ("item", item), ("min_level", level)];
    let all = own.iter().chain(others);
    Given {
        table: "k_drug_level".to_owned(),
        place: "k_drug_level.csv:2".to_owned(),
        head: item.to_owned(),
        cells: all
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect::<BTreeMap<_, _>>(),
    }
}

fn file(rows: Vec<Given>) -> NewKnowledge {
    NewKnowledge {
        source: "folder".to_owned(),
        rows,
        unread: Vec::new(),
    }
}

async fn propose(house: &House, rows: Vec<Given>) -> Proposal {
    let by = actor("甲");
    let done = house.app.propose_knowledge(&by, file(rows), false).await;
    done.unwrap()
}

async fn import(house: &House, rows: Vec<Given>) -> String {
    let edition = propose(house, rows).await.edition.unwrap();
    let approved = house.app.approve_knowledge(&actor("乙"), &edition).await;
    assert_eq!(approved.unwrap().state, "approved");
    edition
}

fn level_in_service(house: &House, number: usize) -> String {
    let book = house.app.audit_book();
    let table = book.knowledge.table("k_drug_level").unwrap();
    table.row(number).unwrap().text("min_level").to_owned()
}

fn code(error: Error) -> &'static str {
    match error {
        Error::Refused { code, .. } => code,
        Error::Denied(_) => "denied",
        Error::Missing { .. } => "missing",
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_dry_run_tells_everything_and_keeps_nothing() {
    let house = House::open().await;
    let mut new = file(vec![row("X1", "2", &[]), row("X2", "high", &[])]);
    new.unread
        .push("k_drug_level.csv:9：有2列，表头有3列".to_owned());
    let done = house.app.propose_knowledge(&actor("甲"), new, true).await;
    let done = done.unwrap();
    assert_eq!(done.edition, None);
    assert_eq!(
        (done.difference.fresh.len(), done.difference.bad.len()),
        (1, 2)
    );
    let editions = house.app.knowledge_editions(area()).await.unwrap();
    assert!(editions.is_empty());
    assert!(house.app.kept_knowledge(area()).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_import_speaks_once_another_person_approved_it() {
    let house = House::open().await;
    let app = &house.app;
    let before = app.audit_book().knowledge_edition.clone();
    let edition = propose(&house, vec![row("X1", "2", &[])])
        .await
        .edition
        .unwrap();
    assert!(app.kept_knowledge(area()).await.unwrap().is_empty());
    let own = app.approve_knowledge(&actor("甲"), &edition).await;
    assert_eq!(code(own.unwrap_err()), "denied");
    let other = file(vec![row("X2", "2", &[])]);
    let second = app.propose_knowledge(&actor("甲"), other, false).await;
    assert_eq!(code(second.unwrap_err()), "knowledge_pending");
    app.approve_knowledge(&actor("乙"), &edition).await.unwrap();
    let again = app.approve_knowledge(&actor("乙"), &edition).await;
    assert_eq!(code(again.unwrap_err()), "knowledge_state");
    assert_eq!(level_in_service(&house, 0), "2");
    assert_ne!(app.audit_book().knowledge_edition, before);
    let same = propose(&house, vec![row("X1", "2", &[])]).await;
    assert_eq!((same.edition, same.difference.unchanged), (None, 1));
}

#[tokio::test]
async fn versions_stay_and_each_fee_date_meets_its_own() {
    let house = House::open().await;
    let app = &house.app;
    import(&house, vec![row("X1", "2", &[("from", "2024-01-01")])]).await;
    import(&house, vec![row("X1", "3", &[("from", "2024-07-01")])]).await;
    let book = app.audit_book();
    let table = book.knowledge.table("k_drug_level").unwrap();
    let spans: Vec<(&str, &str, &str)> = table
        .rows()
        .map(|row| {
            (
                row.text("version"),
                row.text("min_level"),
                row.text("until"),
            )
        })
        .collect();
    assert_eq!(spans, [("1", "2", "2024-06-30"), ("2", "3", "")]);
    let gone = row("X1", "3", &[("status", "retired"), ("until", "2024-12-31")]);
    import(&house, vec![gone]).await;
    let history = app.knowledge_history(area(), ("k_drug_level", "X1")).await;
    let versions: Vec<(i64, RowStatus)> = history
        .unwrap()
        .iter()
        .map(|one| (one.row.version, one.row.status))
        .collect();
    let [active, retired] = [RowStatus::Active, RowStatus::Retired];
    assert_eq!(versions, [(1, active), (2, active), (3, retired)]);
    let tables = app.knowledge_tables(area()).await.unwrap();
    assert_eq!((tables[0].rows, tables[0].versions), (2, 3));
}

#[tokio::test]
async fn what_is_sent_back_never_speaks_and_frees_the_way() {
    let house = House::open().await;
    let app = &house.app;
    import(&house, vec![row("X1", "2", &[])]).await;
    let edition = propose(&house, vec![row("X1", "3", &[])])
        .await
        .edition
        .unwrap();
    let silent = app.reject_knowledge(&actor("乙"), &edition, " ").await;
    assert_eq!(code(silent.unwrap_err()), "knowledge_reason");
    let back = app
        .reject_knowledge(&actor("乙"), &edition, "等级写错")
        .await;
    assert_eq!(back.unwrap().state_name(), "已退回");
    assert_eq!(level_in_service(&house, 0), "2");
    import(&house, vec![row("X1", "1", &[])]).await;
    assert_eq!(level_in_service(&house, 0), "1");
    let history = app.knowledge_history(area(), ("k_drug_level", "X1")).await;
    assert_eq!(
        history.unwrap().len(),
        3,
        "the one sent back stays on record"
    );
    let unknown = app.approve_knowledge(&actor("乙"), "ZS0").await;
    assert_eq!(code(unknown.unwrap_err()), "missing");
}
