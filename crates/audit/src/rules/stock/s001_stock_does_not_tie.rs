use money::Fen;

use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "S001",
    name: "进销存不平",
    english: "Stock equation broken",
    category: Category::Stock,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["stock_ledger"],
    parameters: &[
        Parameter {
            key: "S001.tol",
            default: "0.02",
            meaning: "允许差额占购进数量的比例",
        },
        Parameter {
            key: "S001.abs",
            default: "5",
            meaning: "允许差额的绝对数量",
        },
    ],
    finds: "期初加购进减销售减其他出库不等于期末。",
    why: "账实不符，可能空刷、串换或倒卖。结算量超过可供量的由S002指出，不在本条重复。",
    clause: "定点零售药店服务协议（进销存管理）",
    false_alarms: "盘点差异未及时登记。",
    says: "应存{0}，账存{1}，相差{2}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let share = desk.decimal("S001.tol", 3)?;
    let least = desk.decimal("S001.abs", 3)?;
    Ok(kernels::each_stock_row(move |_, row| {
        let wanted = row.opening + row.bought - row.settled - row.other_out;
        let off = wanted - row.closing;
        let allowed = (row.bought.max(1000) * share / 1000).max(least);
        let facts = [
            Fact::Count(wanted),
            Fact::Count(row.closing),
            Fact::Count(off),
        ];
        // More settled than there ever was to sell is one cause, found once: by S002.
        let short = row.settled > (row.opening + row.bought) * (1000 + share) / 1000;
        let unsold = row.opening == 0 && row.bought == 0;
        (off.abs() > allowed && (!short || unsold)).then(|| Hit::new(Fen::ZERO, facts))
    }))
}
