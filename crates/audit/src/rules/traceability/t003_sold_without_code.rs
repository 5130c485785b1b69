use lines::{Day, ItemKind, Lines};

use crate::{Built, Category, Desk, Fact, Grain, Parameter, Phase, Rule, Strength, Waits, kernels};

pub(super) static RULE: Rule = Rule {
    id: "T003",
    name: "无码结算",
    english: "Settlement without trace code",
    category: Category::Traceability,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &["k_nocode"],
    feeds: &["trace_events"],
    parameters: &[
        Parameter {
            key: "trace_enforced_from",
            default: "2025-07-01",
            meaning: "强制扫码结算的日期；数据集另有口径时改",
        },
        Parameter {
            key: "T_rules_scope",
            default: "41",
            meaning: "必须扫码的医疗类别（药店先行）",
        },
    ],
    finds: "应扫码的药品在强制日期之后结算，没有上传追溯码。",
    why: "先扫码后结算，不扫码不予支付。",
    clause: "国家医保局等四部门药品追溯码医保应用通知（2025年3月19日）",
    false_alarms: "无码清单内的库存药；中药饮片。",
    says: "{0}起应扫码，该明细没有追溯码",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let from = Day::parse(desk.text("trace_enforced_from"));
    let from = from.ok_or_else(|| Waits("参数 trace_enforced_from 不是日期".to_owned()))?;
    let cares = desk.cares("T_rules_scope");
    let mut exempt = vec![false; desk.data.items.len()];
    if let Ok(table) = desk.table("k_nocode") {
        for item in table.rows().flat_map(|row| desk.exact(row.text("item"))) {
            exempt[item as usize] = true;
        }
    }
    Ok(kernels::each_standing_line(move |spot| {
        let lines = &spot.data.lines;
        let drug = spot.data.items.kind(spot.item()) == ItemKind::Drug;
        let due = spot.day() >= from && cares.contains(&spot.care()) && spot.count() > 0;
        let bare =
            drug && due && !lines.has(spot.row, Lines::TRACED) && !exempt[spot.item() as usize];
        (bare && !spot.in_scope().is_zero()).then(|| spot.hit([Fact::Day(from)]))
    }))
}
