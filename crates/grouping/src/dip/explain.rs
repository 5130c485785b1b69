use super::output::{COMPREHENSIVE, DipGrouped};
use crate::place::some_of;
use crate::tables::AuxiliaryKind;

/// The result in sentences that a clerk can read out (入组说明).
pub fn explain(grouped: &DipGrouped<'_>) -> Vec<String> {
    let mut said = Vec::new();
    if !grouped.class_name.is_empty() {
        said.push(format!("治疗方式为{}", grouped.class_name));
    }
    if let Some(place) = grouped.place {
        let what = match grouped.stage {
            COMPREHENSIVE => "综合病种",
            _ => "病种",
        };
        let primary = if grouped.primary_care {
            "，属基层病种"
        } else {
            ""
        };
        said.push(format!(
            "入{what}{}（{}）{primary}，依据{place}",
            grouped.dip, grouped.name
        ));
    }
    if !grouped.matched.is_empty() {
        let codes = some_of(grouped.matched.iter().map(String::as_str));
        said.push(format!("手术操作{codes}符合"));
    }
    if !grouped.passed_over.is_empty() {
        let codes = some_of(grouped.passed_over.iter().copied());
        said.push(format!("另有{codes}也符合，按目录的选择次序未取"));
    }
    for one in &grouped.auxiliary {
        said.push(match one.kind {
            AuxiliaryKind::Violation => format!("违规行为监管提示：{}（{}）", one.name, one.code),
            kind => format!(
                "{}：{}（{}），系数{}",
                kind.zh(),
                one.name,
                one.code,
                one.factor
            ),
        });
    }
    if let Some(refusal) = &grouped.refusal {
        said.push(format!("未入组：{refusal}"));
    }
    said.extend(grouped.notes.iter().map(|note| format!("提示：{note}")));
    said
}

/// The same in a few words (简要理由).
pub fn brief(grouped: &DipGrouped<'_>) -> String {
    let mut said = Vec::new();
    match &grouped.refusal {
        Some(refusal) => said.push(refusal.to_string()),
        None => said.push(match grouped.matched.as_slice() {
            [] => grouped.class_name.to_owned(),
            codes => {
                let codes = some_of(codes.iter().map(String::as_str));
                format!("{}：{codes}", grouped.class_name)
            }
        }),
    }
    said.extend(grouped.notes.iter().cloned());
    said.join("；")
}
