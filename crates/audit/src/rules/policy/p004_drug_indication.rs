use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Strength, kernels, matcher};

pub(super) static RULE: Rule = Rule {
    id: "P004",
    name: "药品限适应症支付",
    english: "Drug outside its reimbursable indication",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &["k_drug_indication"],
    feeds: &[],
    parameters: &[],
    finds: "限适应症支付的药品，本次就诊的诊断没有一个符合限定。",
    why: "药品目录备注限定了可支付的适应症，超出的不予支付。",
    clause: "国家药品目录备注；《医疗保障基金使用监督管理条例》第十五条",
    false_alarms: "诊断只写大类、未写到限定病名；诊断缺失的就诊不在此列，由M030、M028提示。",
    says: "诊断{0}不符合限定“{1}{2}”",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let limits = desk.by_item("k_drug_indication", |row| {
        let codes: Vec<String> = row.parts("icd_prefix").map(str::to_owned).collect();
        let names = row.given("diagnosis_names").map(matcher);
        (!codes.is_empty() || names.is_some()).then_some((codes, names))
    })?;
    Ok(kernels::each_line(limits, |spot, (codes, names)| {
        let mut readable = 0;
        for diagnosis in spot.diagnoses() {
            let by_code = codes
                .iter()
                .any(|prefix| diagnosis.code.starts_with(prefix.as_str()));
            let by_name = names
                .as_ref()
                .is_some_and(|names| names.is_match(diagnosis.name));
            if by_code || by_name {
                return None;
            }
            // A diagnosis without a name can only be held against codes.
            readable += i32::from(!codes.is_empty() || !diagnosis.name.is_empty());
        }
        let first = *spot.data.visits.diagnosis_numbers(spot.visit).first()?;
        let outside = readable > 0 && !spot.in_scope().is_zero();
        let facts = [
            Fact::Diagnosis(first),
            Fact::Cell("diagnosis_names"),
            Fact::Cell("icd_prefix"),
        ];
        outside.then(|| spot.hit(facts))
    }))
}
