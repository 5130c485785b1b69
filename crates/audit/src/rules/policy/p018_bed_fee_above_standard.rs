use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

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
        default: "0011090000101|0011090000102|0011090000103",
        meaning: "普通病房床位费的项目编码前缀（110900001 病房床位费及其子项）",
    }],
    finds: "普通病床的范围内单价高于该等级的床位费支付标准。",
    why: "床位费按标准支付，超出部分由个人负担。",
    clause: "地方床位费支付标准",
    false_alarms: "特需、监护病床另有标准；知识行未写项目编码。",
    says: "每床日范围内{0}元，标准{1}元",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let table = desk.table("k_bed_standard")?;
    let beds = desk.items(desk.text("P018.bed_items"));
    let mut pairs = Vec::new();
    for row in table.rows() {
        let Some(limit) = row.decimal("limit", 4) else {
            continue;
        };
        let level = row.given("level").map(lines::Level::parse);
        let items = match row.given("item") {
            Some(code) => desk.exact(code),
            None => beds.clone(),
        };
        let value = kernels::PriceLimit {
            level,
            price: limit,
        };
        pairs.extend(
            items
                .into_iter()
                .map(|item| (item, desk.entry("k_bed_standard", row, value))),
        );
    }
    Ok(kernels::each_line(desk.by_items(pairs), |spot, limit| {
        let level = limit.level.is_none_or(|level| level == spot.level());
        let paid = kernels::unit_in_scope(spot)?;
        let above = level && paid > limit.price;
        let facts = [Fact::Price(paid), Fact::Price(limit.price)];
        above.then(|| Hit::new(kernels::overcharge(spot, paid, limit.price), facts))
    }))
}
