use app::Error;
use app::contribution::ReceiptsOptions;
use money::Fen;

use crate::house::{House, file, yuan};

const PAID: &str = "单位,E1,2024-10,400.00,100.00,0.00,2024-10-20,V1";

async fn house() -> House {
    let house = House::open("340600").await;
    house.employer("E1", r#"["public_body"]"#, &[5_000]).await;
    house.assess("2024-09", "2024-09-05").await;
    house.assess("2024-10", "2024-10-05").await;
    house
}

fn refused(result: Result<impl std::fmt::Debug, Error>) -> (&'static str, String) {
    match result {
        Err(Error::Refused { code, message }) => (code, message),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_paid_month_is_a_paid_period_of_everybody_on_it() {
    let house = house().await;
    let done = house.receive("2024-10-21", &[PAID]).await;
    assert_eq!(done.by_status["matched"], (1, yuan(500)));
    let due = house.due("E1", "2024-10").await;
    assert_eq!((due.paid_employer, due.paid_person), (yuan(400), yuan(100)));
    let paid = house
        .app
        .store
        .paid_periods(house.area, "E1-P1")
        .await
        .unwrap();
    assert_eq!(
        (paid[0].period.as_str(), paid[0].owner.as_str()),
        ("2024-10", "E1")
    );
    assert_eq!(paid[0].paid_on.to_string(), "2024-10-20");
    house.agree().await;
}

#[tokio::test]
async fn the_same_file_is_recognised_and_a_dry_run_does_nothing() {
    let house = house().await;
    let text = file(&[PAID]);
    let dry = ReceiptsOptions {
        dry_run: true,
        ..ReceiptsOptions::default()
    };
    let tried = house.import("2024-10-21", &text, dry).await.unwrap();
    assert_eq!((tried.applied, tried.by_status["matched"].0), (false, 1));
    assert_eq!(house.due("E1", "2024-10").await.paid_employer, Fen::ZERO);
    let first = house
        .import("2024-10-21", &text, ReceiptsOptions::default())
        .await
        .unwrap();
    assert!(first.applied);
    let again = house
        .import("2024-10-22", &text, ReceiptsOptions::default())
        .await
        .unwrap();
    assert!(!again.applied);
    assert_eq!(again.before.unwrap().imported_by, "clerk");
    let other = text.replace("B1", "B2");
    let voucher = house
        .import("2024-10-22", &other, ReceiptsOptions::default())
        .await
        .unwrap();
    assert_eq!(voucher.by_status["duplicate"], (1, yuan(500)));
    assert_eq!(house.due("E1", "2024-10").await.paid_employer, yuan(400));
    house.agree().await;
}

#[tokio::test]
async fn wrong_totals_and_unreadable_lines_leave_nothing_behind() {
    let house = house().await;
    let wrong = file(&[PAID]).replace("合计金额,500.00", "合计金额,5000.00");
    let result = house
        .import("2024-10-21", &wrong, ReceiptsOptions::default())
        .await;
    assert_eq!(refused(result).0, "wrong_totals");
    let mixed = [PAID, "单位,E1,2024-9,\"1,0\",0,0,2024-10-20,V2"];
    let mixed = file(&mixed);
    let held = house
        .import("2024-10-21", &mixed, ReceiptsOptions::default())
        .await
        .unwrap();
    assert_eq!((held.applied, held.issues.len()), (false, 2));
    assert!(
        house
            .app
            .store
            .receipt_files(house.area, 9)
            .await
            .unwrap()
            .is_empty()
    );
    let rows_ok = ReceiptsOptions {
        rows_ok: true,
        ..ReceiptsOptions::default()
    };
    let mixed = mixed.replace("合计金额,500.00", "合计金额,510.00");
    let taken = house.import("2024-10-21", &mixed, rows_ok).await.unwrap();
    assert!(taken.applied);
    assert_eq!(taken.by_status["unreadable"].0, 1);
    let problems = house.app.store.problem_lines(house.area, 9).await.unwrap();
    assert!(
        problems[0].note.contains("“2024-9”不是费款所属期"),
        "{}",
        problems[0].note
    );
    house.agree().await;
}

#[tokio::test]
async fn money_without_a_period_waits_until_somebody_says_whose_it_is() {
    let house = house().await;
    let lines = [
        "单位,E7,2024-10,400.00,100.00,0,2024-10-20,V1",
        "单位,E1,2024-11,10.00,0,0,2024-10-20,V2",
        "单位,E1,,600.00,150.00,0,2024-10-20,V3",
        "单位,E1,2024-10,200.00,0,0,2024-10-20,V4",
    ];
    let done = house.receive("2024-10-21", &lines).await;
    let count = |status: &str| done.by_status.get(status).map_or(0, |sum| sum.0);
    assert_eq!((count("unmatched"), count("matched")), (2, 1));
    assert_eq!(count("under"), 1, "{:?}", done.by_status);
    // The oldest month first: September whole, October 200 + 50, then 200 more.
    let october = house.due("E1", "2024-10").await;
    assert_eq!(
        (october.paid_employer, october.paid_person),
        (yuan(400), yuan(50))
    );
    house.agree().await;
    let actor = house.by("clerk", "2024-10-22");
    let line = (done.file.as_str(), 3);
    let whose = house
        .app
        .match_line(&actor, line, ("E1", "2024-10"))
        .await
        .unwrap();
    assert_eq!(
        (whose.status.as_str(), whose.left_employer),
        ("over", yuan(400))
    );
    assert_eq!(house.due("E1", "2024-10").await.paid_person, yuan(100));
    house.agree().await;
    let none = house
        .app
        .match_line(&actor, (&done.file, 5), ("E1", ""))
        .await;
    assert_eq!(refused(none).0, "nothing_left");
    let nobody = house
        .app
        .match_line(&actor, (&done.file, 4), ("E7", ""))
        .await;
    assert_eq!(refused(nobody).0, "no_assessment");
}

#[tokio::test]
async fn late_money_brings_a_late_fee_that_can_be_paid() {
    let house = house().await;
    // Due on 30 September, paid on 20 October: 500 × 0.0005 × 20 = 5.00.
    house
        .receive(
            "2024-10-21",
            &["单位,E1,2024-09,400.00,100.00,5.00,2024-10-20,V1"],
        )
        .await;
    let fees = house.app.store.late_fees(house.area, "E1").await.unwrap();
    assert_eq!(
        (fees[0].days, fees[0].fee, fees[0].arrears),
        (20, yuan(5), yuan(500))
    );
    let counted = house.app.store.allocations(house.area, "E1").await.unwrap();
    assert_eq!(counted.iter().map(|one| one.late_fee).sum::<Fen>(), yuan(5));
    house.agree().await;
}
