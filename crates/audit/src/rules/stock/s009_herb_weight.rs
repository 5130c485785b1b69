use lines::ItemKind;
use money::Fen;

use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "S009",
    name: "饮片进销量异常",
    english: "Herbal weight balance",
    category: Category::Stock,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["stock_ledger"],
    parameters: &[Parameter {
        key: "S009.tol",
        default: "0.05",
        meaning: "允许超出的比例",
    }],
    finds: "中药饮片结算的重量超过可供重量。",
    why: "饮片虚开、以次充好。",
    clause: "中药饮片专项检查问题清单",
    false_alarms: "炮制增重；单位换算（克）。",
    says: "结算{0}克，可供{1}克",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let share = desk.decimal("S009.tol", 3)?;
    Ok(kernels::each_stock_row(move |data, row| {
        // An item that no line of the batch charges has no kind; herbs are coded T….
        let herb = match data.items.kind(row.item) {
            ItemKind::Unknown => data.items.code(row.item).starts_with('T'),
            kind => kind == ItemKind::Herb,
        };
        let supply = row.opening + row.bought;
        let over = herb && row.settled * 1000 > supply * (1000 + share);
        over.then(|| Hit::new(Fen::ZERO, [Fact::Count(row.settled), Fact::Count(supply)]))
    }))
}
