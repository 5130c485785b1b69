use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P029",
    name: "生育/计划生育费用险种错误",
    english: "Maternity expense under wrong benefit",
    category: Category::Policy,
    grain: Grain::Visit,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Remind,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "P029.icd",
            default: "O80,O81,O82,O83,O84",
            meaning: "分娩诊断的编码前缀",
        },
        Parameter {
            key: "P029.items",
            default: "00311201048|00331306004",
            meaning: "计划生育手术的编码前缀，暂定（assumed）：宫内节育器放取、经宫腔镜取环，各地补充",
        },
        Parameter {
            key: "P029.ordinary_types",
            default: "21",
            meaning: "算作普通住院的医疗类别",
        },
        Parameter {
            key: "P029.insurance",
            default: "310",
            meaning: "有生育待遇的险种（职工基本医疗保险）",
        },
    ],
    finds: "分娩为主要诊断，或做了计划生育手术，却按普通住院结算。",
    why: "职工的生育医疗费用由生育保险支付。",
    clause: "《社会保险法》第五十三至五十五条",
    false_alarms: "居民医保没有生育保险的按地方规定；难产合并严重疾病另行处理。",
    says: "主要诊断{0}，医疗类别为{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let prefixes: Vec<String> = desk
        .list("P029.icd")
        .into_iter()
        .map(str::to_owned)
        .collect();
    let planning = desk.items(desk.text("P029.items"));
    let ordinary = desk.cares("P029.ordinary_types");
    let insured = desk.whole("P029.insurance")?;
    Ok(kernels::each_visit(move |data, visit| {
        let main = data.visits.main_diagnosis(visit)?;
        let care = data.visits.care[visit as usize];
        let insurance = data.visits.insurance[visit as usize];
        let insurance = if insurance == 0 {
            data.people.insurance[data.visits.person[visit as usize] as usize]
        } else {
            insurance
        };
        let birth = prefixes
            .iter()
            .any(|prefix| main.code.starts_with(prefix.as_str()));
        let planned = |row: u32| {
            let item = data.lines.item[row as usize];
            planning.contains(&item) && data.lines.count[row as usize] > 0
        };
        let wrong = ordinary.contains(&care)
            && i64::from(insurance) == insured
            && (birth || !planning.is_empty() && data.lines_of(visit).any(planned));
        let number = *data.visits.diagnosis_numbers(visit).first()?;
        wrong.then(|| {
            Hit::new(
                kernels::in_scope_of(data, visit),
                [Fact::Diagnosis(number), Fact::Care(care)],
            )
        })
    }))
}
