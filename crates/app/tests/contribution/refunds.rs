use app::Error;
use app::contribution::RefundAsked;
use money::Fen;

use crate::house::{House, yuan};

/// An employer that was taken for a public body, paid in full, and is assessed anew as an
/// enterprise: February 2020 is halved.
async fn halved() -> House {
    let house = House::open("340600").await;
    house.employer("E1", r#"["public_body"]"#, &[5_000]).await;
    house.assess("2020-02", "2020-02-05").await;
    house
        .receive(
            "2020-02-21",
            &["单位,E1,2020-02,400.00,100.00,0,2020-02-20,V1"],
        )
        .await;
    house.employer("E1", "[]", &[]).await;
    house.assess("2020-02", "2020-03-10").await;
    house
}

fn of_february() -> RefundAsked {
    RefundAsked::Period {
        owner: "E1".to_owned(),
        period: "2020-02".to_owned(),
    }
}

#[tokio::test]
async fn a_halved_month_is_refunded_by_two_people() {
    let house = halved().await;
    let due = house.due("E1", "2020-02").await;
    assert_eq!(
        (due.owed_employer, due.paid_employer),
        (yuan(200), yuan(400))
    );
    house.agree().await;
    let (clerk, auditor) = (
        house.by("clerk", "2020-03-11"),
        house.by("auditor", "2020-03-12"),
    );
    let asked = of_february();
    let refund = house
        .app
        .propose_refund(&clerk, &asked, ("reassessed", "减征"))
        .await
        .unwrap();
    assert_eq!(
        (refund.employer_part, refund.person_part),
        (yuan(200), Fen::ZERO)
    );
    let number = refund.refund.as_str();
    let second = house
        .app
        .propose_refund(&clerk, &asked, ("reassessed", ""))
        .await;
    assert!(matches!(
        second,
        Err(Error::Refused {
            code: "refund_pending",
            ..
        })
    ));
    let early = house.app.pay_refund(&clerk, number).await;
    assert!(matches!(
        early,
        Err(Error::Refused {
            code: "refund_state",
            ..
        })
    ));
    let own = house.app.decide_refund(&clerk, number, true, "").await;
    assert!(matches!(own, Err(Error::Denied(_))));
    house
        .app
        .decide_refund(&auditor, number, true, "属实")
        .await
        .unwrap();
    let paid = house.app.pay_refund(&clerk, number).await.unwrap();
    assert_eq!(
        (paid.state.as_str(), paid.decided_by.as_str()),
        ("paid", "auditor")
    );
    assert_eq!(house.due("E1", "2020-02").await.paid_employer, yuan(200));
    house.agree().await;
    let nothing = house
        .app
        .propose_refund(&clerk, &asked, ("reassessed", ""))
        .await;
    assert!(matches!(
        nothing,
        Err(Error::Refused {
            code: "nothing_to_refund",
            ..
        })
    ));
}

#[tokio::test]
async fn a_halved_month_may_be_offset_instead() {
    let house = halved().await;
    house.assess("2020-03", "2020-03-11").await;
    let actor = house.by("clerk", "2020-03-12");
    let moved = house.app.offset_credit(&actor, "E1").await.unwrap();
    assert_eq!(
        (moved[0].from.as_str(), moved[0].to.as_str()),
        ("2020-02", "2020-03")
    );
    assert_eq!(moved[0].employer, yuan(200));
    let march = house.due("E1", "2020-03").await;
    assert_eq!(
        (march.paid_employer, march.owed_employer),
        (yuan(200), yuan(200))
    );
    // The person's part is still open: a credit of the employer never pays it.
    assert_eq!(march.paid_person, Fen::ZERO);
    house.agree().await;
    let again = house.app.offset_credit(&actor, "E1").await;
    assert!(matches!(
        again,
        Err(Error::Refused {
            code: "nothing_to_offset",
            ..
        })
    ));
}

#[tokio::test]
async fn a_refund_outlived_by_an_offset_is_not_paid() {
    let house = halved().await;
    let (clerk, auditor) = (
        house.by("clerk", "2020-03-11"),
        house.by("auditor", "2020-03-12"),
    );
    let refund = house
        .app
        .propose_refund(&clerk, &of_february(), ("reassessed", ""))
        .await
        .unwrap();
    house
        .app
        .decide_refund(&auditor, &refund.refund, true, "")
        .await
        .unwrap();
    house.assess("2020-03", "2020-03-11").await;
    house.app.offset_credit(&clerk, "E1").await.unwrap();
    let late = house.app.pay_refund(&clerk, &refund.refund).await;
    assert!(matches!(
        late,
        Err(Error::Refused {
            code: "refund_changed",
            ..
        })
    ));
    house.agree().await;
}

#[tokio::test]
async fn what_was_paid_twice_goes_back_to_who_paid_it() {
    let house = House::open("340600").await;
    house.employer("E1", r#"["public_body"]"#, &[5_000]).await;
    house.assess("2024-10", "2024-10-05").await;
    let lines = [
        "单位,E1,2024-10,400.00,100.00,0,2024-10-20,V1",
        "单位,E1,2024-10,400.00,100.00,0,2024-10-21,V2",
    ];
    let done = house.receive("2024-10-22", &lines).await;
    assert_eq!(done.by_status["over"], (1, yuan(500)));
    house.agree().await;
    let (clerk, auditor) = (
        house.by("clerk", "2024-10-23"),
        house.by("auditor", "2024-10-23"),
    );
    let asked = RefundAsked::Line {
        file: done.file,
        line_no: 4,
    };
    let refund = house
        .app
        .propose_refund(&clerk, &asked, ("overpaid", "重复缴费"))
        .await
        .unwrap();
    assert_eq!(
        (refund.employer_part, refund.person_part),
        (yuan(400), yuan(100))
    );
    house
        .app
        .decide_refund(&auditor, &refund.refund, true, "")
        .await
        .unwrap();
    house.app.pay_refund(&clerk, &refund.refund).await.unwrap();
    assert!(
        house
            .app
            .store
            .problem_lines(house.area, 9)
            .await
            .unwrap()
            .is_empty()
    );
    house.agree().await;
}
