//! What the store holds of a person becomes a batch for the rules.

use app::audit::intake::AuditIntake;
use app::settlement::{Reverse, reverse};
use app::visit::VisitKind;
use jiff::civil::date;
use lines::{Care, Data, Day, Register, Sex};
use money::Fen;
use terms::CareType;

use crate::house::{ACTIVE, HOSPITAL, House, PHARMACY, area};

async fn batch(house: &House, unsettled: bool) -> Data {
    let days = (date(2024, 1, 1), date(2024, 12, 31));
    let record = house.app.history_of(area(), ACTIVE, days, unsettled);
    let mut intake = AuditIntake::new(&house.app);
    intake.push(&record.await.unwrap().unwrap());
    intake.finish().assemble()
}

#[tokio::test]
async fn bills_that_stand_are_read_with_everything_rules_ask() {
    let house = House::open().await;
    let kind = VisitKind::Outpatient;
    let care = CareType::GeneralOutpatient;
    let opened = house.visit(ACTIVE, kind, care, "M1", "2024-11-15T09:00:00");
    let visit = opened.await.unwrap();
    let whose = (ACTIVE, visit.as_str(), kind);
    let uploaded = house.upload(whose, "M2", "2024-11-15T09:10:00", 800);
    uploaded.await.unwrap();
    let none = batch(&house, false).await;
    assert!(none.lines.is_empty(), "nothing is settled yet");
    assert_eq!(batch(&house, true).await.lines.len(), 1);

    let settled = house.settle(ACTIVE, &visit, kind, "M3", "2024-11-15T09:20:00");
    settled.await.unwrap();
    let data = batch(&house, false).await;
    assert_eq!(data.quality.problems().count(), 0);
    assert_eq!(data.line_id(0), format!("{visit}/M2"));
    assert_eq!(data.lines.in_scope(0), Fen::yuan(800));
    assert_eq!(data.lines.price(0), Some(8_000_000), "1/10 000 yuan");
    assert_eq!(data.lines.count, [1_000]);
    assert_eq!(data.visits.care, [Care::OUTPATIENT]);
    assert_eq!(data.visits.insurance, [310]);
    assert_eq!(data.visits.level[0].rank(), Some(3));
    assert_eq!(data.people.sex, [Sex::Female]);
    assert_eq!(data.people.birth, [Day::parse("1980-06-01")]);
    let settled = data.visits.settled(0).unwrap();
    assert_eq!(settled.to_string(), "2024-11-15 09:20:00");
    let day = Day::parse("2024-11-15").unwrap();
    let covered = |register, owner| data.register(register).unwrap().covers(owner, day);
    assert!(covered(Register::Coverage, 0));
    assert!(covered(Register::Catalogue, data.lines.item[0]));
    let hospital = data.providers.ids.find(HOSPITAL);
    assert_eq!(Some(data.visits.provider[0]), hospital);
}

#[tokio::test]
async fn what_was_taken_back_is_no_longer_read() {
    let house = House::open().await;
    let sold = house.sell(ACTIVE, "M1", "2024-11-15T09:00:00", 90).await;
    let bill = sold.unwrap();
    assert_eq!(batch(&house, false).await.visits.care, [Care::PHARMACY]);
    let call = house.call(PHARMACY, "R1", "2024-11-20T10:00:00");
    let command = Reverse {
        person_no: ACTIVE.to_owned(),
        settlement: bill.id,
        visit_id: None,
        kind: None,
    };
    reverse(&house.app, &call, &command, |_| Ok(Vec::new()))
        .await
        .unwrap();
    assert!(batch(&house, false).await.visits.is_empty());
}

#[tokio::test]
async fn nobody_and_an_empty_period_give_nothing() {
    let house = House::open().await;
    let days = (date(2024, 1, 1), date(2024, 1, 2));
    let nobody = house.app.history_of(area(), "P-NOBODY", days, false).await;
    assert_eq!(nobody.unwrap(), None);
    let record = house.app.history_of(area(), ACTIVE, days, false).await;
    assert_eq!(record.unwrap().unwrap().visits, []);
}

#[tokio::test]
async fn a_sale_begins_with_the_first_goods_rung_up() {
    let house = House::open().await;
    let sold = house.sell(ACTIVE, "M1", "2024-11-15T09:00:00", 90).await;
    sold.unwrap();
    let days = (date(2024, 1, 1), date(2024, 12, 31));
    let record = house.app.history_of(area(), ACTIVE, days, false).await;
    let mut record = record.unwrap().unwrap();
    record.visits[0].lines[0].charged_at = date(2024, 11, 15).at(8, 45, 0, 0);
    let mut intake = AuditIntake::new(&house.app);
    intake.push(&record);
    let data = intake.finish().assemble();
    assert_eq!(data.visits.begin[0].to_string(), "2024-11-15 08:45:00");
    assert!(data.quality.is_clean(), "{:?}", data.quality);
}
