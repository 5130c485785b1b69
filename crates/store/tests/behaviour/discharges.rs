//! Settlement lists: entered once, overwritten in order, and grouped as often as one likes.

use jiff::civil::{Date, date};
use money::Fen;
use store::*;

use crate::bench::*;

const DAY: Date = date(2024, 3, 15);

fn list(no: &str, id: &str, settlement: &str, errors: i64) -> DischargeRow {
    DischargeRow {
        person_no: no.into(),
        list_id: id.into(),
        settlement_id: settlement.into(),
        visit_id: format!("V{settlement}"),
        version: 1,
        uploads: 1,
        state: "draft".into(),
        institution: "H1".into(),
        person_name: "样例".into(),
        scheme: "resident".into(),
        care_type: "inpatient".into(),
        admitted_on: None,
        discharged_on: DAY,
        settled_on: DAY,
        principal: "I63.900".into(),
        total: Fen::new(10_000),
        fund: Fen::new(6_000),
        errors,
        warnings: 1,
        received_at: noon(),
        body: r#"{"sex": "1"}"#.into(),
    }
}

fn finding(upload: i64, sequence: i64, check: &str) -> QualityRow {
    QualityRow {
        upload,
        sequence,
        check: check.into(),
        severity: "error".into(),
        field: "主要诊断".into(),
        value: String::new(),
        message: "缺少主要诊断".into(),
    }
}

fn group(of: &DischargeRow, id: &str, scheme: &str, code: &str) -> GroupRow {
    GroupRow {
        person_no: of.person_no.clone(),
        list_id: of.list_id.clone(),
        grouping_id: id.into(),
        settlement_id: of.settlement_id.clone(),
        institution: of.institution.clone(),
        discharged_on: of.discharged_on,
        settled_on: of.settled_on,
        upload: of.uploads,
        kind: "drg".into(),
        scheme: scheme.into(),
        scheme_hash: "hash".into(),
        grouped_at: noon(),
        mdc: "MDCB".into(),
        adrg: "BR2".into(),
        code: code.into(),
        name: "脑缺血性疾患".into(),
        severity: "none".into(),
        weight: "0.9".into(),
        outcome: "grouped".into(),
        note: "PDX(D)".into(),
        reason: "{}".into(),
    }
}

fn with(row: DischargeRow, findings: Vec<QualityRow>, groups: Vec<GroupRow>) -> Commit {
    let mut commit = Commit::new(area(), row.person_no.as_str());
    commit.discharge = Some(DischargeChange {
        row,
        findings,
        groups,
    });
    commit
}

#[tokio::test]
async fn a_list_is_overwritten_by_the_next_version_only_and_keeps_its_findings_apart() {
    each_engine(async |bench| {
        bench.enter(&[person("1")]).await;
        let store = &bench.store;
        let first = list("1", "L1", "S1", 1);
        let commit = with(
            first.clone(),
            vec![finding(1, 1, "principal_missing")],
            vec![],
        );
        assert_eq!(store.commit(commit).await.unwrap(), Answer::Done);
        let again = DischargeRow {
            version: 2,
            uploads: 2,
            errors: 0,
            principal: "I63.800".into(),
            ..first.clone()
        };
        let commit = with(again.clone(), vec![finding(2, 1, "code_unknown")], vec![]);
        assert_eq!(store.commit(commit.clone()).await.unwrap(), Answer::Done);
        let late = store.commit(commit).await.unwrap();
        assert!(matches!(late, Answer::Conflict { .. }), "{late:?}");
        let kept = store
            .discharge_of(area(), "1", "S1")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(kept, again);
        assert_eq!(
            store.discharge(area(), "L1").await.unwrap(),
            Some(again.clone())
        );
        let found = store.discharge_findings(area(), &kept).await.unwrap();
        assert_eq!(found, [finding(2, 1, "code_unknown")]);
        let old = store.discharge_findings(area(), &first).await.unwrap();
        assert_eq!(old, [finding(1, 1, "principal_missing")]);
        let all = DischargeFilter::default();
        let tally = store.count_discharge_findings(area(), &all);
        let tally = tally.await.unwrap();
        assert_eq!(tally.len(), 1);
        assert_eq!(
            (tally[0].check.as_str(), tally[0].lists),
            ("code_unknown", 1)
        );
    })
    .await;
}

#[tokio::test]
async fn a_settlement_has_one_list() {
    each_engine(async |bench| {
        bench.enter(&[person("1")]).await;
        let one = with(list("1", "L1", "S1", 0), vec![], vec![]);
        assert_eq!(bench.store.commit(one).await.unwrap(), Answer::Done);
        let other = with(list("1", "L2", "S1", 0), vec![], vec![]);
        let answer = bench.store.commit(other).await.unwrap();
        assert!(matches!(answer, Answer::Conflict { .. }), "{answer:?}");
    })
    .await;
}

#[tokio::test]
async fn lists_are_found_page_by_page_and_counted() {
    each_engine(async |bench| {
        bench.enter(&[person("1"), person("2")]).await;
        let store = &bench.store;
        let mut other = list("2", "L2", "S2", 2);
        other.institution = "H2".into();
        other.settled_on = date(2024, 4, 1);
        let rows = [list("1", "L1", "S1", 0), other, list("1", "L3", "S3", 1)];
        let changes = rows.map(|row| DischargeChange {
            row,
            findings: vec![],
            groups: vec![],
        });
        store.put_discharges(area(), &changes).await.unwrap();
        store.put_discharges(area(), &changes).await.unwrap();
        let page = async |filter: &DischargeFilter, after: &str, limit| {
            let found = store.search_discharges(area(), filter, after, limit).await;
            let ids = found.unwrap().into_iter().map(|row| row.list_id);
            ids.collect::<Vec<_>>()
        };
        let all = DischargeFilter::default();
        assert_eq!(page(&all, "", 2).await, ["L1", "L2"]);
        assert_eq!(page(&all, "L2", 2).await, ["L3"]);
        let newest = store
            .recent_discharges(area(), &all, None, 1)
            .await
            .unwrap();
        assert_eq!(newest[0].list_id, "L3");
        let march = DischargeFilter {
            institution: Some("H1".into()),
            state: Some("draft".into()),
            from: Some(date(2024, 3, 1)),
            to: Some(date(2024, 3, 31)),
            faulty: Some(true),
            ..all.clone()
        };
        assert_eq!(page(&march, "", 9).await, ["L3"]);
        let counted = store.count_discharges(area(), &all).await.unwrap();
        let shown: Vec<_> = counted
            .iter()
            .map(|one| {
                (
                    one.institution.as_str(),
                    one.lists,
                    one.faulty,
                    one.doubtful,
                )
            })
            .collect();
        assert_eq!(shown, [("H1", 2, 1, 1), ("H2", 1, 1, 0)]);
        assert_eq!(counted[0].total, Fen::new(20_000));
    })
    .await;
}

#[tokio::test]
async fn of_a_list_kind_and_scheme_the_newest_group_counts_and_none_is_changed() {
    each_engine(async |bench| {
        bench.enter(&[person("1"), person("2")]).await;
        let store = &bench.store;
        let (one, two) = (list("1", "L1", "S1", 0), list("2", "L2", "S2", 0));
        let groups = vec![group(&one, "G1", "1.1", "BR21")];
        store
            .commit(with(one.clone(), vec![], groups))
            .await
            .unwrap();
        let groups = vec![group(&two, "G2", "1.1", "BR25")];
        store
            .commit(with(two.clone(), vec![], groups))
            .await
            .unwrap();
        let later = [
            group(&one, "G3", "2.0", "BR29"),
            group(&one, "G4", "1.1", "BR23"),
        ];
        store.put_groups(area(), &later).await.unwrap();
        let codes = async |scheme: Option<&str>, after: &str| {
            let filter = GroupFilter {
                kind: "drg".into(),
                scheme: scheme.map(str::to_owned),
                ..GroupFilter::default()
            };
            let found = store.discharge_groups(area(), &filter, after, 9).await;
            let codes = found.unwrap().into_iter().map(|row| row.code);
            codes.collect::<Vec<_>>()
        };
        assert_eq!(codes(Some("1.1"), "").await, ["BR23", "BR25"]);
        assert_eq!(codes(Some("1.1"), "L1").await, ["BR25"]);
        assert_eq!(codes(Some("2.0"), "").await, ["BR29"]);
        assert_eq!(codes(None, "").await, ["BR23", "BR25"]);
        let all = store.list_groups(area(), "1", "L1").await.unwrap();
        let ids: Vec<_> = all.iter().map(|row| row.grouping_id.as_str()).collect();
        assert_eq!(ids, ["G4", "G3", "G1"]);
        let counts = store.settlement_group(area(), "1", "S1", "drg", Some("1.1"));
        assert_eq!(counts.await.unwrap().unwrap(), later[1]);
        let none = store.settlement_group(area(), "1", "S1", "dip", None);
        assert_eq!(none.await.unwrap(), None);
        let filter = GroupFilter {
            kind: "drg".into(),
            scheme: Some("1.1".into()),
            ..GroupFilter::default()
        };
        let tally = store.count_groups(area(), &filter).await.unwrap();
        let shown: Vec<_> = tally
            .iter()
            .map(|one| (one.code.as_str(), one.lists, one.total.get()))
            .collect();
        assert_eq!(shown, [("BR23", 1, 10_000), ("BR25", 1, 10_000)]);
        let open = with(
            DischargeRow {
                version: 2,
                uploads: 2,
                ..one
            },
            vec![finding(2, 1, "code_unknown")],
            vec![],
        );
        assert_eq!(store.commit(open).await.unwrap(), Answer::Done);
        for table in ["discharge_groups", "discharge_findings"] {
            let update = format!("UPDATE {table} SET area = area");
            for sql in [update, format!("DELETE FROM {table}")] {
                let refused = bench.tamper(&sql).await.unwrap_err();
                assert!(refused.contains("append-only"), "{sql}: {refused}");
            }
        }
    })
    .await;
}
