//! Goods of two pharmacies: what they bought, sold and counted, and a box that two of them sold.

use app::Error;
use app::stock::StockKind;
use demo_maker::DemoArea;
use jiff::Span;
use jiff::civil::{Date, DateTime};
use store::{
    CodeChange, Commit, StockChange, StockMonthRow, StockRecordRow, Store, TraceCodeRow,
    TraceEventRow,
};
use terms::InstitutionKind;

/// Ten-thousandths of a pack.
const PACK: i64 = 10_000;
/// The box that was sold twice.
const BOX: &str = "81000010000000023757";

/// An item of the demonstration: own code, national code, name, bought, sold, counted.
struct Item(
    &'static str,
    &'static str,
    &'static str,
    i64,
    i64,
    Option<i64>,
);

/// The last one was counted far below what should be there.
const ITEMS: [Item; 3] = [
    Item(
        "Y000001",
        "XJ01CAD000A001010199000",
        "阿莫西林胶囊",
        200,
        120,
        Some(80),
    ),
    Item(
        "Y000002",
        "XJ01DCD000A002010299001",
        "头孢呋辛酯片",
        100,
        40,
        None,
    ),
    Item(
        "Y000003",
        "XJ01DDD000A003010399002",
        "头孢克肟分散片",
        90,
        30,
        Some(35),
    ),
];

/// Enters the goods; what is there already stays as it is.
pub(super) async fn seed(store: &Store, area: &DemoArea) -> Result<(), Error> {
    let mut pharmacies = area
        .institutions
        .iter()
        .filter(|one| one.kind == InstitutionKind::Pharmacy);
    let (Some(first), Some(second)) = (pharmacies.next(), pharmacies.next()) else {
        return Ok(());
    };
    let month = area
        .recipe
        .today
        .first_of_month()
        .saturating_sub(Span::new().months(1));
    let goods = goods(&first.code, month);
    let code = area.recipe.area;
    let mut told = Commit::new(code, first.code.as_str());
    told.codes = Some(sold(&first.code, day(month, 11)));
    told.stock = Some(goods);
    store.commit(told).await?;
    let mut again = Commit::new(code, second.code.as_str());
    let event = event(&second.code, "T00000000000000002", true, day(month, 26));
    again.codes = Some(CodeChange {
        events: vec![event],
        ..CodeChange::default()
    });
    store.commit(again).await?;
    Ok(())
}

fn day(month: Date, days: i64) -> DateTime {
    let day = month.saturating_add(Span::new().days(days));
    day.at(10, 30, 0, 0)
}

fn goods(institution: &str, month: Date) -> StockChange {
    let mut change = StockChange::default();
    for Item(local, item, name, bought, sold, counted) in ITEMS {
        let mut put = |kind: StockKind, movement: &str, packs: i64, at: DateTime| {
            change.records.push(StockRecordRow {
                institution: institution.to_owned(),
                record_id: format!("G{local}{}", kind.word()),
                kind: kind.word().to_owned(),
                movement: movement.to_owned(),
                deleted: false,
                batch: format!("B{local}"),
                local_code: local.to_owned(),
                item_code: item.to_owned(),
                name: name.to_owned(),
                quantity: packs * PACK,
                price_micro: 12_000_000,
                happened_at: at,
                person: String::new(),
                visit: String::new(),
                settlement_id: String::new(),
                split: false,
                codes: "[]".to_owned(),
                recorded_at: at,
                detail: "{}".to_owned(),
            });
        };
        put(StockKind::Purchase, "purchased", bought, day(month, 1));
        put(StockKind::Sale, "sold", sold, day(month, 20));
        if let Some(counted) = counted {
            put(StockKind::Count, "", counted, day(month, 27));
        }
        change.months.push(StockMonthRow {
            institution: institution.to_owned(),
            local_code: local.to_owned(),
            month: month.strftime("%Y-%m").to_string(),
            item_code: item.to_owned(),
            name: name.to_owned(),
            moved: [bought * PACK, 0, sold * PACK, 0, 0, 0],
            counted: counted.map(|packs| (packs * PACK, day(month, 27).date())),
        });
    }
    change
}

fn sold(institution: &str, at: DateTime) -> CodeChange {
    let row = TraceCodeRow {
        code: BOX.to_owned(),
        version: 1,
        sold: true,
        split: false,
        awaits_bill: false,
        institution: institution.to_owned(),
        person: String::new(),
        visit_id: "X0001".to_owned(),
        settlement_id: String::new(),
        msgid: String::new(),
        item_code: ITEMS[0].1.to_owned(),
        sold_at: at,
    };
    CodeChange {
        sold: vec![row],
        freed: Vec::new(),
        events: vec![event(institution, "T00000000000000001", false, at)],
    }
}

fn event(institution: &str, number: &str, contested: bool, at: DateTime) -> TraceEventRow {
    TraceEventRow {
        code: BOX.to_owned(),
        event_id: number.to_owned(),
        kind: StockKind::Sale.word().to_owned(),
        institution: institution.to_owned(),
        sale: "X0001".to_owned(),
        record_id: String::new(),
        item_code: ITEMS[0].1.to_owned(),
        split: false,
        contested,
        happened_at: at,
        recorded_at: at,
    }
}
