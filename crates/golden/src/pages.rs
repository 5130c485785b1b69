//! Pages of audit rules: what each finds and why, with one example found and one left alone.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use audit::{Rule, all_rules};

use crate::node::{Data, Node, parse};

/// The page of every registered rule by file name, and an index (规则说明页).
///
/// Examples are the first cases of each kind in the folder of cases.
pub fn rule_pages(cases: &Path) -> Vec<(String, String)> {
    let rules = all_rules();
    let page = |rule: &&'static Rule| (format!("{}.md", rule.id), page(rule, cases));
    let mut pages: Vec<(String, String)> = rules.iter().map(page).collect();
    pages.push(("README.md".to_owned(), index(&rules)));
    pages
}

fn index(rules: &[&'static Rule]) -> String {
    let mut text = "# 审核规则\n\n".to_owned();
    text.push_str("由规则和案例生成（`cargo xtask rules`），不要手改。\n\n");
    text.push_str("| 规则 | 名称 | 类别 | 强度 | 粒度 |\n|---|---|---|---|---|\n");
    for rule in rules {
        let (category, grain) = (rule.category.name(), rule.grain.name());
        let (id, name, strength) = (rule.id, rule.name, strength(rule));
        let _ = writeln!(
            text,
            "| [{id}]({id}.md) | {name} | {category} | {strength} | {grain} |"
        );
    }
    text
}

fn strength(rule: &Rule) -> &'static str {
    match rule.strength {
        audit::Strength::Deduct => "扣款",
        audit::Strength::Suspect => "可疑",
        audit::Strength::Remind => "提醒",
    }
}

fn page(rule: &Rule, cases: &Path) -> String {
    let mut text = format!("# {} {}\n\n{}\n\n", rule.id, rule.name, rule.english);
    let phases: Vec<&str> = rule.phases.iter().map(|phase| phase.name()).collect();
    let _ = writeln!(
        text,
        "{}，按{}，{}，{}；第{}版。\n",
        rule.category.name(),
        rule.grain.name(),
        phases.join("、"),
        strength(rule),
        rule.version
    );
    let mut section = |title: &str, body: &str| {
        let _ = writeln!(text, "## {title}\n\n{body}\n");
    };
    section("抓什么", rule.finds);
    section(
        "为什么不对",
        &format!("{}\n\n依据：{}", rule.why, rule.clause),
    );
    section("读什么", &reads(rule));
    section("证据", &format!("“{}”", rule.says));
    let (found, alone) = examples(rule, cases);
    section("发现的例子", &found);
    section("放过的例子", &alone);
    section("已知误报", rule.false_alarms);
    format!("{}\n", text.trim_end())
}

fn reads(rule: &Rule) -> String {
    let listed = |names: &[&str]| {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        if quoted.is_empty() {
            "无".to_owned()
        } else {
            quoted.join("、")
        }
    };
    let mut text = format!(
        "- 知识表：{}\n- 离不开的数据表：{}（没有就等待）\n",
        listed(rule.knowledge),
        listed(rule.feeds)
    );
    for one in rule.parameters {
        let _ = writeln!(
            text,
            "- 参数 `{}`，默认 {}：{}",
            one.key, one.default, one.meaning
        );
    }
    text.trim_end().to_owned()
}

/// The first case that finds something and the first that leaves everything alone.
fn examples(rule: &Rule, cases: &Path) -> (String, String) {
    let path = cases.join(format!("{}.yaml", rule.id.to_lowercase()));
    let text = fs::read_to_string(&path).unwrap_or_default();
    let none = || "（没有案例）".to_owned();
    let Ok(root) = parse(&path.display().to_string(), &text) else {
        return (none(), none());
    };
    let Some(Data::List(cases)) = root.entry("cases").map(|node| &node.data) else {
        return (none(), none());
    };
    let count = |case: &&Node| match case.entry("expect").map(|node| &node.data) {
        Some(Data::List(found)) => Some(found.len()),
        _ => None,
    };
    let found = cases
        .iter()
        .find(|case| count(case).is_some_and(|count| count > 0));
    let alone = cases.iter().find(|case| count(case) == Some(0));
    (
        found.map_or_else(none, example),
        alone.map_or_else(none, example),
    )
}

fn example(case: &Node) -> String {
    let mut text = format!("{}。\n\n```\n", case.entry("name").map_or("", plain_text));
    let given = case.entry("given").map(|node| &node.data);
    if let Some(Data::Map(tables)) = given {
        for (name, node) in tables {
            let Data::List(rows) = &node.data else {
                continue;
            };
            for row in rows {
                let _ = writeln!(text, "{name}: {}", written(row));
            }
        }
    }
    if let Some(Data::List(expected)) = case.entry("expect").map(|node| &node.data) {
        for one in expected {
            let _ = writeln!(text, "→ {}", written(one));
        }
    }
    text.push_str("```");
    text
}

fn plain_text(node: &Node) -> &str {
    match &node.data {
        Data::Text(text) => text,
        _ => "",
    }
}

fn written(node: &Node) -> String {
    match &node.data {
        Data::Text(text) => text.clone(),
        Data::Whole(number) => number.to_string(),
        Data::Flag(flag) => flag.to_string(),
        Data::List(items) => items.iter().map(written).collect::<Vec<_>>().join("|"),
        Data::Map(cells) if cells.is_empty() => "（平常的一行）".to_owned(),
        Data::Map(cells) => {
            let cell = |(name, node): &(String, Node)| format!("{name} {}", written(node));
            cells.iter().map(cell).collect::<Vec<_>>().join("，")
        }
        Data::Null | Data::Decimal => String::new(),
    }
}
