//! 点数为什么变了：与上一次的值逐项比较。

use ::store::CaseValueRow;
use money::Points;
use serde_json::Value;

/// What changed, in 中文; nothing where group, class and points are the same.
pub(super) fn change(before: &CaseValueRow, now: &CaseValueRow) -> Option<String> {
    let mut said = Vec::new();
    if before.group_code != now.group_code {
        let name = |row: &CaseValueRow| match row.group_code.as_str() {
            "" => "未入组".to_owned(),
            code => format!("{code}{}", row.group_name),
        };
        said.push(format!("病组由{}变为{}", name(before), name(now)));
    }
    if before.class != now.class {
        said.push(format!("病例类型由{}变为{}", before.class, now.class));
    }
    if before.points != now.points {
        let (one, two) = (Points::new(before.points), Points::new(now.points));
        said.push(format!("点数由{one}变为{two}"));
    }
    if said.is_empty() {
        return None;
    }
    if before.group_code == now.group_code {
        said.extend(differing_step(&before.trace, &now.trace));
    }
    Some(said.join("；"))
}

/// The first step that reads otherwise, which is where the change comes from.
fn differing_step(before: &str, now: &str) -> Option<String> {
    let steps = |text: &str| serde_json::from_str::<Vec<Value>>(text).unwrap_or_default();
    let (before, now) = (steps(before), steps(now));
    let field = |step: &Value, name: &str| step[name].as_str().unwrap_or_default().to_owned();
    let added = now.iter().find(|step| {
        let same = |old: &&Value| old["rule"] == step["rule"];
        before
            .iter()
            .find(same)
            .is_none_or(|old| old["sentence"] != step["sentence"])
    })?;
    let same = |old: &&Value| old["rule"] == added["rule"];
    let (name, sentence) = (field(added, "name"), field(added, "sentence"));
    Some(match before.iter().find(same) {
        Some(old) => format!("{name}：原“{}”，现“{sentence}”", field(old, "sentence")),
        None => format!("{name}：{sentence}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use money::Fen;

    fn row(group: &str, class: &str, points: i64, trace: &str) -> CaseValueRow {
        CaseValueRow {
            person_no: "P".to_owned(),
            settlement: "S".to_owned(),
            arrangement: "a".to_owned(),
            number: 1,
            year: 2024,
            institution: "H".to_owned(),
            list: String::new(),
            discharged_on: jiff::civil::date(2024, 3, 1),
            group_code: group.to_owned(),
            group_name: String::new(),
            class: class.to_owned(),
            points,
            cost: Fen::ZERO,
            fund: Fen::ZERO,
            estimate: Fen::ZERO,
            change: String::new(),
            trace: trace.to_owned(),
            computed_at: jiff::civil::date(2024, 4, 1).at(0, 0, 0, 0),
        }
    }

    #[test]
    fn a_case_that_counts_the_same_has_not_changed() {
        let one = row("GB25", "正常", 1_000_000, "[]");
        assert_eq!(change(&one, &one.clone()), None);
    }

    #[test]
    fn the_step_that_reads_otherwise_says_why() {
        let normal = r#"[{"rule":"drg.normal","name":"正常病例","sentence":"共100点"}]"#;
        let halved = r#"[{"rule":"drg.normal","name":"正常病例","sentence":"共100点"},
            {"rule":"drg.readmission","name":"再入院","sentence":"减半"}]"#;
        let (one, two) = (
            row("GB25", "正常", 1_000_000, normal),
            row("GB25", "正常", 500_000, halved),
        );
        let said = change(&one, &two).unwrap();
        assert_eq!(said, "点数由100.0000变为50.0000；再入院：减半");
    }

    #[test]
    fn another_group_is_named() {
        let (one, two) = (
            row("", "不稳定或未入组", 90, "[]"),
            row("GB25", "正常", 100, "[]"),
        );
        let said = change(&one, &two).unwrap();
        assert!(
            said.starts_with("病组由未入组变为GB25；病例类型由"),
            "{said}"
        );
    }
}
