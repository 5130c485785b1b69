use std::collections::BTreeMap;

use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F023",
    name: "次均费用离群",
    english: "Mean cost outlier",
    category: Category::Fraud,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F023.z",
            default: "3.5",
            meaning: "稳健Z值界限",
        },
        Parameter {
            key: "F023.peers",
            default: "5",
            meaning: "同级至少多少家机构",
        },
    ],
    finds: "机构次均住院费用连续两月高出同级机构的中位数过多。",
    why: "次均费用畸高提示过度医疗或虚记。",
    clause: "欺诈线索指标；稳健离群（中位数绝对偏差）",
    false_alarms: "疑难危重收治集中的专科。",
    says: "次均{0}，同级中位数{1}",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let limit = desk.decimal("F023.z", 4)?;
    let peers = usize::try_from(desk.whole("F023.peers")?).unwrap_or(usize::MAX);
    Ok(Kernel::Batch(Box::new(move |data, sheet| {
        let means = kernels::mean_cost_of_stays(data);
        let mut before: BTreeMap<u32, i32> = BTreeMap::new();
        for same in means
            .chunk_by(|a, b| (a.month, a.level) == (b.month, b.level))
            .filter(|same| same.len() >= peers)
        {
            let costs: Vec<i64> = same.iter().map(|one| one.mean).collect();
            for one in same {
                let Some(median) = kernels::robustly_beyond(&costs, one.mean, limit) else {
                    continue;
                };
                if before.insert(one.provider, one.month) == Some(one.month - 1) {
                    let facts = [Fact::Yuan(Fen::new(one.mean)), Fact::Yuan(Fen::new(median))];
                    let target = Target::ProviderMonth(one.provider, one.day);
                    sheet.add(target, Hit::new(Fen::ZERO, facts));
                }
            }
        }
    })))
}
