use app::Error;
use app::clearing::NewAdjustment;
use app::procurement::{AdvanceAsked, AdvanceBasis, InvoiceReceived};
use money::{Decimal, Fen, Ratio};
use store::{AdjustmentFilter, Answer, ClearingCommit, OrderMoved, PaymentOrderRow};
use terms::{AdjustmentKind, BenefitClass};

use crate::hospital::{by, day, invoice, payees, stay};
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

/// The whole way of a batch: suppliers are paid what the hospital's settlement falls by, to the
/// fen, and each yuan has its transfer; a verification finds it so, and finds a yuan that is lost.
#[tokio::test]
async fn suppliers_are_paid_what_the_settlement_falls_by_and_each_yuan_is_posted() {
    let house = House::open().await;
    payees(&house, &["S1", "S2", HOSPITAL]).await;
    stay(&house, 1, "2024-10-15", 30_000).await;
    let app = &house.app;
    let invoices = [
        invoice("F1", "S1", "2024-10-08", Fen::new(300_001)),
        invoice("F2", "S2", "2024-10-09", Fen::new(123_456)),
        invoice("F3", "S1", "2024-10-10", Fen::new(99)),
    ];
    receive(&house, "2024-10-20", &invoices).await;
    let (clerk, checker) = (by("clerk", "2024-11-05"), by("checker", "2024-11-06"));
    let made = app
        .make_netting_batch(&clerk, "2024-10".parse().unwrap())
        .await
        .unwrap();
    let number = made.batch.batch.as_str();
    let approved = app.approve_netting_batch(&checker, number).await.unwrap();
    let mut posted = Fen::ZERO;
    for order in &approved.orders {
        let batches = pay(&house, order, "2024-11-08").await;
        posted += batches;
    }
    let fallen: Fen = approved
        .offsets
        .iter()
        .map(|of| of.offset + of.shortfall)
        .sum();
    assert_eq!(posted, Fen::new(300_001 + 123_456 + 99));
    assert_eq!(fallen, posted);
    assert!(app.store.verify_provider(area()).await.unwrap().is_ok());
    let adjustment = format!("{number}-{HOSPITAL}-E");
    app.withdraw_adjustment(&clerk, &adjustment).await.unwrap();
    let found = app.store.verify_provider(area()).await.unwrap();
    assert_eq!(
        found.unwrap_err().check,
        "supplier_offsets_equal_adjustments"
    );
}

/// Pays an order as the bank's answer does; what went to 110102.
async fn pay(house: &House, order: &PaymentOrderRow, on: &str) -> Fen {
    let on = day(on);
    let posted = house
        .app
        .provider_order_paid(area(), order, on)
        .await
        .unwrap();
    let mut commit = ClearingCommit::new(area());
    let transfers = posted.iter().flat_map(|(_, batch)| batch.transfers());
    let waiting = transfers.filter(|one| one.entry.debit().code.as_str() == "110102");
    let waiting: Fen = waiting.map(|one| one.entry.amount()).sum();
    commit.ledger = posted;
    commit.order_moves.push(OrderMoved {
        to: PaymentOrderRow {
            state: "paid".to_owned(),
            paid_on: Some(on),
            ..order.clone()
        },
        from_state: order.state.clone(),
    });
    let done = house.app.store.record_clearing(&commit).await.unwrap();
    assert_eq!(done, Answer::Done);
    waiting
}

/// Goods go back after they were paid: the next order of the supplier is that much smaller.
#[tokio::test]
async fn a_credit_note_lowers_the_next_order_of_its_supplier() {
    let house = House::open().await;
    payees(&house, &["S1"]).await;
    stay(&house, 1, "2024-10-15", 30_000).await;
    let app = &house.app;
    receive(
        &house,
        "2024-10-20",
        &[invoice("F1", "S1", "2024-10-08", yuan(800))],
    )
    .await;
    let (clerk, checker) = (by("clerk", "2024-11-05"), by("checker", "2024-11-06"));
    let month = "2024-10".parse().unwrap();
    let first = app.make_netting_batch(&clerk, month).await.unwrap();
    let first = app
        .approve_netting_batch(&checker, &first.batch.batch)
        .await
        .unwrap();
    pay(&house, &first.orders[0], "2024-11-08").await;
    let mut back = invoice("T1", "S1", "2024-11-09", yuan(300));
    back.original = "F1".to_owned();
    receive(
        &house,
        "2024-11-10",
        &[back, invoice("F2", "S1", "2024-11-09", yuan(500))],
    )
    .await;
    let late = by("clerk", "2024-11-25");
    let second = app.make_netting_batch(&late, month).await.unwrap();
    assert_eq!(second.batch.total, yuan(200));
    let checker = by("checker", "2024-11-26");
    let second = app
        .approve_netting_batch(&checker, &second.batch.batch)
        .await
        .unwrap();
    assert_eq!(second.orders[0].amount, yuan(200));
    pay(&house, &second.orders[0], "2024-11-28").await;
    assert!(app.store.verify_provider(area()).await.unwrap().is_ok());
    assert!(app.store.supplier_claims(area()).await.unwrap().is_empty());
}

/// By hand: half a month of what the fund paid last year, in three parts, the last with the rest.
#[tokio::test]
async fn an_advance_is_paid_and_comes_back_from_settlements_and_in_cash() {
    let house = House::open().await;
    payees(&house, &[HOSPITAL]).await;
    let bill = stay(&house, 1, "2023-10-15", 30_000).await;
    let app = &house.app;
    let asked = |months: &str, reserve: &str| AdvanceAsked {
        institution: HOSPITAL.to_owned(),
        book: "E".to_owned(),
        basis: AdvanceBasis::LastYear {
            year: 2024,
            months: Ratio::from_factor_text(months).unwrap(),
            reserve_months: Decimal::from_text(reserve).unwrap(),
        },
        document: "预付申请表".to_owned(),
    };
    let clerk = by("clerk", "2024-01-08");
    let poor = app.propose_advance(&clerk, &asked("1", "11.9")).await;
    assert_eq!(code(poor.unwrap_err()), "reserve_too_low");
    let much = app.propose_advance(&clerk, &asked("1.5", "14.0")).await;
    assert_eq!(code(much.unwrap_err()), "too_much_advance");
    let made = app
        .propose_advance(&clerk, &asked("0.5", "14.0"))
        .await
        .unwrap();
    let amount = made.advance.amount;
    // To the nearest fen of a twenty-fourth.
    let off = amount.get() * 24 - bill.fund.get();
    assert!(off.abs() <= 12, "{amount} of {}", bill.fund);
    let months: Vec<&str> = made.parts.iter().map(|part| part.month.as_str()).collect();
    assert_eq!(months, ["2024-08", "2024-09", "2024-10"]);
    let number = made.advance.advance.as_str();
    let own = app.decide_advance(&clerk, number, true).await;
    assert!(matches!(own, Err(Error::Denied(_))));
    let approved = app
        .decide_advance(&by("chief", "2024-01-09"), number, true)
        .await
        .unwrap();
    let month = |text: &str| text.parse::<policy::FeeMonth>().unwrap();
    let later = by("clerk", "2024-09-02");
    assert_eq!(
        app.recover_advances(&later, month("2024-08"))
            .await
            .unwrap(),
        0
    );
    pay(&house, &approved.order.unwrap(), "2024-01-12").await;
    assert_eq!(
        app.recover_advances(&later, month("2024-08"))
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        app.recover_advances(&later, month("2024-08"))
            .await
            .unwrap(),
        0
    );
    let shown = app.advances(area(), ("", number)).await.unwrap().remove(0);
    let back = shown.open() - yuan(1);
    let shown = app.return_advance(&later, number, back).await.unwrap();
    assert_eq!(shown.open(), yuan(1));
    let twice = app.propose_advance(&later, &asked("0.5", "14.0")).await;
    assert_eq!(code(twice.unwrap_err()), "advance_twice");
    let over = app.return_advance(&later, number, yuan(2)).await;
    assert_eq!(code(over.unwrap_err()), "return_too_much");
    assert_eq!(
        app.recover_advances(&later, month("2024-10"))
            .await
            .unwrap(),
        1
    );
    let filter = AdjustmentFilter {
        kind: "advance_recovery".to_owned(),
        ..AdjustmentFilter::default()
    };
    let taken = app
        .store
        .clearing_adjustments(area(), &filter)
        .await
        .unwrap();
    let taken: Fen = taken.iter().map(|one| one.amount).sum();
    assert_eq!(back - taken, amount);
    assert!(app.store.verify_provider(area()).await.unwrap().is_ok());
}

/// The table of the rules: 90 and more all, 80 and more as many percent, less nothing.
#[tokio::test]
async fn a_score_gives_back_of_what_settlements_kept() {
    let house = House::open().await;
    let app = &house.app;
    for (nth, (score, returned)) in [("90", 100), ("85.5", 85), ("79.99", 0)].iter().enumerate() {
        let year = 2021 + i16::try_from(nth).unwrap();
        kept(&house, &format!("{year}-06"), yuan(100)).await;
        let clerk = by("clerk", "2024-02-01");
        let score = Decimal::from_text(score).unwrap();
        let made = app.propose_assessment(&clerk, (HOSPITAL, year), (score, "考核通报"));
        let made = made.await.unwrap();
        let own = app.decide_assessment(&clerk, &made.assessment, true).await;
        assert!(matches!(own, Err(Error::Denied(_))));
        let chief = by("chief", "2024-02-02");
        let rows = app
            .decide_assessment(&chief, &made.assessment, true)
            .await
            .unwrap();
        assert_eq!(rows[0].retained, yuan(100));
        assert_eq!(rows[0].returned.get() / 100, *returned, "{score}");
        let again = app
            .propose_assessment(&clerk, (HOSPITAL, year), (score, "重复"))
            .await;
        assert_eq!(code(again.unwrap_err()), "assessed_twice");
    }
}

/// An adjustment by which a settlement kept money.
async fn kept(house: &House, month: &str, amount: Fen) {
    let new = NewAdjustment {
        adjustment: format!("ZBJ-{month}"),
        institution: HOSPITAL.to_owned(),
        book: "E".to_owned(),
        class: BenefitClass::Inpatient,
        kind: AdjustmentKind::Retention,
        amount: -amount,
        first_month: month.parse().unwrap(),
        document: "支付办法".to_owned(),
        text: "预留质量保证金".to_owned(),
    };
    let clerk = by("clerk", "2024-01-02");
    let mut row = house.app.checked_adjustment(&clerk, &new).unwrap();
    "taken".clone_into(&mut row.state);
    let mut commit = ClearingCommit::new(area());
    commit.adjustments.push(row);
    house.app.store.record_clearing(&commit).await.unwrap();
}
