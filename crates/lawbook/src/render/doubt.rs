use policy::DoubtRule;
use terms::Word;

use super::Rendered;

/// How doubts of the audit are handled.
pub(crate) fn doubts(rule: &DoubtRule) -> Rendered {
    let days = |count: u32| format!("{count}个工作日");
    let rows = [
        ("初审", days(rule.first_review_days)),
        ("申诉", days(rule.appeal_days)),
        ("申诉延期（一次）", days(rule.appeal_extension_days)),
        ("复审", days(rule.second_review_days)),
        ("专家合议", days(rule.panel_days)),
        ("移交稽核", days(rule.hand_over_days)),
        (
            "疑点不成立须复核",
            format!("超过{}元", rule.dismissal_checked_over),
        ),
        ("专家人数", format!("至少{}人", rule.panel_size)),
        ("自动扣减", format!("确认率不低于{}", rule.deduct_from)),
        ("降为可疑", format!("确认率低于{}", rule.suspect_below)),
        (
            "确认率口径",
            format!(
                "近{}个月，至少{}件",
                rule.precision_months, rule.precision_decisions
            ),
        ),
        ("结算时命中违规规则", during(rule)),
    ];
    let trials = match rule.trial_rules.is_empty() {
        true => Vec::new(),
        false => vec![(
            "试运行的规则",
            format!("{}，只作可疑", named(&rule.trial_rules)),
        )],
    };
    let rows = rows.into_iter().chain(trials);
    let rows = rows.map(|(name, text)| vec![name.to_owned(), text]);
    Rendered::grid(&["环节", "规定"], rows.collect())
}

fn during(rule: &DoubtRule) -> String {
    let step = rule.during.zh();
    if rule.during_rules.is_empty() {
        return step.to_owned();
    }
    format!("{step}，限规则{}", named(&rule.during_rules))
}

fn named(rules: &[Word]) -> String {
    let rules: Vec<&str> = rules.iter().map(Word::as_str).collect();
    rules.join("、")
}
