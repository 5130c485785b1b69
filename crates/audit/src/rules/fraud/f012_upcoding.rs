use std::collections::BTreeMap;

use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "F012",
    name: "高套/高编",
    english: "Upcoding",
    category: Category::Fraud,
    grain: Grain::Visit,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &["k_diag_evidence"],
    feeds: &["group_results"],
    parameters: &[Parameter {
        key: "F012.times",
        default: "1.3",
        meaning: "有该诊断与没有该诊断时权重之比",
    }],
    finds: "某个次要诊断使病组权重明显升高，病历里却没有相应的用药、检查、操作。",
    why: "虚报诊断套高病组。",
    clause: "《医疗保障基金使用监督管理条例》第三十八条、第四十条；按病组付费监管",
    false_alarms: "诊断成立但未收费；外院已处理。",
    says: "诊断{0}使权重升高，本次没有相应的诊疗",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let times = desk.decimal("F012.times", 3)?;
    let evidence: Vec<(String, Vec<u32>)> = desk
        .table("k_diag_evidence")?
        .rows()
        .map(|row| {
            (
                row.text("icd_prefix").to_owned(),
                desk.items(row.text("item_prefixes")),
            )
        })
        .collect();
    let mut raised: BTreeMap<u32, String> = BTreeMap::new();
    for row in desk.feed("group_results")?.rows() {
        let visit = desk.data.visits.ids.find(row.text("visit"));
        let weights = row
            .decimal("weight", 4)
            .zip(row.decimal("weight_without", 4));
        let Some((visit, (with, without))) = visit.zip(weights) else {
            continue;
        };
        if without > 0 && with * 1000 >= without * times {
            raised.insert(visit, row.text("diagnosis").to_owned());
        }
    }
    Ok(kernels::each_visit(move |data, visit| {
        let code = raised.get(&visit)?;
        let wanted: Vec<&Vec<u32>> = evidence
            .iter()
            .filter(|(prefix, _)| code.starts_with(prefix.as_str()))
            .map(|one| &one.1)
            .collect();
        if wanted.is_empty() {
            return None;
        }
        let shown = data.lines_of(visit).any(|row| {
            wanted
                .iter()
                .any(|items| items.contains(&data.lines.item[row as usize]))
        });
        let number = data
            .visits
            .diagnosis_numbers(visit)
            .iter()
            .find(|&&number| data.visits.diagnosis(number).code == code);
        let said = number.map_or(Fact::None, |&number| Fact::Diagnosis(number));
        (!shown).then(|| Hit::new(kernels::in_scope_of(data, visit), [said]))
    }))
}
