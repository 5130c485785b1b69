//! Applications of institutions, compared with our own settlements.

use app::clearing::{Application, Totals};
use money::Fen;
use terms::CareType;

use crate::house::{ACTIVE, House, PHARMACY};
use crate::walk::{by, month};

fn asked(total: i64, funds: Fen, account: Fen) -> Application {
    Application {
        month: month("2024-10"),
        class: "41".to_owned(),
        cares: vec![CareType::Pharmacy],
        from: "2024-10-01".parse().unwrap(),
        to: "2024-10-31".parse().unwrap(),
        totals: Totals {
            visits: 1,
            total: Fen::yuan(total),
            in_scope: Fen::yuan(total),
            funds,
            cash: Fen::yuan(total) - funds - account,
            account,
        },
    }
}

#[tokio::test]
async fn an_application_is_compared_taken_once_and_withdrawn_while_drafts() {
    let house = House::open().await;
    let bill = house.sell(ACTIVE, "M1", "2024-10-15T09:00:00", 900);
    let bill = bill.await.unwrap();
    let shop = by("shop", "2024-11-01");
    let app = &house.app;
    let wrong = asked(901, bill.fund, bill.account);
    let refused = app.apply_for_clearing(&shop, PHARMACY, &wrong, "");
    let refused = refused.await.unwrap_err().to_string();
    assert!(
        refused.contains("医疗费总额申报901.00元，中心900.00元"),
        "{refused}"
    );
    let right = asked(900, bill.fund, bill.account);
    let first = app.apply_for_clearing(&shop, PHARMACY, &right, "");
    let first = first.await.unwrap();
    let second = app.apply_for_clearing(&shop, PHARMACY, &right, "");
    assert_eq!(second.await.unwrap().application, first.application);
    app.withdraw_application(&shop, PHARMACY, &first.application)
        .await
        .unwrap();
    let third = app.apply_for_clearing(&shop, PHARMACY, &right, "");
    let third = third.await.unwrap();
    house.build("2024-10", "2024-11-04").await;
    house.publish("2024-10", "2024-11-04").await;
    let one = house.one("2024-10", PHARMACY, "E").await;
    assert_eq!(one.applied_on.unwrap().to_string(), "2024-11-01");
    // The term runs from the application, Friday 1 November.
    assert_eq!(one.pay_by.unwrap().to_string(), "2024-12-13");
    let late = app.withdraw_application(&shop, PHARMACY, &third.application);
    assert!(late.await.unwrap_err().to_string().contains("已经发布"));
}
