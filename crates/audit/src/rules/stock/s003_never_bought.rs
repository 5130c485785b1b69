use money::Fen;

use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "S003",
    name: "无进货有结算",
    english: "Claims with no purchase",
    category: Category::Stock,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["stock_ledger"],
    parameters: &[Parameter {
        key: "S003.months",
        default: "12",
        meaning: "往前看多少个月",
    }],
    finds: "十二个月内没有购进、期初也为零，却有结算。",
    why: "从未进货而结算是空刷、串换。",
    clause: "定点零售药店服务协议（进销存管理）；零售药店自查清单",
    false_alarms: "赠品、调拨入库。",
    says: "结算{0}，近{1}个月没有购进",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let months = i32::try_from(desk.whole("S003.months")?).unwrap_or(12);
    Ok(kernels::each_stock_row(move |data, row| {
        let stock = data.stock.iter().flat_map(|stock| &stock.0);
        let month = row.month.month();
        let mut same = stock.filter(|one| (one.provider, one.item) == (row.provider, row.item));
        let near = |one: &lines::StockRow| (0..months).contains(&(month - one.month.month()));
        let empty = row.opening == 0 && row.bought == 0 && row.settled > 0;
        let bare = empty && !same.any(|one| near(one) && one.bought > 0);
        let facts = [Fact::Count(row.settled), Fact::Whole(i64::from(months))];
        bare.then(|| Hit::new(Fen::ZERO, facts))
    }))
}
