use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P010",
    name: "诊疗项目限就医方式",
    english: "Service payable in named setting only",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &["k_item_setting"],
    feeds: &[],
    parameters: &[],
    finds: "限住院（或限门诊）的诊疗项目，在另一种就医方式下收费。",
    why: "项目内涵或支付规定限定了就医方式。",
    clause: "《全国医疗服务价格项目规范》项目内涵；《医疗保障基金使用监督管理条例》第三十八条",
    false_alarms: "留观转住院而医疗类别未更正。",
    says: "就医方式为{0}，该项目限{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let settings = desk.by_item("k_item_setting", |row| match row.text("setting") {
        "inpatient" => Some((true, row.text("emergency_ok") == "1")),
        "outpatient" => Some((false, false)),
        _ => None,
    })?;
    Ok(kernels::each_line(
        settings,
        |spot, &(stays, emergency_too)| {
            let care = spot.care();
            let lawful =
                care.0 == 0 || care.is_stay() == stays || (emergency_too && care.is_emergency());
            let wrong = !lawful && !spot.in_scope().is_zero();
            let wanted = if stays { "住院" } else { "门诊" };
            wrong.then(|| spot.hit([Fact::Care(care), Fact::Words(wanted)]))
        },
    ))
}
