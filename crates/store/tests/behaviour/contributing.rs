use store::*;

use crate::bench::*;

fn employer(no: &str) -> EmployerRow {
    EmployerRow {
        employer: no.into(),
        name: format!("样例{no}有限公司"),
        kind: "enterprise".into(),
        marks: "[]".into(),
        county: "421321".parse().unwrap(),
        state: "active".into(),
        opened_on: today(),
        closed_on: None,
        detail: "{}".into(),
    }
}

fn staff(no: &str, person: &str) -> StaffRow {
    StaffRow {
        employer: no.into(),
        person_no: person.into(),
        starts_on: "2020-01-01".parse().unwrap(),
        ends_on: None,
        category: "active".into(),
    }
}

fn wage(person: &str, from: &str, yuan: i64, hour: i8) -> WageRow {
    WageRow {
        employer: "E1".into(),
        person_no: person.into(),
        from_month: from.into(),
        declared_at: today().at(hour, 0, 0, 0),
        wage: money::Fen::yuan(yuan),
        declared_by: "clerk".into(),
        source: "counter".into(),
    }
}

fn month(version: i64, (employer, person): (i64, i64)) -> (EmployerMonthRow, MonthLineRow) {
    let row = EmployerMonthRow {
        employer: "E1".into(),
        month: "2024-10".into(),
        version,
        persons: 1,
        base: money::Fen::yuan(1000),
        employer_part: money::Fen::yuan(employer),
        person_part: money::Fen::yuan(person),
        due_on: Some("2024-10-31".parse().unwrap()),
        problems: "[]".into(),
        edition: "e".into(),
        assessed_at: noon(),
        assessed_by: "clerk".into(),
    };
    let line = MonthLineRow {
        employer: "E1".into(),
        month: "2024-10".into(),
        version,
        person_no: "P1".into(),
        wage: money::Fen::yuan(1000),
        base: money::Fen::yuan(1000),
        employer_part: row.employer_part,
        person_part: row.person_part,
        trace: "[]".into(),
    };
    (row, line)
}

fn allocation(id: &str, (employer, person): (i64, i64)) -> AllocationRow {
    AllocationRow {
        owner: "E1".into(),
        period: "2024-10".into(),
        allocation: id.into(),
        kind: "receipt".into(),
        employer_part: money::Fen::yuan(employer),
        person_part: money::Fen::yuan(person),
        late_fee: money::Fen::ZERO,
        file: String::new(),
        line_no: 0,
        paid_on: today(),
        made_at: noon(),
        made_by: "clerk".into(),
    }
}

async fn done(bench: &Bench, commit: &ContributionCommit) {
    let answer = bench.store.record_contributions(commit).await.unwrap();
    assert_eq!(answer, Answer::Done);
}

fn assessed(version: i64, head: i64, amounts: (i64, i64)) -> ContributionCommit {
    let mut commit = ContributionCommit::new(area());
    let (row, line) = month(version, amounts);
    commit.owners.push(("E1".into(), head));
    (commit.months, commit.month_lines) = (vec![row], vec![line]);
    commit
}

async fn entered(bench: &Bench) {
    bench.enter(&[person("P1"), person("P2")]).await;
    let mut commit = ContributionCommit::new(area());
    commit.employers = vec![employer("E1"), employer("E2")];
    commit.staff = vec![staff("E1", "P1"), staff("E1", "P2"), staff("E2", "P9")];
    commit.wages = vec![
        wage("P1", "2024-01", 5000, 1),
        wage("P1", "2024-07", 6000, 2),
        wage("P1", "2024-07", 6100, 3),
        wage("P1", "2024-12", 9000, 4),
    ];
    done(bench, &commit).await;
}

#[tokio::test]
async fn the_latest_declaration_of_the_latest_month_counts() {
    each_engine(async |bench| {
        entered(&bench).await;
        let numbers = ["E1".to_owned(), "E2".to_owned()];
        let days = (
            "2024-11",
            "2024-11-01".parse().unwrap(),
            "2024-11-30".parse().unwrap(),
        );
        let facts = bench
            .store
            .staff_facts(area(), &numbers, days)
            .await
            .unwrap();
        let wages: Vec<_> = facts
            .iter()
            .map(|one| (one.person_no.as_str(), one.wage))
            .collect();
        let fen = money::Fen::yuan(6100);
        assert_eq!(wages, [("P1", Some(fen)), ("P2", None), ("P9", None)]);
        assert_eq!((facts[0].sex.as_str(), facts[2].sex.as_str()), ("1", ""));
        assert_eq!(facts[0].birth, Some("1960-02-29".parse().unwrap()));
        assert_eq!(facts[2].birth, None);
        let early = (
            "2024-03",
            "2024-03-01".parse().unwrap(),
            "2024-03-31".parse().unwrap(),
        );
        let facts = bench
            .store
            .staff_facts(area(), &numbers, early)
            .await
            .unwrap();
        assert_eq!(facts[0].wage, Some(money::Fen::yuan(5000)));
        let found = bench
            .store
            .search_employers(area(), "E2有限", "", 10)
            .await
            .unwrap();
        assert_eq!(found, [employer("E2")]);
        assert_eq!(bench.store.staff(area(), "E1").await.unwrap().len(), 2);
        assert_eq!(bench.store.wages(area(), "E1").await.unwrap().len(), 4);
        let names = bench
            .store
            .names_of(area(), &["P1".to_owned()])
            .await
            .unwrap();
        assert_eq!(names, [("P1".to_owned(), "样例P1".to_owned())]);
        let refused = bench
            .tamper("UPDATE wage_declarations SET wage_fen = 1")
            .await;
        assert!(refused.unwrap_err().contains("append-only"));
    })
    .await;
}

#[tokio::test]
async fn the_highest_version_is_owed_and_decisions_follow_each_other() {
    each_engine(async |bench| {
        entered(&bench).await;
        done(&bench, &assessed(1, 0, (80, 20))).await;
        let late = assessed(2, 0, (40, 20));
        let answer = bench.store.record_contributions(&late).await.unwrap();
        assert!(matches!(answer, Answer::Conflict { .. }), "{answer:?}");
        done(&bench, &assessed(2, 1, (40, 20))).await;
        let twice = assessed(2, 2, (1, 1));
        let answer = bench.store.record_contributions(&twice).await.unwrap();
        assert!(matches!(answer, Answer::Conflict { .. }), "{answer:?}");
        let mut paid = ContributionCommit::new(area());
        paid.owners.push(("E1".into(), 2));
        paid.allocations = vec![allocation("A1", (80, 20)), allocation("A2", (-10, 0))];
        paid.paid_months.push(MonthPaid {
            employer: "E1".into(),
            month: "2024-10".into(),
            version: 2,
            paid_on: today(),
            noted_at: noon(),
        });
        done(&bench, &paid).await;
        let filter = DueFilter {
            owners: vec!["E1".into()],
            period: Some("2024-10".into()),
            due_before: Some(today()),
            unpaid: false,
        };
        let due = bench
            .store
            .contribution_dues(area(), &filter)
            .await
            .unwrap()
            .remove(0);
        assert_eq!((due.version, due.owed_employer), (2, money::Fen::yuan(40)));
        assert_eq!(due.paid_employer, money::Fen::yuan(70));
        let unpaid = DueFilter {
            unpaid: true,
            ..filter
        };
        assert!(
            bench
                .store
                .contribution_dues(area(), &unpaid)
                .await
                .unwrap()
                .is_empty()
        );
        let periods = bench.store.paid_periods(area(), "P1").await.unwrap();
        assert_eq!((periods.len(), periods[0].period.as_str()), (1, "2024-10"));
        assert!(!periods[0].registered);
        let sums = bench
            .store
            .month_sums(area(), "2024-10")
            .await
            .unwrap()
            .remove(0);
        assert_eq!(
            (sums.kind.as_str(), sums.owners, sums.persons),
            ("enterprise", 1, 1)
        );
        assert_eq!(
            (sums.owed, sums.overpaid),
            (money::Fen::yuan(60), money::Fen::yuan(30))
        );
        assert_eq!(
            bench
                .store
                .employer_months(area(), "E1")
                .await
                .unwrap()
                .len(),
            2
        );
        let at = ("2024-10", 2);
        assert_eq!(
            bench
                .store
                .month_lines(area(), "E1", at)
                .await
                .unwrap()
                .len(),
            1
        );
        assert_eq!(
            bench.store.allocations(area(), "E1").await.unwrap().len(),
            2
        );
    })
    .await;
}

#[tokio::test]
async fn residents_of_a_year_come_once_with_their_latest_cover() {
    each_engine(async |bench| {
        let mut one = person("P1");
        one.coverage[0].scheme = "resident".into();
        one.coverage[0].category = "adult".into();
        one.coverage[0].ends_on = Some("2023-12-31".parse().unwrap());
        let mut next = one.coverage[0].clone();
        (next.starts_on, next.ends_on) = ("2024-01-01".parse().unwrap(), None);
        next.category = "student".into();
        one.coverage.push(next);
        bench.enter(&[one, person("P2")]).await;
        let year = |year: i16| {
            let day = |month, day| jiff::civil::date(year, month, day);
            (day(1, 1), day(12, 31))
        };
        let found = bench
            .store
            .residents_in(area(), year(2024), "", 10)
            .await
            .unwrap();
        assert_eq!((found.len(), found[0].category.as_str()), (1, "student"));
        assert_eq!(found[0].from, "2024-01-01".parse().unwrap());
        let early = bench
            .store
            .residents_in(area(), year(2023), "", 10)
            .await
            .unwrap();
        assert_eq!(early[0].category, "adult");
        assert!(
            bench
                .store
                .residents_in(area(), year(2024), "P1", 10)
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn bent_books_are_noticed() {
    each_engine(async |bench| {
        entered(&bench).await;
        let mut commit = assessed(1, 0, (80, 20));
        let entry = |yuan| {
            let debit = ledger::Account::held("E", "M1004", "E1");
            let credit = ledger::Account::new("E", "M4001");
            ledger::Entry::try_new(debit, credit, money::Fen::yuan(yuan), "assessed").unwrap()
        };
        let batch = |id, yuan| ledger::Batch::try_new(id, id, today(), vec![entry(yuan)]).unwrap();
        commit.ledger.push(("E1".into(), batch("B1", 100)));
        done(&bench, &commit).await;
        let sums = bench
            .store
            .verify_contributions(area())
            .await
            .unwrap()
            .unwrap();
        assert_eq!((sums.months, sums.transfers), (1, 1));
        let mut more = ContributionCommit::new(area());
        more.ledger.push(("E1".into(), batch("B2", 1)));
        done(&bench, &more).await;
        let found = bench
            .store
            .verify_contributions(area())
            .await
            .unwrap()
            .unwrap_err();
        assert_eq!(
            (found.check, found.place.as_str()),
            ("owed_equals_ledger", "E1")
        );
        assert_eq!((found.expected, found.found), (10_000, 10_100));
    })
    .await;
}
