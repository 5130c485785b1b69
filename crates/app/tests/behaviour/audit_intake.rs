//! What the store holds of a person becomes a batch for the rules.

use app::audit::intake::AuditIntake;
use app::settlement::{Reverse, reverse};
use app::visit::{Batch, OpenVisit, Receipt, VisitDetail, VisitKind};
use jiff::civil::{Date, date};
use lines::{Care, Data, Day, Lines, Register, Sex, Visits};
use money::Fen;
use store::{AuditRecord, AuditWindow};
use terms::{CareType, Cause};

use crate::house::{ACTIVE, Bill, HOSPITAL, House, PHARMACY, area, command, detail, told};

const YEAR: (Date, Date) = (date(2024, 1, 1), date(2024, 12, 31));

/// What the audit reads of a person, which is the same alone and among others.
async fn record(
    house: &House,
    person: &str,
    (from, to): (Date, Date),
    unsettled: bool,
) -> Option<AuditRecord> {
    let window = AuditWindow {
        from,
        to,
        unsettled,
    };
    let (store, people) = (&house.app.store, [person.to_owned()]);
    let found = store.audit_records(area(), &people, window).await.unwrap();
    let found = found.into_iter().next();
    let alone = store.audit_visits(area(), person, window).await.unwrap();
    let visits = found.as_ref().map(|record| record.visits.as_slice());
    assert_eq!(visits.unwrap_or_default(), alone);
    found
}

async fn batch(house: &House, unsettled: bool) -> Data {
    let record = record(house, ACTIVE, YEAR, unsettled).await.unwrap();
    let mut intake = AuditIntake::new(&house.app);
    intake.push(&record);
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
    assert_eq!(record(&house, "P-NOBODY", days, false).await, None);
    let record = record(&house, ACTIVE, days, false).await;
    assert_eq!(record.unwrap().visits, []);
}

#[tokio::test]
async fn a_sale_begins_with_the_first_goods_rung_up() {
    let house = House::open().await;
    let sold = house.sell(ACTIVE, "M1", "2024-11-15T09:00:00", 90).await;
    sold.unwrap();
    let mut record = record(&house, ACTIVE, YEAR, false).await.unwrap();
    record.visits[0].lines[0].charged_at = date(2024, 11, 15).at(8, 45, 0, 0);
    let mut intake = AuditIntake::new(&house.app);
    intake.push(&record);
    let data = intake.finish().assemble();
    assert_eq!(data.visits.begin[0].to_string(), "2024-11-15 08:45:00");
    assert!(data.quality.is_clean(), "{:?}", data.quality);
}

#[tokio::test]
async fn what_a_line_says_of_taking_a_drug_reaches_rules() {
    let house = House::open().await;
    let (kind, care) = (VisitKind::Outpatient, CareType::GeneralOutpatient);
    let opened = house.visit(ACTIVE, kind, care, "M1", "2024-11-15T09:00:00");
    let visit = opened.await.unwrap();
    let call = house.call(HOSPITAL, "M2", "2024-11-15T09:10:00");
    let mut lines: Vec<_> = ["1", "2"]
        .map(|number| house.line(number, call.at, 10))
        .into();
    let note = &mut lines[0].note;
    (note.dose, note.frequency) = ("0.5g".to_owned(), "tid".to_owned());
    (note.take_home, note.supply_days) = (true, 7);
    let uploaded = Batch {
        person_no: ACTIVE.to_owned(),
        visit_id: visit.clone(),
        kind,
        lines,
    };
    let done = app::visit::upload(&house.app, &call, &uploaded, |_, _| Ok(Vec::new()));
    done.await.unwrap();
    let data = batch(&house, true).await;
    let orders = data.table("orders").unwrap();
    let daily: Vec<_> = orders
        .rows()
        .map(|row| (row.text("line"), row.text("daily_dose")))
        .collect();
    assert_eq!(daily, [(format!("{visit}/1").as_str(), "1.500")]);
    let rows = data.lines_of(0);
    assert_eq!(data.lines.dose(rows.start), Some(500));
    assert_eq!(data.lines.supply_days(rows.start), Some(7));
    let taken_home = rows.map(|row| data.lines.has(row, Lines::TAKE_HOME));
    assert_eq!(taken_home.collect::<Vec<_>>(), [true, false]);
}

#[tokio::test]
async fn a_bill_keeps_its_ticket_and_device_and_whether_a_fund_paid() {
    let house = House::open().await;
    // Below the deductible no fund pays.
    let sold = house
        .sell(ACTIVE, "M0", "2024-11-14T09:00:00", 30)
        .await
        .unwrap();
    let (kind, care) = (VisitKind::Outpatient, CareType::GeneralOutpatient);
    let opened = house.visit(ACTIVE, kind, care, "M1", "2024-11-15T09:00:00");
    let visit = opened.await.unwrap();
    let whose = (ACTIVE, visit.as_str(), kind);
    house
        .upload(whose, "M2", "2024-11-15T09:10:00", 800)
        .await
        .unwrap();
    let call = house.call(HOSPITAL, "M3", "2024-11-15T09:20:00");
    let paying = app::settlement::Settle {
        receipt: Receipt {
            invoice: "F0001".to_owned(),
            terminal: "T1".to_owned(),
        },
        ..command(ACTIVE, &visit, kind)
    };
    let settled = app::settlement::settle(&house.app, &call, &paying, told);
    let paid = Bill::read(&settled.await.unwrap());
    let data = batch(&house, false).await;
    let at = |visit: u32| {
        let visits = &data.visits;
        let text = |number: u32, texts: &lines::Dictionary| match number {
            lines::NONE => String::new(),
            known => texts.text(known).to_owned(),
        };
        (
            text(visits.invoice[visit as usize], &visits.invoices),
            text(visits.terminal[visit as usize], &visits.terminals),
            visits.has(visit, Visits::UNFUNDED),
        )
    };
    let hospital = data.visits.ids.find(&visit).unwrap();
    let terminal = format!("{HOSPITAL}/T1");
    assert_eq!(
        at(hospital),
        ("F0001".to_owned(), terminal, paid.fund.is_zero())
    );
    let pharmacy = (0..2).find(|one| *one != hospital).unwrap();
    assert_eq!(
        at(pharmacy),
        (String::new(), String::new(), sold.fund.is_zero())
    );
    assert!(
        sold.fund.is_zero() && !paid.fund.is_zero(),
        "one of each: {sold:?} {paid:?}"
    );
}

/// Whether a visit of these words counts as asked for a third party.
async fn asked(house: &House, message: &str, detail: VisitDetail) -> bool {
    let call = house.call(HOSPITAL, message, "2024-11-15T09:00:00");
    let command = OpenVisit {
        person_no: ACTIVE.to_owned(),
        scheme: None,
        kind: VisitKind::Outpatient,
        care: CareType::GeneralOutpatient,
        started_at: call.at,
        diagnoses: Vec::new(),
        detail,
    };
    let told = |row: &store::VisitRow| Ok(row.visit_id.clone().into_bytes());
    let visit = app::visit::open(&house.app, &call, &command, told)
        .await
        .unwrap();
    let visit = String::from_utf8(visit).unwrap();
    let whose = (ACTIVE, visit.as_str(), VisitKind::Outpatient);
    let line = format!("{message}-line");
    house
        .upload(whose, &line, "2024-11-15T09:10:00", 10)
        .await
        .unwrap();
    let data = batch(house, true).await;
    let visit = data.visits.ids.find(&visit).unwrap();
    data.visits.has(visit, Visits::NO_THIRD_PARTY)
}

#[tokio::test]
async fn silence_about_the_cause_is_not_held_against_an_injury() {
    let house = House::open().await;
    let said = |cause: Cause, cause_told: bool| VisitDetail {
        cause,
        cause_told,
        ..detail()
    };
    assert!(
        asked(&house, "M1", said(Cause::Illness, false)).await,
        "nothing was said"
    );
    assert!(
        !asked(&house, "M2", said(Cause::Illness, true)).await,
        "no injury, it says"
    );
    assert!(
        asked(&house, "M3", said(Cause::Accident, true)).await,
        "a cause was named"
    );
}
