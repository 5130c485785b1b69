//! Lists of people in difficulty and the poverty-risk watch: from the file to the bill.

use app::difficulty::{ListFile, ListKind, ListReport, ListState, ListTotals};
use app::register::Actor;
use app::visit::{Discharge, VisitKind};
use app::watch::WatchState;
use app::{Error, PersonDetail};
use jiff::civil::{Date, date};
use money::Fen;
use store::{CoverageRow, IdentifierRow, PersonFile, PersonRow};
use terms::CareType;

use crate::house::{Bill, HOSPITAL, House, area, at};

const ZHANG: (&str, &str, &str) = ("R-1", "张三", "990102196001010011");
const LI: (&str, &str, &str) = ("R-2", "李四", "990102197203151028");
const WANG: (&str, &str, &str) = ("R-3", "王小五", "990102201506012139");

fn actor(name: &str, when: &str) -> Actor {
    Actor {
        area: area(),
        kind: "user",
        name: name.to_owned(),
        institution: String::new(),
        source: "counter".to_owned(),
        address: String::new(),
        at: at(when),
    }
}

fn resident(
    (number, name, document): (&str, &str, &str),
    birth: Date,
    until: Option<Date>,
) -> PersonFile {
    let detail = PersonDetail {
        document: document.to_owned(),
        ..PersonDetail::default()
    };
    let mut file = PersonFile::new(PersonRow {
        person_no: number.to_owned(),
        name: name.to_owned(),
        sex: "male".to_owned(),
        birth,
        death: None,
        county: "990102".parse().unwrap(),
        marks: serde_json::to_string(&detail).unwrap(),
        detail: "{}".to_owned(),
    });
    file.identifiers.push(IdentifierRow {
        kind: "document".to_owned(),
        value: document.to_owned(),
    });
    file.coverage.push(CoverageRow {
        scheme: "resident".to_owned(),
        starts_on: date(2020, 1, 1),
        ends_on: until,
        category: "adult".to_owned(),
        state: "active".to_owned(),
        reason: String::new(),
        county: "990102".parse().unwrap(),
        employer: String::new(),
    });
    file
}

async fn house() -> House {
    let house = House::open().await;
    let people = [
        resident(ZHANG, date(1960, 1, 1), None),
        resident(LI, date(1972, 3, 15), None),
        resident(WANG, date(2015, 6, 1), Some(date(2024, 12, 31))),
    ];
    let opened = at("2025-01-01T00:00:00");
    house
        .app
        .store
        .put_people(area(), &people, opened)
        .await
        .unwrap();
    house
}

fn file(kind: ListKind, day: Date, rows: &[&str]) -> ListFile {
    let mut text = "名单\n证件号码,姓名,身份,增减,认定日期,有效期至\n".to_owned();
    for row in rows {
        text.push_str(row);
        text.push('\n');
    }
    text.push_str(&format!("合计,{}\n", rows.len()));
    ListFile {
        bureau: "civil_affairs".into(),
        kind,
        day,
        covers: Vec::new(),
        totals: ListTotals::default(),
        name: "低保.csv".to_owned(),
        bytes: text.into_bytes(),
    }
}

fn row((_, name, document): (&str, &str, &str), rest: &str) -> String {
    format!("{document},{name},{rest}")
}

async fn received(house: &House, by: &str, when: &str, file: &ListFile) -> ListReport {
    let actor = actor(by, when);
    house.app.receive_list(&actor, file).await.unwrap()
}

async fn stay(house: &House, person: &str, step: &str, (from, to): (&str, &str)) -> Bill {
    let kind = VisitKind::Stay;
    let m = |part: &str| format!("{step}-{part}");
    let visit = house
        .visit(person, kind, CareType::Inpatient, &m("in"), from)
        .await
        .unwrap();
    house
        .upload((person, &visit, kind), &m("line"), from, 60_000)
        .await
        .unwrap();
    let call = house.call(HOSPITAL, &m("out"), to);
    let discharge = Discharge {
        person_no: person.to_owned(),
        visit_id: visit.clone(),
        ended_at: at(to),
        diagnoses: Vec::new(),
        way: "1".to_owned(),
    };
    app::visit::discharge(&house.app, &call, &discharge, || Ok(Vec::new()))
        .await
        .unwrap();
    house
        .settle(person, &visit, kind, &m("pay"), to)
        .await
        .unwrap()
}

const JUNE: (&str, &str) = ("2026-06-10T08:00:00", "2026-06-15T08:00:00");

/// By hand from `policy/area/990100`: 1,000 of 60,000 is the deductible and 40% of the rest is
/// left, 24,600; serious illness pays 60% above 12,000, so 17,040 is borne. A holder of 低保 gets
/// 65% above 6,000 and 75% of the 12,510 left: 3,127.50 is borne, the funds pay 13,912.50 more.
#[tokio::test]
async fn an_applied_list_is_status_in_the_next_bill_and_reopens_the_last() {
    let house = house().await;
    let before = stay(&house, ZHANG.0, "s1", JUNE).await;
    assert_eq!(before.cash, Fen::yuan(17_040));
    let rows = [row(ZHANG, "低保对象,新增,2026-06-01,")];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let list = file(ListKind::Change, date(2026, 6, 20), &rows);
    let report = received(&house, "officer", "2026-06-21T09:00:00", &list).await;
    assert_eq!(report.state, ListState::Checked);
    assert_eq!(report.planned.len(), 1);
    let nothing = house.context(ZHANG.0).await;
    assert!(!nothing.person.marks.contains("dibao"));

    let clerk = actor("officer", "2026-06-21T10:00:00");
    let no = report.list.list_no.as_str();
    let applied = house.app.apply_list(&clerk, no, false).await.unwrap();
    assert_eq!(applied.state, ListState::Applied);
    assert_eq!(applied.summary.reopened, 1);
    let bills = house
        .app
        .store
        .reopened_bills(area(), Some(ZHANG.0), None, 9)
        .await
        .unwrap();
    let [bill] = bills.as_slice() else {
        panic!("{bills:?}");
    };
    assert_eq!(bill.settlement_id, before.id);
    let more = Fen::from_yuan_text("13912.50").unwrap();
    assert_eq!(bill.fund_after - bill.fund_before, more);
    let again = house.app.apply_list(&clerk, no, false).await;
    assert!(matches!(
        again,
        Err(Error::Refused {
            code: "list_not_open",
            ..
        })
    ));
}

#[tokio::test]
async fn the_same_file_is_recognised_and_changes_nothing_twice() {
    let house = house().await;
    let rows = [
        row(ZHANG, "dibao,,2026-06-01,"),
        row(LI, "dibao,,2026-06-01,"),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let list = file(ListKind::Full, date(2026, 6, 20), &rows);
    let first = received(&house, "officer", "2026-06-21T09:00:00", &list).await;
    let second = received(&house, "other", "2026-06-22T09:00:00", &list).await;
    assert!(!first.seen_before && second.seen_before);
    assert_eq!(first.list.list_no, second.list.list_no);
    let clerk = actor("officer", "2026-06-22T10:00:00");
    let no = first.list.list_no.as_str();
    house.app.apply_list(&clerk, no, false).await.unwrap();
    let other = ListFile {
        name: "again.csv".to_owned(),
        bytes: [list.bytes.as_slice(), b"\n"].concat(),
        ..list.clone()
    };
    let again = received(&house, "officer", "2026-06-23T09:00:00", &other).await;
    assert!(again.planned.is_empty());
    assert_eq!(again.summary.unchanged, 2);
}

#[tokio::test]
async fn rejected_rows_stop_the_list_unless_the_good_ones_are_taken() {
    let house = house().await;
    let rows = [
        row(ZHANG, "低保对象,,2026-06-01,"),
        row(LI, "低保对象,,2026-02-30,"),
        row(("", "周九", "990102198808081178"), "低保对象,,2026-06-01,"),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let list = file(ListKind::Change, date(2026, 6, 20), &rows);
    let report = received(&house, "officer", "2026-06-21T09:00:00", &list).await;
    assert_eq!((report.summary.accepted, report.summary.rejected), (1, 2));
    let clerk = actor("officer", "2026-06-21T10:00:00");
    let no = report.list.list_no.as_str();
    let refused = house.app.apply_list(&clerk, no, false).await;
    let code = "list_has_rejected_rows";
    assert!(matches!(refused, Err(Error::Refused { code: found, .. }) if found == code));
    assert!(!house.context(ZHANG.0).await.person.marks.contains("dibao"));

    let applied = house.app.apply_list(&clerk, no, true).await.unwrap();
    assert_eq!(applied.changed.len(), 1);
    assert!(house.context(ZHANG.0).await.person.marks.contains("dibao"));
    let receipt = house.app.list_receipt(&applied).unwrap();
    let receipt = String::from_utf8(receipt).unwrap();
    assert!(receipt.contains("建议随时参保"), "{receipt}");
    assert!(receipt.contains("认定日期“2026-02-30”不是日历上的日期"));
    assert_eq!(receipt.lines().count(), 5);
}

#[tokio::test]
async fn wrong_totals_keep_nothing() {
    let house = house().await;
    let rows = row(ZHANG, "低保对象,,2026-06-01,");
    let mut list = file(ListKind::Change, date(2026, 6, 20), &[&rows]);
    list.bytes = String::from_utf8(list.bytes)
        .unwrap()
        .replace("合计,1", "合计,2")
        .into_bytes();
    let clerk = actor("officer", "2026-06-21T09:00:00");
    let refused = house.app.receive_list(&clerk, &list).await;
    assert!(matches!(
        refused,
        Err(Error::Refused {
            code: "wrong_totals",
            ..
        })
    ));
    assert!(house.app.store.lists(area(), 9).await.unwrap().is_empty());
    let untitled = ListFile {
        bytes: "什么也不是".as_bytes().to_vec(),
        ..list
    };
    let refused = house.app.receive_list(&clerk, &untitled).await;
    assert!(matches!(
        refused,
        Err(Error::Refused {
            code: "no_titles",
            ..
        })
    ));
}

#[tokio::test]
async fn a_full_list_that_ends_many_needs_a_second_person() {
    let house = house().await;
    let both = [
        row(ZHANG, "tekun,,2026-05-01,"),
        row(LI, "tekun,,2026-05-01,"),
    ];
    let both: Vec<&str> = both.iter().map(String::as_str).collect();
    let first = file(ListKind::Full, date(2026, 5, 31), &both);
    let first = received(&house, "officer", "2026-06-01T09:00:00", &first).await;
    let clerk = actor("officer", "2026-06-01T10:00:00");
    let no = first.list.list_no.as_str();
    house.app.apply_list(&clerk, no, false).await.unwrap();

    let one = file(ListKind::Full, date(2026, 6, 30), &both[..1]);
    let second = received(&house, "officer", "2026-07-01T09:00:00", &one).await;
    assert!(second.summary.needs_second_person);
    let no = second.list.list_no.as_str();
    let alone = house.app.apply_list(&clerk, no, false).await;
    assert!(matches!(
        alone,
        Err(Error::Refused {
            code: "second_person_needed",
            ..
        })
    ));
    let other = actor("leader", "2026-07-01T11:00:00");
    let applied = house.app.apply_list(&other, no, false).await.unwrap();
    assert_eq!(applied.summary.ended, 1);
    let lapsed = house.context(LI.0).await;
    assert!(
        lapsed.person.marks.contains("2026-06-29"),
        "{}",
        lapsed.person.marks
    );
    let told = house
        .app
        .lapses(area(), date(2026, 6, 20), 30)
        .await
        .unwrap();
    let told: Vec<&str> = told.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(told, ["李四"]);
}

/// By hand from `policy/area/990100`: a child's tier of 2025 is 340 of one's own; a holder of 低保
/// is given 230 and does not bear the public share for coming late.
#[tokio::test]
async fn somebody_without_cover_is_enrolled_from_the_day_of_recognition() {
    let house = house().await;
    let rows = row(WANG, "低保对象,新增,2025-06-01,");
    let list = file(ListKind::Change, date(2025, 6, 20), &[&rows]);
    let report = received(&house, "officer", "2025-06-21T09:00:00", &list).await;
    assert_eq!(report.planned[0].enrol_from, Some(date(2025, 6, 1)));
    let clerk = actor("officer", "2025-06-21T10:00:00");
    let no = report.list.list_no.as_str();
    let applied = house.app.apply_list(&clerk, no, false).await.unwrap();
    assert_eq!(applied.summary.enrolled, 1);
    let told = "2025年度参保缴费核定：资助230.00元，本人应缴110.00元";
    assert!(applied.changed[0].reason.ends_with(told), "{applied:?}");
    let stayed = ("2025-06-10T08:00:00", "2025-06-15T08:00:00");
    let bill = stay(&house, WANG.0, "s3", stayed).await;
    assert_eq!(bill.cash, Fen::from_yuan_text("3127.50").unwrap());
}

#[tokio::test]
async fn a_month_is_watched_answered_and_comes_back_as_an_identity() {
    let house = house().await;
    stay(&house, ZHANG.0, "s1", JUNE).await;
    let later = ("2026-06-20T08:00:00", "2026-06-25T08:00:00");
    stay(&house, ZHANG.0, "s2", later).await;
    stay(&house, LI.0, "s3", JUNE).await;
    let month = "2026-06".parse().unwrap();
    let early = actor("night", "2026-06-30T23:00:00");
    let refused = house.app.run_watch(&early, month).await;
    assert!(matches!(
        refused,
        Err(Error::Refused {
            code: "month_not_over",
            ..
        })
    ));
    let night = actor("night", "2026-07-01T03:00:00");
    let run = house.app.run_watch(&night, month).await.unwrap();
    let [person] = run.people.as_slice() else {
        panic!("{run:?}");
    };
    assert_eq!(person.line.name, "张三");
    assert_eq!(person.detail.bills.len(), 2);
    let sum: Fen = person.detail.bills.iter().map(|(_, _, own)| *own).sum();
    assert_eq!(sum, person.line.own);
    let again = house.app.run_watch(&night, month).await.unwrap();
    assert!(again.seen_before);
    assert_eq!(again.run, run.run);
    let sent = house.app.export_watch(area(), &run, Some("civil_affairs"));
    let sent = String::from_utf8(sent.await.unwrap()).unwrap();
    assert!(sent.contains("990102196001010011"), "{sent}");

    let rows = [
        row(ZHANG, "因病致贫重病患者,认定,2026-07-05,"),
        row(LI, "因病致贫重病患者,不认定,,"),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let answers = file(ListKind::Change, date(2026, 7, 6), &rows);
    let clerk = actor("officer", "2026-07-06T09:00:00");
    let done = house
        .app
        .answer_watch(&clerk, month, &answers)
        .await
        .unwrap();
    assert_eq!((done.recorded, done.unknown.len()), (1, 1));
    let list = done.list.unwrap();
    let no = list.list.list_no.as_str();
    let applied = house.app.apply_list(&clerk, no, false).await.unwrap();
    // Looks back twelve months, so both bills of the year are worth another look.
    assert_eq!(applied.summary.changes, 1);
    assert!(
        house
            .context(ZHANG.0)
            .await
            .person
            .marks
            .contains("zhichuxing")
    );
    let known = house.app.watch_month(&clerk, month).await.unwrap();
    assert_eq!(known.people[0].state(), WatchState::Recognised);
    let twice = house
        .app
        .answer_watch(&clerk, month, &answers)
        .await
        .unwrap();
    assert_eq!(twice.recorded, 0);
    assert!(twice.list.unwrap().seen_before);
}
