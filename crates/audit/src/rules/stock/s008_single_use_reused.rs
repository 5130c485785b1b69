use money::Fen;

use crate::{Built, Category, Desk, Fact, Grain, Hit, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "S008",
    name: "一次性耗材使用数大于采购数",
    english: "Single-use consumable reused",
    category: Category::Stock,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["stock_ledger"],
    parameters: &[],
    finds: "一次性耗材的结算数量超过期初加购进。",
    why: "一次性耗材重复使用，或虚记。",
    clause: "《医疗器械监督管理条例》第四十九条；重复使用一次性耗材专项检查",
    false_alarms: "跨月领用。",
    says: "使用{0}，可供{1}",
    version: 1,
    build,
};

fn build(_: &Desk<'_>) -> Built {
    Ok(kernels::each_stock_row(|_, row| {
        let supply = row.opening + row.bought;
        let reused = row.single_use && row.settled > supply;
        reused.then(|| Hit::new(Fen::ZERO, [Fact::Count(row.settled), Fact::Count(supply)]))
    }))
}
