use std::collections::{BTreeMap, BTreeSet};

use lines::Day;
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
};

pub(super) static RULE: Rule = Rule {
    id: "S010",
    name: "库存周转异常",
    english: "Turnover outlier",
    category: Category::Stock,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["stock_ledger"],
    parameters: &[
        Parameter {
            key: "S010.iqr",
            default: "3",
            meaning: "超过上四分位多少个四分位距",
        },
        Parameter {
            key: "S010.peers",
            default: "5",
            meaning: "同类至少多少家机构，暂定（assumed）",
        },
    ],
    finds: "机构一季度的库存周转率远高于同类机构。",
    why: "销量与库存不匹配，可能空刷。",
    clause: "欺诈线索指标（周转率）",
    false_alarms: "集中配送、零库存管理。",
    says: "周转{0}，上界{1}",
    version: 1,
    build,
};

/// Quarter, kind of institution, institution.
type Peer = (i32, u8, u32);

fn build(desk: &Desk<'_>) -> Built {
    let (times, peers) = (desk.whole("S010.iqr")?, desk.whole("S010.peers")?);
    Ok(Kernel::Batch(Box::new(move |data, sheet| {
        // Settled, opening and closing stock of all months, the months.
        let mut sums: BTreeMap<Peer, (i64, i64, BTreeSet<Day>)> = BTreeMap::new();
        for row in data.stock.iter().flat_map(|stock| &stock.0) {
            let kind = data.providers.kind[row.provider as usize];
            let sum = sums
                .entry((row.month.month().div_euclid(3), kind, row.provider))
                .or_insert((0, 0, BTreeSet::new()));
            sum.0 += row.settled;
            sum.1 += row.opening + row.closing;
            sum.2.insert(row.month);
        }
        // Thousandths of settled quantity per mean stock; told of the first month of the quarter.
        let turnover = |(key, (settled, stock, months)): (_, (i64, i64, BTreeSet<Day>))| {
            let count = i64::try_from(months.len()).unwrap_or(1);
            let first = months.first().copied()?;
            Some((key, settled * 2000 * count / stock.max(1), first))
        };
        let rates: Vec<(Peer, i64, Day)> = sums.into_iter().filter_map(turnover).collect();
        for same in rates.chunk_by(|a, b| (a.0.0, a.0.1) == (b.0.0, b.0.1)) {
            let mut all: Vec<i64> = same.iter().map(|one| one.1).collect();
            all.sort_unstable();
            let (low, high) = (all[all.len() / 4], all[all.len() * 3 / 4]);
            let limit = high + times * (high - low);
            if i64::try_from(all.len()).unwrap_or(0) < peers {
                continue;
            }
            for (key, rate, day) in same.iter().filter(|one| one.1 > limit) {
                let facts = [Fact::Count(*rate), Fact::Count(limit)];
                sheet.add(
                    Target::ProviderMonth(key.2, *day),
                    Hit::new(Fen::ZERO, facts),
                );
            }
        }
    })))
}
