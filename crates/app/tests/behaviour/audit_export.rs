//! Bills written as files and audited there give what the service finds itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use app::AuditBook;
use app::audit::ScanAsk;
use app::register::Actor;
use app::visit::VisitKind;
use columnar::{Job, TableFolder, read_knowledge, run_job};
use jiff::civil::{Date, date};
use lines::Quality;
use terms::CareType;

use crate::house::{ACTIVE, House, SPONSOR, area, at};

const PERIOD: (Date, Date) = (date(2024, 10, 1), date(2024, 12, 31));

/// One sale in thirty days, men only, one of a day.
fn knowledge(folder: &Path, item: &str) {
    let tables = [
        (
            "k_item_cycle_cap",
            format!("item,max_times,window_days\n{item},1,30\n"),
        ),
        ("k_drug_sex", format!("item,sex\n{item},male\n")),
        ("k_item_daily_cap", format!("item,cap,unit\n{item},1,day\n")),
    ];
    for (name, text) in tables {
        fs::write(folder.join(format!("{name}.csv")), text).unwrap();
    }
}

async fn some_bills(house: &House) {
    for (person, message, when) in [
        (ACTIVE, "M1", "2024-10-28T09:00:00"),
        (ACTIVE, "M2", "2024-11-05T09:00:00"),
        (SPONSOR, "M3", "2024-11-05T09:30:00"),
        (SPONSOR, "M4", "2024-11-05T10:00:00"),
    ] {
        house.sell(person, message, when, 100).await.unwrap();
    }
    let (kind, care) = (VisitKind::Outpatient, CareType::GeneralOutpatient);
    let opened = house.visit(ACTIVE, kind, care, "V1", "2024-12-02T09:00:00");
    let visit = opened.await.unwrap();
    let whose = (ACTIVE, visit.as_str(), kind);
    for (message, when) in [("V2", "2024-12-02T09:10:00"), ("V3", "2024-12-02T09:11:00")] {
        house.upload(whose, message, when, 60).await.unwrap();
    }
    let settled = house.settle(ACTIVE, &visit, kind, "V4", "2024-12-02T10:00:00");
    settled.await.unwrap();
}

async fn written(house: &House, folder: &Path) -> usize {
    let mut parts = TableFolder::create(folder).unwrap();
    let mut export = house.app.export_audit(area(), PERIOD);
    while let Some(page) = export.next().await.unwrap() {
        for part in page {
            parts.append(&part.name, &part.table).unwrap();
        }
    }
    parts.close().unwrap();
    export.lines
}

#[tokio::test]
async fn what_is_exported_reads_back_with_the_same_findings() {
    let house = House::open().await;
    some_bills(&house).await;
    let folder = tempfile::tempdir().unwrap();
    let (data, known) = (folder.path().join("data"), folder.path().join("knowledge"));
    fs::create_dir(&known).unwrap();
    let item = house.line("1", at("2024-11-15T09:00:00"), 1).item_code;
    knowledge(&known, &item);

    let read = read_knowledge(&[], &known, &mut Quality::default()).unwrap();
    house
        .app
        .set_audit_book(AuditBook::new(read, audit::Params::default()));
    let ask = ScanAsk {
        from: PERIOD.0,
        to: PERIOD.1,
        full: false,
        threads: 2,
    };
    let night = Actor::batch(area(), "nightly", at("2025-01-01T03:00:00"));
    let run = house.app.audit_service(&night, &ask).await.unwrap();
    let owners = [ACTIVE.to_owned(), SPONSOR.to_owned()];
    let own = house
        .app
        .store
        .audit_findings_of(area(), &owners)
        .await
        .unwrap();
    let own: BTreeSet<_> = own
        .into_iter()
        .map(|row| {
            (
                row.rule,
                row.target_kind,
                row.target,
                row.strength,
                row.amount,
                row.says,
            )
        })
        .collect();
    assert_eq!(i64::try_from(own.len()).unwrap(), run.counts.found);
    for rule in ["P014", "C001"] {
        assert!(
            own.iter().any(|finding| finding.0 == rule),
            "{rule}: {own:?}"
        );
    }

    assert_eq!(written(&house, &data).await, 6);
    let month = data.join(format!("area={}/month=202411", area()));
    assert!(month.join("lines.parquet").is_file() && month.join("visits.parquet").is_file());
    let job = Job {
        data: data.clone(),
        knowledge: vec![known],
        threads: 2,
        ..Job::default()
    };
    let outcome = run_job(&job, &|_, _| {}).unwrap();
    assert_eq!(outcome.quality.problems().count(), 0);
    let (plan, batch) = (&outcome.plan, &outcome.data);
    let read_back: BTreeSet<_> = outcome
        .findings
        .iter()
        .map(|finding| {
            let (kind, target) = plan.target(batch, &finding.target);
            let (rule, says) = (plan.rule(finding.rule).id, plan.evidence(batch, finding));
            let strength = finding.strength.word().to_owned();
            (
                rule.to_owned(),
                kind.to_owned(),
                target,
                strength,
                finding.amount,
                says,
            )
        })
        .collect();
    assert_eq!(read_back, own);
    let working = plan.states().filter(|(_, waits)| waits.is_none());
    let working: BTreeSet<String> = working.map(|(rule, _)| rule.id.to_owned()).collect();
    assert_eq!(
        working,
        run.rules.into_iter().collect(),
        "the same rules worked"
    );
    let again = TableFolder::create(&data).unwrap_err();
    assert!(again.to_string().contains("已有文件"), "{again}");
}

#[tokio::test]
async fn an_empty_period_is_written_as_registers_of_nobody() {
    let house = House::open().await;
    let mut export = house.app.export_audit(area(), PERIOD);
    let page = export.next().await.unwrap().unwrap();
    let names: Vec<&str> = page.iter().map(|part| part.name.as_str()).collect();
    assert!(names.contains(&"area=990100/providers"), "{names:?}");
    assert!(!names.iter().any(|name| name.contains("month=")));
    assert!(export.next().await.unwrap().is_none());
}
