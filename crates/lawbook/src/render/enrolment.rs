use policy::{
    Absence, After, ArrearsRule, DoubleCover, EnrolmentRule, LastDay, MissingYears, RetirementRule,
    Season, Starts, YearDay,
};
use terms::Scheme;

use super::{Legend, Rendered, condition_text};

/// A rule about cover.
pub(crate) fn enrolment(legend: &Legend<'_>, rule: &EnrolmentRule) -> Rendered {
    let rows = match rule {
        EnrolmentRule::Season(season) => season_rows(legend, season),
        EnrolmentRule::SeasonExtension(extension) => {
            let text = format!("{}年度延长至{}", extension.year, extension.closes);
            vec![row("集中参保期", text)]
        }
        EnrolmentRule::Leaving(day) => {
            let text = match day {
                LastDay::MonthEnd => "享受至末次缴费月的月末",
                LastDay::Day => "享受至停保当日",
            };
            vec![row("停保", text.to_owned())]
        }
        EnrolmentRule::Arrears(arrears) => arrears_rows(arrears),
        EnrolmentRule::Retirement(retirement) => retirement_rows(retirement),
        EnrolmentRule::Absences(absences) => {
            let names: Vec<&str> = absences.iter().map(|one| Absence::zh(*one)).collect();
            vec![row("暂停享受", format!("{}期间", names.join("、")))]
        }
        EnrolmentRule::Switching(switching) => {
            let (months, covered) = (switching.months, switching.covered_months);
            let text = format!("已连续参保{covered}个月、间隔不超过{months}个月的，视为连续");
            vec![row("险种转换", text)]
        }
        EnrolmentRule::DoubleCover(double) => double_rows(double),
    };
    Rendered::grid(&["项目", "内容"], rows)
}

fn row(name: &str, text: String) -> Vec<String> {
    vec![name.to_owned(), text]
}

fn day_text(day: YearDay) -> String {
    let year = match day.years {
        ..0 => "上年",
        0 => "当年",
        1.. => "次年",
    };
    format!("{year}{}月{}日", day.month, day.day)
}

/// What must have happened shortly before, for conditions.
pub(super) fn after_text(after: After) -> String {
    format!("{}后{}个月内", after.what.zh(), after.months)
}

fn season_rows(legend: &Legend<'_>, season: &Season) -> Vec<Vec<String>> {
    let span = format!("{}至{}", day_text(season.opens), day_text(season.closes));
    let mut rows = vec![row("集中参保期", span)];
    for early in &season.early {
        let mut who = vec![after_text(early.after)];
        let condition = condition_text(legend, &early.condition);
        if !condition.is_empty() {
            who.push(condition);
        }
        let (who, from) = (who.join("，"), day_text(early.from));
        let text = format!("{}（{who}），自{from}起享受", early.title);
        rows.push(row("提前享受", text));
    }
    rows
}

fn arrears_rows(rule: &ArrearsRule) -> Vec<Vec<String>> {
    let back = match rule.retroactive_months {
        0 => "欠费期间不追溯".to_owned(),
        months => format!("欠费不超过{months}个月的可追溯"),
    };
    vec![
        row("欠费停保", format!("欠费满{}个月暂停享受", rule.months)),
        row("补缴后", format!("自{}起恢复，{back}", rule.restored.zh())),
    ]
}

fn retirement_rows(rule: &RetirementRule) -> Vec<Vec<String>> {
    let missing = match rule.missing {
        MissingYears::Suspend => "补缴前暂停享受",
        MissingYears::KeepContributing => "按原身份继续缴费、继续享受",
    };
    let from = match rule.from {
        Starts::PaymentMonth => "退休当月",
        Starts::NextMonth => "退休次月",
        Starts::Birth | Starts::PaymentDay | Starts::AfterPrior => "退休当日",
    };
    let restored = rule.restored.zh();
    vec![
        row("退休", format!("自{from}起按退休人员享受")),
        row("年限不足", format!("{missing}，补缴后自{restored}起享受")),
    ]
}

fn double_rows(rule: &DoubleCover) -> Vec<Vec<String>> {
    let order: Vec<&str> = rule.order.iter().map(|one| Scheme::zh(*one)).collect();
    let mut rows = vec![row("险种之间", format!("依次以{}享受", order.join("、")))];
    for one in &rule.elsewhere {
        let pair = format!("异地{}、本地{}", one.there.zh(), one.here.zh());
        rows.push(row(&pair, one.keeps.zh().to_owned()));
    }
    rows
}
