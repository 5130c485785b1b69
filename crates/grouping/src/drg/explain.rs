use std::cmp::Reverse;
use std::fmt::Write as _;

use crate::output::{Complication, Grouped, RuleUse};
use crate::place::some_of;
use crate::tables::RowResult;

/// The result in sentences that a clerk can read out (分组说明): category, group, complications and
/// what excluded them, subgroup, and what should be looked at.
pub fn explain(grouped: &Grouped<'_>) -> Vec<String> {
    let mut said = Vec::new();
    if !grouped.passed_over.is_empty() {
        let passed = some_of(grouped.passed_over.iter().copied());
        said.push(format!("符合{passed}但其中没有适合的病组，继续下一大类"));
    }
    if let Some(rule) = &grouped.mdc_rule {
        said.push(format!(
            "进入{}（{}）：{}",
            grouped.mdc,
            grouped.mdc_name,
            of_rule(rule)
        ));
    }
    if let Some(rule) = &grouped.adrg_rule {
        let what = match grouped.result {
            Some(RowResult::Ambiguous) => format!("歧义组{}", grouped.drg),
            Some(RowResult::Ungrouped) => format!("未入组行{}", grouped.adrg),
            _ => format!("核心病组{}", grouped.adrg),
        };
        said.push(format!("{what}：{}", of_rule(rule)));
    }
    said.extend(of_complications(&grouped.complications));
    if let Some(rule) = &grouped.drg_rule {
        let condition = condition(rule.text);
        said.push(format!(
            "细分组{}（{}）：{condition}",
            grouped.drg, grouped.name
        ));
    }
    if let Some(refusal) = &grouped.refusal {
        said.push(format!("未入组：{refusal}"));
    }
    said.extend(grouped.notes.iter().map(|note| format!("提示：{note}")));
    said
}

/// The same in a few words: rule and codes of the group, or why there is none, then what should be
/// looked at (简要理由).
pub fn brief(grouped: &Grouped<'_>) -> String {
    let mut text = String::new();
    brief_into(grouped, &mut text);
    text
}

/// Appends what [`brief`] says to a text, for those who say it a million times.
pub fn brief_into(grouped: &Grouped<'_>, text: &mut String) {
    match (&grouped.refusal, &grouped.adrg_rule) {
        (Some(refusal), _) => put(text, format_args!("{refusal}")),
        (None, Some(rule)) => {
            text.push_str(if rule.text.is_empty() {
                "无条件"
            } else {
                rule.text
            });
            for (at, hit) in rule.hits.iter().enumerate() {
                text.push_str(if at == 0 { "：" } else { "、" });
                text.push_str(hit.code);
            }
        }
        (None, None) => {}
    }
    for note in &grouped.notes {
        put(text, format_args!("；{note}"));
    }
}

/// Appends; writing into a text cannot fail.
fn put(text: &mut String, said: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(said);
}

fn condition(text: &str) -> String {
    match text {
        "" | "ALWAYS" => "不再细分或其余情形".to_owned(),
        "MCC" => "伴严重合并症或并发症".to_owned(),
        "CC" => "伴一般合并症或并发症".to_owned(),
        "MCC_OR_CC" => "伴合并症或并发症".to_owned(),
        other => format!("条件“{other}”成立"),
    }
}

fn of_rule(rule: &RuleUse<'_>) -> String {
    let hits: Vec<String> = rule
        .hits
        .iter()
        .map(|hit| format!("{}{}在{}", hit.part.zh(), hit.code, hit.list))
        .collect();
    let matched = if hits.is_empty() {
        String::new()
    } else {
        format!("{}，", hits.join("，"))
    };
    match rule.text {
        "" => format!("{matched}无条件（{}）", rule.place),
        text => format!("{matched}规则“{text}”（{}）", rule.place),
    }
}

/// Those that count, the serious ones first, then those that are excluded, by what.
fn of_complications(found: &[Complication<'_>]) -> Vec<String> {
    /// Beyond so many the rest is only counted.
    const SAID: usize = 5;
    let mut sorted: Vec<&Complication<'_>> = found.iter().collect();
    sorted.sort_by_key(|one| (one.excluded_by.is_some(), Reverse(one.severity)));
    let one = |one: &&Complication<'_>| match one.excluded_by {
        None => format!("{}为{}", one.diagnosis, one.severity),
        Some(group) => format!(
            "{}为{}，主要诊断在{group}中，不计",
            one.diagnosis, one.severity
        ),
    };
    let mut said: Vec<String> = sorted.iter().take(SAID).map(one).collect();
    if found.len() > SAID {
        said.push(format!("其余{}个合并症或并发症从略", found.len() - SAID));
    }
    said
}
