//! Two people at the same month at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use money::Fen;
use store::StatementFilter;

use crate::house::{ACTIVE, House, PHARMACY, SPONSOR, area};
use crate::walk::{by, month};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_builds_at_once_take_every_bill_once() {
    let house = Arc::new(House::open().await);
    let mut expected = Fen::ZERO;
    for nth in 0..20 {
        let person = [ACTIVE, SPONSOR][nth % 2];
        let sold = house
            .sell(person, &format!("M{nth}"), "2024-10-15T09:00:00", 100)
            .await;
        let bill = sold.unwrap();
        expected += bill.fund + bill.account;
    }
    let builds = (0..4).map(|_| {
        let house = house.clone();
        tokio::spawn(async move {
            let maker = by("maker", "2024-11-04");
            let done = house.app.build_month(&maker, month("2024-10"), "");
            done.await.unwrap().bills
        })
    });
    let mut taken = Vec::new();
    for build in builds {
        taken.push(build.await.unwrap());
    }
    let one = house.one("2024-10", PHARMACY, "E").await;
    assert_eq!(taken.iter().sum::<i64>(), one.bills);
    assert_eq!(one.funds + one.account, expected);
    let bills = house
        .app
        .store
        .statement_bills(area(), &one.statement, "", 100);
    let bills = bills.await.unwrap();
    let distinct: BTreeSet<_> = bills.iter().map(|b| &b.bill.settlement).collect();
    assert_eq!(distinct.len(), bills.len());
    house.prove_clearing().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_statement_is_approved_once_however_many_try() {
    let house = Arc::new(House::open().await);
    let sold = house.sell(ACTIVE, "M1", "2024-10-15T09:00:00", 900);
    sold.await.unwrap();
    house.build("2024-10", "2024-11-04").await;
    house.publish("2024-10", "2024-11-04").await;
    house.confirm_all("2024-10", "2024-11-05").await;
    let number = house.one("2024-10", PHARMACY, "E").await.statement;
    let tries = (0..4).map(|nth| {
        let (house, number) = (house.clone(), number.clone());
        tokio::spawn(async move {
            let checker = by(&format!("checker{nth}"), "2024-11-06");
            let done = house.app.approve_statement(&checker, &number);
            done.await.is_ok()
        })
    });
    let mut done = 0;
    for one in tries {
        done += usize::from(one.await.unwrap());
    }
    assert_eq!(done, 1);
    let filter = StatementFilter {
        state: "approved".to_owned(),
        ..StatementFilter::default()
    };
    let found = house.app.store.clearing_statements(area(), &filter).await;
    assert_eq!(found.unwrap().len(), 1);
    house.prove_clearing().await;
}

/// Ten thousand bills of a month; how long it takes is printed, not asserted: machines differ.
#[tokio::test]
async fn ten_thousand_bills_are_built_at_once() {
    let house = House::open().await;
    let sold = house.sell(ACTIVE, "M1", "2024-10-15T09:00:00", 900);
    let id = sold.await.unwrap().id;
    let one = house.app.store.settlement(area(), None, &id).await;
    let one = one.unwrap().unwrap();
    let mut waiting = Vec::new();
    for nth in 0..10_000 {
        let person = format!("Q{nth:08}");
        let mut commit = store::Commit::new(area(), &person);
        commit.expected_version = Some(0);
        let mut row = one.clone();
        row.person_no = person;
        row.settlement_id = format!("T{nth:08}");
        row.institution = format!("H{:04}", nth % 100);
        row.msgid = String::new();
        commit.settlement = Some(row);
        waiting.push(house.app.store.commit(commit));
        if waiting.len() == 500 {
            for one in waiting.drain(..) {
                one.await.unwrap();
            }
        }
    }
    let started = std::time::Instant::now();
    let built = house.build("2024-10", "2024-11-04").await;
    let first = started.elapsed();
    let again = house.build("2024-10", "2024-11-04").await;
    let (all, none) = (built.bills, again.bills);
    println!(
        "{all} bills in {first:?}, {none} more in {:?}",
        started.elapsed() - first
    );
    assert_eq!((all, none), (10_001, 0));
}
