use app::Error;
use app::procurement::InvoiceReceived;
use money::Fen;
use store::AdjustmentFilter;

use crate::hospital::{by, invoice, payees, stay};
use crate::house::{HOSPITAL, House, area};

fn yuan(yuan: i64) -> Fen {
    Fen::yuan(yuan)
}

fn code(error: Error) -> &'static str {
    match error {
        Error::Refused { code, .. } => code,
        other => panic!("{other:?}"),
    }
}

async fn receive(house: &House, on: &str, invoices: &[InvoiceReceived]) -> Vec<(String, String)> {
    let actor = by("platform", on);
    let taken = house.app.receive_invoices(&actor, invoices).await.unwrap();
    taken.refused
}

#[tokio::test]
async fn what_the_platform_sends_must_agree_and_comes_in_once() {
    let house = House::open().await;
    payees(&house, &["S1"]).await;
    let good = invoice("F1", "S1", "2024-10-08", yuan(100));
    let mut short = invoice("F2", "S1", "2024-10-08", yuan(100));
    short.delivered = yuan(90);
    let mut twice = invoice("F3", "S1", "2024-10-08", yuan(100));
    twice.number.clone_from(&good.number);
    let stranger = invoice("F4", "S9", "2024-10-08", yuan(100));
    let late = invoice("F5", "S1", "2024-12-08", yuan(100));
    let mut credit = invoice("F6", "S1", "2024-10-09", yuan(120));
    credit.original = "F1".to_owned();
    let all = [good.clone(), short, twice, stranger, late, credit];
    let refused = receive(&house, "2024-10-10", &all).await;
    let why: Vec<&str> = refused.iter().map(|(_, why)| why.as_str()).collect();
    for (why, says) in why.iter().zip([
        "三单不一致",
        "重复开票",
        "没有登记收款账户",
        "之后",
        "不能再退",
    ]) {
        assert!(why.contains(says), "{why}");
    }
    assert_eq!(why.len(), 5);
    let actor = by("platform", "2024-10-10");
    let again = house.app.receive_invoices(&actor, &[good]).await.unwrap();
    assert_eq!((again.taken, again.known), (0, 1));
}

#[tokio::test]
async fn an_institution_confirms_objects_or_is_silent() {
    let house = House::open().await;
    payees(&house, &["S1"]).await;
    // 27 September 2024 is a Friday; the 29th is worked, 1 to 7 October are off.
    let two = ["F1", "F2", "F3"].map(|no| invoice(no, "S1", "2024-09-26", yuan(100)));
    receive(&house, "2024-09-27", &two).await;
    let hospital = by("hospital", "2024-09-29");
    let app = &house.app;
    app.answer_invoice(&hospital, "F1", (true, ""))
        .await
        .unwrap();
    let blank = app.answer_invoice(&hospital, "F2", (false, " ")).await;
    assert_eq!(code(blank.unwrap_err()), "no_reason");
    app.answer_invoice(&hospital, "F2", (false, "数量不符"))
        .await
        .unwrap();
    let silent = |on: &'static str| async move {
        app.confirm_silent_invoices(&by("clerk", on)).await.unwrap()
    };
    // Five working days: 29 and 30 September, 8, 9 and 10 October.
    assert_eq!(silent("2024-10-10").await, 0);
    assert_eq!(silent("2024-10-11").await, 1);
    let late = app
        .answer_invoice(&by("hospital", "2024-10-11"), "F3", (false, "晚了"))
        .await;
    assert_eq!(code(late.unwrap_err()), "invoice_confirmed");
    let claims = app.store.supplier_claims(area()).await.unwrap();
    let claims: Vec<&str> = claims.iter().map(|claim| claim.invoice.as_str()).collect();
    assert_eq!(claims, ["F1", "F3"]);
}

#[tokio::test]
async fn a_batch_is_approved_by_another_and_takes_what_suppliers_get() {
    let house = House::open().await;
    payees(&house, &["S1", "S2", HOSPITAL]).await;
    let bill = stay(&house, 1, "2024-10-15", 30_000).await;
    let app = &house.app;
    let invoices = [
        invoice("F1", "S1", "2024-10-08", yuan(3_000)),
        invoice("F2", "S2", "2024-10-09", bill.fund),
    ];
    receive(&house, "2024-10-20", &invoices).await;
    let month = "2024-10".parse().unwrap();
    let clerk = by("clerk", "2024-11-05");
    let made = app.make_netting_batch(&clerk, month).await.unwrap();
    // Both are confirmed by silence; what is due does not suffice, the younger waits in part.
    assert_eq!(made.batch.total, bill.fund);
    assert_eq!(made.offsets.len(), 1);
    assert_eq!(made.offsets[0].due, bill.fund);
    assert!(made.orders.is_empty());
    let second = app.make_netting_batch(&clerk, month).await;
    assert_eq!(code(second.unwrap_err()), "batch_waits");
    let number = made.batch.batch.as_str();
    let own = app.approve_netting_batch(&clerk, number).await;
    assert!(matches!(own, Err(Error::Denied(_))));
    let checker = by("checker", "2024-11-06");
    let approved = app.approve_netting_batch(&checker, number).await.unwrap();
    let orders: Fen = approved.orders.iter().map(|order| order.amount).sum();
    assert_eq!(orders, bill.fund);
    let filter = AdjustmentFilter {
        kind: "supplier_netting".to_owned(),
        ..AdjustmentFilter::default()
    };
    let taken = app
        .store
        .clearing_adjustments(area(), &filter)
        .await
        .unwrap();
    let taken: Fen = taken.iter().map(|one| one.amount).sum();
    assert_eq!(-taken, orders);
    let sums = app.store.verify_provider(area()).await.unwrap().unwrap();
    assert_eq!((sums.batches, sums.lines), (1, 2));
    let nothing = app.make_netting_batch(&clerk, month).await;
    assert_eq!(code(nothing.unwrap_err()), "nothing_to_pay");
    let left = app.store.supplier_claims(area()).await.unwrap();
    assert_eq!(left[0].remaining, yuan(3_000));
}

#[tokio::test]
async fn a_cancelled_batch_leaves_its_invoices_to_the_next() {
    let house = House::open().await;
    payees(&house, &["S1"]).await;
    stay(&house, 1, "2024-10-15", 30_000).await;
    receive(
        &house,
        "2024-10-20",
        &[invoice("F1", "S1", "2024-10-08", yuan(500))],
    )
    .await;
    let month = "2024-10".parse().unwrap();
    let clerk = by("clerk", "2024-11-05");
    let first = house.app.make_netting_batch(&clerk, month).await.unwrap();
    let number = first.batch.batch.as_str();
    house
        .app
        .cancel_netting_batch(&clerk, number)
        .await
        .unwrap();
    let again = house.app.make_netting_batch(&clerk, month).await.unwrap();
    assert_eq!(again.batch.total, yuan(500));
    let gone = house
        .app
        .approve_netting_batch(&by("checker", "2024-11-06"), number)
        .await;
    assert_eq!(code(gone.unwrap_err()), "batch_state");
}
