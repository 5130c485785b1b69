use foldhash::fast::FixedState;
use indexmap::IndexMap;
use lines::{Day, ItemKind, NONE, Visits};
use money::Fen;

use crate::kernel::Provider;
use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F021",
    name: "医师-药品集中度",
    english: "Doctor-drug concentration",
    category: Category::Fraud,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F021.share",
            default: "0.5",
            meaning: "一名医师占该药费用的比例",
        },
        Parameter {
            key: "F021.z",
            default: "4",
            meaning: "离均值多少个标准差",
        },
        Parameter {
            key: "F021.peers",
            default: "20",
            meaning: "至少多少名医师开过该药，暂定（assumed）：人少时离群没有意义",
        },
        Parameter {
            key: "F021.least",
            default: "1000",
            meaning: "该药费用至少多少元，暂定（assumed）：清单没有写下限，只略去零星的药",
        },
    ],
    finds: "机构内一种药品的费用大半由一名医师开出，远离其他医师。",
    why: "统方促销、利益输送的线索。",
    clause: "欺诈线索指标；医师用药集中度",
    false_alarms: "专科唯一医师；新药试用。",
    says: "医师{0}占该药{1}",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (share, z) = (desk.decimal("F021.share", 3)?, desk.whole("F021.z")?);
    let (peers, least) = (desk.whole("F021.peers")?, desk.decimal("F021.least", 2)?);
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let spent = spent_by_doctor(provider);
        for same in spent.chunk_by(|a, b| a.0.0 == b.0.0) {
            let amounts: Vec<i64> = same.iter().map(|one| one.1.0).collect();
            let sum: i64 = amounts.iter().sum();
            let enough = i64::try_from(same.len()).unwrap_or(0) >= peers && sum >= least;
            let most = same.iter().max_by_key(|one| one.1.0);
            let last = same.iter().map(|one| one.1.1).max();
            let Some((&((item, doctor), (most, _)), last)) = most.zip(last) else {
                continue;
            };
            if enough && most * 1000 > sum * share && kernels::beyond_deviations(&amounts, most, z)
            {
                let facts = [Fact::Doctor(doctor), Fact::PerMille(most * 1000 / sum)];
                let target = Target::ProviderItemMonth(provider.provider, item, last);
                sheet.add(target, Hit::new(Fen::new(most), facts));
            }
        }
    })))
}

/// What doctors ordered of drugs, by item and doctor, with the last day on which they did.
fn spent_by_doctor(provider: &Provider<'_>) -> Vec<((u32, u32), (i64, Day))> {
    let data = provider.data;
    let mut spent: IndexMap<(u32, u32), (i64, Day), FixedState> = IndexMap::default();
    let stands = |visit: &&u32| !data.visits.has(**visit, Visits::REVERSED);
    for &visit in provider.visits.iter().filter(stands) {
        for row in data.lines_of(visit) {
            let (item, doctor) = (data.lines.item[row as usize], data.lines.doctor(row));
            if doctor != NONE && data.items.kind(item) == ItemKind::Drug {
                let day = data.lines.time[row as usize].day();
                let sum = spent.entry((item, doctor)).or_insert((0, day));
                sum.0 += data.lines.amount[row as usize].get();
                sum.1 = sum.1.max(day);
            }
        }
    }
    let mut spent: Vec<_> = spent.into_iter().collect();
    spent.sort_unstable_by_key(|&(whose, _)| whose);
    spent
}
