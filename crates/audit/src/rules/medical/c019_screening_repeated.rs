use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C019",
    name: "同次住院重复传染病筛查",
    english: "Repeat infection screening in a stay",
    category: Category::Medical,
    grain: Grain::Visit,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[Parameter {
        key: "C019.items",
        default: "00250403004|00250403014|00250403019|00250403053",
        meaning: "乙肝表面抗原、丙肝抗体、艾滋病抗体、梅毒抗体筛查的项目编码前缀",
    }],
    finds: "一次住院里乙肝、丙肝、艾滋病、梅毒筛查做了不止一次。",
    why: "筛查结果住院期间有效，重复没有必要。",
    clause: "国家医疗保障局飞行检查公告（2024）",
    false_alarms: "首次可疑须复检；输血前再查。",
    says: "做了{0}次",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let items = desk.items(desk.text("C019.items"));
    Ok(kernels::each_visit_item(Some(items), |data, sum| {
        let repeated = data.visits.is_stay(sum.visit) && sum.count > 1000;
        let amount = kernels::excess_share(sum, sum.count - 1000);
        repeated.then(|| Hit::new(amount, [Fact::Count(sum.count)]))
    }))
}
