use std::collections::{BTreeMap, BTreeSet};

use lines::Day;

use crate::{Built, Category, Desk, Grain, Phase, Rule, Spot, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M002",
    name: "重复收费-主项含从项(同次就诊)",
    english: "Bundled part billed with whole, same visit",
    category: Category::Management,
    grain: Grain::Visit,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_item_includes"],
    feeds: &[],
    parameters: &[],
    finds: "同一次就诊既收主项又收其内涵已包含的从项。",
    why: "从项已含在主项价格中，另收属于重复收费。",
    clause: "国家医保两库第七批；《医疗保障基金使用监督管理条例》第三十八条",
    false_alarms: "主项与从项分属两个部位或两次操作而手术记录（operations）未上传；上传了的不算。",
    says: "本次就诊已收主项{0}（{1}）",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let parts = kernels::pairs_of(desk, "k_item_includes", |window| match window {
        "visit" => Some(kernels::Within::Visit),
        _ => None,
    })?;
    let operations = operations(desk);
    Ok(kernels::included_unless(parts, move |part, main| {
        let records = operations.get(&part.visit).map_or(&[][..], Vec::as_slice);
        separate(records, Spot::of(part.data, main).day(), part.day())
    }))
}

/// The operations of visits: the date, and the site where the record says it.
fn operations(desk: &Desk<'_>) -> BTreeMap<u32, Vec<(Day, String)>> {
    let mut operations: BTreeMap<u32, Vec<(Day, String)>> = BTreeMap::new();
    let rows = desk.data.table("operations").map(|table| table.rows());
    for row in rows.into_iter().flatten() {
        let visit = desk.data.visits.ids.find(row.text("visit"));
        let written = row.given("date").or_else(|| row.given("end"));
        let day = written.and_then(|text| Day::parse(text.get(..10)?));
        if let Some((visit, day)) = visit.zip(day) {
            let site = row.text("site").to_owned();
            operations.entry(visit).or_default().push((day, site));
        }
    }
    operations
}

/// Whether two charges belong to operations with records of their own: on two dates, or at two
/// sites on one date.
fn separate(records: &[(Day, String)], a: Day, b: Day) -> bool {
    let on = |day: Day| records.iter().filter(move |one| one.0 == day);
    if a != b {
        return on(a).next().is_some() && on(b).next().is_some();
    }
    let sites: BTreeSet<&str> = on(a).map(|one| one.1.as_str()).collect();
    sites.len() > 1 && !sites.contains("")
}
