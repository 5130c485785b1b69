use std::collections::BTreeSet;

use lines::Visits;

use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M028",
    name: "诊断缺失或编码不规范",
    english: "Missing or invalid diagnosis",
    category: Category::Management,
    grain: Grain::Visit,
    phases: Phase::ALL,
    strength: Strength::Remind,
    knowledge: &["k_icd10"],
    feeds: &[],
    parameters: &[Parameter {
        key: "M028.exempt_types",
        default: "41",
        meaning: "不要求诊断的医疗类别",
    }],
    finds: "就诊没有诊断，或主要诊断不在国家医保版ICD-10编码内。",
    why: "诊断是审核和分组的前提。",
    clause: "国家医保疾病诊断编码",
    false_alarms: "药店购药不要求诊断；中医病证编码另表。",
    says: "{0}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let exempt = desk.cares("M028.exempt_types");
    let codes: Option<BTreeSet<String>> = desk.table("k_icd10").ok().map(|table| {
        table
            .rows()
            .map(|row| row.text("code").to_owned())
            .collect()
    });
    Ok(kernels::each_visit(move |data, visit| {
        let care = data.visits.care[visit as usize];
        if exempt.contains(&care) || !data.visits.has(visit, Visits::DIAGNOSED) {
            return None;
        }
        let words = match (data.visits.main_diagnosis(visit), &codes) {
            (None, _) => "没有诊断",
            (Some(main), _) if main.code.is_empty() => "主要诊断没有编码",
            (Some(main), Some(codes)) if !codes.contains(main.code) => {
                "主要诊断编码不在国家医保版内"
            }
            _ => return None,
        };
        Some(Hit::new(
            kernels::in_scope_of(data, visit),
            [Fact::Words(words)],
        ))
    }))
}
