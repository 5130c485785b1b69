use std::collections::BTreeSet;

use lines::{Data, StockRow};
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
};

pub(super) static RULE: Rule = Rule {
    id: "S004",
    name: "串换推断",
    english: "Swap inferred from stock",
    category: Category::Stock,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["stock_ledger"],
    parameters: &[
        Parameter {
            key: "S004.near",
            default: "0.2",
            meaning: "两个数量相差的比例",
        },
        Parameter {
            key: "S004.least",
            default: "20",
            meaning: "结算至少多出多少，暂定（assumed）：太少是差错",
        },
    ],
    finds: "目录内品种结算远大于购进，名称相近的另一品种购进远大于销售，数量相当。",
    why: "用目录内品种的名义卖目录外品种。",
    clause: "定点零售药店服务协议（进销存管理）；零售药店自查清单；名称相似度比对",
    false_alarms: "同名不同规格的盘点差错。",
    says: "{0}结算多出{1}，{2}购进未售",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let near = desk.decimal("S004.near", 3)?;
    let least = desk.decimal("S004.least", 3)?;
    Ok(Kernel::Batch(Box::new(move |data, sheet| {
        let rows: Vec<&StockRow> = data.stock.iter().flat_map(|stock| &stock.0).collect();
        let over = |row: &StockRow| row.settled - row.bought - row.opening;
        let idle = |row: &StockRow| row.bought - row.settled - row.other_out;
        for sold in rows.iter().filter(|row| over(row) >= least) {
            let other = rows.iter().filter(|other| {
                let place = (other.provider, other.month) == (sold.provider, sold.month);
                let close = (idle(other) - over(sold)).abs() * 1000 <= over(sold) * near;
                place && other.item != sold.item && close && alike(data, sold.item, other.item)
            });
            let code = |row: &&&StockRow| data.items.code(row.item).to_owned();
            if let Some(other) = other.min_by_key(code) {
                let facts = [
                    Fact::Item(sold.item),
                    Fact::Count(over(sold)),
                    Fact::Item(other.item),
                ];
                let target = Target::ProviderItemMonth(sold.provider, sold.item, sold.month);
                sheet.add(target, Hit::new(Fen::ZERO, facts));
            }
        }
    })))
}

/// Names with two characters in a row in common: 阿胶 and 阿胶糕.
fn alike(data: &Data, a: u32, b: u32) -> bool {
    let pairs = |item: u32| {
        let name: Vec<char> = data.items.name(item).chars().collect();
        name.windows(2)
            .map(|pair| (pair[0], pair[1]))
            .collect::<BTreeSet<_>>()
    };
    !pairs(a).is_disjoint(&pairs(b))
}
