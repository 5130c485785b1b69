use lines::{Care, Data, Day, Level, Visits};
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F026",
    name: "住院率异常",
    english: "Admission rate outlier",
    category: Category::Fraud,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F026.z",
            default: "3",
            meaning: "高于同级均值多少个标准差",
        },
        Parameter {
            key: "F026.los",
            default: "4",
            meaning: "平均住院天数低于多少天",
        },
        Parameter {
            key: "F026.peers",
            default: "10",
            meaning: "同级至少多少家机构，暂定（assumed）",
        },
    ],
    finds: "机构住院人次与门诊人次之比远高于同级机构，且平均住院天数很短。",
    why: "诱导住院、小病大治。",
    clause: "基金监管培训案例（门诊转住院率42%）",
    false_alarms: "没有门诊的专科医院。",
    says: "住院与门诊人次之比{0}，平均住院{1}天",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (z, days) = (desk.whole("F026.z")?, desk.whole("F026.los")?);
    let peers = usize::try_from(desk.whole("F026.peers")?).unwrap_or(usize::MAX);
    Ok(Kernel::Batch(Box::new(move |data, sheet| {
        let mut rates = admission_rates(data);
        rates.sort_unstable_by_key(|one| (one.level.0, one.provider));
        for same in rates
            .chunk_by(|a, b| a.level == b.level)
            .filter(|same| same.len() >= peers)
        {
            let all: Vec<i64> = same.iter().map(|one| one.per_mille).collect();
            for one in same.iter().filter(|one| one.nights < days * one.stays) {
                if kernels::beyond_deviations(&all, one.per_mille, z) {
                    let facts = [
                        Fact::PerMille(one.per_mille),
                        Fact::Count(one.nights * 1000 / one.stays.max(1)),
                    ];
                    sheet.add(
                        Target::ProviderMonth(one.provider, one.last),
                        Hit::new(Fen::ZERO, facts),
                    );
                }
            }
        }
    })))
}

/// A provider's stays against its outpatient visits.
struct Rate {
    provider: u32,
    level: Level,
    per_mille: i64,
    stays: i64,
    nights: i64,
    /// When its last visit began.
    last: Day,
}

fn admission_rates(data: &Data) -> Vec<Rate> {
    let count = |provider: u32| {
        let visits = data.visits_at(provider);
        let (mut stays, mut nights, mut trips) = (0, 0, 0);
        let stand = |visit: &&u32| !data.visits.has(**visit, Visits::REVERSED);
        for &visit in visits.iter().filter(stand) {
            if data.visits.is_stay(visit) {
                stays += 1;
                nights += i64::from(data.visits.nights(visit));
            } else {
                trips += i64::from(data.visits.care[visit as usize] != Care::PHARMACY);
            }
        }
        let begins = visits
            .iter()
            .map(|&visit| data.visits.begin[visit as usize].day());
        let level = data.providers.level[provider as usize];
        let per_mille = (trips > 0).then(|| stays * 1000 / trips)?;
        Some(Rate {
            provider,
            level,
            per_mille,
            stays,
            nights,
            last: begins.max()?,
        })
    };
    let providers = u32::try_from(data.providers.len()).expect("dictionary numbers");
    (0..providers).filter_map(count).collect()
}
