use app::Error;
use app::contribution::SavedStep;
use money::Fen;

use crate::house::{House, day, month, yuan};

#[tokio::test]
async fn a_month_is_assessed_once_and_again_only_where_something_changed() {
    let house = House::open("340600").await;
    house
        .employer("E1", r#"["public_body"]"#, &[5_000, 6_000])
        .await;
    house.employer("E2", "[]", &[4_000]).await;
    let first = house.assess("2024-10", "2024-10-05").await;
    assert_eq!((first.employers, first.persons, first.unchanged), (2, 3, 0));
    // By hand: 8% of 15,000 and 2% of it.
    assert_eq!(
        (first.employer_part, first.person_part),
        (yuan(1_200), yuan(300))
    );
    let transfers = house.agree().await;
    let again = house.assess("2024-10", "2024-10-06").await;
    assert_eq!((again.unchanged, again.employer_part), (2, yuan(1_200)));
    assert_eq!(house.agree().await, transfers);
    let actor = house.by("clerk", "2024-10-07");
    let wages = [("E2-P1".to_owned(), yuan(4_100))];
    let declared = house
        .app
        .declare_wages(&actor, "E2", month("2024-09"), &wages);
    assert_eq!(declared.await.unwrap(), Ok(1));
    let changed = house.assess("2024-10", "2024-10-08").await;
    assert_eq!(changed.unchanged, 1);
    let due = house.due("E2", "2024-10").await;
    assert_eq!((due.version, due.owed_employer), (2, yuan(328)));
    assert!(house.agree().await > transfers);
    let months = house
        .app
        .store
        .employer_months(house.area, "E2")
        .await
        .unwrap();
    assert_eq!(
        (months[0].employer_part, months[1].employer_part),
        (yuan(320), yuan(328))
    );
}

#[tokio::test]
async fn every_line_explains_itself_by_the_law() {
    let house = House::open("340600").await;
    house.employer("E1", "[]", &[5_000]).await;
    house.assess("2020-02", "2020-02-10").await;
    let lines = house
        .app
        .store
        .month_lines(house.area, "E1", ("2020-02", 1))
        .await
        .unwrap();
    assert_eq!(
        (lines[0].employer_part, lines[0].person_part),
        (yuan(200), yuan(100))
    );
    let steps = SavedStep::read(&lines[0].trace).unwrap();
    let relief = steps.iter().find(|step| step.name == "减征").unwrap();
    assert!(
        relief.sentence.contains("费率由8%降为4%"),
        "{}",
        relief.sentence
    );
    assert_eq!(relief.effective, Some(day("2020-02-01")));
}

#[tokio::test]
async fn who_cannot_be_assessed_is_listed_and_holds_nobody_up() {
    let house = House::open("340600").await;
    house.employer("E1", "[]", &[5_000]).await;
    let actor = house.by("clerk", "2024-10-01");
    let stranger = store::StaffRow {
        employer: "E1".to_owned(),
        person_no: "E1-P9".to_owned(),
        starts_on: day("2024-10-10"),
        ends_on: None,
        category: "active".to_owned(),
    };
    house
        .app
        .put_employers(&actor, Vec::new(), vec![stranger])
        .await
        .unwrap();
    let before = house.assess("2024-09", "2024-10-05").await;
    assert_eq!((before.persons, before.problems), (1, 0));
    let done = house.assess("2024-10", "2024-10-05").await;
    assert_eq!((done.persons, done.problems), (1, 1));
    let row = house
        .app
        .store
        .employer_months(house.area, "E1")
        .await
        .unwrap()
        .remove(1);
    assert_eq!(
        row.problems,
        r#"[{"person_no":"E1-P9","message":"缺少本人月工资，不能核定"}]"#
    );
}

#[tokio::test]
async fn bad_declarations_are_refused_whole() {
    let house = House::open("340600").await;
    house.employer("E1", "[]", &[5_000]).await;
    let actor = house.by("clerk", "2024-10-01");
    let wages = [
        ("E1-P1".to_owned(), Fen::new(-1)),
        ("E1-P1".to_owned(), yuan(1)),
        ("X".to_owned(), yuan(5_000)),
    ];
    let refused = house
        .app
        .declare_wages(&actor, "E1", month("2024-10"), &wages)
        .await;
    let said: Vec<String> = refused
        .unwrap()
        .unwrap_err()
        .into_iter()
        .map(|one| one.message)
        .collect();
    assert_eq!(
        said,
        [
            "月工资-0.01元为负或过大",
            "同一人申报了两次",
            "2024-10不在本单位在册职工之列"
        ]
    );
    assert_eq!(
        house.app.store.wages(house.area, "E1").await.unwrap().len(),
        1
    );
    let unknown = house
        .app
        .declare_wages(&actor, "E9", month("2024-10"), &[])
        .await;
    assert!(matches!(unknown, Err(Error::Missing { .. })));
    let nobody = house
        .app
        .assess_month(&actor, month("2024-10"), Some("E9"), &|_| {})
        .await;
    assert!(matches!(nobody, Err(Error::Missing { .. })));
}

#[tokio::test]
async fn arrears_grow_by_the_day_and_rest_while_deferred() {
    let house = House::open("421300").await;
    house.employer("E1", "[]", &[10_000]).await;
    house.employer("E2", r#"["public_body"]"#, &[10_000]).await;
    house.assess("2022-08", "2022-08-10").await;
    let arrears = async |on: &str| {
        let found = house
            .app
            .arrears(house.area, day(on), (None, false))
            .await
            .unwrap();
        found
            .into_iter()
            .map(|one| (one.due.owner.clone(), one.days, one.late_fee))
            .collect::<Vec<_>>()
    };
    assert!(arrears("2022-08-31").await.is_empty());
    // By hand: 30 days; E1 owes 800 of its own, deferred to the end of the year, and 200 of its
    // people, which is not; E2 owes both without deferral.
    let day30 = arrears("2022-09-30").await;
    assert_eq!(
        day30,
        [
            ("E1".to_owned(), 30, yuan(3)),
            ("E2".to_owned(), 30, yuan(15))
        ]
    );
    // 200 × 0.0005 × 153 = 15.30; 800 × 0.0005 × 31 = 12.40.
    let later = arrears("2023-01-31").await;
    assert_eq!(later[0], ("E1".to_owned(), 153, Fen::new(2770)));
}
