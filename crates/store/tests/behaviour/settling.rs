use money::Fen;
use store::*;

use crate::bench::*;

#[tokio::test]
async fn a_bill_is_recorded_whole() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let context = bench.context("P1").await;
        let commit = sale(&context, "S1", 10_000);
        let settlement = commit.settlement.clone().unwrap();
        let lines = commit.lines.clone();
        let batch = commit.ledger.clone();
        assert_eq!(bench.store.commit(commit).await.unwrap(), Answer::Done);

        let store = &bench.store;
        let found = store.settlement(area(), None, "S1").await.unwrap().unwrap();
        assert_eq!(found, settlement);
        assert_eq!(
            store.settlement_ledger(area(), "P1", "S1").await.unwrap(),
            batch
        );
        assert_eq!(store.visit_lines(area(), "P1", "VS1").await.unwrap(), lines);
        let postings = store.settlement_postings(area(), "P1", "S1").await.unwrap();
        assert_eq!((postings[0].before, postings[0].after), (0, 7_000));
        let movements = store
            .settlement_movements(area(), "P1", "S1")
            .await
            .unwrap();
        assert_eq!(movements[0].after, Fen::yuan(90));
        let after = bench.context("P1").await;
        assert_eq!(after.version, context.version + 1);
        assert_eq!(after.counter(&key(), 2024).value, 7_000);
        assert_eq!(after.accounts[0].balance, Fen::yuan(90));
        let logged = store.access_log(area(), Some("P1"), 10).await.unwrap();
        assert_eq!(logged, [("P1".to_owned(), log("AS1"))]);
    })
    .await;
}

#[tokio::test]
async fn lines_travel_from_upload_to_settlement_and_back() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let mut upload = Commit::new(area(), "P1");
        upload.visit = Some(visit(1, "open"));
        upload.lines = (1..=12).map(|n| line(&format!("{n:02}"), 1_000)).collect();
        assert_eq!(
            bench.store.commit(upload.clone()).await.unwrap(),
            Answer::Done
        );

        // The same line number again, while the first is live.
        let mut twice = Commit::new(area(), "P1");
        twice.lines = vec![LineRow {
            upload: "M9".into(),
            ..line("01", 5)
        }];
        let answer = bench.store.commit(twice.clone()).await.unwrap();
        assert_eq!(answer, Answer::Conflict { over: "fee_lines" });

        // Withdrawn, it may come again.
        let live = (LineStatus::Live, String::new());
        let mut withdraw = Commit::new(area(), "P1");
        withdraw.line_moves = vec![LineMove {
            visit_id: "V1".into(),
            chosen: LinesChosen::Numbers(vec!["01".into(), "02".into()]),
            from: live.clone(),
            to: (LineStatus::Cancelled, String::new()),
            expected: 2,
        }];
        assert_eq!(bench.store.commit(withdraw).await.unwrap(), Answer::Done);
        assert_eq!(bench.store.commit(twice).await.unwrap(), Answer::Done);
        let context = bench.context("P1").await;
        assert_eq!(context.lines.len(), 11);
        assert_eq!(context.visit.as_ref().unwrap().status, "open");

        // Settled while another line arrived: the count no longer holds.
        let settled = (LineStatus::Settled, "S1".to_owned());
        let mut settle = bill(&context, "S1", 10_005);
        settle.visit = Some(visit(2, "settled"));
        settle.line_moves = vec![LineMove {
            visit_id: "V1".into(),
            chosen: LinesChosen::All,
            from: live.clone(),
            to: settled.clone(),
            expected: 10,
        }];
        let answer = bench.store.commit(settle.clone()).await.unwrap();
        assert_eq!(answer, Answer::Conflict { over: "fee_lines" });
        assert_eq!(bench.context("P1").await, context);
        settle.line_moves[0].expected = 11;
        assert_eq!(
            bench.store.commit(settle.clone()).await.unwrap(),
            Answer::Done
        );
        let after = bench.context("P1").await;
        assert!(after.lines.is_empty());

        // The reversal sets them free again.
        let mut back = reversal(&after, &settle.settlement.unwrap(), "S2");
        back.visit = Some(visit(3, "open"));
        back.line_moves = vec![LineMove {
            visit_id: "V1".into(),
            chosen: LinesChosen::ChargeBatch("B1".into()),
            from: settled,
            to: live,
            expected: 11,
        }];
        assert_eq!(bench.store.commit(back).await.unwrap(), Answer::Done);
        let restored = bench.context("P1").await;
        assert_eq!(restored.lines, context.lines);
        assert_eq!(restored.accounts[0].balance, context.accounts[0].balance);
        assert_eq!(restored.counter(&key(), 2024).value, 0);
    })
    .await;
}

#[tokio::test]
async fn a_settlement_is_reversed_once() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let context = bench.context("P1").await;
        let first = sale(&context, "S1", 10_000);
        let original = first.settlement.clone().unwrap();
        bench.store.commit(first).await.unwrap();
        let context = bench.context("P1").await;
        let mut back = reversal(&context, &original, "S2");
        back.reversed_request = Some(request("MS1", "", "").key);
        assert_eq!(bench.store.commit(back).await.unwrap(), Answer::Done);
        let found = bench
            .store
            .settlement(area(), Some("P1"), "S1")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(found.reversed_by, "S2");
        let known = bench
            .store
            .find_request(area(), &request("MS1", "", "").key)
            .await
            .unwrap();
        assert!(
            matches!(known, Some(StoredRequest::Reversed(_))),
            "{known:?}"
        );

        let context = bench.context("P1").await;
        let again = reversal(&context, &original, "S3");
        let answer = bench.store.commit(again).await.unwrap();
        assert_eq!(
            answer,
            Answer::Conflict {
                over: "settlements"
            }
        );
        assert_eq!(bench.context("P1").await, context);
    })
    .await;
}

#[tokio::test]
async fn bills_of_one_person_follow_each_other() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        // All decide on the same reading: exactly one is recorded.
        let context = bench.context("P1").await;
        let all = (0..8).map(|n| bench.store.commit(sale(&context, &format!("S{n}"), 1_000)));
        let mut done = 0;
        for answer in join(all).await {
            match answer {
                Answer::Done => done += 1,
                Answer::Conflict { over } => assert_eq!(over, "person_heads"),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(done, 1);

        // All read again after a conflict: every one is recorded, none is lost.
        let retrying = (10..18).map(async |n| {
            loop {
                let context = bench.context("P1").await;
                let commit = sale(&context, &format!("S{n}"), 1_000);
                if bench.store.commit(commit).await.unwrap() == Answer::Done {
                    return Ok(Answer::Done);
                }
            }
        });
        join(retrying).await;
        let context = bench.context("P1").await;
        assert_eq!(context.counter(&key(), 2024).value, 9 * 700);
        assert_eq!(context.accounts[0].balance, Fen::yuan(100 - 9 * 10));
        assert_eq!(context.accounts[0].version, 10);
    })
    .await;
}

/// Awaits all at once, as concurrent callers do.
pub async fn join<F: Future<Output = Result<Answer, Fault>>>(
    all: impl Iterator<Item = F>,
) -> Vec<Answer> {
    let mut waiting: Vec<_> = all.map(|one| (Box::pin(one), None)).collect();
    std::future::poll_fn(|cx| {
        let mut ready = true;
        for (future, answer) in &mut waiting {
            if answer.is_none() {
                match future.as_mut().poll(cx) {
                    std::task::Poll::Ready(value) => *answer = Some(value),
                    std::task::Poll::Pending => ready = false,
                }
            }
        }
        if ready {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    waiting
        .into_iter()
        .map(|(_, answer)| answer.unwrap().unwrap())
        .collect()
}

#[tokio::test]
async fn one_bad_commit_does_not_spoil_its_batch() {
    each_engine(async |bench| {
        let people: Vec<_> = (0..40).map(|n| person(&format!("P{n:02}"))).collect();
        bench.enter(&people).await;
        let mut commits = Vec::new();
        for file in &people {
            let no = &file.person.person_no;
            commits.push(sale(&bench.context(no).await, &format!("S{no}"), 1_000));
        }
        // Decided on an account that never looked so.
        commits[7].accounts[0].read.balance = Fen::yuan(5_000);
        // Decided on a version that never was.
        commits[9].expected_version = Some(77);
        let answers = join(commits.into_iter().map(|commit| bench.store.commit(commit))).await;
        for (n, answer) in answers.iter().enumerate() {
            let expected = match n {
                7 => Answer::Conflict { over: "accounts" },
                9 => Answer::Conflict {
                    over: "person_heads",
                },
                _ => Answer::Done,
            };
            assert_eq!(*answer, expected, "commit {n}");
        }
        let filter = SettlementFilter::default();
        let (count, total, fund) = bench
            .store
            .count_settlements(area(), &filter)
            .await
            .unwrap();
        assert_eq!((count, total, fund), (38, 38_000, 26_600));
        let spoiled = bench.context("P07").await;
        assert_eq!(spoiled.accounts[0].balance, Fen::yuan(100));
        assert_eq!(
            bench.store.settlement(area(), None, "SP07").await.unwrap(),
            None
        );
    })
    .await;
}

#[tokio::test]
async fn a_relatives_account_pays_once() {
    each_engine(async |bench| {
        let mut members = [person("P1"), person("P2")];
        for member in &mut members {
            member.family.push(FamilyRow {
                sponsor: "P3".into(),
                relation: "parent".into(),
                starts_on: today(),
                ends_on: None,
                purposes: "[]".to_owned(),
                limit: None,
            });
        }
        bench.enter(&members).await;
        bench.enter(&[person("P3")]).await;
        // Both members draw the sponsor's last hundred yuan at the same time.
        let mut commits = Vec::new();
        for no in ["P1", "P2"] {
            let context = bench.context(no).await;
            let mut commit = bill(&context, &format!("S{no}"), 50_000);
            let row = commit.settlement.as_mut().unwrap();
            (row.family, row.cash) = (Fen::yuan(100), row.cash - Fen::yuan(100));
            let read = context.family_accounts[0].clone();
            commit.accounts.push(AccountChange {
                read,
                delta: -Fen::yuan(100),
            });
            commits.push(commit);
        }
        let answers = join(commits.into_iter().map(|commit| bench.store.commit(commit))).await;
        let done = answers
            .iter()
            .filter(|answer| **answer == Answer::Done)
            .count();
        assert_eq!(done, 1, "{answers:?}");
        assert!(
            answers.contains(&Answer::Conflict { over: "accounts" }),
            "{answers:?}"
        );
        let sponsor = bench.context("P3").await;
        assert_eq!(sponsor.accounts[0].balance, Fen::ZERO);
    })
    .await;
}

#[tokio::test]
async fn posted_rows_can_not_be_changed() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let context = bench.context("P1").await;
        bench
            .store
            .commit(sale(&context, "S1", 10_000))
            .await
            .unwrap();
        for table in [
            "ledger_transfers",
            "counter_postings",
            "account_movements",
            "settlement_funds",
            "access_log",
        ] {
            let update = format!("UPDATE {table} SET area = area");
            for sql in [update, format!("DELETE FROM {table}")] {
                let refused = bench.tamper(&sql).await.unwrap_err();
                assert!(refused.contains("append-only"), "{sql}: {refused}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_recorded_survives_closing() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let context = bench.context("P1").await;
        bench
            .store
            .commit(sale(&context, "S1", 10_000))
            .await
            .unwrap();
        let Bench { store, url } = bench;
        store.close().await.unwrap();
        let store = Store::open(&url).await.unwrap();
        store.migrate().await.unwrap();
        assert!(
            store
                .settlement(area(), None, "S1")
                .await
                .unwrap()
                .is_some()
        );
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn commits_that_break_the_contract_are_faults() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let context = bench.context("P1").await;
        let broken: [fn(&mut Commit); 5] = [
            |commit| commit.expected_version = None,
            |commit| commit.settlement = None,
            |commit| commit.person_no = "P2".into(),
            |commit| commit.counters.push(commit.counters[0].clone()),
            |commit| commit.accounts.push(commit.accounts[0].clone()),
        ];
        for breaking in broken {
            let mut commit = sale(&context, "S1", 10_000);
            breaking(&mut commit);
            assert!(bench.store.commit(commit).await.is_err());
        }
        assert_eq!(bench.context("P1").await, context);
    })
    .await;
}
