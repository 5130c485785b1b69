//! Events, holds and bases of accounts, on every engine.

use jiff::civil::date;
use money::Fen;
use store::*;

use crate::bench::*;

fn event(kind: &str, occasion: &str, id: &str) -> AccountEventRow {
    AccountEventRow {
        person_no: "P1".into(),
        kind: kind.into(),
        occasion: occasion.into(),
        event_id: id.into(),
        amount: Fen::yuan(100),
        done_at: noon(),
        done_by: "clerk".into(),
        edition: "E".into(),
        detail: r#"{"why": "test"}"#.into(),
    }
}

/// A commit that credits the person's first purse.
fn credit(context: &Context, occasion: &str, id: &str) -> Commit {
    let mut commit = Commit::new(area(), "P1");
    commit.expected_version = Some(context.version);
    commit.account_events = vec![event("credit", occasion, id)];
    commit.accounts = vec![AccountChange {
        read: context.accounts[0].clone(),
        delta: Fen::yuan(100),
    }];
    commit.occasion = Some(Occasion {
        source: "credit".into(),
        edition: "E".into(),
        at: noon(),
    });
    commit
}

#[tokio::test]
async fn an_occasion_happens_once() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let context = bench.context("P1").await;
        let first = bench.store.commit(credit(&context, "2024-10", "A1"));
        assert_eq!(first.await.unwrap(), Answer::Done);
        let context = bench.context("P1").await;
        let again = bench.store.commit(credit(&context, "2024-10", "A2"));
        let over = "account_events";
        assert_eq!(again.await.unwrap(), Answer::Conflict { over });
        let next = bench.store.commit(credit(&context, "2024-11", "A3"));
        assert_eq!(next.await.unwrap(), Answer::Done);

        let after = bench.context("P1").await;
        let grown = after.accounts[0].balance - context.accounts[0].balance;
        assert_eq!(grown, Fen::yuan(100), "the refused one moved nothing");
        let found = bench
            .store
            .account_event(area(), "P1", ("credit", "2024-10"));
        let found = found.await.unwrap().unwrap();
        assert_eq!(
            (found.event_id.as_str(), found.amount),
            ("A1", Fen::yuan(100))
        );
        let events = bench.store.account_events(area(), "P1", 10).await.unwrap();
        assert_eq!(events.len(), 2);
        let totals = bench.store.account_totals(area(), "credit", "2024-10");
        assert_eq!(totals.await.unwrap().events, 1);
    })
    .await;
}

#[tokio::test]
async fn what_happened_to_an_account_can_not_be_changed() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let context = bench.context("P1").await;
        let done = bench.store.commit(credit(&context, "2024-10", "A1"));
        assert_eq!(done.await.unwrap(), Answer::Done);
        for sql in [
            "UPDATE account_events SET amount_fen = 0",
            "DELETE FROM account_events",
        ] {
            let refused = bench.tamper(sql).await.unwrap_err();
            assert!(refused.contains("append-only"), "{refused}");
        }
    })
    .await;
}

fn hold(context: &Context, before: &str, hold: &str) -> Commit {
    let mut commit = Commit::new(area(), "P1");
    commit.expected_version = Some(context.version);
    commit.account_hold = Some(AccountHold {
        hold: hold.into(),
        before: before.into(),
        purses: context.accounts.len() as u64,
    });
    commit
}

#[tokio::test]
async fn a_bill_decided_before_a_freeze_is_decided_again() {
    each_engine(async |bench| {
        let mut member = person("P2");
        member.family.push(FamilyRow {
            sponsor: "P1".into(),
            relation: "parent".into(),
            starts_on: today(),
            ends_on: None,
            purposes: r#"["own_share"]"#.into(),
            limit: Some(Fen::yuan(300)),
        });
        bench.enter(&[person("P1"), member.clone()]).await;
        let before = bench.context("P2").await;
        assert_eq!(before.family, member.family);
        let context = bench.context("P1").await;
        let frozen = bench.store.commit(hold(&context, "", "待查")).await;
        assert_eq!(frozen.unwrap(), Answer::Done);
        let rows = bench.store.accounts_of(area(), "P1").await.unwrap();
        assert!(rows.iter().all(|row| row.hold == "待查"));

        // The relative's bill read the account while it could still pay.
        let mut late = sale(&before, "S1", 10_000);
        let row = late.settlement.as_mut().unwrap();
        (row.family, row.cash) = (Fen::yuan(5), row.cash - Fen::yuan(5));
        late.accounts.push(AccountChange {
            read: before.family_accounts[0].clone(),
            delta: -Fen::yuan(5),
        });
        let answer = bench.store.commit(late).await.unwrap();
        assert_eq!(answer, Answer::Conflict { over: "accounts" });

        let context = bench.context("P1").await;
        let twice = bench.store.commit(hold(&context, "", "再冻结")).await;
        assert_eq!(twice.unwrap(), Answer::Conflict { over: "accounts" });
        let free = bench.store.commit(hold(&context, "待查", "")).await;
        assert_eq!(free.unwrap(), Answer::Done);
    })
    .await;
}

#[tokio::test]
async fn a_run_sees_cover_bases_and_what_is_done() {
    each_engine(async |bench| {
        let people = ["P1", "P2", "P3"].map(person);
        bench.enter(&people).await;
        let scheme = people[0].coverage[0].scheme.clone();
        let base = |no: &str, month: &str, yuan: i64| AccountBaseRow {
            person_no: no.into(),
            from_month: month.into(),
            base: Some(Fen::yuan(yuan)),
            pension: None,
            source: "test".into(),
            noted_at: noon(),
        };
        let bases = [
            base("P1", "2023-01", 3_000),
            base("P1", "2024-10", 4_000),
            base("P1", "2024-12", 5_000),
        ];
        bench.store.put_account_bases(area(), &bases).await.unwrap();
        // What was noted stands.
        let other = [base("P1", "2024-10", 9_000)];
        bench.store.put_account_bases(area(), &other).await.unwrap();
        let context = bench.context("P1").await;
        let done = bench.store.commit(credit(&context, "2024-11", "A1"));
        assert_eq!(done.await.unwrap(), Answer::Done);

        let month = (date(2024, 11, 1), date(2024, 11, 30));
        let page = async |after: &str, limit| {
            let found = bench.store.account_holders(
                area(),
                &scheme,
                month,
                ("credit", "2024-11"),
                (after, limit),
            );
            found.await.unwrap()
        };
        let first = page("", 2).await;
        let seen: Vec<_> = first
            .iter()
            .map(|one| (one.person.person_no.as_str(), one.done))
            .collect();
        assert_eq!(seen, [("P1", true), ("P2", false)]);
        let noted = first[0].noted.as_ref().unwrap();
        assert_eq!(noted.base, Some(Fen::yuan(4_000)));
        assert_eq!(first[1].noted, None);
        assert_eq!(first[0].version, bench.context("P1").await.version);
        assert_eq!(page("P2", 2).await.len(), 1);
        assert!(page("P3", 2).await.is_empty());
        let owners = bench
            .store
            .account_owners(area(), &scheme, ("interest", "2024"), ("", 10));
        assert_eq!(owners.await.unwrap().len(), 3);
        let moved = bench.store.movements_since(area(), ("P1", "P2"), today());
        assert_eq!(moved.await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_run_and_a_proposal_are_kept() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let mut run = AccountRunRow {
            kind: "credit".into(),
            period: "2024-11".into(),
            after_person: "P1".into(),
            persons: 1,
            moved: 1,
            amount: Fen::yuan(100),
            skipped: 0,
            problems: "{}".into(),
            started_at: noon(),
            ended_at: None,
            started_by: "clerk".into(),
        };
        for ended in [None, Some(noon())] {
            run.ended_at = ended;
            bench.store.put_account_run(area(), &run).await.unwrap();
            let kept = bench.store.account_run(area(), "credit", "2024-11").await;
            assert_eq!(kept.unwrap().as_ref(), Some(&run));
        }
        let context = bench.context("P1").await;
        let mut commit = Commit::new(area(), "P1");
        commit.expected_version = Some(context.version);
        commit.account_proposal = Some(AccountProposalRow {
            person_no: "P1".into(),
            proposal_id: "J1".into(),
            version: 1,
            kind: "inheritance".into(),
            state: "proposed".into(),
            amount: Fen::yuan(1),
            proposed_at: noon(),
            proposed_by: "one".into(),
            decided_at: None,
            decided_by: String::new(),
            detail: "{}".into(),
        });
        let first = bench.store.commit(commit.clone()).await.unwrap();
        assert_eq!(first, Answer::Done);
        commit.expected_version = Some(context.version + 1);
        // Decided on a version that is past.
        let stale = bench.store.commit(commit).await.unwrap();
        let over = "account_proposals";
        assert_eq!(stale, Answer::Conflict { over });
        let rows = bench.store.account_proposals(area(), "P1").await.unwrap();
        assert_eq!(rows.len(), 1);
        let given = bench.store.grants_given(area(), "P1").await.unwrap();
        assert!(given.is_empty());
    })
    .await;
}
