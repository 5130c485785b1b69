//! The whole way, and who may go which step.

use app::Error;
use app::clearing::{CorrectionAsked, StatementLine};
use app::settlement::{Reverse, reverse};
use money::Fen;
use terms::BenefitClass;

use crate::house::{ACTIVE, HOSPITAL, House, PHARMACY, SPONSOR};
use crate::walk::{all, by, month};

const OCTOBER: [&str; 4] = ["2024-11-04", "2024-11-05", "2024-11-06", "2024-11-07"];

/// By hand: 1,200 in all, 500 of it the deductible of the year, 80 % of the rest is the fund's;
/// what is the person's own comes from the account of 1,000 as far as it goes.
#[tokio::test]
async fn a_month_goes_from_settlements_to_a_reconciled_receipt() {
    let house = House::open().await;
    house.payees().await;
    let bill = house.sell(ACTIVE, "M1", "2024-10-15T09:00:00", 1_200);
    let bill = bill.await.unwrap();
    assert_eq!((bill.fund, bill.account), (Fen::yuan(560), Fen::yuan(640)));
    let built = house.build("2024-10", OCTOBER[0]).await;
    assert_eq!((built.changed, built.bills), (1, 1));
    let draft = house.one("2024-10", PHARMACY, "E").await;
    assert_eq!((draft.funds, draft.account), (bill.fund, bill.account));
    let lines = StatementLine::read(&draft.lines).unwrap();
    let classes: Vec<_> = lines.iter().map(|line| (line.class, line.amount)).collect();
    assert_eq!(
        classes,
        [
            (BenefitClass::Pharmacy, bill.fund),
            (BenefitClass::PersonalAccount, bill.account),
        ]
    );
    house.pay("2024-10", OCTOBER).await;
    let paid = house.one("2024-10", PHARMACY, "E").await;
    assert_eq!(paid.state, "paid");
    // Thirty working days after 4 November 2024 without a holiday between: 16 December.
    assert_eq!(paid.pay_by.unwrap().to_string(), "2024-12-16");
    let closed = house.close("2024-10", "2024-11-08").await.unwrap();
    assert!(closed.statements.iter().all(|row| row.state == "closed"));
    let november = closed.bridges.iter().find(|one| one.month == "2024-11");
    let november = november.expect("money moved in November").bridge;
    assert_eq!(november.cash, Fen::yuan(1_200));
    assert_eq!(november.payables, -Fen::yuan(1_200));
    let sums = house.prove_clearing().await;
    assert_eq!((sums.statements, sums.bills, sums.bank_lines), (1, 1, 1));
    let again = house.close("2024-10", "2024-11-08").await.unwrap_err();
    assert!(again.to_string().contains("已经结账"), "{again}");
}

#[tokio::test]
async fn a_month_that_runs_is_not_built_and_no_step_is_left_out() {
    let house = House::open().await;
    house.payees().await;
    let sold = house.sell(ACTIVE, "M1", "2024-10-15T09:00:00", 900);
    sold.await.unwrap();
    let maker = by("maker", "2024-10-31");
    let early = house.app.build_month(&maker, month("2024-10"), "").await;
    assert!(early.unwrap_err().to_string().contains("还没有结束"));
    house.build("2024-10", OCTOBER[0]).await;
    assert_eq!(house.approve("2024-10", OCTOBER[1]).await.done, []);
    house.publish("2024-10", OCTOBER[0]).await;
    let waits = house.approve("2024-10", OCTOBER[1]).await;
    assert!(waits.refused[0].1.contains("尚未确认"), "{waits:?}");
    let open = house.close("2024-10", OCTOBER[3]).await.unwrap_err();
    assert!(open.to_string().contains("未拨付"), "{open}");
}

#[tokio::test]
async fn maker_checker_and_payer_are_three_people() {
    let house = House::open().await;
    house.payees().await;
    let sold = house.sell(ACTIVE, "M1", "2024-10-15T09:00:00", 900);
    sold.await.unwrap();
    house.build("2024-10", OCTOBER[0]).await;
    house.publish("2024-10", OCTOBER[0]).await;
    house.confirm_all("2024-10", OCTOBER[1]).await;
    let number = house.one("2024-10", PHARMACY, "E").await.statement;
    let own = house
        .app
        .approve_statement(&by("maker", OCTOBER[2]), &number)
        .await;
    assert!(matches!(own.unwrap_err(), Error::Denied(_)));
    house.approve("2024-10", OCTOBER[2]).await;
    for name in ["maker", "checker"] {
        let payer = by(name, OCTOBER[2]);
        let done = house
            .app
            .order_month(&payer, month("2024-10"), &all())
            .await;
        let done = done.unwrap();
        assert!(done.refused[0].1.contains("以外的人"), "{done:?}");
    }
    assert_eq!(house.order("2024-10", OCTOBER[2]).await.done.len(), 1);
}

#[tokio::test]
async fn silence_beyond_the_term_is_taken_for_consent() {
    let house = House::open().await;
    let sold = house.sell(ACTIVE, "M1", "2024-10-15T09:00:00", 900);
    sold.await.unwrap();
    house.build("2024-10", OCTOBER[0]).await;
    let out = house.publish("2024-10", OCTOBER[0]).await;
    assert_eq!(out[0].respond_by.unwrap().to_string(), "2024-11-11");
    assert_eq!(house.approve("2024-10", "2024-11-11").await.done, []);
    assert_eq!(house.approve("2024-10", "2024-11-12").await.done.len(), 1);
}

#[tokio::test]
async fn an_objection_is_answered_with_a_new_version() {
    let house = House::open().await;
    house.payees().await;
    let bill = house.sell(ACTIVE, "M1", "2024-10-15T09:00:00", 1_200);
    let bill = bill.await.unwrap();
    house.build("2024-10", OCTOBER[0]).await;
    house.publish("2024-10", OCTOBER[0]).await;
    let number = house.one("2024-10", PHARMACY, "E").await.statement;
    let shop = by("shop", OCTOBER[1]);
    let strange = ["S?".to_owned()];
    let named = [bill.id.clone()];
    let app = &house.app;
    let stranger = app.object_statement(&shop, (&number, 1), &strange, "少算");
    let stranger = stranger.await.unwrap_err();
    assert!(stranger.to_string().contains("不在清算单"), "{stranger}");
    let objected = app.object_statement(&shop, (&number, 1), &named, "少算100元");
    assert_eq!(objected.await.unwrap().state, "objected");
    let corrections = [CorrectionAsked {
        class: BenefitClass::Pharmacy,
        amount: Fen::yuan(100),
        text: "补记一笔".to_owned(),
    }];
    let maker = by("maker", OCTOBER[2]);
    let answered = app.answer_objection(&maker, &number, "属实", &corrections);
    let answered = answered.await.unwrap();
    assert_eq!(
        (answered.version, answered.state.as_str()),
        (2, "published")
    );
    assert_eq!(answered.due, Fen::yuan(1_300));
    let stale = app.confirm_statement(&shop, &number, 1).await.unwrap_err();
    assert!(stale.to_string().contains("第2版"), "{stale}");
    app.confirm_statement(&shop, &number, 2).await.unwrap();
    house.approve("2024-10", OCTOBER[3]).await;
    house.order("2024-10", OCTOBER[3]).await;
    house.bank("2024-10", "E", "2024-11-08", &[]).await;
    house.close("2024-10", "2024-11-08").await.unwrap();
    house.prove_clearing().await;
    let events = app.store.clearing_events(crate::house::area(), &number);
    let steps: Vec<_> = events.await.unwrap().into_iter().map(|e| e.event).collect();
    let expected = [
        "built",
        "published",
        "objected",
        "answered",
        "confirmed",
        "approved",
        "ordered",
        "paid",
        "closed",
    ];
    assert_eq!(steps, expected);
}

#[tokio::test]
async fn a_reversal_is_taken_back_in_the_month_it_happens() {
    let house = House::open().await;
    house.payees().await;
    let bill = house.sell(ACTIVE, "M1", "2024-10-15T09:00:00", 1_200);
    let bill = bill.await.unwrap();
    house.build("2024-10", OCTOBER[0]).await;
    house.pay("2024-10", OCTOBER).await;
    let call = house.call(PHARMACY, "R1", "2024-11-20T10:00:00");
    let command = Reverse {
        person_no: ACTIVE.to_owned(),
        settlement: bill.id.clone(),
        visit_id: None,
        kind: None,
    };
    let done = reverse(&house.app, &call, &command, |_| Ok(Vec::new()));
    done.await.unwrap();
    house.build("2024-11", "2024-12-02").await;
    let november = house.one("2024-11", PHARMACY, "E").await;
    assert_eq!(november.funds + november.account, -Fen::yuan(1_200));
    // Nothing is paid, and what is owed is carried to December, where a sale bears it.
    assert_eq!(november.due, Fen::ZERO);
    let days = ["2024-12-02", "2024-12-03", "2024-12-04", "2024-12-05"];
    house.pay("2024-11", days).await;
    assert_eq!(house.one("2024-11", PHARMACY, "E").await.state, "paid");
    house.prove_clearing().await;
    let sold = house.sell(SPONSOR, "M2", "2024-12-10T09:00:00", 3_000);
    let sold = sold.await.unwrap();
    house.build("2024-12", "2025-01-02").await;
    let december = house.one("2024-12", PHARMACY, "E").await;
    assert_eq!(december.adjusted, -Fen::yuan(1_200));
    assert_eq!(december.due, sold.fund + sold.account - Fen::yuan(1_200));
    let days = ["2025-01-02", "2025-01-03", "2025-01-06", "2025-01-07"];
    house.pay("2024-12", days).await;
    for (of, day) in [
        ("2024-10", "2025-01-08"),
        ("2024-11", "2025-01-08"),
        ("2024-12", "2025-01-08"),
    ] {
        house.close(of, day).await.unwrap();
    }
    house.prove_clearing().await;
}

#[tokio::test]
async fn what_comes_late_for_a_published_month_goes_to_the_next() {
    let house = House::open().await;
    let first = house.sell(ACTIVE, "M1", "2024-10-15T09:00:00", 900);
    first.await.unwrap();
    house.build("2024-10", OCTOBER[0]).await;
    house.publish("2024-10", OCTOBER[0]).await;
    let late = house.sell(SPONSOR, "M2", "2024-10-31T23:00:00", 900);
    let late = late.await.unwrap();
    let again = house.build("2024-10", OCTOBER[1]).await;
    assert_eq!((again.bills, again.changed), (0, 0));
    house.build("2024-11", "2024-12-02").await;
    let next = house.one("2024-11", PHARMACY, "E").await;
    assert_eq!(next.funds + next.account, late.fund + late.account);
    let none = house.statements("2024-10").await;
    assert!(none.iter().all(|row| row.institution != HOSPITAL));
}
