use std::collections::BTreeMap;

use lines::{Level, Row};

use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P018",
    name: "床位费超支付标准",
    english: "Bed fee above payable standard",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_bed_standard"],
    feeds: &[],
    parameters: &[Parameter {
        key: "P018.bed_items",
        default: "00110900001",
        meaning: "普通病房床位费的项目编码前缀（110900001 普通病房床位费及其子项）",
    }],
    finds: "普通病床的范围内单价高于该等级的床位费支付标准。",
    why: "床位费按标准支付，超出部分由个人负担。",
    clause: "地方床位费支付标准",
    false_alarms: "特需、监护病床另有标准；知识行未写项目编码。",
    says: "每床日范围内{0}，标准{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let table = desk.table("k_bed_standard")?;
    let beds = desk.items(desk.text("P018.bed_items"));
    // The highest standard of a level: a line does not say the class of its ward.
    let mut standards: BTreeMap<(u32, &str, &str), (i64, Row<'_>)> = BTreeMap::new();
    for row in table.rows().filter(|row| of_wards(*row)) {
        let Some(price) = row.decimal("limit", 4) else {
            continue;
        };
        let items = match row.given("item") {
            Some(code) => desk.exact(code),
            None => beds.clone(),
        };
        for item in items {
            let key = (item, row.text("level"), row.text("from"));
            let best = standards.entry(key).or_insert((price, row));
            if price > best.0 {
                *best = (price, row);
            }
        }
    }
    let pairs = standards
        .into_iter()
        .map(|((item, level, _), (price, row))| {
            let limit = kernels::PriceLimit {
                level: Some(level)
                    .filter(|level| !level.is_empty())
                    .map(Level::parse),
                price,
                by_name: false,
            };
            (item, desk.entry("k_bed_standard", row, limit))
        });
    let pairs = pairs.collect();
    Ok(kernels::each_line(desk.by_items(pairs), |spot, limit| {
        let level = limit.level.is_none_or(|level| level == spot.level());
        let paid = kernels::unit_in_scope(spot)?;
        (level && paid > limit.price).then(|| limit.hit(spot, paid))
    }))
}

/// Rows of ordinary wards: class A, B or C, or none; those of nursing homes are no ward's.
fn of_wards(row: Row<'_>) -> bool {
    matches!(row.text("class"), "" | "A" | "B" | "C")
        && !matches!(row.text("status"), "draft" | "retired")
}
