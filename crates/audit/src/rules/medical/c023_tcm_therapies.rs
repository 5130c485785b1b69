use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C023",
    name: "中医理疗日超项",
    english: "Too many TCM therapies per day",
    category: Category::Medical,
    grain: Grain::PersonDay,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "C023.n",
            default: "3",
            meaning: "一天最多的种类",
        },
        Parameter {
            key: "C023.items",
            default: "0041|0043|0044|0045|0046|0047",
            meaning: "中医外治、针刺、灸法、推拿、肛肠、特殊疗法的编码前缀",
        },
    ],
    finds: "一天收取的中医外治、针灸、推拿种类超过上限。",
    why: "同日多种外治重复，费用可能虚记。",
    clause: "康复理疗专项检查问题清单",
    false_alarms: "多部位合并一种；日间康复病房。",
    says: "当日{0}种，上限{1}种",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let most = desk.whole("C023.n")?;
    let items = desk.items(desk.text("C023.items"));
    Ok(kernels::distinct_per_day(items, most, |_| true))
}
