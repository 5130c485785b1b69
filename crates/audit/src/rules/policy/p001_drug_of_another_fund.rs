use crate::{Built, Category, Desk, Fact, Grain, Parameter, Phase, Rule, Strength, kernels};

/// 险种类型 of work injury (工伤保险) and of maternity (生育保险) in the national dictionary.
const WORK_INJURY: u16 = 410;
const MATERNITY: u16 = 510;

pub(super) static RULE: Rule = Rule {
    id: "P001",
    name: "药品限险种支付",
    english: "Drug payable by another fund only",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &["k_drug_fund"],
    feeds: &[],
    parameters: &[Parameter {
        key: "maternity_types",
        default: "51,52,53",
        meaning: "算作生育的医疗类别",
    }],
    finds: "只由工伤保险或生育保险支付的药品，纳入了基本医疗保险支付范围。",
    why: "药品目录备注限定了支付的险种，其他基金不予支付。",
    clause: "国家医保两库第三批；《医疗保障基金使用监督管理条例》第十五条",
    false_alarms: "生育住院、计划生育就诊的医疗类别未更正。",
    says: "该药限{0}，本次为{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let maternity = desk.cares("maternity_types");
    let funds = desk.by_item("k_drug_fund", |row| match row.text("only_fund") {
        "work_injury" => Some("工伤保险支付"),
        "maternity" => Some("生育保险支付"),
        _ => None,
    })?;
    Ok(kernels::each_line(funds, move |spot, &fund| {
        let insurance = spot.data.visits.insurance[spot.visit as usize];
        let lawful = match fund {
            "生育保险支付" => insurance == MATERNITY || maternity.contains(&spot.care()),
            _ => insurance == WORK_INJURY,
        };
        let wrong = !lawful && !spot.in_scope().is_zero();
        wrong.then(|| spot.hit([Fact::Words(fund), Fact::Care(spot.care())]))
    }))
}
