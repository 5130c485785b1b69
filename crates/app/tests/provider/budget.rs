use app::Error;
use app::budget::{InterviewHeld, TargetAsked, Warned};
use money::Fen;
use policy::FeeMonth;

use crate::hospital::{by, day, hospitals, stay, stay_at};
use crate::house::{HOSPITAL, House, area};

fn month(text: &str) -> FeeMonth {
    text.parse().unwrap()
}

fn code(error: Error) -> &'static str {
    match error {
        Error::Refused { code, .. } => code,
        other => panic!("{other:?}"),
    }
}

fn asked(amount: Fen, quotas: Option<[Fen; 12]>) -> TargetAsked {
    TargetAsked {
        institution: HOSPITAL.to_owned(),
        book: "E".to_owned(),
        year: 2024,
        asked: amount,
        offered: amount,
        amount,
        quotas,
        note: "两轮协商后达成一致".to_owned(),
    }
}

#[tokio::test]
async fn a_target_counts_once_another_person_agrees() {
    let house = House::open().await;
    let app = &house.app;
    let clerk = by("clerk", "2024-01-10");
    let first = asked(Fen::yuan(120_000), None);
    let row = app.propose_target(&clerk, &first).await.unwrap();
    assert_eq!((row.version, row.season.as_str()), (1, "even"));
    let waits = app.propose_target(&clerk, &first).await;
    assert_eq!(code(waits.unwrap_err()), "target_waits");
    let of = (HOSPITAL, "E", 2024);
    let own = app.decide_target(&clerk, of, true).await;
    assert!(matches!(own, Err(Error::Denied(_))));
    let none = app.budget_progress(area(), month("2024-03")).await.unwrap();
    assert!(none.is_empty());
    let chief = by("chief", "2024-01-11");
    app.decide_target(&chief, of, true).await.unwrap();
    let lines = app.budget_progress(area(), month("2024-03")).await.unwrap();
    assert_eq!((lines[0].quota, lines[0].version), (Fen::yuan(30_000), 1));
    // A second round, turned down, changes nothing.
    let wrong = [Fen::yuan(1); 12];
    let differ = app
        .propose_target(&clerk, &asked(Fen::yuan(13), Some(wrong)))
        .await;
    assert_eq!(code(differ.unwrap_err()), "quotas_differ");
    let second = asked(Fen::yuan(12), Some(wrong));
    assert_eq!(
        app.propose_target(&clerk, &second).await.unwrap().version,
        2
    );
    app.decide_target(&chief, of, false).await.unwrap();
    let lines = app.budget_progress(area(), month("2024-03")).await.unwrap();
    assert_eq!(lines[0].version, 1);
}

#[tokio::test]
async fn quotas_follow_the_season_of_the_year_before() {
    let house = House::open().await;
    stay(&house, 1, "2023-02-15", 20_000).await;
    stay(&house, 2, "2023-08-15", 40_000).await;
    let clerk = by("clerk", "2024-01-10");
    let row = house
        .app
        .propose_target(&clerk, &asked(Fen::yuan(60_000), None))
        .await
        .unwrap();
    let quotas: Vec<i64> = serde_json::from_str(&row.quotas).unwrap();
    assert_eq!(row.season, "history");
    assert_eq!(quotas.iter().sum::<i64>(), Fen::yuan(60_000).get());
    assert!(quotas[7] > quotas[1] && quotas[1] > 0);
    assert_eq!(quotas[2], 0);
}

/// The talk is about what was spent from January to May, and is closed with what followed.
#[tokio::test]
async fn an_interview_is_held_with_who_spends_ahead_and_closed_with_what_followed() {
    let house = House::open().await;
    let app = &house.app;
    let bill = stay(&house, 1, "2024-05-15", 40_000).await;
    // Twelve equal quotas of which five are worth a bit less than what was spent.
    let quota = Fen::new(bill.fund.get() / 6);
    let target: Fen = [quota; 12].into_iter().sum();
    let clerk = by("clerk", "2024-06-10");
    app.propose_target(&clerk, &asked(target, Some([quota; 12])))
        .await
        .unwrap();
    app.decide_target(&by("chief", "2024-06-10"), (HOSPITAL, "E", 2024), true)
        .await
        .unwrap();
    let over = app.over_target(area(), month("2024-05")).await.unwrap();
    assert_eq!(over[0].warning, Warned::Interview);
    assert_eq!(
        over[0].over(),
        bill.fund - quota - quota - quota - quota - quota
    );
    assert!(
        app.over_target(area(), month("2024-06"))
            .await
            .unwrap()
            .is_empty()
    );
    let held = InterviewHeld {
        institution: HOSPITAL.to_owned(),
        book: "E".to_owned(),
        through: month("2024-05"),
        causes: "收治病例增加，次均费用偏高".to_owned(),
        remedies: "控制次均费用，规范入院指征".to_owned(),
        deadline: day("2024-08-31"),
        follow_up: month("2024-08"),
    };
    let row = app.hold_interview(&clerk, &held).await.unwrap();
    assert_eq!((row.warning.as_str(), row.actual), ("interview", bill.fund));
    let twice = app.hold_interview(&clerk, &held).await;
    assert_eq!(code(twice.unwrap_err()), "interviewed");
    let within = InterviewHeld {
        through: month("2024-06"),
        ..held.clone()
    };
    assert_eq!(
        code(app.hold_interview(&clerk, &within).await.unwrap_err()),
        "within_target"
    );
    let early = app
        .close_interview(&by("clerk", "2024-08-31"), &row.interview, "已整改")
        .await;
    assert_eq!(code(early.unwrap_err()), "too_early");
    let later = by("clerk", "2024-09-02");
    let closed = app.close_interview(&later, &row.interview, "已整改");
    let closed = closed.await.unwrap();
    // Nothing more was spent: six sixths of eight quotas.
    assert_eq!(
        (closed.state.as_str(), &closed.progress_after[..4]),
        ("closed", "0.75")
    );
}

/// A northern city interviewed the eleven institutions that had spent far ahead of their quotas
/// from January to May; that list is one query. Fifteen have targets; eleven of them spent fifteen
/// percent more than their five quotas, or still more.
#[tokio::test]
async fn the_list_of_eleven_is_one_query() {
    let house = House::open().await;
    let app = &house.app;
    let clerk = by("clerk", "2024-06-10");
    let percent = [
        80, 100, 104, 114, 115, 116, 118, 120, 125, 129, 130, 131, 150, 200, 400,
    ];
    let months = ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05"];
    let mut expected = Vec::new();
    let codes = hospitals(&house, 15).await;
    for ((nth, code), percent) in (0_u32..).zip(&codes).zip(percent) {
        let to = format!("{}-{:02}", months[nth as usize % 5], 5 + nth / 5 * 7);
        let bill = stay_at(&house, code, (nth, &to), 4_000).await;
        let mut quotas = [Fen::ZERO; 12];
        // January bears what the five months may spend; nothing is left of it after that.
        quotas[0] = Fen::new(bill.fund.get() * 100 / percent);
        quotas[11] = Fen::yuan(1_000);
        let of = TargetAsked {
            institution: code.clone(),
            ..asked(quotas.iter().copied().sum(), Some(quotas))
        };
        app.propose_target(&clerk, &of).await.unwrap();
        let chief = by("chief", "2024-06-10");
        app.decide_target(&chief, (code, "E", 2024), true)
            .await
            .unwrap();
        if percent >= 115 {
            expected.insert(0, code.clone());
        }
    }
    let over = app.over_target(area(), month("2024-05")).await.unwrap();
    let listed: Vec<String> = over.iter().map(|line| line.institution.clone()).collect();
    assert_eq!(listed, expected);
    assert_eq!(listed.len(), 11);
    let all = app.budget_progress(area(), month("2024-05")).await.unwrap();
    let reviews = all
        .iter()
        .filter(|line| line.warning == Warned::SpecialReview)
        .count();
    assert_eq!((all.len(), reviews), (15, 5));
}
