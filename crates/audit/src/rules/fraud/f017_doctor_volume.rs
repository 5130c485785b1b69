use lines::{Day, NONE};
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
};

pub(super) static RULE: Rule = Rule {
    id: "F017",
    name: "医师日服务量异常",
    english: "Doctor volume impossible",
    category: Category::Fraud,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[Parameter {
        key: "F017.n",
        default: "150",
        meaning: "一名医师一天最多的就诊次数",
    }],
    finds: "一名医师一天服务的就诊次数超过可能。",
    why: "冒用医师工号、虚构就诊。",
    clause: "欺诈线索指标；医师工作量",
    false_alarms: "集体接种、体检；多人共用一个工号。",
    says: "一天{0}次就诊，界限{1}次",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let most = desk.whole("F017.n")?;
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let lines = &provider.data.lines;
        let mut served: Vec<(u32, Day, u32)> = Vec::new();
        for row in provider.rows().filter(|&row| lines.doctor(row) != NONE) {
            let key = (
                lines.doctor(row),
                lines.time[row as usize].day(),
                lines.visit[row as usize],
            );
            if served.last() != Some(&key) {
                served.push(key);
            }
        }
        served.sort_unstable();
        served.dedup();
        for same in served.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let count = i64::try_from(same.len()).unwrap_or(0);
            if count > most {
                let target = Target::DoctorDay(same[0].0, same[0].1);
                sheet.add(
                    target,
                    Hit::new(Fen::ZERO, [Fact::Whole(count), Fact::Whole(most)]),
                );
            }
        }
    })))
}
