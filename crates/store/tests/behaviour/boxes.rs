//! Boxes and goods: who sells a box first wins, a batch leaves others alone, months add up.

use store::*;

use crate::bench::*;

fn sold(code: &str, version: i64, settlement: &str) -> TraceCodeRow {
    TraceCodeRow {
        code: code.into(),
        version,
        sold: true,
        split: false,
        awaits_bill: false,
        institution: "H1".into(),
        person: "P1".into(),
        visit_id: "V1".into(),
        settlement_id: settlement.into(),
        msgid: format!("M{settlement}"),
        item_code: "X1".into(),
        sold_at: noon(),
    }
}

fn event(code: &str, id: &str, kind: &str) -> TraceEventRow {
    TraceEventRow {
        code: code.into(),
        event_id: id.into(),
        kind: kind.into(),
        institution: "H1".into(),
        sale: "S1".into(),
        record_id: String::new(),
        item_code: "X1".into(),
        split: false,
        contested: false,
        happened_at: noon(),
        recorded_at: noon(),
    }
}

fn selling(rows: Vec<TraceCodeRow>, institution: &str) -> Commit {
    let mut commit = Commit::new(area(), institution);
    commit.codes = Some(CodeChange {
        sold: rows,
        ..CodeChange::default()
    });
    commit
}

fn record(id: &str, quantity: i64) -> StockRecordRow {
    StockRecordRow {
        institution: "H1".into(),
        record_id: id.into(),
        kind: "sale".into(),
        movement: "sold".into(),
        deleted: false,
        batch: "B1".into(),
        local_code: "Y1".into(),
        item_code: "X1".into(),
        name: "样例药".into(),
        quantity,
        price_micro: 1_000_000,
        happened_at: noon(),
        person: String::new(),
        visit: "MZ1".into(),
        settlement_id: String::new(),
        split: false,
        codes: r#"["K1"]"#.into(),
        recorded_at: noon(),
        detail: "{}".into(),
    }
}

fn month(moved: [i64; 6], counted: Option<i64>) -> StockMonthRow {
    StockMonthRow {
        institution: "H1".into(),
        local_code: "Y1".into(),
        month: "2024-11".into(),
        item_code: "X1".into(),
        name: "样例药".into(),
        moved,
        counted: counted.map(|count| (count, today())),
    }
}

#[tokio::test]
async fn of_many_at_once_one_sells_the_box() {
    each_engine(async |bench| {
        let store = &bench.store;
        let row = |at: i32| {
            let institution = format!("H{at}");
            let row = TraceCodeRow {
                institution: institution.clone(),
                ..sold("K1", 1, &format!("S{at}"))
            };
            selling(vec![row], &institution)
        };
        let (a, b, c, d) = tokio::join!(
            store.commit(row(1)),
            store.commit(row(2)),
            store.commit(row(3)),
            store.commit(row(4)),
        );
        let answers = [a.unwrap(), b.unwrap(), c.unwrap(), d.unwrap()];
        let done = answers.iter().filter(|one| **one == Answer::Done);
        assert_eq!(done.count(), 1, "{answers:?}");
        let late = Answer::Conflict {
            over: "trace_codes",
        };
        assert_eq!(answers.iter().filter(|one| **one == late).count(), 3);
        let found = store.trace_codes(area(), &["K1".into()]).await.unwrap();
        assert_eq!((found.len(), found[0].version), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_box_lost_takes_the_whole_commit_with_it() {
    each_engine(async |bench| {
        let store = &bench.store;
        let first = selling(vec![sold("K1", 1, "S1")], "H1");
        assert_eq!(store.commit(first).await.unwrap(), Answer::Done);
        let mut second = selling(vec![sold("K0", 1, "S2"), sold("K1", 1, "S2")], "H2");
        second.stock = Some(StockChange {
            records: vec![record("G1", 10_000)],
            ..StockChange::default()
        });
        let answer = store.commit(second).await.unwrap();
        assert_eq!(
            answer,
            Answer::Conflict {
                over: "trace_codes"
            }
        );
        let codes = ["K0".to_owned(), "K1".to_owned(), "K2".to_owned()];
        let found = store.trace_codes(area(), &codes).await.unwrap();
        assert_eq!(found.len(), 1);
        let filter = StockFilter::default();
        let rows = store
            .stock_records(area(), "H1", &filter, 10)
            .await
            .unwrap();
        assert!(rows.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_freed_box_is_sold_again_and_its_life_is_kept() {
    each_engine(async |bench| {
        let store = &bench.store;
        let mut first = selling(vec![sold("K1", 1, "S1")], "H1");
        first.codes.as_mut().unwrap().events = vec![event("K1", "T1", "settled")];
        assert_eq!(store.commit(first).await.unwrap(), Answer::Done);
        let mut back = Commit::new(area(), "H1");
        back.codes = Some(CodeChange {
            freed: vec![TraceCodeRow {
                sold: false,
                ..sold("K1", 2, "S1")
            }],
            events: vec![event("K1", "T2", "reversed")],
            ..CodeChange::default()
        });
        assert_eq!(store.commit(back).await.unwrap(), Answer::Done);
        let again = selling(vec![sold("K1", 3, "S2")], "H2");
        assert_eq!(store.commit(again).await.unwrap(), Answer::Done);
        let found = store.trace_codes(area(), &["K1".into()]).await.unwrap();
        assert_eq!(found, [sold("K1", 3, "S2")]);
        let events = store.trace_events(area(), "K1").await.unwrap();
        let kinds: Vec<&str> = events.iter().map(|one| one.kind.as_str()).collect();
        assert_eq!(kinds, ["settled", "reversed"]);
    })
    .await;
}

#[tokio::test]
async fn goods_add_up_by_month_and_are_taken_back_once() {
    each_engine(async |bench| {
        let store = &bench.store;
        let tell = |id: &str, sums: StockMonthRow| {
            let mut commit = Commit::new(area(), "H1");
            commit.stock = Some(StockChange {
                records: vec![record(id, 30_000)],
                deleted: Vec::new(),
                months: vec![sums],
            });
            commit
        };
        let (first, second) = (
            tell("G1", month([0, 0, 30_000, 0, 0, 0], None)),
            tell("G2", month([0, 0, 30_000, 0, 0, 0], Some(5))),
        );
        assert_eq!(store.commit(first).await.unwrap(), Answer::Done);
        assert_eq!(store.commit(second).await.unwrap(), Answer::Done);
        let take_back = || {
            let mut commit = Commit::new(area(), "H1");
            commit.stock = Some(StockChange {
                records: Vec::new(),
                deleted: vec!["G1".into()],
                months: vec![month([0, 0, -30_000, 0, 0, 0], None)],
            });
            commit
        };
        assert_eq!(store.commit(take_back()).await.unwrap(), Answer::Done);
        let again = store.commit(take_back()).await.unwrap();
        assert_eq!(
            again,
            Answer::Conflict {
                over: "stock_records"
            }
        );
        let months = store.stock_months(area(), Some("H1"), "2024-12").await;
        assert_eq!(months.unwrap(), [month([0, 0, 30_000, 0, 0, 0], Some(5))]);
        let filter = StockFilter {
            visits: vec!["MZ1".into(), "V9".into()],
            kinds: vec!["sale"],
            from: Some(noon()),
            ..StockFilter::default()
        };
        let rows = store
            .stock_records(area(), "H1", &filter, 10)
            .await
            .unwrap();
        assert_eq!(rows, [record("G2", 30_000)]);
        assert!(
            store
                .stock_months(area(), None, "2024-10")
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}
