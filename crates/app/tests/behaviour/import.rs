//! Files of people: what is taken, what is turned away and why, and going on after a stop.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use app::import::{Checked, FaultKind, PeopleFile, RowFault};
use app::{Error, person_detail};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use store::ContextQuery;
use tempfile::TempDir;

use crate::house::{House, area};

const TITLES: &str = "姓名,性别,出生日期,证件类型,证件号码,电话,参保地,户号,救助身份,\
                      险种,人员类别,参保开始日期,参保结束日期,参保单位,险种2,人员类别2,\
                      参保开始日期2,参保结束日期2";
const GOOD: &str = "甲一,男,1990-03-07,,990102199003070011,12000000001,990102,H1,,\
                    职工医保,在职,2020-01-01,,示例厂,,,,";

/// An invented resident's number: place, day, order, and the check that follows from them.
fn id(born: &str, order: u16) -> String {
    let digits = format!("990102{born}{order:03}");
    let check = enrolment::identity::check_character(&digits).unwrap();
    format!("{digits}{check}")
}

fn row(name: &str, born: &str, document: &str, rest: &str) -> String {
    format!("{name},男,{born},,{document},,990102,,,{rest}")
}

const EMPLOYED: &str = "职工医保,在职,2020-01-01,,示例厂,,,,";

struct Desk {
    house: House,
    folder: TempDir,
}

impl Desk {
    async fn open() -> Self {
        Self {
            house: House::open().await,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PeopleFile {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        PeopleFile { path, sheet: None }
    }

    fn csv(&self, rows: &[String]) -> PeopleFile {
        self.file(
            "people.csv",
            format!("{TITLES}\n{}\n", rows.join("\n")).as_bytes(),
        )
    }

    async fn check(&self, file: &PeopleFile) -> (Checked, Vec<RowFault>) {
        self.try_check(file).await.unwrap()
    }

    async fn try_check(&self, file: &PeopleFile) -> Result<(Checked, Vec<RowFault>), Error> {
        let faults = Mutex::new(Vec::new());
        let mut note = |fault: &RowFault| {
            faults.lock().unwrap().push(fault.clone());
            Ok(())
        };
        let checked = self
            .house
            .app
            .check_people_file(file, 0, &mut note, &|_| {})
            .await?;
        Ok((checked, faults.into_inner().unwrap()))
    }

    async fn take(&self, file: &PeopleFile) -> store::ImportRow {
        let (checked, _) = self.check(file).await;
        let app = &self.house.app;
        let import = app.begin_import(file, &checked, "tester").await.unwrap();
        let checked = Arc::new(checked);
        app.import_people(file, checked, &import, &|_| {})
            .await
            .unwrap()
    }

    async fn person(&self, document: &str) -> store::Context {
        let store = &self.house.app.store;
        let number = store
            .find_person_no(area(), "document", document)
            .await
            .unwrap()
            .unwrap();
        let query = ContextQuery {
            area: area(),
            person_no: &number,
            counters_from: 0,
            visit_id: None,
        };
        store.load_context(&query).await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn a_good_row_becomes_a_person_with_cover() {
    let desk = Desk::open().await;
    let document = id("19900307", 1);
    let good = GOOD.replace("990102199003070011", &document);
    let good = good.replace("H1,,", "H1,低保对象：2024-01-01/2024-12-31,");
    let file = desk.csv(&[good]);
    let (checked, faults) = desk.check(&file).await;
    assert_eq!(faults, []);
    assert!(checked.is_clean() && checked.good() == 1);
    let done = desk.take(&file).await;
    assert_eq!(
        (done.state.as_str(), done.accepted, done.position),
        ("done", 1, 1)
    );
    let context = desk.person(&document).await;
    assert_eq!(context.person.name, "甲一");
    assert_eq!(context.coverage[0].employer, "示例厂");
    let detail = person_detail(&context.person.marks).unwrap();
    assert_eq!(detail.identities[0].word.as_str(), "dibao");
    assert_eq!(
        (detail.phone.as_str(), detail.household.as_str()),
        ("12000000001", "H1")
    );
    // The facts open from the rows at the first change.
    let no = &context.person.person_no;
    let record = desk
        .house
        .app
        .person_record(area(), no)
        .await
        .unwrap()
        .unwrap();
    assert!(
        record
            .register
            .current()
            .iter()
            .any(|entry| entry.fact.word() == "period")
    );
}

#[tokio::test]
async fn every_bad_row_is_named_with_its_reason() {
    let desk = Desk::open().await;
    let (fine, other) = (id("19900307", 1), id("19900307", 3));
    let wrong_check = {
        let last = if fine.ends_with('1') { "2" } else { "1" };
        format!("{}{last}", &fine[..17])
    };
    let overlapping = "职工医保,在职,2020-01-01,2021-06-30,厂,职工医保,在职,2021-06-01,";
    let rows = [
        (row("好", "1990-03-07", &fine, EMPLOYED), None),
        (
            row("校验", "1990-03-07", &wrong_check, EMPLOYED),
            Some(FaultKind::BadDocument),
        ),
        (
            row("日期", "1990-02-30", &other, EMPLOYED),
            Some(FaultKind::BadDate),
        ),
        (
            row("生日", "1990-03-08", &other, EMPLOYED),
            Some(FaultKind::BirthMismatch),
        ),
        (
            row("性别", "1990-03-07", &id("19900307", 2), EMPLOYED),
            Some(FaultKind::SexMismatch),
        ),
        (
            row("重叠", "1990-03-07", &id("19900307", 5), overlapping),
            Some(FaultKind::Overlap),
        ),
        (
            row("又一", "1990-03-07", &fine, EMPLOYED),
            Some(FaultKind::DuplicateInFile),
        ),
        (
            row(
                "无词",
                "1990-03-07",
                &id("19900307", 7),
                "医保,在职,2020-01-01,,,,,,",
            ),
            Some(FaultKind::UnknownWord),
        ),
        (
            row("", "1990-03-07", &id("19900307", 9), EMPLOYED),
            Some(FaultKind::Missing),
        ),
    ];
    let lines: Vec<String> = rows.iter().map(|(row, _)| row.clone()).collect();
    let file = desk.csv(&lines);
    let (checked, faults) = desk.check(&file).await;
    let found: BTreeMap<u64, FaultKind> = faults.iter().map(|one| (one.line, one.kind)).collect();
    let wanted: BTreeMap<u64, FaultKind> = (2..)
        .zip(&rows)
        .filter_map(|(line, (_, kind))| kind.map(|kind| (line, kind)))
        .collect();
    assert_eq!(found, wanted);
    assert!(faults.iter().all(|fault| !fault.reason.is_empty()));
    assert_eq!((checked.good(), checked.rejected()), (1, 8));
    // A dry run leaves nothing behind; the good row alone is taken when somebody says so.
    let store = &desk.house.app.store;
    let before = store.count_persons(area()).await.unwrap();
    assert!(store.imports(area(), 9).await.unwrap().is_empty());
    let done = desk.take(&file).await;
    assert_eq!((done.accepted, done.rejected), (1, 8));
    assert_eq!(store.count_persons(area()).await.unwrap(), before + 1);
}

#[tokio::test]
async fn the_same_file_is_known_again_and_its_people_too() {
    let desk = Desk::open().await;
    let (one, two) = (id("19900307", 1), id("19900307", 3));
    let rows = [row("甲", "1990-03-07", &one, EMPLOYED)];
    let file = desk.csv(&rows);
    desk.take(&file).await;
    let (checked, _) = desk.check(&file).await;
    assert_eq!((checked.known(), checked.good()), (1, 0));
    let again = desk
        .house
        .app
        .begin_import(&file, &checked, "tester")
        .await
        .unwrap_err();
    assert!(again.to_string().contains("没有再次导入"), "{again}");

    // Another file: one person as known, the same document under another name, and a new one.
    let rows = [
        row("甲", "1990-03-07", &one, EMPLOYED),
        row("乙", "1990-03-07", &two, EMPLOYED),
    ];
    let (checked, faults) = desk.check(&desk.csv(&rows)).await;
    assert_eq!((checked.known(), checked.good(), faults.len()), (1, 1, 0));
    let renamed = [row("丙", "1990-03-07", &one, EMPLOYED)];
    let (_, faults) = desk.check(&desk.csv(&renamed)).await;
    assert_eq!(faults[0].kind, FaultKind::DiffersFromRegister);
    assert!(
        faults[0].reason.contains("登记的是“甲”"),
        "{}",
        faults[0].reason
    );
}

#[tokio::test]
async fn control_totals_titles_and_encodings() {
    let desk = Desk::open().await;
    let good = row("龘", "1990-03-07", &id("19900307", 1), EMPLOYED);
    let with_total = |total: &str| format!("某市登记表\n\n{TITLES}\n{good}\n合计,{total}\n");
    let (checked, _) = desk
        .check(&desk.file("a.csv", with_total("1").as_bytes()))
        .await;
    assert!(checked.is_clean() && checked.rows == 1);
    let (checked, _) = desk
        .check(&desk.file("b.csv", with_total("2人").as_bytes()))
        .await;
    assert_eq!(checked.wrong_total, Some(2));
    assert!(!checked.is_clean());

    let text = with_total("1");
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let (gb18030, _, _) = encoding_rs::GB18030.encode(&text);
    for bytes in [marked.as_slice(), &gb18030] {
        let file = desk.file("c.csv", bytes);
        let (checked, faults) = desk.check(&file).await;
        assert_eq!((checked.good(), faults.len()), (1, 0));
    }
    let untitled = desk
        .try_check(&desk.file("d.csv", b"1,2,3\n"))
        .await
        .unwrap_err();
    assert!(untitled.to_string().contains("表头"), "{untitled}");
    let twice = format!("姓名,{TITLES}\n{good}\n");
    let twice = desk
        .try_check(&desk.file("e.csv", twice.as_bytes()))
        .await
        .unwrap_err();
    assert!(twice.to_string().contains("两列都是“姓名”"), "{twice}");
    let old = desk
        .try_check(&desk.file("f.xls", b"\xD0\xCF\x11\xE0"))
        .await
        .unwrap_err();
    assert!(old.to_string().contains(".xlsx"), "{old}");
    let absent = PeopleFile {
        path: PathBuf::from("/nowhere/x.csv"),
        sheet: None,
    };
    assert!(desk.try_check(&absent).await.is_err());
}

#[tokio::test]
async fn sheets_with_merged_cells_and_numbers_for_texts() {
    let desk = Desk::open().await;
    let path = desk.folder.path().join("people.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet
        .merge_range(0, 0, 0, 6, "参保人员登记表", &plain)
        .unwrap();
    let titles = [
        "姓名",
        "性别",
        "出生日期",
        "证件号码",
        "参保地",
        "险种",
        "人员类别",
        "参保开始日期",
    ];
    for (place, title) in (0..).zip(titles) {
        sheet.write(1, place, title).unwrap();
    }
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let people = [
        ("19900307", 1),
        ("19900307", 3),
        ("19900307", 5),
        ("19900307", 7),
    ];
    for (at, (born, order)) in (2..).zip(people) {
        sheet.write(at, 0, format!("表{order}")).unwrap();
        sheet.write(at, 1, 1).unwrap();
        sheet.write(at, 3, id(born, order)).unwrap();
        sheet.write(at, 5, "居民医保").unwrap();
        sheet.write(at, 6, "成年居民").unwrap();
        sheet.write(at, 7, "2024-01-01").unwrap();
    }
    // The same day as a date, a bare serial, eight digits and a text.
    let date = ExcelDateTime::from_ymd(1990, 3, 7).unwrap();
    sheet.write_with_format(2, 2, &date, &day).unwrap();
    sheet.write(3, 2, 32_939).unwrap();
    sheet.write(4, 2, 19_900_307).unwrap();
    sheet.write(5, 2, "1990年3月7日").unwrap();
    // One county for two rows is meant for both; one name for two rows is not.
    sheet.merge_range(2, 4, 3, 4, "990102", &plain).unwrap();
    sheet.write(6, 3, 990_102_199_003_070_019_i64).unwrap();
    sheet.merge_range(6, 0, 7, 0, "合并", &plain).unwrap();
    sheet.write(7, 3, id("19900307", 9)).unwrap();
    book.save(&path).unwrap();

    let file = PeopleFile { path, sheet: None };
    let (checked, faults) = desk.check(&file).await;
    let found: Vec<(u64, FaultKind)> = faults.iter().map(|one| (one.line, one.kind)).collect();
    assert!(found.contains(&(7, FaultKind::DamagedNumber)), "{faults:?}");
    assert!(found.contains(&(8, FaultKind::MergedCell)), "{faults:?}");
    assert!(faults.iter().all(|fault| fault.line >= 7), "{faults:?}");
    assert_eq!(checked.good(), 4);
    let done = desk.take(&file).await;
    assert_eq!(done.accepted, 4);
    for (_, order) in people {
        let context = desk.person(&id("19900307", order)).await;
        assert_eq!(context.person.birth.to_string(), "1990-03-07", "{order}");
    }
    let second = desk.person(&id("19900307", 3)).await;
    assert_eq!(second.person.county.to_string(), "990102");
    let no_sheet = PeopleFile {
        sheet: Some("没有".into()),
        ..file
    };
    assert!(
        desk.try_check(&no_sheet)
            .await
            .unwrap_err()
            .to_string()
            .contains("没有工作表")
    );
}

#[tokio::test]
async fn an_import_that_stopped_goes_on_where_it_stood() {
    let desk = Desk::open().await;
    let ids: Vec<String> = (0..150).map(|n| id("19900307", n * 2 + 1)).collect();
    let rows: Vec<String> = ids
        .iter()
        .map(|id| row("续", "1990-03-07", id, EMPLOYED))
        .collect();
    let file = desk.csv(&rows);
    let (checked, _) = desk.check(&file).await;
    let app = &desk.house.app;
    let import = app.begin_import(&file, &checked, "tester").await.unwrap();
    // As if a run had taken the first hundred rows and died: a step of the store, nothing more.
    let first = desk.house.first_rows(&import, &ids[..100]);
    let step = store::ImportStep {
        from: 0,
        to: 100,
        rejected: 0,
        known: 0,
        at: import.started_at,
    };
    let id = import.import_id.as_str();
    assert!(
        app.store
            .import_people(area(), id, &first, step)
            .await
            .unwrap()
    );
    // The step cannot be taken twice.
    assert!(
        !app.store
            .import_people(area(), id, &first, step)
            .await
            .unwrap()
    );

    let stopped = app.import_of(&checked.hash).await.unwrap().unwrap();
    assert_eq!((stopped.state.as_str(), stopped.position), ("running", 100));
    let begun_again = app
        .begin_import(&file, &checked, "tester")
        .await
        .unwrap_err();
    assert!(
        begun_again.to_string().contains("--resume"),
        "{begun_again}"
    );
    let faults = Mutex::new(0);
    let mut note = |_: &RowFault| {
        *faults.lock().unwrap() += 1;
        Ok(())
    };
    let checked = app
        .check_people_file(&file, stopped.position, &mut note, &|_| {})
        .await;
    let checked = Arc::new(checked.unwrap());
    assert!(checked.is_clean());
    let done = app
        .import_people(&file, checked, &stopped, &|_| {})
        .await
        .unwrap();
    assert_eq!(
        (done.state.as_str(), done.position, done.accepted),
        ("done", 150, 150)
    );
    // Numbers follow the rows, whatever interrupted them.
    for (place, document) in (0..).zip(&ids) {
        let context = desk.person(document).await;
        let wanted = format!("{}{:010}", area(), import.first_number + place);
        assert_eq!(context.person.person_no, wanted);
    }
}
