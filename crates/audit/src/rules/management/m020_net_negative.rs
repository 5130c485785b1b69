use money::Fen;

use crate::{Built, Category, Desk, Fact, Grain, Hit, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M020",
    name: "冲销超正数",
    english: "Net negative item",
    category: Category::Management,
    grain: Grain::Visit,
    phases: Phase::AFTERWARDS,
    strength: Strength::Remind,
    knowledge: &[],
    feeds: &[],
    parameters: &[],
    finds: "一次就诊内某项目冲销的数量超过了收费数量。",
    why: "冲销多于收费说明账目有误。",
    clause: "医保结算数据质量要求",
    false_alarms: "跨就诊退费记在本次。",
    says: "本次就诊该项目净数量为{0}",
    version: 1,
    build,
};

fn build(_: &Desk<'_>) -> Built {
    Ok(kernels::each_reversed_item(|_, sum| {
        (sum.count < 0).then(|| Hit::new(Fen::ZERO, [Fact::Count(sum.count)]))
    }))
}
