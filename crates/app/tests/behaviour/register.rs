//! The register: facts are only added to, and a change of the past lists the bills it touches.

use app::Error;
use app::register::{Actor, Change, PersonRecord};
use enrolment::register::{Fact, NewFact};
use jiff::civil::{Date, date};
use money::Fen;
use terms::{CoverState, DocumentKind, Sex};

use crate::house::{ACTIVE, House, SPONSOR, area, at};

fn actor(when: &str) -> Actor {
    Actor {
        area: area(),
        kind: "user",
        name: "clerk".to_owned(),
        institution: String::new(),
        source: "counter".to_owned(),
        address: String::new(),
        at: at(when),
    }
}

/// The person's only period of cover ends, and a suspended one follows.
fn suspended_from(record: &PersonRecord, day: Date) -> Vec<NewFact> {
    let open = record.open("period");
    let mut fact = open[0].fact.clone();
    let mut facts = vec![NewFact::ended(open[0], day.yesterday().unwrap())];
    if let Fact::Period { state, reason, .. } = &mut fact {
        *state = CoverState::Suspended;
        *reason = "单位欠费".to_owned();
    }
    facts.push(NewFact::from(day, fact));
    facts
}

#[tokio::test]
async fn cover_taken_away_for_the_past_lists_what_was_paid_too_much() {
    let house = House::open().await;
    let bill = house
        .sell(ACTIVE, "M1", "2024-11-15T09:00:00", 900)
        .await
        .unwrap();
    assert!(bill.fund > Fen::ZERO);
    let changed = house
        .app
        .change_register(&actor("2024-11-20T10:00:00"), ACTIVE, "suspend", |record| {
            Ok(suspended_from(record, date(2024, 11, 1)).into())
        })
        .await
        .unwrap();

    let [difference] = changed.reopened.as_slice() else {
        panic!("{changed:?}");
    };
    assert_eq!(difference.settlement_id, bill.id);
    assert_eq!(difference.fund_before, bill.fund);
    assert_eq!(difference.fund_after, Fen::ZERO);
    assert_eq!(difference.own_after, Fen::yuan(900));
    let stored = house
        .app
        .store
        .reopened_bills(area(), Some(ACTIVE), None, 10);
    assert_eq!(stored.await.unwrap(), changed.reopened);
    // Nothing is recovered by that: the account and the books stand as they stood.
    assert_eq!(house.balance(ACTIVE).await, Fen::yuan(1_000) - bill.account);

    let context = house.context(ACTIVE).await;
    let states: Vec<&str> = context
        .coverage
        .iter()
        .map(|row| row.state.as_str())
        .collect();
    assert_eq!(states, ["active", "suspended"]);
}

#[tokio::test]
async fn a_suspension_taken_back_restores_what_the_bill_should_have_been() {
    let house = House::open().await;
    let suspend = actor("2024-11-10T10:00:00");
    house
        .app
        .change_register(&suspend, ACTIVE, "suspend", |record| {
            Ok(suspended_from(record, date(2024, 11, 1)).into())
        })
        .await
        .unwrap();
    let refused = house.sell(ACTIVE, "M1", "2024-11-15T09:00:00", 900).await;
    let paid_alone = refused.map(|bill| bill.fund).unwrap_or(Fen::ZERO);
    assert_eq!(paid_alone, Fen::ZERO);

    let changed = house
        .app
        .change_register(&actor("2024-11-20T10:00:00"), ACTIVE, "correct", |record| {
            let last = record.register.entries().last().unwrap();
            Ok(vec![NewFact::withdrawing(last)].into())
        })
        .await
        .unwrap();
    assert!(changed.last_entry > 0);
    let record = house
        .app
        .person_record(area(), ACTIVE)
        .await
        .unwrap()
        .unwrap();
    let then = record.register.believed(at("2024-11-15T00:00:00"));
    let now = record.register.current();
    let periods = |facts: &[&enrolment::register::Entry]| {
        let kinds = facts.iter().filter(|entry| entry.fact.word() == "period");
        kinds.count()
    };
    assert_eq!((periods(&then), periods(&now)), (2, 1));
}

#[tokio::test]
async fn a_change_of_the_future_opens_no_bill() {
    let house = House::open().await;
    house
        .sell(ACTIVE, "M1", "2024-11-15T09:00:00", 900)
        .await
        .unwrap();
    let changed = house
        .app
        .change_register(&actor("2024-11-20T10:00:00"), ACTIVE, "suspend", |record| {
            Ok(suspended_from(record, date(2024, 12, 1)).into())
        })
        .await
        .unwrap();
    assert_eq!(changed.reopened, []);
}

fn newcomer(document: &str) -> Vec<NewFact> {
    let born = date(1991, 5, 6);
    vec![
        NewFact::from(born, Fact::Birth { birth: born }),
        NewFact::from(
            born,
            Fact::Name {
                name: "示例新人".into(),
            },
        ),
        NewFact::from(born, Fact::Sex { sex: Sex::Female }),
        NewFact::from(
            born,
            Fact::Document {
                document: DocumentKind::Passport,
                number: document.to_owned(),
            },
        ),
        NewFact::from(
            born,
            Fact::County {
                county: "990102".parse().unwrap(),
            },
        ),
        NewFact::from(
            date(2024, 11, 1),
            Fact::Contact {
                phone: "13900000001".into(),
                address: "示例路1号".into(),
            },
        ),
    ]
}

#[tokio::test]
async fn a_new_person_is_found_by_document_name_and_telephone() {
    let house = House::open().await;
    let by = actor("2024-11-20T10:00:00");
    let number = house
        .app
        .enrol_person(&by, newcomer("EA1234567"))
        .await
        .unwrap();
    for text in ["示例新", "EA1234567", "13900000001"] {
        let found = house.app.store.search_persons(area(), text, "", 10).await;
        let numbers: Vec<String> = found
            .unwrap()
            .into_iter()
            .map(|row| row.person_no)
            .collect();
        assert_eq!(numbers, [number.as_str()], "{text}");
    }
    let again = house.app.enrol_person(&by, newcomer("EA1234567")).await;
    let Err(Error::Refused { code, message }) = again else {
        panic!("{again:?}");
    };
    assert_eq!(code, "identifier_taken");
    assert!(
        message.contains("EA1234567") && message.contains(&number),
        "{message}"
    );
}

#[tokio::test]
async fn two_changes_at_once_are_both_kept() {
    let house = House::open().await;
    let by = actor("2024-11-20T10:00:00");
    let marked = |mark: &'static str| {
        let app = house.app.clone();
        let by = by.clone();
        async move {
            let mark = terms::Word::new(mark);
            let day = date(2024, 11, 1);
            let decide = |_: &PersonRecord| -> Result<Change, Error> {
                Ok(vec![NewFact::from(day, Fact::Mark { mark: mark.clone() })].into())
            };
            app.change_register(&by, SPONSOR, "mark", decide).await
        }
    };
    let (one, two) = tokio::join!(marked("public_body"), marked("veteran"));
    let mut last = [one.unwrap().last_entry, two.unwrap().last_entry];
    last.sort_unstable();
    assert_eq!(last[1], last[0] + 1);
    let record = house
        .app
        .person_record(area(), SPONSOR)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(record.open("mark").len(), 2);
}

#[tokio::test]
async fn a_document_that_cannot_be_one_is_refused_and_a_newborn_needs_none() {
    let house = House::open().await;
    let by = actor("2024-11-20T10:00:00");
    let with = |document: DocumentKind, number: &str| {
        let mut facts = newcomer("EA1");
        for fact in &mut facts {
            if let Fact::Document { .. } = fact.fact {
                fact.fact = Fact::Document {
                    document,
                    number: number.to_owned(),
                };
            }
        }
        facts
    };
    let wrong = with(DocumentKind::ResidentId, "990102199105060018");
    let refused = house.app.enrol_person(&by, wrong).await;
    assert!(
        matches!(&refused, Err(Error::Refused { code, .. }) if *code == "bad_document"),
        "{refused:?}"
    );
    let newborn = with(DocumentKind::NewbornWithoutId, "");
    for _ in 0..2 {
        let number = house.app.enrol_person(&by, newborn.clone()).await.unwrap();
        let rows = house.app.store.identifiers(area(), &number).await.unwrap();
        assert_eq!(rows, []);
    }
}
