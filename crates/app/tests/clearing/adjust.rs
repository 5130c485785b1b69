//! What else changes a statement: proposed once, taken once, posted where it belongs.

use app::clearing::NewAdjustment;
use money::Fen;
use store::AdjustmentFilter;
use terms::{AdjustmentKind, BenefitClass};

use crate::house::{ACTIVE, House, PHARMACY, area};
use crate::walk::{by, month};

const DAYS: [&str; 4] = ["2024-11-04", "2024-11-05", "2024-11-06", "2024-11-07"];

pub fn adjustment(number: &str, kind: AdjustmentKind, yuan: i64) -> NewAdjustment {
    NewAdjustment {
        adjustment: number.to_owned(),
        institution: PHARMACY.to_owned(),
        book: "E".to_owned(),
        class: BenefitClass::Pharmacy,
        kind,
        amount: Fen::yuan(yuan),
        first_month: month("2024-10"),
        document: "示例文书".to_owned(),
        text: kind.zh().to_owned(),
    }
}

async fn propose(house: &House, new: &NewAdjustment) -> Result<(), app::Error> {
    let clerk = by("auditor", "2024-11-01");
    house.app.propose_adjustment(&clerk, new).await.map(|_| ())
}

#[tokio::test]
async fn a_fine_never_touches_a_fund_and_aid_stays_in_its_book() {
    let house = House::open().await;
    let fine = adjustment("F1", AdjustmentKind::AdministrativeFine, -1_000);
    let refused = propose(&house, &fine).await.unwrap_err();
    assert!(refused.to_string().contains("国库"), "{refused}");
    for book in ["E", "R"] {
        let mut aid = adjustment("A1", AdjustmentKind::Correction, 100);
        aid.class = BenefitClass::Aid;
        aid.book = book.to_owned();
        let refused = propose(&house, &aid).await.unwrap_err();
        assert!(refused.to_string().contains("不得相互垫付"), "{refused}");
    }
    let none = AdjustmentFilter::default();
    let kept = house.app.store.clearing_adjustments(area(), &none).await;
    assert_eq!(kept.unwrap(), []);
}

#[tokio::test]
async fn the_same_number_is_one_adjustment() {
    let house = House::open().await;
    let new = adjustment("K1", AdjustmentKind::AuditDeduction, -100);
    propose(&house, &new).await.unwrap();
    propose(&house, &new).await.unwrap();
    let other = adjustment("K1", AdjustmentKind::AuditDeduction, -200);
    let refused = propose(&house, &other).await.unwrap_err();
    assert!(refused.to_string().contains("另一笔"), "{refused}");
    let wrong = adjustment("K2", AdjustmentKind::AuditDeduction, 100);
    assert!(propose(&house, &wrong).await.is_err());
}

/// By hand: bills 1,200; deduction 100, retention 60, held 40, suppliers 300, advance 200: the bank
/// pays 500, and both kinds of books say so.
#[tokio::test]
async fn every_kind_of_adjustment_is_posted_and_the_bridge_closes() {
    let house = House::open().await;
    house.payees().await;
    let sold = house.sell(ACTIVE, "M1", "2024-10-15T09:00:00", 1_200);
    sold.await.unwrap();
    for (number, kind, yuan) in [
        ("K1", AdjustmentKind::AuditDeduction, -100),
        ("K2", AdjustmentKind::Retention, -60),
        ("K3", AdjustmentKind::HeldByMethod, -40),
        ("K4", AdjustmentKind::SupplierNetting, -300),
        ("K5", AdjustmentKind::AdvanceRecovery, -200),
    ] {
        propose(&house, &adjustment(number, kind, yuan))
            .await
            .unwrap();
    }
    house.build("2024-10", DAYS[0]).await;
    let draft = house.one("2024-10", PHARMACY, "E").await;
    assert_eq!(draft.due, Fen::yuan(500));
    house.pay("2024-10", DAYS).await;
    let all = app::clearing::bridges(&house.app.store, area(), Some(month("2024-11")));
    let bridge = all.await.unwrap()[0].bridge;
    assert_eq!(bridge.cash, Fen::yuan(500));
    assert_eq!(bridge.incurred, -Fen::yuan(100));
    assert_eq!(bridge.advances, -Fen::yuan(500));
    assert_eq!(bridge.expense, Fen::yuan(1_000));
    house.close("2024-10", "2024-11-08").await.unwrap();
    house.prove_clearing().await;
}

#[tokio::test]
async fn offsets_never_take_more_than_is_due_and_the_rest_waits() {
    let house = House::open().await;
    house.payees().await;
    let sold = house.sell(ACTIVE, "M1", "2024-10-15T09:00:00", 1_200);
    sold.await.unwrap();
    let netting = adjustment("K1", AdjustmentKind::SupplierNetting, -1_500);
    propose(&house, &netting).await.unwrap();
    house.build("2024-10", DAYS[0]).await;
    assert_eq!(house.one("2024-10", PHARMACY, "E").await.due, Fen::ZERO);
    house.pay("2024-10", DAYS).await;
    let open = AdjustmentFilter {
        state: "open".to_owned(),
        ..AdjustmentFilter::default()
    };
    let rest = house.app.store.clearing_adjustments(area(), &open).await;
    let rest = rest.unwrap();
    assert_eq!((rest.len(), rest[0].amount), (1, -Fen::yuan(300)));
    assert_eq!(rest[0].first_month, "2024-11");
    house.prove_clearing().await;
}

#[tokio::test]
async fn an_adjustment_is_withdrawn_only_while_it_is_open() {
    let house = House::open().await;
    let new = adjustment("K1", AdjustmentKind::Correction, 100);
    propose(&house, &new).await.unwrap();
    let clerk = by("auditor", "2024-11-01");
    let done = house.app.withdraw_adjustment(&clerk, "K1").await.unwrap();
    assert_eq!(done.state, "withdrawn");
    let again = house.app.withdraw_adjustment(&clerk, "K1").await;
    assert!(again.is_err());
    assert_eq!(house.build("2024-10", DAYS[0]).await.adjustments, 0);
}
