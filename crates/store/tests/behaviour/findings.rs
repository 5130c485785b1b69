use store::*;

use crate::bench::*;

fn run(id: &str) -> CleaningRunRow {
    CleaningRunRow {
        run_id: id.into(),
        state: "running".into(),
        people: 0,
        by_name: "tester".into(),
        started_at: noon(),
        finished_at: None,
        counts: "{}".into(),
    }
}

fn finding(id: &str, check: &str, run: &str) -> FindingRow {
    FindingRow {
        finding_id: id.into(),
        check: check.into(),
        person_no: "P1".into(),
        other_no: "P2".into(),
        state: "open".into(),
        score: 900,
        assigned: String::new(),
        first_run: run.into(),
        last_run: run.into(),
        changed_at: noon(),
        evidence: r#"{"sides": []}"#.into(),
    }
}

fn decision(sequence: i64) -> FindingDecisionRow {
    FindingDecisionRow {
        sequence,
        decision: "dismiss".into(),
        note: "不是同一人".into(),
        by_name: "clerk".into(),
        decided_at: noon(),
        detail: "{}".into(),
    }
}

#[tokio::test]
async fn findings_keep_their_first_run_and_are_closed_when_gone() {
    each_engine(async |bench| {
        let store = &bench.store;
        store.put_cleaning_run(area(), &run("C1")).await.unwrap();
        let rows = [
            finding("F1", "same_person", "C1"),
            finding("F2", "same_person", "C1"),
            finding("F3", "two_areas", "C1"),
        ];
        store.put_findings(area(), &rows).await.unwrap();
        let counts = store.close_findings(area(), "C1", noon()).await.unwrap();
        let counts: Vec<_> = counts
            .iter()
            .map(|one| (one.found, one.new, one.gone))
            .collect();
        assert_eq!(counts, [(2, 2, 0), (1, 1, 0)]);

        // Decided once: who comes second is told so, and nothing is overwritten.
        let read = store.finding(area(), "F2").await.unwrap().unwrap();
        let state = ("dismissed", "");
        assert!(
            store
                .decide_finding(area(), &read, state, &decision(1))
                .await
                .unwrap()
        );
        assert!(
            !store
                .decide_finding(area(), &read, state, &decision(1))
                .await
                .unwrap()
        );
        assert!(
            bench
                .tamper("UPDATE finding_decisions SET note = ''")
                .await
                .is_err()
        );
        assert!(bench.tamper("DELETE FROM finding_decisions").await.is_err());
        assert_eq!(
            store.finding_decisions(area(), "F2").await.unwrap(),
            [decision(1)]
        );

        // The second run meets one of them again and not the others.
        store
            .put_findings(area(), &[finding("F2", "same_person", "C2")])
            .await
            .unwrap();
        let counts = store.close_findings(area(), "C2", noon()).await.unwrap();
        let counts: Vec<_> = counts
            .iter()
            .map(|one| (one.found, one.new, one.gone))
            .collect();
        assert_eq!(counts, [(1, 0, 1), (0, 0, 1)]);
        let states = async |filter: FindingFilter| {
            let rows = store.findings(area(), &filter, "", 9).await.unwrap();
            let each = rows
                .into_iter()
                .map(|row| (row.finding_id, row.state, row.first_run));
            each.collect::<Vec<_>>()
        };
        let shown = |id: &str, state: &str| (id.to_owned(), state.to_owned(), "C1".to_owned());
        let all = states(FindingFilter::default()).await;
        assert_eq!(
            all,
            [
                shown("F1", "gone"),
                shown("F2", "dismissed"),
                shown("F3", "gone")
            ]
        );
        let filter = FindingFilter {
            state: Some("gone".into()),
            check: Some("two_areas".into()),
            person_no: Some("P2".into()),
            assigned: Some(String::new()),
        };
        assert_eq!(states(filter).await, [shown("F3", "gone")]);
        store
            .put_findings(area(), &[finding("F1", "same_person", "C3")])
            .await
            .unwrap();
        assert_eq!(
            store.finding(area(), "F1").await.unwrap().unwrap().state,
            "open"
        );
        let counted = store.count_findings(area()).await.unwrap();
        assert_eq!(counted.iter().map(|one| one.count).sum::<i64>(), 3);
    })
    .await;
}

#[tokio::test]
async fn runs_and_merges_come_back_as_noted() {
    each_engine(async |bench| {
        let store = &bench.store;
        store.put_cleaning_run(area(), &run("C1")).await.unwrap();
        let done = CleaningRunRow {
            state: "done".into(),
            people: 9,
            finished_at: Some(noon()),
            counts: r#"{"two_areas": {"found": 1}}"#.into(),
            ..run("C1")
        };
        store.put_cleaning_run(area(), &done).await.unwrap();
        assert_eq!(store.cleaning_runs(area(), 9).await.unwrap(), [done]);

        let mut merge = MergeRow {
            person_no: "P2".into(),
            merge_id: "G1".into(),
            kept_no: "P1".into(),
            state: "begun".into(),
            by_name: "clerk".into(),
            merged_at: noon(),
            split_at: None,
            reason: "同一人".into(),
            moved: "{}".into(),
        };
        store.put_merge(area(), &merge).await.unwrap();
        merge.state = "merged".into();
        merge.moved = r#"{"accounts": []}"#.into();
        store.put_merge(area(), &merge).await.unwrap();
        assert_eq!(
            store.merges_of(area(), "P1").await.unwrap(),
            [merge.clone()]
        );
        assert_eq!(store.merges_of(area(), "P2").await.unwrap(), [merge]);

        let mut given_up = person("P2");
        given_up.index.push(IndexRow {
            kind: "merged_into".into(),
            value: "P1".into(),
        });
        bench.enter(&[person("P1"), given_up]).await;
        let pair = ("P2".to_owned(), "P1".to_owned());
        assert_eq!(store.merged_persons(area()).await.unwrap(), [pair]);
        let into = store.merged_into(area(), "P2").await.unwrap();
        assert_eq!(into.as_deref(), Some("P1"));
        assert_eq!(store.merged_into(area(), "P1").await.unwrap(), None);
        let scanned = store.scan_people(area(), "P1", 9).await.unwrap();
        assert_eq!(scanned[0].person.person_no, "P2");
        assert_eq!(scanned[0].coverage, person("P2").coverage);
    })
    .await;
}
