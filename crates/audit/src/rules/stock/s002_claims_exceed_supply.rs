use money::Fen;

use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "S002",
    name: "结算量大于可供量",
    english: "Claims exceed supply",
    category: Category::Stock,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["stock_ledger"],
    parameters: &[Parameter {
        key: "S002.tol",
        default: "0.02",
        meaning: "允许超出可供量的比例",
    }],
    finds: "一月结算数量超过期初加购进。",
    why: "没有货而结算，空刷或串换。",
    clause: "定点零售药店服务协议（进销存管理）；零售药店自查清单",
    false_alarms: "退货入库未上传。",
    says: "结算{0}，可供{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let share = desk.decimal("S002.tol", 3)?;
    Ok(kernels::each_stock_row(move |_, row| {
        let supply = row.opening + row.bought;
        let over = row.settled * 1000 > supply * (1000 + share);
        (over && supply > 0)
            .then(|| Hit::new(Fen::ZERO, [Fact::Count(row.settled), Fact::Count(supply)]))
    }))
}
