use crate::{Built, Category, Desk, Fact, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P002",
    name: "药品限就医方式支付",
    english: "Drug payable for inpatients only",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &["k_drug_setting"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "inpatient_types",
            default: "21,22,23,24,52",
            meaning: "算作住院的医疗类别",
        },
        Parameter {
            key: "emergency_types",
            default: "13",
            meaning: "算作急诊的医疗类别",
        },
    ],
    finds: "限住院支付的药品在门诊或药店纳入了支付范围。",
    why: "药品目录备注限定了可支付的就医方式。",
    clause: "国家医保两库第四批；《医疗保障基金使用监督管理条例》第十五条",
    false_alarms: "急诊留观转住院而医疗类别未更正；目录备注另许急诊的，按知识行的急诊标记放行。",
    says: "就医方式为{0}，该药限住院支付",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let inpatient = desk.cares("inpatient_types");
    let emergency = desk.cares("emergency_types");
    let limits = desk.by_item("k_drug_setting", |row| {
        let stays_only = row.text("setting") == "inpatient";
        stays_only.then(|| row.text("emergency_ok") == "1")
    })?;
    Ok(kernels::each_line(limits, move |spot, &emergency_too| {
        let care = spot.care();
        let lawful = care.0 == 0
            || inpatient.contains(&care)
            || (emergency_too && emergency.contains(&care));
        let outside = !lawful && !spot.in_scope().is_zero();
        outside.then(|| spot.hit([Fact::Care(care)]))
    }))
}
