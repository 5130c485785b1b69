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
    finds: "追溯码前七位登记的药品与结算的药品不是同一产品（通用名、规格、企业）。",
    why: "串换药品（保健品、非目录药换成目录药）。",
    clause: "国家医保局等四部门药品追溯码医保应用通知（2025年3月19日）",
    false_alarms: "同品种更换编码未更新。",
    says: "追溯码属于{0}",
    version: 2,
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
    Ok(kernels::each_pack(move |data, events, packs| {
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
                packs.add(event, [owner.map_or(Fact::Words("另一产品"), Fact::Item)]);
            }
        }
    }))
}

/// Whether a product of the register is what a code of the catalogue names: the same code but for
/// the pack, which two of the 23 characters say between specification and maker; or a register
/// that goes no further than the drug.
fn same_product(owner: &str, code: &str) -> bool {
    let but_pack = |code: &str| Some((code.get(..16)?.to_owned(), code.get(18..)?.to_owned()));
    let national = owner.len() == 23 && code.len() == 23;
    let prefix = owner.len() >= 10 && owner.len() < code.len() && code.starts_with(owner);
    owner == code || prefix || national && but_pack(owner) == but_pack(code)
}
