use std::collections::BTreeMap;

use lines::{Day, Row, StockRow};
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Sheet, Strength,
    Target, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "S005",
    name: "负库存",
    english: "Negative running stock",
    category: Category::Stock,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[Parameter {
        key: "S005.tol",
        default: "0",
        meaning: "允许的负数量",
    }],
    finds: "逐日累计的库存（进销存流水）出现负数；没有流水时，台账的期初或期末为负。",
    why: "没有货就已卖出。",
    clause: "定点零售药店服务协议（进销存管理）；零售药店自查清单",
    false_alarms: "同日补录的入库不影响：按日末库存判断；次日以后补录的仍会误报。",
    says: "{1}库存{0}",
    version: 1,
    build,
};

/// Provider and item.
type Place = (u32, u32);

fn build(desk: &Desk<'_>) -> Built {
    let tolerance = desk.decimal("S005.tol", 3)?;
    if let Ok(events) = desk.feed("stock_event") {
        let mut moved: BTreeMap<Place, BTreeMap<Day, i64>> = BTreeMap::new();
        for row in events.rows() {
            let provider = desk.data.providers.ids.find(row.text("provider"));
            let item = desk.exact(row.text("item")).first().copied();
            let known = provider.zip(item).zip(row.day("time")).zip(signed(row));
            if let Some(((place, day), quantity)) = known {
                *moved.entry(place).or_default().entry(day).or_default() += quantity;
            }
        }
        return Ok(Kernel::Batch(Box::new(move |data, sheet| {
            let ledger = data.stock.as_ref().map_or(&[][..], |stock| &stock.0);
            for (&place, days) in &moved {
                judge(place, days, ledger, tolerance, sheet);
            }
        })));
    }
    let ledger = desk.data.stock.is_some();
    desk.require(ledger, "缺少数据表 stock_event，也没有 stock_ledger")?;
    Ok(kernels::each_stock_row(move |_, row| {
        let lowest = row.closing.min(row.opening);
        let facts = [Fact::Count(lowest), Fact::Words("台账")];
        (lowest < -tolerance).then(|| Hit::new(Fen::ZERO, facts))
    }))
}

/// Follows the stock of one item day by day; the first day below zero is told.
fn judge(
    place: Place,
    days: &BTreeMap<Day, i64>,
    ledger: &[StockRow],
    tolerance: i64,
    sheet: &mut Sheet,
) {
    let Some(&first) = days.keys().next() else {
        return;
    };
    let opening = ledger
        .iter()
        .find(|row| (row.provider, row.item) == place && row.month.month() == first.month());
    let mut stock = opening.map_or(0, |row| row.opening);
    for (&day, &quantity) in days {
        stock += quantity;
        if stock < -tolerance {
            let facts = [Fact::Count(stock), Fact::Day(day)];
            let target = Target::ProviderItemMonth(place.0, place.1, day);
            return sheet.add(target, Hit::new(Fen::ZERO, facts));
        }
    }
}

/// What an event adds to the stock, by a word or by the national code of changes of stock (101
/// 调拨入库 … 111 赠药退回出库); a number without either has its own sign.
fn signed(row: Row<'_>) -> Option<i64> {
    let quantity = row.decimal("quantity", 3)?;
    match row.text("event") {
        "" => Some(quantity),
        "in" | "purchase" | "inbound" | "opening" | "return" | "入库" | "购进" | "期初"
        | "退货" | "101" | "103" | "106" | "108" | "110" => Some(quantity.abs()),
        "out" | "sale" | "other_out" | "销售" | "出库" | "102" | "104" | "105" | "107" | "109"
        | "111" => Some(-quantity.abs()),
        _ => None,
    }
}
