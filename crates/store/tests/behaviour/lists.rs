use jiff::civil::date;
use money::Fen;
use store::*;

use crate::bench::*;

fn list(no: &str, hash: &str) -> ListRow {
    ListRow {
        list_no: no.to_owned(),
        bureau: "civil_affairs".to_owned(),
        kind: "full".to_owned(),
        covers: r#"["dibao"]"#.to_owned(),
        list_day: date(2026, 6, 30),
        file_name: "dibao.csv".to_owned(),
        file_hash: hash.to_owned(),
        totals: r#"{"rows": 1}"#.to_owned(),
        row_count: 1,
        received_at: date(2026, 7, 1).at(9, 0, 0, 0),
        received_by: "officer".to_owned(),
    }
}

fn step(no: &str, step_no: i64, state: &str) -> ListStepRow {
    ListStepRow {
        list_no: no.to_owned(),
        step_no,
        state: state.to_owned(),
        at: date(2026, 7, 1).at(9, 0, 0, 0),
        by_name: "officer".to_owned(),
        summary: "{}".to_owned(),
    }
}

fn result(step_no: i64, text: &str) -> ListResultRow {
    ListResultRow {
        step_no,
        row_no: 1,
        person_no: "P1".to_owned(),
        result: text.to_owned(),
        reason_code: String::new(),
        reason: "与登记一致".to_owned(),
    }
}

#[tokio::test]
async fn a_list_keeps_its_rows_and_every_step() {
    each_engine(async |bench| {
        let store = &bench.store;
        let raw = r#"{"document": "1"}"#.to_owned();
        let lines = [ListLineRow { row_no: 1, raw }];
        let first = (step("L1", 1, "checked"), [result(1, "starts")]);
        let received = list("L1", "aa");
        store
            .receive_list(area(), &received, &lines, (&first.0, &first.1))
            .await
            .unwrap();
        let later = [result(2, "unchanged")];
        let second = step("L1", 2, "applied");
        store.step_list(area(), &second, &later).await.unwrap();
        assert!(store.step_list(area(), &second, &later).await.is_err());

        let all = store.lists(area(), 9).await.unwrap();
        assert_eq!(all, std::slice::from_ref(&received));
        assert_eq!(
            store.list(area(), "L1").await.unwrap(),
            Some(received.clone())
        );
        let found = store.find_list(area(), "civil_affairs", "aa").await;
        assert_eq!(found.unwrap(), Some(received));
        let other = store.find_list(area(), "rural_affairs", "aa").await;
        assert_eq!(other.unwrap(), None);
        let steps = store.list_steps(area(), "L1").await.unwrap();
        assert_eq!(steps, [first.0, second]);
        assert_eq!(store.list_results(area(), "L1").await.unwrap(), later);
        let kept = store.list_lines(area(), "L1").await.unwrap();
        assert_eq!(kept.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_same_file_of_a_bureau_is_taken_once() {
    each_engine(async |bench| {
        let store = &bench.store;
        let done = |no: &'static str| async move {
            let first = step(no, 1, "checked");
            let received = list(no, "aa");
            store
                .receive_list(area(), &received, &[], (&first, &[]))
                .await
        };
        done("L1").await.unwrap();
        assert!(done("L2").await.is_err());
        assert!(store.list_steps(area(), "L2").await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn changes_are_noted_once() {
    each_engine(async |bench| {
        let store = &bench.store;
        let change = ListChangeRow {
            person_no: "P1".to_owned(),
            list_no: "L1".to_owned(),
            change_no: 1,
            identity: "dibao".to_owned(),
            kind: "starts".to_owned(),
            was_from: None,
            was_to: None,
            now_from: Some(date(2026, 6, 1)),
            now_to: None,
            enrolled_on: Some(date(2026, 6, 1)),
            reopened: 2,
            reason: "低保对象新增".to_owned(),
            changed_at: date(2026, 7, 1).at(9, 0, 0, 0),
        };
        let again = ListChangeRow {
            reopened: 0,
            ..change.clone()
        };
        for row in [&change, &again] {
            let rows = std::slice::from_ref(row);
            store.note_list_changes(area(), rows).await.unwrap();
        }
        assert_eq!(store.list_changes(area(), "L1").await.unwrap(), [change]);
    })
    .await;
}

#[tokio::test]
async fn people_are_found_by_identity_and_document() {
    each_engine(async |bench| {
        let mut poor = person("P1");
        poor.person.marks =
            r#"{"identities": [{"word": "dibao", "from": "2026-01-01", "to": null}]}"#.to_owned();
        {
            let file = &mut poor;
            file.identifiers.push(IdentifierRow {
                kind: "document".to_owned(),
                value: "990102196001010011".to_owned(),
            });
        }
        let mut other = person("P2");
        other.person.marks = "{}".to_owned();
        bench.enter(&[poor.clone(), other]).await;
        let store = &bench.store;
        // An engine may write JSON in its own order: the numbers say who was found.
        let numbers = |rows: Vec<PersonRow>| {
            let numbers = rows.into_iter().map(|row| row.person_no);
            numbers.collect::<Vec<_>>()
        };
        let holders = store.people_with_identities(area()).await.unwrap();
        assert_eq!(numbers(holders), ["P1"]);
        let wanted = [
            "990102196001010011".to_owned(),
            "990102197203151028".to_owned(),
        ];
        let found = store.find_documents(area(), &wanted).await.unwrap();
        assert_eq!(found, [(wanted[0].clone(), "P1".to_owned())]);
        let rows = store.people(area(), &["P1".to_owned()]).await.unwrap();
        assert_eq!(numbers(rows), ["P1"]);
        let covers = store.coverage_of(area(), &["P1".to_owned()]).await.unwrap();
        let covers: Vec<_> = covers.into_iter().map(|(_, row)| row).collect();
        assert_eq!(covers, poor.coverage);
        assert!(store.identity_facts(area()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_month_watched_again_is_another_run() {
    each_engine(async |bench| {
        let store = &bench.store;
        let run = |run_no| WatchRunRow {
            month: "2026-03".to_owned(),
            run_no,
            ran_at: date(2026, 4, 1).at(3, 0, 0, 0),
            ran_by: "night".to_owned(),
            edition: "e".to_owned(),
            people: 1,
        };
        let line = |run_no| WatchLineRow {
            person_no: "P1".to_owned(),
            month: "2026-03".to_owned(),
            run_no,
            name: "张三".to_owned(),
            line: "general".to_owned(),
            threshold: Fen::yuan(22_000),
            own: Fen::yuan(23_000),
            detail: "{}".to_owned(),
        };
        for no in [1, 2] {
            store
                .record_watch(area(), &run(no), &[line(no)])
                .await
                .unwrap();
        }
        assert!(store.record_watch(area(), &run(2), &[]).await.is_err());
        let runs = store.watch_runs(area(), ("2026-01", "2026-12")).await;
        assert_eq!(runs.unwrap(), [run(2)]);
        let lines = store.watch_lines(area(), "2026-03", 2).await.unwrap();
        assert_eq!(lines, [line(2)]);
        let answer = WatchAnswerRow {
            person_no: "P1".to_owned(),
            month: "2026-03".to_owned(),
            answer_no: 1,
            bureau: "civil_affairs".to_owned(),
            recognised: true,
            identity: "zhichuxing".to_owned(),
            answered_on: date(2026, 4, 20),
            recorded_at: date(2026, 4, 21).at(9, 0, 0, 0),
            recorded_by: "officer".to_owned(),
            note: String::new(),
        };
        let rows = std::slice::from_ref(&answer);
        store.answer_watch(area(), rows).await.unwrap();
        assert!(store.answer_watch(area(), rows).await.is_err());
        assert_eq!(store.watch_answers(area(), "2026-03").await.unwrap(), rows);
    })
    .await;
}

#[tokio::test]
async fn own_money_of_a_year_is_read_for_whoever_bore_enough() {
    each_engine(async |bench| {
        bench.enter(&[person("P1"), person("P2")]).await;
        let own = r#"{"own": {"deductible": 5}}"#;
        let mut large = sale(&bench.context("P1").await, "S1", 100_000);
        large.settlement.as_mut().unwrap().outcome = own.to_owned();
        let original = large.settlement.clone().unwrap();
        assert_eq!(bench.store.commit(large).await.unwrap(), Answer::Done);
        let mut small = sale(&bench.context("P2").await, "S2", 10_000);
        small.settlement.as_mut().unwrap().outcome = own.to_owned();
        assert_eq!(bench.store.commit(small).await.unwrap(), Answer::Done);
        let until = noon().date().tomorrow().unwrap().at(0, 0, 0, 0);
        // 30% of 1,000 yuan is borne; of 100 yuan, 30.
        let read = async |at_least: i64| {
            let least = Fen::yuan(at_least);
            let rows = bench.store.own_money(area(), 2024, until, least).await;
            let ids = rows.unwrap().into_iter().map(|row| row.settlement_id);
            ids.collect::<Vec<_>>()
        };
        assert_eq!(read(30).await, ["S1", "S2"]);
        assert_eq!(read(300).await, ["S1"]);
        assert_eq!(read(301).await, Vec::<String>::new());
        let rows = bench.store.own_money(area(), 2024, until, Fen::ZERO).await;
        let rows = rows.unwrap();
        let parsed: String = rows[0].own.split_whitespace().collect();
        assert_eq!(parsed, r#"{"deductible":5}"#);
        assert_eq!(rows[0].reversed_at, None);

        let back = reversal(&bench.context("P1").await, &original, "S3");
        let when = back.settlement.as_ref().unwrap().settled_at;
        assert_eq!(bench.store.commit(back).await.unwrap(), Answer::Done);
        let rows = bench.store.own_money(area(), 2024, until, Fen::ZERO).await;
        assert_eq!(rows.unwrap()[0].reversed_at, Some(when));
        assert_eq!(read(1).await, ["S2"]);
    })
    .await;
}
