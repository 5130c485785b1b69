use money::Fen;

use crate::house::{House, yuan};

async fn season(house: &House, year: i16, on: &str) -> app::contribution::SeasonDone {
    let actor = house.by("clerk", on);
    house
        .app
        .assess_season(&actor, year, &|_| {})
        .await
        .unwrap()
}

#[tokio::test]
async fn a_season_knows_who_is_subsidised_and_who_is_late() {
    let house = House::open("421300").await;
    house.resident("P1", "2020-01-01", &[]).await;
    house
        .resident("P2", "2020-01-01", &[("dibao", "2023-11-01")])
        .await;
    house
        .resident("P3", "2024-05-06", &[("tekun", "2024-05-06")])
        .await;
    let done = season(&house, 2024, "2024-06-01").await;
    assert_eq!(
        (done.persons, done.assessed, done.problems.len()),
        (3, 3, 0)
    );
    // By hand: 380 + (380 − 300) + 0 due, 300 + 380 subsidised.
    assert_eq!((done.due, done.subsidised), (yuan(460), yuan(680)));
    let again = season(&house, 2024, "2024-06-02").await;
    assert_eq!((again.persons, again.assessed), (3, 0));
    let paid = house
        .app
        .store
        .paid_periods(house.area, "P3")
        .await
        .unwrap();
    assert_eq!((paid.len(), paid[0].scheme.as_str()), (1, "resident"));
    house
        .receive("2024-06-03", &["个人,P1,2024,,380.00,,2024-06-02,V1"])
        .await;
    assert_eq!(
        house
            .app
            .store
            .paid_periods(house.area, "P1")
            .await
            .unwrap()
            .len(),
        1
    );
    house.agree().await;
    let sums = house
        .app
        .store
        .month_sums(house.area, "2024")
        .await
        .unwrap();
    assert_eq!((sums[0].kind.as_str(), sums[0].owners), ("resident", 3));
    assert_eq!((sums[0].paid, sums[0].unpaid), (yuan(380), yuan(80)));
}

#[tokio::test]
async fn a_year_without_a_tariff_is_not_assessed() {
    let house = House::open("421300").await;
    let actor = house.by("clerk", "2026-06-01");
    let refused = house
        .app
        .assess_season(&actor, 2030, &|_| {})
        .await
        .unwrap_err();
    assert_eq!(refused.to_string(), "2030年度没有公布居民缴费标准");
}

#[tokio::test]
async fn recognised_after_paying_the_person_gets_the_subsidised_part_back() {
    let house = House::open("421300").await;
    house.resident("P1", "2020-01-01", &[]).await;
    season(&house, 2024, "2023-12-01").await;
    house
        .receive("2023-12-05", &["个人,P1,2024,,380.00,,2023-12-04,V1"])
        .await;
    let actor = house.by("list-7", "2024-04-01");
    let same = house.app.resubsidise(&actor, "P1", 2024).await.unwrap();
    assert!(same.is_none(), "nothing has changed");
    assert!(
        house
            .app
            .resubsidise(&actor, "P1", 2025)
            .await
            .unwrap()
            .is_none()
    );
    house
        .resident("P1", "2020-01-01", &[("dibao", "2024-04-01")])
        .await;
    let change = house
        .app
        .resubsidise(&actor, "P1", 2024)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (change.subsidy_due, change.refund, change.due),
        (yuan(300), yuan(300), Fen::ZERO)
    );
    house.agree().await;
    let refund = house
        .app
        .store
        .refunds(house.area, "P1", 9)
        .await
        .unwrap()
        .remove(0);
    assert_eq!(
        (refund.state.as_str(), refund.person_part),
        ("proposed", yuan(300))
    );
    let auditor = house.by("auditor", "2024-04-02");
    house
        .app
        .decide_refund(&auditor, &refund.refund, true, "")
        .await
        .unwrap();
    house.app.pay_refund(&actor, &refund.refund).await.unwrap();
    let due = house.due("P1", "2024").await;
    assert_eq!((due.owed_person, due.paid_person), (yuan(80), yuan(80)));
    house.agree().await;
    let again = house.app.resubsidise(&actor, "P1", 2024).await.unwrap();
    assert!(again.is_none());
    house
        .resident(
            "P1",
            "2020-01-01",
            &[("dibao", "2024-04-01"), ("zhongcan", "2024-05-01")],
        )
        .await;
    let actor = house.by("list-8", "2024-05-02");
    let moved = house
        .app
        .resubsidise(&actor, "P1", 2024)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(moved.premium.subsidy.unwrap().fund.word(), "public_finance");
    house.agree().await;
}

#[tokio::test]
async fn a_premium_of_next_year_is_held_until_the_year_begins() {
    let house = House::open("421300").await;
    house.resident("P1", "2020-01-01", &[]).await;
    season(&house, 2025, "2024-11-01").await;
    house
        .receive("2024-11-05", &["个人,P1,2025,,400.00,,2024-11-04,V1"])
        .await;
    assert_eq!(house.due("P1", "2025").await.paid_person, yuan(400));
    house.agree().await;
}

#[tokio::test]
async fn a_paid_year_that_is_not_covered_becomes_cover() {
    let house = House::open("421300").await;
    house.resident("P1", "2020-01-01", &[]).await;
    let mut file = house.file("P1").await;
    file.coverage[0].ends_on = Some(crate::house::day("2024-12-31"));
    house.put(file).await;
    let clerk = house.by("clerk", "2024-11-01");
    let choice = (terms::Category::Adult, None);
    let row = house
        .app
        .assess_premium(&clerk, "P1", 2025, choice.clone())
        .await;
    assert_eq!(row.unwrap().due, yuan(400));
    let second = house.app.assess_premium(&clerk, "P1", 2025, choice).await;
    assert_eq!(second.unwrap_err().to_string(), "人员P1的2025年度已经核定");
    house
        .receive("2024-11-05", &["个人,P1,2025,,400.00,,2024-11-04,V1"])
        .await;
    let actor = house.by("clerk", "2024-11-05");
    let done = house.app.register_payments(&actor, 100).await.unwrap();
    assert_eq!((done.periods, done.changed), (1, 1), "{done:?}");
    let again = house.app.register_payments(&actor, 100).await.unwrap();
    assert_eq!(again.periods, 0);
    let file = house.file("P1").await;
    let day = crate::house::day("2025-12-31");
    let covered = file.coverage.iter().any(|row| {
        row.state == "active" && row.starts_on <= day && row.ends_on.is_none_or(|end| day <= end)
    });
    assert!(covered, "{:?}", file.coverage);
}

#[tokio::test]
async fn where_there_are_several_prices_somebody_has_to_choose() {
    let house = House::open("990100").await;
    house.resident("P1", "2020-01-01", &[]).await;
    let done = season(&house, 2025, "2024-11-01").await;
    assert_eq!((done.assessed, done.problems.len()), (0, 1));
    assert_eq!(done.problems[0].1, "缺少缴费档次，不能核定");
    let clerk = house.by("clerk", "2024-11-02");
    let second = (terms::Category::Adult, Some(terms::Word::new("second")));
    let row = house.app.assess_premium(&clerk, "P1", 2025, second).await;
    assert_eq!(row.unwrap().due, yuan(550));
}
