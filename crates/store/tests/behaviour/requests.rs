use store::*;

use crate::bench::*;

#[tokio::test]
async fn the_same_message_gets_the_same_reply() {
    each_engine(async |bench| {
        bench.enter(&[person("P1"), person("P2")]).await;
        let store = &bench.store;
        let context = bench.context("P1").await;
        let commit = sale(&context, "S1", 10_000);
        let request = commit.request.clone().unwrap();
        assert_eq!(
            store.find_request(area(), &request.key).await.unwrap(),
            None
        );
        assert_eq!(store.commit(commit.clone()).await.unwrap(), Answer::Done);
        let stored = StoredRequest::Decided(KnownRequest {
            person_no: "P1".into(),
            request: request.clone(),
        });
        let found = store.find_request(area(), &request.key).await.unwrap();
        assert_eq!(found, Some(stored.clone()));

        // Sent again, decided on a newer reading: the old reply, nothing recorded.
        let after = bench.context("P1").await;
        let mut again = sale(&after, "S2", 10_000);
        again.request = Some(RequestRow {
            reply: b"new".to_vec(),
            ..request.clone()
        });
        assert_eq!(
            store.commit(again.clone()).await.unwrap(),
            Answer::Replay(stored)
        );
        assert_eq!(bench.context("P1").await, after);

        // Another body, or the same body about another person.
        let other = Answer::DifferentBody {
            stored_hash: "hash".into(),
        };
        again.request.as_mut().unwrap().body_hash = "other".into();
        again.access = Some(log("A3"));
        assert_eq!(store.commit(again).await.unwrap(), other);
        let mut elsewhere = sale(&bench.context("P2").await, "S3", 10_000);
        elsewhere.request = Some(request);
        assert_eq!(store.commit(elsewhere).await.unwrap(), other);
        assert_eq!(store.settlement(area(), None, "S3").await.unwrap(), None);

        // Every attempt is logged with how it ended.
        let logged = store.access_log(area(), None, 10).await.unwrap();
        let mut results: Vec<_> = logged
            .iter()
            .map(|(person, row)| (person.as_str(), row.log_id.as_str(), row.result.as_str()))
            .collect();
        results.sort_unstable();
        let expected = [
            ("P1", "A3", "different_body"),
            ("P1", "AS1", "done"),
            ("P1", "AS2", "replayed"),
            ("P2", "AS3", "different_body"),
        ];
        assert_eq!(results, expected);
    })
    .await;
}

#[tokio::test]
async fn the_same_message_many_times_at_once_is_decided_once() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let context = bench.context("P1").await;
        let commit = sale(&context, "S1", 10_000);
        let mut copy = 0;
        let all = std::iter::repeat_with(|| {
            copy += 1;
            let mut commit = commit.clone();
            commit.access.as_mut().unwrap().log_id = format!("A{copy}");
            bench.store.commit(commit)
        });
        let answers = crate::settling::join(all.take(20)).await;
        let done = answers
            .iter()
            .filter(|answer| **answer == Answer::Done)
            .count();
        let replayed = answers
            .iter()
            .filter(|answer| matches!(answer, Answer::Replay(_)))
            .count();
        assert_eq!((done, replayed), (1, 19), "{answers:?}");
    })
    .await;
}

#[tokio::test]
async fn a_blocked_message_is_never_decided() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let store = &bench.store;
        let context = bench.context("P1").await;
        let late = sale(&context, "S1", 10_000);
        let key = late.request.clone().unwrap().key;
        let mut block = Commit::new(area(), "P1");
        block.block = Some((key.clone(), noon()));
        block.expected_version = Some(context.version);
        assert_eq!(store.commit(block.clone()).await.unwrap(), Answer::Done);
        assert_eq!(
            store.find_request(area(), &key).await.unwrap(),
            Some(StoredRequest::Blocked)
        );
        assert_eq!(store.commit(late).await.unwrap(), Answer::Blocked);
        // A reversal sent twice is the same as once.
        block.expected_version = Some(context.version + 1);
        assert_eq!(store.commit(block).await.unwrap(), Answer::Done);
        assert_eq!(store.settlement(area(), None, "S1").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_decided_message_can_not_be_blocked() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let context = bench.context("P1").await;
        let commit = sale(&context, "S1", 10_000);
        let key = commit.request.clone().unwrap().key;
        bench.store.commit(commit).await.unwrap();
        let mut block = Commit::new(area(), "P1");
        block.block = Some((key, noon()));
        block.expected_version = Some(context.version + 1);
        let answer = bench.store.commit(block).await.unwrap();
        assert_eq!(answer, Answer::Conflict { over: "requests" });
    })
    .await;
}

#[tokio::test]
async fn a_message_seen_but_not_decided_may_come_again_unchanged() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let store = &bench.store;
        let context = bench.context("P1").await;
        let mut commit = sale(&context, "S1", 10_000);
        commit.expected_version = Some(context.version + 5);
        let key = commit.request.clone().unwrap().key;
        let answer = store.commit(commit.clone()).await.unwrap();
        assert_eq!(
            answer,
            Answer::Conflict {
                over: "person_heads"
            }
        );
        let seen = store.find_request(area(), &key).await.unwrap();
        assert!(
            matches!(seen, Some(StoredRequest::Undecided { .. })),
            "{seen:?}"
        );
        let mut other = sale(&context, "S1", 10_000);
        other.access = Some(log("A2"));
        other.request.as_mut().unwrap().body_hash = "other".into();
        let refused = Answer::DifferentBody {
            stored_hash: "hash".into(),
        };
        assert_eq!(store.commit(other).await.unwrap(), refused);
        commit.expected_version = Some(context.version);
        assert_eq!(store.commit(commit).await.unwrap(), Answer::Done);
    })
    .await;
}
