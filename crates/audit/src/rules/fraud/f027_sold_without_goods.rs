use std::collections::{BTreeMap, BTreeSet};

use lines::TraceEventKind;
use money::Fen;

use crate::{Built, Category, Desk, Fact, Grain, Hit, Kernel, Phase, Rule, Strength, Target};

pub(super) static RULE: Rule = Rule {
    id: "F027",
    name: "空刷/无货销售",
    english: "Sale with no goods",
    category: Category::Fraud,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &["k_nocode"],
    feeds: &["stock_ledger", "trace_events"],
    parameters: &[],
    finds: "药店一月结算数量超过扫码数量，而库存不足以销售。",
    why: "没有货而结算是空刷。",
    clause: "《医疗保障基金使用监督管理条例》第四十条；零售药店自查清单",
    false_alarms: "无码清单内药品；盘点未上传。",
    says: "结算{0}，扫码{1}，可供{2}",
    version: 2,
    build,
};

/// The kind of hospitals and clinics in the register of institutions.
const HOSPITAL: u8 = 1;

fn build(desk: &Desk<'_>) -> Built {
    let untraced: BTreeSet<u32> = desk.table("k_nocode").map_or_else(
        |_| BTreeSet::new(),
        |table| {
            table
                .rows()
                .flat_map(|row| desk.exact(row.text("item")))
                .collect()
        },
    );
    Ok(Kernel::Batch(Box::new(move |data, sheet| {
        let mut scanned: BTreeMap<(u32, u32, i32), i64> = BTreeMap::new();
        for event in data
            .trace
            .iter()
            .flat_map(|trace| &trace.events)
            .filter(|event| event.kind == TraceEventKind::Sale)
        {
            let key = (event.provider, event.item, event.time.day().month());
            *scanned.entry(key).or_default() += i64::from(event.quantity);
        }
        // Hospitals use drugs up on wards without a scan each; S001 and S002 look at them.
        let sells = |provider: u32| data.providers.kind[provider as usize] != HOSPITAL;
        let rows = data.stock.iter().flat_map(|stock| &stock.0);
        for row in rows.filter(|row| sells(row.provider)) {
            let seen = scanned
                .get(&(row.provider, row.item, row.month.month()))
                .copied()
                .unwrap_or(0);
            let supply = row.opening + row.bought - row.other_out;
            let empty = row.settled > supply;
            if row.settled > seen && empty && !untraced.contains(&row.item) {
                let facts = [
                    Fact::Count(row.settled),
                    Fact::Count(seen),
                    Fact::Count(supply),
                ];
                let target = Target::ProviderItemMonth(row.provider, row.item, row.month);
                sheet.add(target, Hit::new(Fen::ZERO, facts));
            }
        }
    })))
}
