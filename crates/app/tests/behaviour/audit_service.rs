//! The service audits its own bills: what is new, once, and what was taken back no longer.

use app::AuditBook;
use app::audit::{Move, Officer, Role, ScanAsk, ServiceRun, Verb};
use app::register::Actor;
use app::settlement::{Reverse, reverse};
use jiff::civil::{Date, date};
use lines::{Quality, Table};
use store::{DoubtFilter, DoubtRow};
use terms::Word;

use crate::house::{ACTIVE, Bill, House, PHARMACY, SPONSOR, area, at};

/// One sale of an item in thirty days, and an item for men only; both people are women.
fn book(item: &str) -> AuditBook {
    let mut knowledge = audit::Knowledge::default();
    let mut quality = Quality::default();
    let mut once = Table::new(["item", "max_times", "window_days", "kp_id", "version"]);
    once.push([item, "1", "30", "KP-1", "3"]);
    knowledge.add("k_item_cycle_cap", &once, &mut quality);
    let mut sex = Table::new(["item", "sex"]);
    sex.push([item, "male"]);
    knowledge.add("k_drug_sex", &sex, &mut quality);
    AuditBook {
        knowledge,
        knowledge_edition: "k1".to_owned(),
        ..AuditBook::default()
    }
}

async fn house() -> House {
    let house = House::open().await;
    let line = house.line("1", at("2024-11-15T09:00:00"), 1);
    house.app.set_audit_book(book(&line.item_code));
    house
}

fn actor(day: Date) -> Actor {
    Actor::batch(area(), "nightly", day.at(3, 0, 0, 0))
}

/// The night of a day, over a month.
async fn scan(house: &House, night: Date, month: i8) -> ServiceRun {
    let from = Date::new(2024, month, 1).unwrap();
    let ask = ScanAsk {
        from,
        to: from.last_of_month(),
        full: false,
        threads: 2,
    };
    house.app.audit_service(&actor(night), &ask).await.unwrap()
}

/// People read, and findings found, fresh and gone.
fn told(run: &ServiceRun) -> (i64, i64, i64, i64) {
    let counts = &run.counts;
    (counts.people, counts.found, counts.fresh, counts.gone)
}

async fn of_rule(house: &House, rule: &str) -> Vec<DoubtRow> {
    let filter = DoubtFilter {
        rule: Some(rule.to_owned()),
        ..DoubtFilter::default()
    };
    let rows = house.app.store.search_doubts(area(), &filter, "", 100);
    rows.await.unwrap()
}

async fn sell(house: &House, person: &str, message: &str, when: &str) -> Bill {
    house.sell(person, message, when, 100).await.unwrap()
}

#[tokio::test]
async fn a_new_bill_is_found_by_looking_at_its_person_only() {
    let house = house().await;
    sell(&house, ACTIVE, "M1", "2024-11-15T09:00:00").await;
    sell(&house, SPONSOR, "M2", "2024-11-15T10:00:00").await;
    let first = scan(&house, date(2024, 11, 16), 11).await;
    assert_eq!(told(&first), (2, 2, 2, 0), "{first:?}");
    assert!(first.rules.contains(&"C001".to_owned()));
    let waits = |rule: &str| first.waiting.iter().any(|(id, _)| id == rule);
    assert!(waits("P003") && !waits("C001"), "{:?}", first.waiting);

    let again = scan(&house, date(2024, 11, 17), 11).await;
    assert_eq!(told(&again), (0, 0, 0, 0), "nobody's record moved");
    sell(&house, SPONSOR, "M3", "2024-11-17T10:00:00").await;
    let third = scan(&house, date(2024, 11, 18), 11).await;
    // Two lines for men only, one of them also too soon after the other.
    assert_eq!(told(&third), (1, 3, 2, 0));
    let soon = of_rule(&house, "P014").await;
    assert_eq!(soon.len(), 1);
    assert_eq!(soon[0].person_no, SPONSOR);
    assert_eq!(soon[0].day, date(2024, 11, 17));
    let finding = house
        .app
        .store
        .audit_finding(area(), SPONSOR, &soon[0].finding)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(finding.knowledge, "KP-1@3");
    assert!(
        finding.evidence.contains("max_times"),
        "{}",
        finding.evidence
    );
}

#[tokio::test]
async fn everybody_is_looked_at_again_on_demand_and_nothing_changes() {
    let house = house().await;
    sell(&house, ACTIVE, "M1", "2024-11-15T09:00:00").await;
    scan(&house, date(2024, 11, 16), 11).await;
    let before = of_rule(&house, "C001").await;
    let ask = ScanAsk {
        from: date(2024, 11, 1),
        to: date(2024, 11, 30),
        full: true,
        threads: 1,
    };
    let night = actor(date(2024, 11, 20));
    let again = house.app.audit_service(&night, &ask).await.unwrap();
    assert_eq!(told(&again), (1, 1, 0, 0));
    assert_eq!(of_rule(&house, "C001").await, before);
}

/// Bills and lines of the year that count as looked at.
async fn covered(house: &House) -> (i64, i64) {
    let year = (date(2024, 1, 1), date(2024, 12, 31));
    let covered = house.app.store.audit_coverage(area(), year).await.unwrap();
    (covered.bills, covered.lines)
}

#[tokio::test]
async fn a_bill_that_is_looked_at_twice_is_covered_once() {
    let house = house().await;
    sell(&house, ACTIVE, "M1", "2024-11-15T09:00:00").await;
    scan(&house, date(2024, 11, 16), 11).await;
    assert_eq!(covered(&house).await, (1, 1));
    sell(&house, ACTIVE, "M2", "2024-11-17T09:00:00").await;
    sell(&house, SPONSOR, "M3", "2024-11-17T10:00:00").await;
    assert_eq!(covered(&house).await, (1, 1), "nobody looked at the others");
    scan(&house, date(2024, 11, 18), 10).await;
    assert_eq!(covered(&house).await, (1, 1), "they are not of October");
    for night in [19, 20] {
        let second = scan(&house, date(2024, 11, night), 11).await;
        assert_eq!(covered(&house).await, (3, 3), "{second:?}");
    }
}

#[tokio::test]
async fn a_window_closes_over_the_month_and_the_month_before_stays() {
    let house = house().await;
    sell(&house, ACTIVE, "M1", "2024-10-28T09:00:00").await;
    scan(&house, date(2024, 10, 29), 10).await;
    let october = of_rule(&house, "C001").await;
    sell(&house, ACTIVE, "M2", "2024-11-05T09:00:00").await;
    let run = scan(&house, date(2024, 11, 6), 11).await;
    assert_eq!(told(&run), (1, 2, 2, 0), "P014 and C001 of November only");
    let soon = of_rule(&house, "P014").await;
    assert_eq!(soon[0].day, date(2024, 11, 5));
    let kept = of_rule(&house, "C001").await;
    assert_eq!(kept[0], october[0]);
    // October looked at again knows the later bill and still leaves November alone.
    let back = scan(&house, date(2024, 11, 7), 10).await;
    assert_eq!(told(&back), (1, 1, 0, 0));
    assert_eq!(of_rule(&house, "P014").await, soon);
}

#[tokio::test]
async fn a_bill_taken_back_takes_its_findings_along() {
    let house = house().await;
    let bill = sell(&house, ACTIVE, "M1", "2024-11-15T09:00:00").await;
    scan(&house, date(2024, 11, 16), 11).await;
    let call = house.call(PHARMACY, "R1", "2024-11-20T10:00:00");
    let command = Reverse {
        person_no: ACTIVE.to_owned(),
        settlement: bill.id,
        visit_id: None,
        kind: None,
    };
    let done = reverse(&house.app, &call, &command, |_| Ok(Vec::new()));
    done.await.unwrap();
    let run = scan(&house, date(2024, 11, 21), 11).await;
    assert_eq!(told(&run), (1, 0, 0, 1));
    assert_eq!(of_rule(&house, "C001").await[0].state, "withdrawn");
}

#[tokio::test]
async fn other_knowledge_is_tried_on_everybody() {
    let house = house().await;
    sell(&house, ACTIVE, "M1", "2024-11-15T09:00:00").await;
    scan(&house, date(2024, 11, 16), 11).await;
    house.app.set_audit_book(AuditBook {
        knowledge_edition: "k2".to_owned(),
        ..book("X-OTHER")
    });
    let run = scan(&house, date(2024, 11, 17), 11).await;
    assert_eq!(told(&run), (1, 0, 0, 1), "the drug is no longer limited");
    house.app.set_audit_book(AuditBook::default());
    let run = scan(&house, date(2024, 11, 18), 11).await;
    assert_eq!(told(&run), (1, 0, 0, 0), "rules that wait say nothing");
}

#[tokio::test]
async fn an_empty_period_is_a_run_without_anybody() {
    let house = house().await;
    let run = scan(&house, date(2024, 2, 1), 1).await;
    assert_eq!(told(&run), (0, 0, 0, 0));
    let runs = house.app.store.audit_runs(area(), 10).await.unwrap();
    assert_eq!(runs.len(), 1);
    assert_eq!(
        (runs[0].from, runs[0].to),
        (date(2024, 1, 1), date(2024, 1, 31))
    );
    let wrong = ScanAsk {
        from: date(2024, 2, 1),
        to: date(2024, 1, 1),
        full: false,
        threads: 1,
    };
    let night = actor(date(2024, 3, 1));
    let refused = house.app.audit_service(&night, &wrong);
    assert!(refused.await.unwrap_err().to_string().contains("前后颠倒"));
}

#[tokio::test]
async fn the_night_audits_two_months_and_confirms_what_nobody_appealed() {
    let house = house().await;
    sell(&house, ACTIVE, "M1", "2024-10-15T09:00:00").await;
    let night = |day| actor(day);
    let first = night(date(2024, 11, 2));
    let done = house.app.audit_night(&first, 1).await.unwrap();
    assert_eq!((done.run.counts.fresh, done.lapsed), (1, 0));
    let reviewer = Officer {
        name: "初审".to_owned(),
        roles: vec![Role::FirstReviewer],
        institution: None,
        actor: first,
    };
    let doubt = of_rule(&house, "C001").await.remove(0).doubt;
    let published = house.app.publish_doubts(&reviewer, &[doubt]).await.unwrap();
    let due = published.notices[0].due.unwrap();
    let on_time = house.app.audit_night(&night(due), 1).await.unwrap();
    assert_eq!(on_time.lapsed, 0, "the last day is theirs");
    let late = night(due.tomorrow().unwrap());
    let done = house.app.audit_night(&late, 1).await.unwrap();
    assert_eq!(done.lapsed, 1);
    assert_eq!(of_rule(&house, "C001").await[0].state, "confirmed");
}

/// One sale that C001 finds, audited; how strong its doubt is.
async fn strength_in(house: &House, day: Date) -> String {
    scan(house, day, day.month()).await;
    of_rule(house, "C001").await.pop().unwrap().strength
}

#[tokio::test]
async fn a_rule_on_trial_suspects_until_the_area_releases_it() {
    for (trial, strength) in [(true, "suspect"), (false, "deduct")] {
        let house = House::handling_doubts(|rule| {
            rule.trial_rules = trial.then(|| Word::new("C001")).into_iter().collect();
        });
        let house = house.await;
        let item = house.line("1", at("2024-11-15T09:00:00"), 1).item_code;
        house.app.set_audit_book(book(&item));
        sell(&house, ACTIVE, "M1", "2024-11-15T09:00:00").await;
        let found = strength_in(&house, date(2024, 11, 16)).await;
        assert_eq!(found, strength, "on trial: {trial}");
    }
}

#[tokio::test]
async fn knowledge_on_trial_suspects_until_it_is_released() {
    let house = House::open().await;
    let item = house.line("1", at("2024-11-15T09:00:00"), 1).item_code;
    for (status, day, strength) in [("trial", 15, "suspect"), ("active", 18, "deduct")] {
        let mut knowledge = audit::Knowledge::default();
        let mut table = Table::new(["item", "sex", "status"]);
        table.push([item.as_str(), "male", status]);
        knowledge.add("k_drug_sex", &table, &mut Quality::default());
        house.app.set_audit_book(AuditBook {
            knowledge,
            knowledge_edition: status.to_owned(),
            ..AuditBook::default()
        });
        let when = format!("2024-11-{day}T09:00:00");
        sell(&house, SPONSOR, status, &when).await;
        let night = date(2024, 11, day).tomorrow().unwrap();
        assert_eq!(strength_in(&house, night).await, strength);
    }
}

#[tokio::test]
async fn a_rule_below_its_floor_only_suspects_from_the_next_night_on() {
    let house = House::handling_doubts(|rule| rule.precision_decisions = 2).await;
    let item = house.line("1", at("2024-11-15T09:00:00"), 1).item_code;
    house.app.set_audit_book(book(&item));
    for (nth, person) in [ACTIVE, SPONSOR].into_iter().enumerate() {
        sell(&house, person, &format!("M{nth}"), "2024-11-15T09:00:00").await;
    }
    assert_eq!(strength_in(&house, date(2024, 11, 16)).await, "deduct");
    let reviewer = Officer {
        name: "初审".to_owned(),
        roles: vec![Role::FirstReviewer],
        institution: None,
        actor: actor(date(2024, 11, 17)),
    };
    for doubt in of_rule(&house, "C001").await {
        let wrong = Move {
            verb: Verb::Dismiss {
                reason: "处方另有依据".to_owned(),
            },
            seen: None,
            text: String::new(),
            attachments: Vec::new(),
        };
        let moved = house.app.move_doubt(&reviewer, &doubt.doubt, &wrong);
        moved.await.unwrap();
    }
    sell(&house, ACTIVE, "M9", "2024-11-17T09:00:00").await;
    let night = date(2024, 11, 18);
    scan(&house, night, 11).await;
    let rows = of_rule(&house, "C001").await;
    let fresh: Vec<_> = rows
        .iter()
        .filter(|row| row.day == date(2024, 11, 17))
        .collect();
    assert_eq!(fresh.len(), 1);
    assert_eq!(fresh[0].strength, "suspect");
    let standings = house.app.store.audit_standings(area()).await.unwrap();
    let of_rule = standings.iter().find(|row| row.rule == "C001").unwrap();
    assert_eq!((of_rule.confirmed, of_rule.dismissed), (0, 2));
}
