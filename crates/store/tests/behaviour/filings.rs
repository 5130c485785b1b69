//! Filings and tokens: kept, listed, changed by whoever read them last, spent once.

use jiff::Span;
use store::*;

use crate::bench::*;

fn filing(no: &str, id: &str, state: &str) -> FilingRow {
    FilingRow {
        person_no: no.into(),
        filing_id: id.into(),
        version: 1,
        class: "recognition".into(),
        state: state.into(),
        reviewed: false,
        person_name: "样例".into(),
        institution: "H1".into(),
        subject: "门诊慢性病 高血压".into(),
        starts_on: today(),
        ends_on: None,
        filed_at: noon(),
        detail: r#"{"kind": "chronic"}"#.into(),
    }
}

fn token(no: &str, hash: &str) -> TokenRow {
    TokenRow {
        person_no: no.into(),
        token_hash: hash.into(),
        channel: "app".into(),
        once: true,
        issued_at: noon(),
        expires_at: noon().saturating_add(Span::new().minutes(5)),
        read_at: None,
        read_by: String::new(),
        read_message: String::new(),
        used_at: None,
        used_by: String::new(),
        used_for: String::new(),
    }
}

#[tokio::test]
async fn filings_are_listed_page_by_page_and_changed_once() {
    each_engine(async |bench| {
        bench.enter(&[person("1"), person("2")]).await;
        let rows = [
            filing("1", "B1", "pending"),
            filing("2", "B2", "valid"),
            filing("2", "B3", "pending"),
        ];
        let store = &bench.store;
        store.put_filings(area(), &rows).await.unwrap();
        store.put_filings(area(), &rows).await.unwrap();
        let pending = FilingFilter {
            state: Some("pending".into()),
            ..FilingFilter::default()
        };
        let page = |filter: FilingFilter, after: &'static str, limit| async move {
            let found = store.search_filings(area(), &filter, after, limit).await;
            let ids = found.unwrap().into_iter().map(|row| row.filing_id);
            ids.collect::<Vec<_>>()
        };
        assert_eq!(page(pending.clone(), "", 9).await, ["B1", "B3"]);
        assert_eq!(page(pending.clone(), "", 1).await, ["B1"]);
        assert_eq!(page(pending.clone(), "B1", 1).await, ["B3"]);
        let narrow = FilingFilter {
            class: Some("recognition".into()),
            institution: Some("H1".into()),
            person_no: Some("2".into()),
            reviewed: Some(false),
            ..pending
        };
        assert_eq!(page(narrow, "", 9).await, ["B3"]);
        let counted = store.count_filings(area(), "pending").await.unwrap();
        assert_eq!(counted, [("recognition".to_owned(), 2)]);
        let of_person = store.person_filings(area(), "2").await.unwrap();
        assert_eq!(of_person.len(), 2);

        let decided = |state: &str| {
            let mut commit = Commit::new(area(), "1");
            commit.filings = vec![FilingRow {
                version: 2,
                reviewed: true,
                ends_on: Some(today()),
                ..filing("1", "B1", state)
            }];
            commit
        };
        let first = store.commit(decided("valid")).await.unwrap();
        assert_eq!(first, Answer::Done);
        let second = store.commit(decided("rejected")).await.unwrap();
        assert!(
            matches!(second, Answer::Conflict { over: "filings" }),
            "{second:?}"
        );
        let kept = store.filing(area(), "B1").await.unwrap().unwrap();
        assert_eq!(
            (kept.state.as_str(), kept.ends_on),
            ("valid", Some(today()))
        );
        assert_eq!(store.filing(area(), "B9").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_token_is_read_and_spent_once() {
    each_engine(async |bench| {
        bench.enter(&[person("1")]).await;
        let store = &bench.store;
        store.put_tokens(area(), &[token("1", "T")]).await.unwrap();
        let shown = |purpose: TokenPurpose| {
            let mut commit = Commit::new(area(), "1");
            commit.token = Some(TokenUse {
                token_hash: "T".into(),
                institution: "H1".into(),
                at: noon(),
                purpose,
            });
            commit
        };
        let read = || shown(TokenPurpose::Read("M1".into()));
        let spend = || shown(TokenPurpose::Visit("V1".into()));
        let lost = Answer::Conflict {
            over: "credential_tokens",
        };
        assert_eq!(store.commit(read()).await.unwrap(), Answer::Done);
        assert_eq!(store.commit(read()).await.unwrap(), lost);
        assert_eq!(store.commit(spend()).await.unwrap(), Answer::Done);
        assert_eq!(store.commit(spend()).await.unwrap(), lost);
        let kept = store.find_token(area(), "T").await.unwrap().unwrap();
        assert_eq!(
            (kept.read_message.as_str(), kept.used_for.as_str()),
            ("M1", "V1")
        );
        assert_eq!(store.find_token(area(), "U").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn credentials_used_are_counted_by_institution_and_month() {
    each_engine(async |bench| {
        bench.enter(&[person("1"), person("2")]).await;
        let store = &bench.store;
        let activation = ActivationRow {
            person_no: "1".into(),
            channel: "app".into(),
            device: "phone".into(),
            institution: String::new(),
            activated_at: noon(),
        };
        let other = ActivationRow {
            channel: "counter".into(),
            ..activation.clone()
        };
        let rows = [activation.clone(), other];
        store.put_activations(area(), &rows).await.unwrap();
        store.put_activations(area(), &rows).await.unwrap();
        assert_eq!(store.activations(area(), "1").await.unwrap().len(), 2);
        assert_eq!(store.activation_count(area()).await.unwrap(), (1, 2));
        for (id, proof) in [("S1", "credential"), ("S2", "card"), ("S3", "credential")] {
            let context = bench.context("1").await;
            let mut commit = sale(&context, id, 1_000);
            commit.accounts.clear();
            let settlement = commit.settlement.as_mut().unwrap();
            settlement.cash += settlement.account;
            settlement.account = money::Fen::ZERO;
            commit.ledger = expected_ledger(settlement);
            commit.credential_use = Some(CredentialUseRow {
                settlement_id: id.into(),
                proof: proof.into(),
                institution: "H1".into(),
                used_at: noon(),
            });
            assert_eq!(store.commit(commit).await.unwrap(), Answer::Done);
        }
        let month = today().first_of_month();
        let next = month.saturating_add(Span::new().months(1));
        let (from, to) = (month.at(0, 0, 0, 0), next.at(0, 0, 0, 0));
        let counts = |rows: Vec<UsageRow>| {
            let pairs = rows.into_iter().map(|row| (row.proof, row.count));
            pairs.collect::<Vec<_>>()
        };
        let used = store.credential_usage(area(), from, to).await.unwrap();
        assert_eq!(
            counts(used),
            [("card".to_owned(), 1), ("credential".to_owned(), 2)]
        );
        let none = store.credential_usage(area(), to, to).await.unwrap();
        assert!(none.is_empty());
    })
    .await;
}
