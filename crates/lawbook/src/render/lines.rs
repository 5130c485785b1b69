use money::Quantity;
use policy::{ItemRules, LimitOn, PriorValue};

use super::amounts::ratio_text;
use super::deductible::period_text;
use super::{Legend, Rendered, condition_text};

/// The rules by which lines are split, one row per rule.
pub(crate) fn items(legend: &Legend<'_>, rules: &ItemRules) -> Rendered {
    let mut rows = Vec::new();
    let mut push = |kind: &str, condition: String, text: String| {
        rows.push(vec![kind.to_owned(), condition, text]);
    };
    for rule in &rules.self_paid {
        push(
            "全自费",
            condition_text(legend, &rule.condition),
            rule.reason.clone(),
        );
    }
    for rule in &rules.ceilings {
        let title = legend.title(&legend.scheme.amounts, rule.amount);
        push("限价", condition_text(legend, &rule.condition), title);
    }
    for limit in &rules.limits {
        let most = match &limit.on {
            LimitOn::Quantity(parts) => format!("数量{}", Quantity::new(*parts)),
            LimitOn::Amount(amount) => legend.title(&legend.scheme.amounts, *amount),
        };
        let each = if limit.per_item { "每个项目" } else { "" };
        let (title, period) = (&limit.title, period_text(limit.period));
        let text = format!(
            "{title}：每{period}{each}不超过{most}（累计{}）",
            limit.counter
        );
        push("限量", condition_text(legend, &limit.condition), text);
    }
    if let Some(prior) = &rules.prior {
        for row in legend.rows(prior, prior_text) {
            let [condition, text] = <[String; 2]>::try_from(row).unwrap_or_default();
            push("先行自付", condition, text);
        }
    }
    for rule in &rules.lanes {
        push(
            "费用通道",
            condition_text(legend, &rule.condition),
            legend.word(&rule.lane),
        );
    }
    Rendered::grid(&["规则", "适用", "内容"], rows)
}

fn prior_text(value: &PriorValue) -> String {
    match value {
        PriorValue::Catalogue => "按目录所列比例".to_owned(),
        PriorValue::Share(ratio) => ratio_text(ratio),
    }
}
