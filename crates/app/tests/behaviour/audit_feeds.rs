//! What institutions tell beside their bills reaches the audit: goods, boxes, groups of lists.

use std::collections::BTreeMap;

use app::audit::ScanAsk;
use app::discharge::{KeptCase, KeptList};
use app::register::Actor;
use app::settlement::Sale;
use app::stock::{LineCode, NewGoods, StockKind, tell_goods};
use app::{AuditBook, Law};
use jiff::civil::{Date, date};
use lines::{Quality, Table};
use money::{Fen, Price, Quantity};
use stock::Movement;
use store::{DischargeChange, DischargeRow, DoubtFilter, DoubtRow};
use terms::CareType;

use crate::house::{ACTIVE, HOSPITAL, House, PHARMACY, area, at, law, root, told};

const PERIOD: (Date, Date) = (date(2024, 11, 1), date(2024, 11, 30));
const BOX: &str = "81234567890123456789";

/// Goods of the pharmacy: the item that the house sells.
fn goods(house: &House, kind: StockKind, when: &str, packs: i64) -> NewGoods {
    let movement = match kind {
        StockKind::Purchase => Some(Movement::Purchased),
        StockKind::SaleReturn => Some(Movement::Returned),
        _ => None,
    };
    NewGoods {
        kind,
        movement,
        batch: "B1".to_owned(),
        local_code: "L1".to_owned(),
        item_code: house.line("1", at(when), 1).item_code,
        name: "示例药".to_owned(),
        quantity: Quantity::new(packs * 10_000),
        price: Some(Price::from(Fen::yuan(10))),
        at: at(when),
        person: String::new(),
        visit: String::new(),
        settlement: String::new(),
        insured: false,
        split: false,
        codes: Vec::new(),
        detail: Vec::new(),
    }
}

async fn tell(house: &House, message: &str, goods: NewGoods) {
    let call = house.call(PHARMACY, message, "2024-11-30T20:00:00");
    let goods = [goods];
    let told = tell_goods(&house.app, &call, &goods, false, |_| Ok(Vec::new()));
    told.await.unwrap();
}

async fn sell_box(house: &House, message: &str, when: &str) {
    let call = house.call(PHARMACY, message, when);
    let mut line = house.line("1", call.at, 30);
    line.note.codes = vec![LineCode::scanned(BOX, false)];
    let sale = Sale {
        person_no: ACTIVE.to_owned(),
        scheme: None,
        care: CareType::Pharmacy,
        at: call.at,
        diagnoses: Vec::new(),
        disease: None,
        expected_total: None,
        use_account: true,
        receipt: Default::default(),
        lines: vec![line],
    };
    app::settlement::sell(&house.app, &call, &sale, told)
        .await
        .unwrap();
}

/// The tables of an export that are not by month.
async fn exported(house: &House) -> BTreeMap<String, Table> {
    let mut export = house.app.export_audit(area(), PERIOD);
    let mut tables = BTreeMap::new();
    while let Some(page) = export.next().await.unwrap() {
        for part in page {
            let (_, name) = part.name.split_once('/').unwrap();
            let table: &mut Table = tables.entry(name.to_owned()).or_default();
            table.append(&part.table);
        }
    }
    tables
}

fn cells(table: &Table, columns: &[&str]) -> Vec<Vec<String>> {
    let row = |row: lines::Row<'_>| {
        columns
            .iter()
            .map(|name| row.text(name).to_owned())
            .collect()
    };
    table.rows().map(row).collect()
}

async fn doubts(house: &House, rule: &str) -> Vec<DoubtRow> {
    let filter = DoubtFilter {
        rule: Some(rule.to_owned()),
        ..DoubtFilter::default()
    };
    let rows = house.app.store.search_doubts(area(), &filter, "", 100);
    rows.await.unwrap()
}

async fn scan(house: &House) -> Vec<String> {
    let ask = ScanAsk {
        from: PERIOD.0,
        to: PERIOD.1,
        full: false,
        threads: 2,
    };
    let night = Actor::batch(area(), "nightly", at("2024-12-01T03:00:00"));
    house.app.audit_service(&night, &ask).await.unwrap().rules
}

#[tokio::test]
async fn goods_become_a_ledger_once_something_was_counted() {
    let house = House::open().await;
    for (message, when) in [("S1", "2024-11-15T09:00:00"), ("S2", "2024-11-15T10:00:00")] {
        house.sell(ACTIVE, message, when, 20).await.unwrap();
    }
    let mut bought = goods(&house, StockKind::Purchase, "2024-11-02T09:00:00", 5);
    bought.detail = vec![
        ("invoice", "F1".to_owned()),
        ("supplier", "甲公司".to_owned()),
    ];
    tell(&house, "G1", bought).await;
    let tables = exported(&house).await;
    assert!(
        tables["stock_ledger"].is_empty(),
        "nobody knows with what November began"
    );
    let columns = [
        "provider", "month", "quantity", "amount", "supplier", "invoice",
    ];
    let purchased = [PHARMACY, "2024-11", "5.000", "50.00", "甲公司", "F1"];
    assert_eq!(cells(&tables["stock_purchase"], &columns), [purchased]);

    let count = goods(&house, StockKind::Count, "2024-10-31T20:00:00", 10);
    tell(&house, "G2", count).await;
    let tables = exported(&house).await;
    let columns = [
        "month",
        "opening",
        "bought",
        "settled",
        "other_out",
        "closing",
    ];
    let november = ["2024-11", "10.000", "5.000", "2.000", "0.000", "13.000"];
    assert_eq!(cells(&tables["stock_ledger"], &columns), [november]);
}

#[tokio::test]
async fn a_pharmacy_that_tells_nothing_of_goods_is_not_held_to_have_none() {
    let house = House::open().await;
    house
        .sell(ACTIVE, "S1", "2024-11-15T09:00:00", 20)
        .await
        .unwrap();
    assert!(!exported(&house).await.contains_key("stock_ledger"));
    let rules = scan(&house).await;
    assert!(!rules.contains(&"S002".to_owned()), "{rules:?}");
}

#[tokio::test]
async fn more_settled_than_there_was_is_found_at_the_pharmacy() {
    let house = House::open().await;
    tell(
        &house,
        "G1",
        goods(&house, StockKind::Count, "2024-10-31T20:00:00", 1),
    )
    .await;
    for (message, when) in [
        ("S1", "2024-11-15T09:00:00"),
        ("S2", "2024-11-15T10:00:00"),
        ("S3", "2024-11-16T10:00:00"),
    ] {
        house.sell(ACTIVE, message, when, 20).await.unwrap();
    }
    let rules = scan(&house).await;
    assert!(rules.contains(&"S002".to_owned()), "{rules:?}");
    let found = doubts(&house, "S002").await;
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].institution.as_str(), found[0].person_no.as_str()),
        (PHARMACY, "")
    );
    assert_eq!(found[0].says, "结算3，可供1");
    assert_eq!(found[0].day, PERIOD.1);
    assert_eq!(doubts(&house, "S001").await, [], "one cause is found once");
}

#[tokio::test]
async fn a_box_received_out_of_date_is_found_on_the_line_that_sold_it() {
    let house = House::open().await;
    sell_box(&house, "S1", "2024-11-15T09:00:00").await;
    let mut bought = goods(&house, StockKind::Purchase, "2024-10-02T09:00:00", 1);
    bought.codes = vec![LineCode::scanned(BOX, false)];
    bought.detail = vec![("expires_on", "2024-10-31".to_owned())];
    tell(&house, "G1", bought).await;
    let tables = exported(&house).await;
    let columns = ["trace_code", "provider", "time", "expiry"];
    let received = [BOX, PHARMACY, "2024-10-02 09:00:00", "2024-10-31"];
    assert_eq!(cells(&tables["trace_inbound"], &columns), [received]);
    scan(&house).await;
    let found = doubts(&house, "T010").await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].person_no, ACTIVE);
}

#[tokio::test]
async fn a_box_given_back_may_be_sold_again() {
    let house = House::open().await;
    sell_box(&house, "S1", "2024-11-10T09:00:00").await;
    let mut returned = goods(&house, StockKind::SaleReturn, "2024-11-12T09:00:00", 1);
    returned.codes = vec![LineCode::scanned(BOX, false)];
    tell(&house, "G1", returned).await;
    sell_box(&house, "S2", "2024-11-15T09:00:00").await;
    let scans = &exported(&house).await["trace_events"];
    let mut events = cells(scans, &["event", "time"]);
    events.sort_by(|a, b| a[1].cmp(&b[1]));
    let kinds: Vec<&str> = events.iter().map(|event| event[0].as_str()).collect();
    assert_eq!(kinds, ["sale", "return", "sale"]);
    let rules = scan(&house).await;
    assert!(rules.contains(&"T001".to_owned()), "{rules:?}");
    assert_eq!(doubts(&house, "T001").await, []);
}

/// The list of a stay with a stroke, respiratory failure and diabetes.
fn list(settlement: &str, visit: &str) -> DischargeChange {
    let kept = KeptList {
        case: KeptCase {
            sex: Some(terms::Sex::Male),
            age_years: Some(70),
            stay_days: Some(4),
            principal: Some("I63.900".to_owned()),
            others: vec!["J96.000".to_owned(), "E11.900".to_owned()],
            ..KeptCase::default()
        },
        ..KeptList::default()
    };
    let row = DischargeRow {
        person_no: ACTIVE.to_owned(),
        list_id: format!("L{settlement}"),
        settlement_id: settlement.to_owned(),
        visit_id: visit.to_owned(),
        version: 1,
        uploads: 1,
        state: "approved".to_owned(),
        institution: HOSPITAL.to_owned(),
        person_name: "示例".to_owned(),
        scheme: "employee".to_owned(),
        care_type: "inpatient".to_owned(),
        admitted_on: Some(date(2024, 11, 11)),
        discharged_on: date(2024, 11, 15),
        settled_on: date(2024, 11, 15),
        principal: "I63.900".to_owned(),
        total: Fen::yuan(5_000),
        fund: Fen::ZERO,
        errors: 0,
        warnings: 0,
        received_at: at("2024-11-16T08:00:00"),
        body: kept.text().unwrap(),
    };
    DischargeChange {
        row,
        findings: Vec::new(),
        groups: Vec::new(),
    }
}

#[tokio::test]
async fn a_diagnosis_that_raises_the_group_without_treatment_is_found() {
    let schemes = lawbook::load_schemes(&root().join("catalogues")).unwrap();
    let house = House::under(Law { schemes, ..law() }).await;
    let (visit, bill) = house
        .stay(ACTIVE, "2024-11-11T08:00:00", "2024-11-15T08:00:00", 5_000)
        .await;
    let rows = [list(&bill.id, &visit)];
    house.app.store.put_discharges(area(), &rows).await.unwrap();
    let results = &exported(&house).await["group_results"];
    let raising = cells(results, &["visit", "diagnosis"]);
    assert!(
        raising.contains(&vec![visit.clone(), "J96.000".to_owned()]),
        "{raising:?}"
    );

    let mut wanted = Table::new(["icd_prefix", "item_prefixes"]);
    wanted.push(["J96", "X-VENTILATION"]);
    let mut knowledge = audit::Knowledge::default();
    knowledge.add("k_diag_evidence", &wanted, &mut Quality::default());
    let params = [("F012.times".to_owned(), "1.01".to_owned())];
    let params = audit::Params::new(params.into_iter().collect());
    house.app.set_audit_book(AuditBook::new(knowledge, params));
    let rules = scan(&house).await;
    assert!(rules.contains(&"F012".to_owned()), "{rules:?}");
    let found = doubts(&house, "F012").await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].visit_id, visit);
}
