use std::collections::{BTreeMap, BTreeSet};

use lines::NONE;

use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Spot, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "T006",
    name: "追溯码与结算药品不符",
    english: "Code belongs to another drug",
    category: Category::Traceability,
    grain: Grain::Line,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Suspect,
    knowledge: &["k_trace_prefix"],
    feeds: &["trace_events"],
    parameters: &[],
    finds: "追溯码前七位登记的药品与结算的药品不是同一品种。",
    why: "串换药品（保健品、非目录药换成目录药）。",
    clause: "国家医保局等四部门药品追溯码医保应用通知（2025年3月19日）",
    false_alarms: "同品种更换编码未更新。",
    says: "追溯码属于{0}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let rows = desk.table("k_trace_prefix")?.rows();
    let mut products: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows {
        products
            .entry(row.text("prefix7").to_owned())
            .or_default()
            .insert(row.text("item").to_owned());
    }
    Ok(kernels::each_code(move |data, events, sheet| {
        // A malformed code names no product; it is found by T005.
        let code = events[0].code.as_str();
        let whole = code.len() == 20 && code.bytes().all(|byte| byte.is_ascii_digit());
        let Some(owners) = code
            .get(..7)
            .filter(|_| whole)
            .and_then(|prefix| products.get(prefix))
        else {
            return;
        };
        for event in events.iter().filter(|event| event.line != NONE) {
            let spot = Spot::of(data, event.line);
            let code = data.items.code(spot.item());
            let same = |owner: &String| same_product(owner, code);
            if !owners.iter().any(same) {
                let owner = owners
                    .iter()
                    .next()
                    .and_then(|owner| data.items.codes.find(owner));
                let facts = [owner.map_or(Fact::Words("另一品种"), Fact::Item)];
                sheet.line(event.line, spot.hit(facts));
            }
        }
    }))
}

/// Equal codes, or equal generic and form: packs of one drug differ behind the twelfth character.
fn same_product(a: &str, b: &str) -> bool {
    a == b || (a.len() >= 12 && a.get(..12) == b.get(..12))
}
