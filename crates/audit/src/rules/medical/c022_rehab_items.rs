use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C022",
    name: "康复项目日超项",
    english: "Too many rehab items per day",
    category: Category::Medical,
    grain: Grain::PersonDay,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "C022.n",
            default: "5",
            meaning: "一天最多的种类",
        },
        Parameter {
            key: "C022.items",
            default: "003402",
            meaning: "康复项目的编码前缀（3402）",
        },
    ],
    finds: "一天收取的康复项目种类超过上限。",
    why: "患者一天能承受的康复治疗有限。",
    clause: "《关于新增部分医疗康复项目纳入基本医疗保障支付范围的通知》（人社部发〔2016〕23号）；康复专项检查问题清单",
    false_alarms: "多部位合并一种；日间康复病房。",
    says: "当日{0}种，上限{1}种",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let most = desk.whole("C022.n")?;
    let items = desk.items(desk.text("C022.items"));
    Ok(kernels::distinct_per_day(items, most, |_| true))
}
