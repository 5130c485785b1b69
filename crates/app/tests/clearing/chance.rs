//! Months of chance: whatever happens in whatever order, books, statements and bank agree.

use std::collections::BTreeMap;

use app::settlement::{Reverse, reverse};
use money::Fen;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use store::StatementFilter;
use terms::AdjustmentKind;

use crate::adjust::adjustment;
use crate::house::{ACTIVE, House, PHARMACY, SPONSOR, area};
use crate::walk::{all, by, month};

#[derive(Debug, Clone)]
enum Happens {
    Sale(usize, i64),
    Reversal(usize),
    Adjusts(usize, i64),
    Build,
    Publish,
    Confirm,
    Approve,
    Order,
    Bank(bool),
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        4 => (0..2_usize, 1..3_000_i64).prop_map(|(who, yuan)| Happens::Sale(who, yuan)),
        1 => (0..8_usize).prop_map(Happens::Reversal),
        2 => (0..KINDS.len(), 1..2_000_i64).prop_map(|(kind, yuan)| Happens::Adjusts(kind, yuan)),
        2 => Just(Happens::Build),
        1 => Just(Happens::Publish),
        1 => Just(Happens::Confirm),
        2 => Just(Happens::Approve),
        2 => Just(Happens::Order),
        2 => any::<bool>().prop_map(Happens::Bank),
    ]
}

const KINDS: [(AdjustmentKind, i64); 9] = [
    (AdjustmentKind::AuditDeduction, -1),
    (AdjustmentKind::AuditRelease, 1),
    (AdjustmentKind::Retention, -1),
    (AdjustmentKind::RetentionReturn, 1),
    (AdjustmentKind::Assessment, -1),
    (AdjustmentKind::SupplierNetting, -1),
    (AdjustmentKind::AdvanceRecovery, -1),
    (AdjustmentKind::AnnualClearing, 1),
    (AdjustmentKind::HeldByMethod, -1),
];

/// What a run leaves behind, without numbers drawn from the clock.
type Left = Vec<(String, String, i64, Fen, Fen)>;

async fn run(events: &[Happens]) -> Left {
    let house = House::open().await;
    house.payees().await;
    let mut bills = Vec::new();
    for (nth, event) in events.iter().enumerate() {
        happen(&house, nth, event, &mut bills).await;
    }
    house.prove_clearing().await;
    each_once(&house).await;
    let none = StatementFilter::default();
    let rows = house.app.store.clearing_statements(area(), &none).await;
    let left =
        |row: store::StatementRow| (row.statement, row.state, row.bills, row.adjusted, row.due);
    rows.unwrap().into_iter().map(left).collect()
}

/// Each settlement and book is in one statement at most, and the statement's sums are its bills.
async fn each_once(house: &House) {
    let none = StatementFilter::default();
    let rows = house.app.store.clearing_statements(area(), &none).await;
    let mut seen: BTreeMap<(String, String), String> = BTreeMap::new();
    for row in rows.unwrap() {
        let bills = house.app.store.gathered(area(), &row).await.unwrap().bills;
        let sum: Fen = bills.iter().map(|bill| bill.funds + bill.account).sum();
        assert_eq!(sum, row.funds + row.account);
        for bill in bills {
            let key = (bill.settlement, bill.book);
            assert_eq!(seen.insert(key, bill.statement), None);
        }
    }
}

async fn happen(house: &House, nth: usize, event: &Happens, bills: &mut Vec<(usize, String)>) {
    let app = &house.app;
    let october = month("2024-10");
    let message = format!("M{nth}");
    match event {
        Happens::Sale(who, yuan) => {
            let person = [ACTIVE, SPONSOR][*who];
            let sold = house.sell(person, &message, "2024-10-15T09:00:00", *yuan);
            bills.push((*who, sold.await.unwrap().id));
        }
        Happens::Reversal(which) if !bills.is_empty() => {
            let (who, settlement) = bills.remove(which % bills.len());
            let call = house.call(PHARMACY, &message, "2024-10-20T10:00:00");
            let command = Reverse {
                person_no: [ACTIVE, SPONSOR][who].to_owned(),
                settlement,
                visit_id: None,
                kind: None,
            };
            // The latest bill of a person is taken back first; another one is refused.
            let _ = reverse(app, &call, &command, |_| Ok(Vec::new())).await;
        }
        Happens::Reversal(_) => {}
        Happens::Adjusts(kind, yuan) => {
            let (kind, sign) = KINDS[*kind];
            let new = adjustment(&message, kind, sign * yuan);
            let clerk = by("auditor", "2024-11-01");
            app.propose_adjustment(&clerk, &new).await.unwrap();
        }
        Happens::Build => {
            house.build("2024-10", "2024-11-04").await;
        }
        Happens::Publish => {
            let maker = by("maker", "2024-11-04");
            let _ = app.publish_month(&maker, october, &all()).await;
        }
        Happens::Confirm => house.confirm_all("2024-10", "2024-11-05").await,
        Happens::Approve => {
            house.approve("2024-10", "2024-11-06").await;
        }
        Happens::Order => {
            house.order("2024-10", "2024-11-06").await;
        }
        Happens::Bank(back) => bank(house, *back).await,
    }
}

async fn bank(house: &House, back: bool) {
    let payer = by("payer", "2024-11-07");
    let file = house.app.make_bank_file(&payer, month("2024-10"), "E");
    let Ok(file) = file.await else { return };
    let back: &[&str] = if back { &[PHARMACY] } else { &[] };
    let text = house.receipt(&file.row.file, "2024-11-07", back).await;
    let taken = house
        .app
        .take_receipt(&payer, ("receipt.csv", text.as_bytes()));
    taken.await.unwrap();
}

#[test]
fn whatever_happens_the_books_agree_and_replaying_gives_the_same() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config {
        cases: 24,
        ..Config::default()
    });
    let events = prop::collection::vec(happens(), 5..40);
    runner
        .run(&events, |events| {
            let first = runtime.block_on(run(&events));
            let second = runtime.block_on(run(&events));
            prop_assert_eq!(first, second);
            Ok(())
        })
        .unwrap();
}
