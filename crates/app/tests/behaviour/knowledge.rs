//! Knowledge from import to service: compared, proposed, approved by another, versions that stay.

use std::collections::BTreeMap;

use app::audit::{NewKnowledge, Officer, Proposal};
use app::register::Actor;
use app::{App, AuditBook, BookSource, Error};
use audit::library::{Given, RowStatus};
use store::{AuditCommit, KnowledgeEditionRow, KnowledgeRow, UserRow};
use workflow::doubt::Role;

use crate::house::{House, area, at};

/// A second reviewer under a name.
fn officer(name: &str) -> Officer {
    let mut actor = Actor::batch(area(), "knowledge", at("2024-11-04T09:00:00"));
    actor.name = name.to_owned();
    Officer {
        actor,
        name: name.to_owned(),
        roles: vec![Role::FirstReviewer, Role::SecondReviewer],
        institution: None,
    }
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
    let by = officer("甲");
    let done = house.app.propose_knowledge(&by, file(rows), false).await;
    done.unwrap()
}

async fn import(house: &House, rows: Vec<Given>) -> String {
    let edition = propose(house, rows).await.edition.unwrap();
    let approved = house.app.approve_knowledge(&officer("乙"), &edition).await;
    assert_eq!(approved.unwrap().state, "approved");
    edition
}

async fn level_in_service(app: &App, number: usize) -> String {
    let book = app.latest_book().await.unwrap();
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
    let found = house.app.compare_knowledge(area(), new).await.unwrap();
    assert_eq!((found.fresh.len(), found.bad.len()), (1, 2));
    let editions = house.app.knowledge_editions(area()).await.unwrap();
    assert!(editions.is_empty());
    assert!(house.app.kept_knowledge(area()).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_import_speaks_once_another_person_approved_it() {
    let house = House::open().await;
    let app = &house.app;
    let before = app.latest_book().await.unwrap().knowledge_edition.clone();
    let edition = propose(&house, vec![row("X1", "2", &[])])
        .await
        .edition
        .unwrap();
    assert!(app.kept_knowledge(area()).await.unwrap().is_empty());
    let own = app.approve_knowledge(&officer("甲"), &edition).await;
    assert_eq!(code(own.unwrap_err()), "denied");
    let other = file(vec![row("X2", "2", &[])]);
    let second = app.propose_knowledge(&officer("甲"), other, false).await;
    assert_eq!(code(second.unwrap_err()), "knowledge_pending");
    app.approve_knowledge(&officer("乙"), &edition)
        .await
        .unwrap();
    let again = app.approve_knowledge(&officer("乙"), &edition).await;
    assert_eq!(code(again.unwrap_err()), "knowledge_state");
    assert_eq!(level_in_service(&house.app, 0).await, "2");
    let after = app.latest_book().await.unwrap();
    assert_ne!(after.knowledge_edition, before);
    let same = propose(&house, vec![row("X1", "2", &[])]).await;
    assert_eq!((same.edition, same.difference.unchanged), (None, 1));
}

#[tokio::test]
async fn versions_stay_and_each_fee_date_meets_its_own() {
    let house = House::open().await;
    let app = &house.app;
    import(&house, vec![row("X1", "2", &[("from", "2024-01-01")])]).await;
    import(&house, vec![row("X1", "3", &[("from", "2024-07-01")])]).await;
    let book = app.latest_book().await.unwrap();
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
    let silent = app.reject_knowledge(&officer("乙"), &edition, " ").await;
    assert_eq!(code(silent.unwrap_err()), "knowledge_reason");
    let back = app
        .reject_knowledge(&officer("乙"), &edition, "等级写错")
        .await;
    assert_eq!(back.unwrap().state_name(), "已退回");
    assert_eq!(level_in_service(&house.app, 0).await, "2");
    import(&house, vec![row("X1", "1", &[])]).await;
    assert_eq!(level_in_service(&house.app, 0).await, "1");
    let history = app.knowledge_history(area(), ("k_drug_level", "X1")).await;
    assert_eq!(
        history.unwrap().len(),
        3,
        "the one sent back stays on record"
    );
    let unknown = app.approve_knowledge(&officer("乙"), "ZS0").await;
    assert_eq!(code(unknown.unwrap_err()), "missing");
}

#[tokio::test]
async fn one_bad_row_keeps_back_the_whole_import_unless_asked_otherwise() {
    let house = House::open().await;
    let app = &house.app;
    let rows = || vec![row("X1", "2", &[]), row("X2", "high", &[])];
    let whole = propose(&house, rows()).await;
    assert_eq!(whole.edition, None);
    let found = &whole.difference;
    assert_eq!((found.fresh.len(), found.bad.len()), (1, 1));
    assert!(app.knowledge_editions(area()).await.unwrap().is_empty());
    let mut unread = file(vec![row("X1", "2", &[])]);
    unread.unread.push("k_drug_level.csv:9：有2列".to_owned());
    let cut = app.propose_knowledge(&officer("甲"), unread, false).await;
    assert_eq!(cut.unwrap().edition, None, "a line that cannot be read too");

    let by = officer("甲");
    let sound = app.propose_knowledge(&by, file(rows()), true);
    let edition = sound.await.unwrap().edition.unwrap();
    let kept = app.knowledge_edition(area(), &edition).await.unwrap();
    assert_eq!(kept.rows, 1);
    assert!(kept.report.contains("high"), "{}", kept.report);
}

#[tokio::test]
async fn an_approval_beside_the_service_reaches_it() {
    let house = House::open().await;
    let command = house.beside().await;
    import(&house, vec![row("X1", "2", &[])]).await;
    assert_eq!(level_in_service(&command, 0).await, "2");
    let edition = propose(&house, vec![row("X1", "3", &[])]).await;
    let edition = edition.edition.unwrap();
    assert_eq!(level_in_service(&house.app, 0).await, "2");
    let approved = command.approve_knowledge(&officer("乙"), &edition).await;
    approved.unwrap();
    assert_eq!(level_in_service(&house.app, 0).await, "3");
    let book = house.app.latest_book().await.unwrap();
    assert_eq!(book.source, BookSource::Approved(edition));
}

#[tokio::test]
async fn folders_named_at_the_start_stay_until_the_next() {
    let house = House::open().await;
    let named = AuditBook {
        source: BookSource::Named,
        ..AuditBook::default()
    };
    house.app.set_audit_book(named);
    import(&house, vec![row("X1", "2", &[])]).await;
    let book = house.app.latest_book().await.unwrap();
    assert_eq!(book.source, BookSource::Named);
    assert!(book.knowledge.table("k_drug_level").is_none());
}

fn user(name: &str, role: &str, active: bool) -> UserRow {
    UserRow {
        area: area(),
        user_name: name.to_owned(),
        display_name: format!("姓名{name}"),
        password_hash: String::new(),
        role: role.to_owned(),
        institution: String::new(),
        active,
    }
}

#[tokio::test]
async fn a_named_account_is_known_open_and_a_second_reviewer() {
    let house = House::open().await;
    let app = &house.app;
    let accounts = [
        user("clerk", "clerk", true),
        user("auditor", "auditor", true),
        user("left", "auditor", false),
        user("cashier", "cashier", true),
    ];
    app.store.put_users(&accounts).await.unwrap();
    let when = at("2024-11-04T09:00:00");
    for unknown in ["张三", "left", ""] {
        let denied = app.officer_named(unknown, when).await;
        assert_eq!(code(denied.unwrap_err()), "denied", "{unknown}");
    }
    let clerk = app.officer_named("clerk", when).await.unwrap();
    let auditor = app.officer_named("auditor", when).await.unwrap();
    assert_eq!((auditor.actor.kind, auditor.actor.at), ("user", when));
    let cashier = app.officer_named("cashier", when).await.unwrap();
    let by_cashier = app.propose_knowledge(&cashier, file(vec![row("X1", "2", &[])]), false);
    assert_eq!(code(by_cashier.await.unwrap_err()), "denied");
    let done = app.propose_knowledge(&auditor, file(vec![row("X1", "2", &[])]), false);
    let edition = done.await.unwrap().edition.unwrap();
    for other in [&clerk, &auditor] {
        let denied = app.approve_knowledge(other, &edition).await;
        assert_eq!(code(denied.unwrap_err()), "denied", "{}", other.name);
    }
    let denied = app.reject_knowledge(&clerk, &edition, "不对").await;
    assert_eq!(code(denied.unwrap_err()), "denied");
}

#[tokio::test]
async fn an_edition_that_cannot_be_read_is_a_bug_and_the_book_before_stays() {
    let house = House::open().await;
    import(&house, vec![row("X1", "2", &[])]).await;
    let held = house.app.latest_book().await.unwrap();
    break_knowledge(&house).await;
    let broken = house.app.latest_book().await;
    assert!(matches!(broken, Err(Error::Bug(_))));
    assert_eq!(house.app.audit_book().source, held.source);
}

/// An approved edition with a row that nobody could have imported.
async fn break_knowledge(house: &House) {
    let mut commit = AuditCommit::new(area());
    let states = [(1, "proposed"), (2, "approved")];
    commit.editions = states
        .map(|(sequence, state)| KnowledgeEditionRow {
            edition: "ZZ".to_owned(),
            sequence,
            state: state.to_owned(),
            by: "x".to_owned(),
            at: at("2024-11-04T09:00:00"),
            note: String::new(),
            rows: 1,
            hash: String::new(),
            report: "{}".to_owned(),
        })
        .to_vec();
    commit.knowledge.push(KnowledgeRow {
        edition: "ZZ".to_owned(),
        table: "k_drug_level".to_owned(),
        id: "X9".to_owned(),
        version: 1,
        status: "unknown".to_owned(),
        from: None,
        until: None,
        cells: "{}".to_owned(),
    });
    house.app.store.record_audit(&commit).await.unwrap();
}
