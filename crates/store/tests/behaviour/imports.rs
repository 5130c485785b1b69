use jiff::civil::date;
use money::Fen;
use store::*;

use crate::bench::*;

fn import(hash: &str, rows: i64) -> ImportRow {
    ImportRow {
        import_id: format!("I-{hash}"),
        file_hash: hash.into(),
        file_name: "people.csv".into(),
        kind: "people".into(),
        state: "running".into(),
        total_rows: rows,
        position: 0,
        accepted: 0,
        rejected: 0,
        known: 0,
        first_number: 1,
        by_name: "tester".into(),
        started_at: noon(),
        moved_at: noon(),
        detail: "{}".into(),
    }
}

fn step(from: i64, to: i64, rejected: i64) -> ImportStep {
    ImportStep {
        from,
        to,
        rejected,
        known: 0,
        at: noon(),
    }
}

/// Somebody with a number of the usual form.
fn numbered(sequence: u32) -> PersonFile {
    let mut file = person(&format!("421300{sequence:010}"));
    file.identifiers[0].kind = "document".into();
    file.index.push(IndexRow {
        kind: "phone".into(),
        value: "12000000001".into(),
    });
    file
}

#[tokio::test]
async fn a_step_is_taken_whole_and_once() {
    each_engine(async |bench| {
        let store = &bench.store;
        let begun = import("h1", 4);
        store.open_import(area(), &begun).await.unwrap();
        assert!(store.open_import(area(), &begun).await.is_err());
        assert_eq!(store.find_import(area(), "h2").await.unwrap(), None);

        let first = [numbered(2), numbered(1)];
        let take = async |people: &[PersonFile], step| {
            store.import_people(area(), "I-h1", people, step).await
        };
        assert!(take(&first, step(0, 3, 1)).await.unwrap());
        // The same step again does nothing; one whose people are known leaves no trace.
        assert!(!take(&first, step(0, 3, 1)).await.unwrap());
        assert!(take(&first, step(3, 4, 0)).await.is_err());
        let stands = store.find_import(area(), "h1").await.unwrap().unwrap();
        let counts = (stands.position, stands.accepted, stands.rejected);
        assert_eq!((counts, stands.state.as_str()), ((3, 2, 1), "running"));
        assert_eq!(store.count_persons(area()).await.unwrap(), 2);

        assert!(take(&[numbered(3)], step(3, 4, 0)).await.unwrap());
        let done = store.find_import(area(), "h1").await.unwrap().unwrap();
        assert_eq!((done.state.as_str(), done.accepted), ("done", 3));
        assert_eq!(store.imports(area(), 9).await.unwrap(), [done]);
        assert_eq!(store.last_person_sequence(area()).await.unwrap(), 3);

        // What the fast way in wrote is what the slow one writes.
        let context = bench.context("4213000000000001").await;
        let wanted = numbered(1);
        assert_eq!(context.person, wanted.person);
        assert_eq!(context.coverage, wanted.coverage);
        assert_eq!(context.accounts[0].balance, Fen::yuan(100));
        let index = ("phone", "12000000001");
        let same = store.indexed_persons(area(), index, "", 9).await.unwrap();
        assert_eq!(same.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn numbers_lead_to_who_holds_them() {
    each_engine(async |bench| {
        bench.enter(&[numbered(1), numbered(2)]).await;
        let store = &bench.store;
        let asked = ["ID4213000000000002", "IDnobody"];
        let found = store.holders(area(), "document", &asked).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].person_no, "4213000000000002");
        assert_eq!(found[0].birth, date(1960, 2, 29));
        let found = store
            .numbered(area(), &["4213000000000001", "x"])
            .await
            .unwrap();
        assert_eq!(found[0].value, "4213000000000001");
        assert!(
            store
                .holders(area(), "card", &asked)
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn cover_on_a_day_is_counted_and_listed() {
    each_engine(async |bench| {
        let (mut ended, mut later) = (numbered(1), numbered(2));
        ended.coverage[0].ends_on = Some(date(2023, 12, 31));
        later.coverage[0].starts_on = date(2024, 1, 1);
        later.coverage[0].county = "421303".parse().unwrap();
        let mut two = numbered(3);
        two.coverage.push(CoverageRow {
            scheme: "long_term_care".into(),
            ..two.coverage[0].clone()
        });
        bench.enter(&[ended, later, two]).await;
        let store = &bench.store;
        let on = async |day| {
            let counts = store.coverage_as_of(area(), day).await.unwrap();
            let county = |row: &CoverCount| row.county.to_string();
            let each = counts
                .iter()
                .map(|row| (row.scheme.clone(), county(row), row.count));
            each.collect::<Vec<_>>()
        };
        let employee = |county: &str, count| ("employee".to_owned(), county.to_owned(), count);
        let care = ("long_term_care".to_owned(), "421321".to_owned(), 1);
        let last = on(date(2023, 12, 31)).await;
        assert_eq!(last, [employee("421321", 2), care.clone()]);
        let first = on(date(2024, 1, 1)).await;
        assert_eq!(first, [employee("421303", 1), employee("421321", 1), care]);
        assert!(on(date(2019, 12, 31)).await.is_empty());

        // Page by page, one row at a time, the same rows.
        let (mut after, mut listed) = ((String::new(), String::new()), Vec::new());
        loop {
            let from = (after.0.as_str(), after.1.as_str());
            let page = store
                .covered_on(area(), date(2024, 1, 1), from, 1)
                .await
                .unwrap();
            let Some(row) = page.into_iter().next() else {
                break;
            };
            after = (row.person_no.clone(), row.scheme.clone());
            listed.push((row.person_no[15..].to_owned(), row.scheme));
        }
        let wanted = [
            ("2", "employee"),
            ("3", "employee"),
            ("3", "long_term_care"),
        ];
        assert_eq!(
            listed,
            wanted.map(|(no, scheme)| (no.to_owned(), scheme.to_owned()))
        );
    })
    .await;
}
