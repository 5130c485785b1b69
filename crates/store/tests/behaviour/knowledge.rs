//! Knowledge rows: versions stay, a version comes once per edition, both tables refuse changes.

use store::*;

use crate::bench::*;

fn edition(sequence: i64, state: &str) -> KnowledgeEditionRow {
    KnowledgeEditionRow {
        edition: "ZS1".into(),
        sequence,
        state: state.into(),
        by: "somebody".into(),
        at: noon(),
        note: "folder".into(),
        rows: 1,
        hash: "h".into(),
        report: r#"{"fresh": 1}"#.into(),
    }
}

fn version(number: i64) -> KnowledgeRow {
    KnowledgeRow {
        edition: "ZS1".into(),
        table: "k_drug_level".into(),
        id: "L1".into(),
        version: number,
        status: "active".into(),
        from: Some(jiff::civil::date(2024, 1, 1)),
        until: None,
        cells: r#"{"item": "X1"}"#.into(),
    }
}

fn of(editions: Vec<KnowledgeEditionRow>, knowledge: Vec<KnowledgeRow>) -> AuditCommit {
    AuditCommit {
        editions,
        knowledge,
        ..AuditCommit::new(area())
    }
}

#[tokio::test]
async fn versions_of_knowledge_are_written_once_and_stay() {
    each_engine(async |bench| {
        let store = &bench.store;
        let many: Vec<KnowledgeRow> = (1..=1_200).map(version).collect();
        let first = of(vec![edition(1, "proposed")], many);
        assert_eq!(store.record_audit(&first).await.unwrap(), Answer::Done);
        let again = store.record_audit(&of(vec![], vec![version(7)])).await;
        assert!(matches!(again.unwrap(), Answer::Conflict { .. }));
        let decided = of(vec![edition(2, "approved")], vec![]);
        assert_eq!(store.record_audit(&decided).await.unwrap(), Answer::Done);
        let twice = store
            .record_audit(&of(vec![edition(2, "rejected")], vec![]))
            .await;
        assert!(matches!(twice.unwrap(), Answer::Conflict { .. }));

        let known = store.knowledge_editions(area()).await.unwrap();
        let states: Vec<&str> = known.iter().map(|row| row.state.as_str()).collect();
        assert_eq!(states, ["proposed", "approved"]);
        let rows = store.knowledge_rows(area(), None).await.unwrap();
        assert_eq!(rows.len(), 1_200);
        assert_eq!(rows[1_199].version, 1_200);
        let one = store.knowledge_rows(area(), Some(("k_drug_level", "L1")));
        assert_eq!(one.await.unwrap()[0].from, version(1).from);
        let none = store.knowledge_rows(area(), Some(("k_drug_level", "L2")));
        assert!(none.await.unwrap().is_empty());
        for table in ["knowledge_editions", "knowledge_rows"] {
            let update = format!("UPDATE {table} SET area = area");
            for sql in [update, format!("DELETE FROM {table}")] {
                let refused = bench.tamper(&sql).await.unwrap_err();
                assert!(refused.contains("append-only"), "{sql}: {refused}");
            }
        }
    })
    .await;
}
