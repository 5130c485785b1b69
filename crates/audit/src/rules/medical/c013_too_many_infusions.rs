use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C013",
    name: "门诊注射剂/输液过多",
    english: "Too many IV drugs",
    category: Category::Medical,
    grain: Grain::PersonDay,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_dose_form"],
    feeds: &[],
    parameters: &[Parameter {
        key: "C013.k",
        default: "4",
        meaning: "一天多少种静脉输液药起算",
    }],
    finds: "门诊一天使用的静脉输液药品品种过多。",
    why: "过度输液。",
    clause: "《医院处方点评管理规范（试行）》；机构监测指标",
    false_alarms: "抢救；化疗方案。",
    says: "当日{0}种，上限{1}种",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let most = desk.whole("C013.k")? - 1;
    let infusions = desk.by_item("k_dose_form", |row| {
        let form = row.text("form").to_lowercase();
        let drips = ["infusion", "iv", "intravenous", "输液", "静脉", "静滴"];
        let large = form == "大容量注射液" || form == "大容量注射剂";
        (large || drips.iter().any(|word| form.contains(word))).then_some(())
    })?;
    Ok(kernels::distinct_per_day(infusions.items(), most, |spot| {
        spot.care().is_ambulatory() && !spot.care().is_emergency()
    }))
}
