use lines::Register;

use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M021",
    name: "未贯标/停用编码",
    english: "Code not in catalogue at date",
    category: Category::Management,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["catalogue"],
    parameters: &[],
    finds: "费用发生日没有有效的目录行：编码未贯标或已经停用。",
    why: "应使用国家医保编码且在有效期内。",
    clause: "国家医疗保障信息业务编码标准",
    false_alarms: "目录更新滞后；停用当日的最后一天有效。",
    says: "{0}在{1}没有有效的目录行",
    version: 2,
    build,
};

fn build(_: &Desk<'_>) -> Built {
    Ok(kernels::each_standing_line(|spot| {
        let catalogue = spot.data.register(Register::Catalogue)?;
        let known = catalogue.covers(spot.item(), spot.day());
        (!known).then(|| spot.hit([Fact::Item(spot.item()), Fact::Day(spot.day())]))
    }))
}
