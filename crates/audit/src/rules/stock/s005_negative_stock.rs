use money::Fen;

use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "S005",
    name: "负库存",
    english: "Negative running stock",
    category: Category::Stock,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["stock_ledger"],
    parameters: &[Parameter {
        key: "S005.tol",
        default: "0",
        meaning: "允许的负数量",
    }],
    finds: "按时间累计的库存出现负数，或月末账存为负。",
    why: "没有货就已卖出。",
    clause: "定点零售药店服务协议（进销存管理）；零售药店自查清单",
    false_alarms: "同日补录入库。",
    says: "库存{0}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let tolerance = desk.decimal("S005.tol", 3)?;
    Ok(kernels::each_stock_row(move |_, row| {
        let running = row.opening + row.bought - row.settled - row.other_out;
        let lowest = running.min(row.closing).min(row.opening);
        (lowest < -tolerance).then(|| Hit::new(Fen::ZERO, [Fact::Count(lowest)]))
    }))
}
