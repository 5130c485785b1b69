use money::Ratio;
use policy::{BreakCase, CountFrom, MissedYears, Range, WaitingRule};

use super::enrolment::after_text;
use super::{Legend, Rendered, condition_text};

/// A rule about waiting.
pub(crate) fn waiting(legend: &Legend<'_>, rule: &WaitingRule) -> Rendered {
    match rule {
        WaitingRule::MissedYears(rule) => missed_years(legend, rule),
        WaitingRule::Break(cases) => {
            let rows = cases.iter().map(|case| break_row(legend, case)).collect();
            Rendered::grid(&["情形", "适用", "待遇"], rows)
        }
    }
}

fn missed_years(legend: &Legend<'_>, rule: &MissedYears) -> Rendered {
    let from = match rule.count_from {
        CountFrom::First => "第一个",
        CountFrom::Second => "第二个",
    };
    let pair = |name: &str, text: String| vec![name.to_owned(), text];
    let mut rows = vec![
        pair("固定等待期", format!("{}个月", rule.fixed_months)),
        pair(
            "变动等待期",
            format!("自{from}断保年度起每年{}个月", rule.months_per_year),
        ),
        pair("断保年度", format!("自{}年起计算", rule.first_year)),
        pair("修复", repair_text(rule.months_per_repaid_year)),
    ];
    if let Some(minimum) = rule.minimum {
        let (years, months) = (minimum.missing_years, minimum.months);
        let text = format!("连续断保{years}年及以上不少于{months}个月");
        rows.push(pair("下限", text));
    }
    rows.push(pair(
        "集中参保期以外",
        format!("自{}起算", rule.runs_from.zh()),
    ));
    for exempt in &rule.exempt {
        let mut who = vec![condition_text(legend, &exempt.condition)];
        who.extend(exempt.after.map(after_text));
        who.retain(|text| !text.is_empty());
        let (title, starts) = (&exempt.title, exempt.starts.zh());
        let back = match exempt.reaches_back {
            true => "，出生跨年度的可追溯至出生",
            false => "",
        };
        let text = format!("{title}（{}），自{starts}起享受{back}", who.join("，"));
        rows.push(pair("不设等待期", text));
    }
    Rendered::grid(&["项目", "内容"], rows)
}

fn repair_text(months: i32) -> String {
    match months {
        0 => "不能修复".to_owned(),
        months => format!("每多缴1年减少变动等待期{months}个月"),
    }
}

fn break_row(legend: &Legend<'_>, case: &BreakCase) -> Vec<String> {
    let mut who = vec![length_text(case.months.as_ref())];
    match case.repaid {
        Some(true) => who.push("已补缴".to_owned()),
        Some(false) => who.push("未补缴".to_owned()),
        None => {}
    }
    let condition = condition_text(legend, &case.condition);
    if !condition.is_empty() {
        who.push(condition);
    }
    let from = case.runs_from.zh();
    let mut text = match case.waiting_months {
        0 => format!("不设等待期，自{from}起享受"),
        months => format!("自{from}起等待{months}个月"),
    };
    if case.share_while_waiting > Ratio::ZERO {
        let share = case.share_while_waiting;
        text.push_str(&format!("，等待期内按{share}享受"));
    }
    text.push_str(if case.retroactive {
        "，中断期间可追溯"
    } else {
        "，不追溯"
    });
    vec![case.title.clone(), who.join("，"), text]
}

fn length_text(months: Option<&Range<i32>>) -> String {
    let Some(months) = months else {
        return "首次参保".to_owned();
    };
    match (months.from, months.to) {
        (Some(from), Some(to)) if from == to => format!("中断{from}个月"),
        (Some(from), Some(to)) => format!("中断{from}至{to}个月"),
        (Some(from), None) => format!("中断{from}个月及以上"),
        (None, Some(to)) => format!("中断{to}个月及以下"),
        (None, None) => "中断".to_owned(),
    }
}
