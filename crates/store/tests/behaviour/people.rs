use jiff::civil::date;
use money::Fen;
use store::*;

use crate::bench::*;

#[tokio::test]
async fn a_person_comes_back_as_entered() {
    each_engine(async |bench| {
        let mut file = person("P1");
        file.person.death = Some(date(2024, 2, 29));
        file.counters.push(OpeningCounter {
            key: key(),
            year: 2024,
            value: 12_345,
        });
        file.family.push(FamilyRow {
            sponsor: "P2".into(),
            relation: "spouse".into(),
            starts_on: date(2024, 1, 1),
            ends_on: Some(date(2024, 12, 31)),
            purposes: "[]".to_owned(),
            limit: None,
        });
        file.recognitions.push(RecognitionRow {
            kind: "chronic".into(),
            code: "M03900".into(),
            starts_on: date(2023, 5, 1),
            ends_on: None,
            name: "高血压".into(),
            institutions: r#"["H1"]"#.into(),
            detail: "{}".into(),
        });
        file.registrations.push(RegistrationRow {
            registration_id: "R1".into(),
            kind: "long_term".into(),
            starts_on: date(2024, 3, 1),
            ends_on: None,
            state: "valid".into(),
            institution: String::new(),
            destination: "310000".into(),
            detail: "{}".into(),
        });
        bench.enter(&[file.clone(), person("P2")]).await;

        let context = bench.context("P1").await;
        assert_eq!(context.person, file.person);
        assert_eq!(context.coverage, file.coverage);
        assert_eq!(context.family, file.family);
        assert_eq!(context.recognitions, file.recognitions);
        assert_eq!(context.registrations, file.registrations);
        assert_eq!(context.counter(&key(), 2024).value, 12_345);
        assert_eq!(context.accounts[0].balance, Fen::yuan(100));
        assert_eq!(context.family_accounts[0].owner, "P2");
        assert_eq!(context.visit, None);
        let store = &bench.store;
        let found = store
            .find_person_no(area(), "identity", "IDP1")
            .await
            .unwrap();
        assert_eq!(found.as_deref(), Some("P1"));
        assert_eq!(
            store.find_person_no(area(), "card", "IDP1").await.unwrap(),
            None
        );
        assert_eq!(store.count_persons(area()).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn entering_again_updates_but_leaves_money_alone() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let before = bench.context("P1").await;
        let mut file = person("P1");
        file.person.name = "改名".into();
        file.coverage[0].state = "suspended".into();
        file.accounts[0].balance = Fen::yuan(999);
        bench.enter(&[file]).await;
        let after = bench.context("P1").await;
        assert_eq!(after.person.name, "改名");
        assert_eq!(after.coverage[0].state, "suspended");
        assert_eq!(after.accounts, before.accounts);
        assert!(after.version > before.version);

        // What was decided on the old cover is no longer recorded.
        let late = bench
            .store
            .commit(bill(&before, "S1", 10_000))
            .await
            .unwrap();
        assert_eq!(
            late,
            Answer::Conflict {
                over: "person_heads"
            }
        );
    })
    .await;
}

#[tokio::test]
async fn an_unknown_person_has_no_context() {
    each_engine(async |bench| {
        let query = ContextQuery {
            area: area(),
            person_no: "P9",
            counters_from: 2024,
            visit_id: None,
        };
        assert_eq!(bench.store.load_context(&query).await.unwrap(), None);
        bench.enter(&[person("P9")]).await;
        let elsewhere = "421200".parse().unwrap();
        let query = ContextQuery {
            area: elsewhere,
            ..query
        };
        assert_eq!(bench.store.load_context(&query).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_office_keeps_institutions_users_and_sessions() {
    each_engine(async |bench| {
        let store = &bench.store;
        let institution = InstitutionRow {
            area: area(),
            institution: "H1".into(),
            name: "样例医院".into(),
            kind: "hospital".into(),
            grade: "tertiary".into(),
            county: area(),
            keys: r#"{"paasid": "x"}"#.into(),
            detail: "{}".into(),
        };
        store
            .put_institutions(std::slice::from_ref(&institution))
            .await
            .unwrap();
        assert_eq!(store.institutions(area()).await.unwrap(), [institution]);

        let mut user = UserRow {
            area: area(),
            user_name: "clerk".into(),
            display_name: "经办".into(),
            password_hash: "$argon2".into(),
            role: "clerk".into(),
            institution: String::new(),
            active: true,
        };
        store.put_users(std::slice::from_ref(&user)).await.unwrap();
        let session = SessionRow {
            token_hash: "t".into(),
            user_name: "clerk".into(),
            created_at: noon(),
            expires_at: today().at(20, 0, 0, 0),
        };
        store.open_session(area(), &session).await.unwrap();
        let found = store.find_session(area(), "t", noon()).await.unwrap();
        assert_eq!(found, Some((session.clone(), user.clone())));
        let late = store
            .find_session(area(), "t", today().at(20, 0, 0, 0))
            .await
            .unwrap();
        assert_eq!(late, None);
        user.active = false;
        store.put_users(&[user]).await.unwrap();
        assert_eq!(store.find_session(area(), "t", noon()).await.unwrap(), None);
        assert_eq!(store.sweep_sessions(area(), noon()).await.unwrap(), 0);
        store.close_session(area(), "t").await.unwrap();
        assert_eq!(
            store
                .sweep_sessions(area(), today().at(23, 0, 0, 0))
                .await
                .unwrap(),
            0
        );

        let mut sign_in = SignInRow {
            sign_no: "N1".into(),
            institution: "H1".into(),
            operator: "O1".into(),
            mac: "00".into(),
            ip: "127.0.0.1".into(),
            signed_in_at: noon(),
            signed_out_at: None,
        };
        store.sign_in(area(), &sign_in).await.unwrap();
        let evening = today().at(18, 30, 0, 0);
        assert!(store.sign_out(area(), "N1", evening).await.unwrap());
        assert!(!store.sign_out(area(), "N1", evening).await.unwrap());
        sign_in.signed_out_at = Some(evening);
        assert_eq!(
            store.find_sign_in(area(), "N1").await.unwrap(),
            Some(sign_in)
        );

        let edition = PolicyEditionRow {
            edition: "e1".into(),
            seen_at: noon(),
            note: String::new(),
        };
        store.put_edition(area(), &edition).await.unwrap();
        let again = PolicyEditionRow {
            seen_at: evening,
            ..edition.clone()
        };
        store.put_edition(area(), &again).await.unwrap();
        assert_eq!(store.editions(area()).await.unwrap(), [edition]);
    })
    .await;
}
