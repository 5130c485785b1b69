use std::collections::BTreeMap;

use money::Fen;

use crate::{Built, Category, Desk, Entry, Fact, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C030",
    name: "诊断与治疗明显不符",
    english: "Treatment unrelated to any diagnosis",
    category: Category::Medical,
    grain: Grain::Visit,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &["k_class_lift"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "C030.p_min",
            default: "0.0005",
            meaning: "同时出现的概率低于多少算不符",
        },
        Parameter {
            key: "C030.c_min",
            default: "200",
            meaning: "金额超过多少元才看",
        },
    ],
    finds: "收费项目与本次所有诊断在历史数据中几乎从不同时出现，且金额较大。",
    why: "与诊断无关的治疗可能串换、虚记。",
    clause: "统计学线索；《医疗保障基金使用监督管理条例》第三十八条第（四）项",
    false_alarms: "罕见合并症；诊断漏填。",
    says: "该项目与诊断{0}同时出现的概率极低",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let least = desk.decimal("C030.c_min", 2)?;
    let most = desk.decimal("C030.p_min", 6)?;
    let table = desk.table("k_class_lift")?;
    let mut pairs = Vec::new();
    let mut prefixes: BTreeMap<&str, Vec<(String, i64)>> = BTreeMap::new();
    for row in table.rows() {
        let chance = row.decimal("probability", 6).unwrap_or(0);
        prefixes
            .entry(row.text("item_prefix"))
            .or_default()
            .push((row.text("icd_prefix").to_owned(), chance));
    }
    for (prefix, chances) in prefixes {
        for item in desk.items(prefix) {
            pairs.push((item, Entry::plain(chances.clone())));
        }
    }
    Ok(kernels::each_line(
        desk.by_items(pairs),
        move |spot, chances| {
            let chance = |code: &str| {
                chances
                    .iter()
                    .filter(|(prefix, _)| code.starts_with(prefix.as_str()))
                    .map(|one| one.1)
                    .max()
            };
            let mut known = spot.diagnoses().peekable();
            known.peek()?;
            let likely =
                known.any(|diagnosis| chance(diagnosis.code).is_some_and(|chance| chance >= most));
            let main = *spot.data.visits.diagnosis_numbers(spot.visit).first()?;
            let dear = spot.in_scope() > Fen::new(least);
            (dear && !likely).then(|| spot.hit([Fact::Diagnosis(main)]))
        },
    ))
}
