use std::collections::BTreeSet;

use serde::Serialize;

use super::check::{Check, Gravity, QualityRules};
use super::facts::ListFacts;
use super::noted;
use crate::Grouped;

/// Something a check found (质控发现).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QualityFinding {
    /// Which check.
    pub check: Check,
    /// How grave.
    pub gravity: Gravity,
    /// The item looked at, in 中文.
    pub field: String,
    /// What was written there.
    pub value: String,
    /// One 中文 sentence.
    pub message: String,
}

/// Findings while a list is looked at; those that no rule asks for are dropped.
pub(super) struct Found<'r> {
    rules: &'r QualityRules,
    findings: Vec<QualityFinding>,
}

impl Found<'_> {
    pub fn add(
        &mut self,
        check: Check,
        field: &str,
        value: impl Into<String>,
        message: impl Into<String>,
    ) {
        if let Some(gravity) = self.rules.gravity.get(&check) {
            self.findings.push(QualityFinding {
                check,
                gravity: *gravity,
                field: field.to_owned(),
                value: value.into(),
                message: message.into(),
            });
        }
    }
}

/// Looks at a list with its DRG result, where it has one, and tells everything found, errors first
/// (结算清单质控).
pub fn examine(
    facts: &ListFacts<'_>,
    grouped: Option<&Grouped<'_>>,
    rules: &QualityRules,
) -> Vec<QualityFinding> {
    let mut found = Found {
        rules,
        findings: Vec::new(),
    };
    principal(facts, &mut found);
    procedures(facts, rules, &mut found);
    repeated(facts, &mut found);
    person(facts, rules, &mut found);
    dates(facts, &mut found);
    money(facts, &mut found);
    for item in &facts.missing {
        found.add(Check::ItemMissing, item, "", format!("{item}未填写"));
    }
    if let Some(text) = facts.ventilation_unreadable {
        let message = format!("呼吸机使用时间“{text}”应为“天/小时/分钟”");
        found.add(Check::VentilatorUnreadable, "呼吸机使用时间", text, message);
    }
    if let Some(grouped) = grouped {
        noted::noted(grouped, &mut found);
    }
    let mut findings = found.findings;
    findings.sort_by_key(|one| one.gravity);
    findings
}

fn principal(facts: &ListFacts<'_>, found: &mut Found<'_>) {
    let discharge = &facts.discharge;
    match facts.principals {
        0 => {
            let message = "诊断中没有主要诊断";
            found.add(Check::PrincipalMissing, "主要诊断", "", message);
        }
        1 => {}
        many => {
            let message = format!("标为主要诊断的有{many}个，只能有一个");
            found.add(
                Check::PrincipalRepeated,
                "主要诊断",
                many.to_string(),
                message,
            );
        }
    }
    let same = discharge.principal.map(str::trim).filter(|code| {
        let others = discharge.others.iter();
        !code.is_empty() && others.map(|other| other.trim()).any(|other| other == *code)
    });
    if let Some(code) = same {
        let message = format!("主要诊断“{code}”又列为其他诊断");
        found.add(Check::PrincipalRepeatedAsOther, "其他诊断", code, message);
    }
}

fn procedures(facts: &ListFacts<'_>, rules: &QualityRules, found: &mut Found<'_>) {
    let count = facts.discharge.procedures.len();
    if count > 0 && facts.main_procedures == 0 {
        let message = format!("手术操作{count}项，没有一项标为主要手术操作");
        found.add(Check::MainProcedureMissing, "主要手术操作", "", message);
    }
    if facts.main_procedures > 1 {
        let many = facts.main_procedures;
        let message = format!("标为主要手术操作的有{many}项，只能有一项");
        found.add(
            Check::MainProcedureRepeated,
            "主要手术操作",
            many.to_string(),
            message,
        );
    }
    if let Some(most) = rules.most_procedures.filter(|most| count > *most) {
        let message = format!("手术操作{count}项，超过{most}项");
        found.add(
            Check::ManyProcedures,
            "手术操作",
            count.to_string(),
            message,
        );
    }
    let stay = facts.admitted_on.zip(facts.discharged_on);
    let outside = |day: terms::Date| stay.is_some_and(|(from, to)| day < from || day > to);
    let first = facts.procedure_days.iter().find(|(_, day)| outside(*day));
    if let Some((code, day)) = first {
        let message = format!("手术操作{code}的日期{day}不在住院期间");
        found.add(
            Check::ProcedureOutsideStay,
            "手术操作日期",
            day.to_string(),
            message,
        );
    }
}

/// The first few codes that stand in the list twice.
fn repeated(facts: &ListFacts<'_>, found: &mut Found<'_>) {
    /// So many are named.
    const NAMED: usize = 3;
    let mut seen = BTreeSet::new();
    let others = facts.discharge.others.iter().map(|code| code.trim());
    let twice = others.filter(|code| !code.is_empty() && !seen.insert(code.to_ascii_uppercase()));
    let twice: BTreeSet<&str> = twice.collect();
    for code in twice.into_iter().take(NAMED) {
        let message = format!("其他诊断“{code}”重复");
        found.add(Check::CodeRepeated, "其他诊断", code, message);
    }
}

fn person(facts: &ListFacts<'_>, rules: &QualityRules, found: &mut Found<'_>) {
    let discharge = &facts.discharge;
    match (discharge.sex, facts.stated_sex) {
        (None, _) => found.add(Check::SexUnknown, "性别", "", "参保登记中性别不明"),
        (Some(known), Some(stated)) if known != stated => {
            let (known, stated) = (known.zh(), stated.zh());
            let message = format!("清单性别为{stated}，参保登记为{known}");
            found.add(Check::SexDiffers, "性别", stated, message);
        }
        _ => {}
    }
    let known = discharge.age_years.map(i64::from);
    if let Some((known, stated)) = known.zip(facts.stated_years).filter(|(a, b)| a != b) {
        let message = format!("清单年龄为{stated}岁，按出生日期为{known}岁");
        found.add(Check::AgeDiffers, "年龄", stated.to_string(), message);
    }
    let bounds = rules.plausible_weight.zip(discharge.birth_weight_g);
    let outside = bounds.filter(|((least, most), grams)| grams < least || grams > most);
    if let Some(((least, most), grams)) = outside {
        let message = format!("出生体重{grams}克不在{least}至{most}克之间");
        found.add(
            Check::WeightDoubtful,
            "新生儿出生体重",
            grams.to_string(),
            message,
        );
    }
}

fn dates(facts: &ListFacts<'_>, found: &mut Found<'_>) {
    for (day, field) in [
        (facts.admitted_on, "入院时间"),
        (facts.discharged_on, "出院时间"),
    ] {
        if day.is_none() {
            found.add(Check::DatesMissing, field, "", format!("缺少{field}"));
        }
    }
    match facts.discharge.stay_days {
        Some(days) if days < 0 => {
            let message = format!("出院早于入院{}天", -i64::from(days));
            found.add(Check::StayNegative, "住院天数", days.to_string(), message);
        }
        Some(0) => found.add(Check::StayOfNoDays, "住院天数", "0", "入院当天出院"),
        _ => {}
    }
    if let Some((from, to)) = facts.registered {
        for (stated, known, field) in [
            (facts.admitted_on, from, "入院时间"),
            (facts.discharged_on, to, "出院时间"),
        ] {
            if let Some(stated) = stated.filter(|stated| *stated != known) {
                let message = format!("清单{field}为{stated}，就诊登记为{known}");
                found.add(Check::DatesDiffer, field, stated.to_string(), message);
            }
        }
    }
    let late = facts.discharged_on.zip(facts.settled_on);
    if let Some((left, settled)) = late.filter(|(left, settled)| left > settled) {
        let message = format!("出院日期{left}晚于结算日期{settled}");
        found.add(
            Check::DischargeAfterSettlement,
            "出院时间",
            left.to_string(),
            message,
        );
    }
}

fn money(facts: &ListFacts<'_>, found: &mut Found<'_>) {
    for (pair, check, field) in [
        (facts.totals, Check::TotalDiffers, "医疗费总额"),
        (facts.funds, Check::FundsDiffer, "基金支付合计"),
    ] {
        if let Some((stated, known)) = pair.filter(|(stated, known)| stated != known) {
            let gap = stated - known;
            let message = format!("清单{field}为{stated}元，结算为{known}元，相差{gap}元");
            found.add(check, field, stated.to_string(), message);
        }
    }
}
