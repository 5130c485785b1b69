//! A month with a batch: the bank pays suppliers and the hospital, together what the funds owe.

use app::clearing::{Which, bridges, open_bridge};
use app::register::Actor;
use money::Fen;
use policy::FeeMonth;
use store::{OrderFilter, StatementFilter};

use crate::hospital::{by, invoice, payees, stay};
use crate::house::{HOSPITAL, House, area};

/// Sends the orders of a month that wait and lets the bank pay each.
async fn bank(house: &House, (payer, on): (&Actor, &str), month: FeeMonth) -> Fen {
    let app = &house.app;
    let file = app.make_bank_file(payer, month, "E").await.unwrap().row;
    let filter = OrderFilter {
        file: file.file.clone(),
        ..OrderFilter::default()
    };
    let orders = app.store.payment_orders(area(), &filter).await.unwrap();
    let mut text = format!(
        "文件号,{},笔数,{},合计金额,{}\n",
        file.file, file.lines, file.total
    );
    text.push_str("凭单号,金额,结果,记账日期,流水号,原因\n");
    for order in &orders {
        let line = format!(
            "{},{},已付,{on},B{},\n",
            order.order, order.amount, order.line_no
        );
        text.push_str(&line);
    }
    let given = ("receipt.csv", text.as_bytes());
    app.take_receipt(payer, given).await.unwrap();
    file.total
}

/// Supplier paid = settlement of the hospital less by the same yuan; nothing stays on 110102, and
/// the accrual and the cash books tell one story.
#[tokio::test]
async fn suppliers_and_hospital_together_get_what_the_funds_owe() {
    let house = House::open().await;
    payees(&house, &["S1", "S2", HOSPITAL]).await;
    let bill = stay(&house, 1, "2024-10-15", 30_000).await;
    let app = &house.app;
    let month: FeeMonth = "2024-10".parse().unwrap();
    let invoices = [
        invoice("F1", "S1", "2024-10-08", Fen::new(300_001)),
        invoice("F2", "S2", "2024-10-09", Fen::new(123_456)),
    ];
    let platform = by("platform", "2024-10-20");
    app.receive_invoices(&platform, &invoices).await.unwrap();
    let (clerk, checker) = (by("clerk", "2024-11-05"), by("checker", "2024-11-06"));
    let batch = app.make_netting_batch(&clerk, month).await.unwrap().batch;
    app.approve_netting_batch(&checker, &batch.batch)
        .await
        .unwrap();
    let payer = by("payer", "2024-11-07");
    let suppliers = bank(&house, (&payer, "2024-11-08"), month).await;
    assert_eq!(suppliers, Fen::new(423_457));
    app.build_month(&clerk, month, "").await.unwrap();
    let all = Which::default();
    app.publish_month(&clerk, month, &all).await.unwrap();
    app.confirm_month(&by("hospital", "2024-11-08"), month, &all)
        .await
        .unwrap();
    app.approve_month(&by("checker", "2024-11-09"), month, &all)
        .await
        .unwrap();
    let payer = by("payer", "2024-11-10");
    app.order_month(&payer, month, &all).await.unwrap();
    let every = StatementFilter::default();
    let statements = app.store.clearing_statements(area(), &every);
    let statements = statements.await.unwrap();
    let ours = statements.iter().find(|one| one.book == "E").unwrap();
    assert_eq!(ours.adjusted, -suppliers);
    assert_eq!(ours.due, ours.funds + ours.account - suppliers);
    let hospital = bank(&house, (&payer, "2024-11-12"), month).await;
    assert_eq!(hospital + suppliers, bill.fund + bill.account);
    assert!(app.store.verify_provider(area()).await.unwrap().is_ok());
    assert!(app.store.verify_clearing(area()).await.unwrap().is_ok());
    let found = bridges(&app.store, area(), None).await.unwrap();
    assert!(open_bridge(&found).is_none(), "{found:?}");
    let flows = app.store.fund_flows(area(), "").await.unwrap();
    let through = |flow: &&store::FlowRow, code: &str| {
        i64::from(flow.debit == code) - i64::from(flow.credit == code)
    };
    for code in ["110102", "M2001", "M2003", "M1005"] {
        let open: i64 = flows
            .iter()
            .map(|flow| through(&flow, code) * flow.amount.get())
            .sum();
        assert_eq!(open, 0, "{code}");
    }
}
