use policy::{Filers, FilingRule, NonLocalCase, Range, RecognitionCase};
use terms::Vocabulary;

use super::Rendered;

/// A rule about filings.
pub(crate) fn filing(rule: &FilingRule) -> Rendered {
    match rule {
        FilingRule::Recognition(cases) => {
            let rows = cases.iter().map(recognition_row).collect();
            Rendered::grid(&["认定", "期限", "定点机构", "办理"], rows)
        }
        FilingRule::Referral(rule) => Rendered::single(format!(
            "转诊备案{}日内有效，{}，{}；{}",
            rule.valid_days,
            back_dated(rule.from_admission),
            rule.effect.zh(),
            filers(&rule.filers)
        )),
        FilingRule::Designation(rule) => Rendered::single(format!(
            "最多选定{}家，{}，{}",
            rule.at_most,
            changes(rule.months_between_changes),
            rule.effect.zh()
        )),
        FilingRule::NonLocal(cases) => {
            let rows = cases.iter().map(non_local_row).collect();
            Rendered::grid(&["备案类型", "有效期", "变更", "办理"], rows)
        }
    }
}

fn recognition_row(case: &RecognitionCase) -> Vec<String> {
    let term = case
        .term_months
        .map_or("长期".to_owned(), |months| format!("{months}个月"));
    let places = match case.institutions {
        0 => "不限".to_owned(),
        most => format!("最多{most}家，{}", changes(case.months_between_changes)),
    };
    let how = format!("{}；{}", case.effect.zh(), filers(&case.filers));
    vec![case.title.clone(), term, places, how]
}

fn non_local_row(case: &NonLocalCase) -> Vec<String> {
    let changing = match case.promise_months {
        0 => "凭材料随时变更".to_owned(),
        months => format!("承诺办理的满{months}个月后可变更"),
    };
    let how = format!("{}，{}", case.effect.zh(), back_dated(case.from_admission));
    vec![case.title.clone(), days(&case.valid_days), changing, how]
}

fn days(range: &Range<i32>) -> String {
    match (range.from, range.to) {
        (Some(from), Some(to)) => format!("{from}至{to}日"),
        (Some(from), None) => format!("不少于{from}日"),
        (None, Some(to)) => format!("不超过{to}日"),
        (None, None) => "长期".to_owned(),
    }
}

fn changes(months: i32) -> String {
    match months {
        0 => "可随时变更".to_owned(),
        months => format!("{months}个月内变更一次"),
    }
}

const fn back_dated(from_admission: bool) -> &'static str {
    if from_admission {
        "出院结算前补办的自入院之日起算"
    } else {
        "自办理之日起算"
    }
}

fn filers(filers: &Filers) -> String {
    fn names<V: Vocabulary>(set: Option<policy::WordSet<V>>) -> Option<String> {
        let names: Vec<&str> = set?.values().map(Vocabulary::zh).collect();
        Some(names.join("、"))
    }
    let parts: Vec<String> = [names(filers.kinds), names(filers.grades)]
        .into_iter()
        .flatten()
        .collect();
    match parts.is_empty() {
        true => "各定点机构均可办理".to_owned(),
        false => format!("由{}办理", parts.join("（")) + if parts.len() > 1 { "）" } else { "" },
    }
}
