use policy::{DifficultyRule, IdentityRule};

use super::{Legend, Rendered};

/// Which bureau may state which identity.
pub(crate) fn difficulty(legend: &Legend<'_>, rule: &DifficultyRule) -> Rendered {
    let mut rows: Vec<Vec<String>> = rule
        .identities
        .iter()
        .map(|one| identity_row(legend, one))
        .collect();
    let share = rule.second_person_above;
    rows.push(vec![
        "全量名单".to_owned(),
        String::new(),
        format!("退出超过原有人数{share}的须第二人复核"),
    ]);
    Rendered::grid(&["身份（按优先次序）", "认定部门", "内容"], rows)
}

fn identity_row(legend: &Legend<'_>, rule: &IdentityRule) -> Vec<String> {
    let mut parts = vec![match rule.term_months {
        None => "有效期至退出".to_owned(),
        Some(months) => format!("有效期{months}个月"),
    }];
    if rule.look_back_months > 0 {
        parts.push(format!("追溯认定前{}个月", rule.look_back_months));
    }
    if let Some(months) = rule.late_months {
        parts.push(format!("认定日期最早计至名单日前{months}个月"));
    }
    if rule.enrol {
        parts.push("未参保的随时参保".to_owned());
    }
    vec![
        legend.word(&rule.identity),
        legend.words(&rule.bureaus),
        parts.join("，"),
    ]
}
