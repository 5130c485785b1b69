use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Strength, kernels, matcher};

pub(super) static RULE: Rule = Rule {
    id: "P008",
    name: "药品限专科支付",
    english: "Drug payable in named specialty only",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &["k_drug_dept"],
    feeds: &[],
    parameters: &[],
    finds: "限专科使用的药品由其他科室开具。",
    why: "药品目录备注限定由专科医师使用。",
    clause: "国家药品目录备注",
    false_alarms: "本院科室名称未对照标准科室；会诊科室代开。",
    says: "开单科室为{0}，限{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let departments = desk.by_item("k_drug_dept", |row| {
        row.given("department_names").map(matcher)
    })?;
    Ok(kernels::each_line(departments, |spot, allowed| {
        let said = spot.department();
        let outside = !said.is_empty() && !allowed.is_match(said) && !spot.in_scope().is_zero();
        let number = u32::from(spot.data.lines.department(spot.row)?);
        outside.then(|| spot.hit([Fact::Department(number), Fact::Cell("department_names")]))
    }))
}
