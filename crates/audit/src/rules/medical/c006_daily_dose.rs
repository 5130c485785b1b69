use std::collections::BTreeMap;

use lines::Row;

use crate::{Built, Category, Desk, Fact, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C006",
    name: "超单日最大剂量",
    english: "Daily dose above maximum",
    category: Category::Medical,
    grain: Grain::PersonDay,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &["k_drug_dose", "k_order_frequency"],
    feeds: &["orders"],
    parameters: &[Parameter {
        key: "C006.tol",
        default: "1",
        meaning: "超过最大日剂量多少倍起算",
    }],
    finds: "医嘱的单日剂量超过说明书最大日剂量。",
    why: "超剂量用药有安全风险，超出部分不合理。",
    clause: "药品说明书；《医院处方点评管理规范（试行）》",
    false_alarms: "特殊人群的超说明书用药经备案；剂量单位换算。",
    says: "单日剂量{0}，最大{1}",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let orders = desk.feed("orders")?;
    desk.require(
        orders.has("daily_dose") || (orders.has("dose") && orders.has("frequency")),
        "医嘱数据没有单日剂量（orders.daily_dose），也没有单次剂量和频次（dose、frequency）",
    )?;
    let frequencies = frequencies(desk);
    let daily = |row: Row<'_>| {
        let said = row.decimal("daily_dose", 3);
        said.or_else(|| {
            let (times, days) = frequencies.get(&row.text("frequency").to_lowercase())?;
            Some(row.decimal("dose", 3)? * times / days)
        })
    };
    let doses: BTreeMap<String, (i64, Option<i64>)> = orders
        .rows()
        .filter_map(|row| {
            let dose = (daily(row)?, micrograms(row.text("dose_unit")));
            Some((row.text("line").to_owned(), dose))
        })
        .collect();
    let tolerance = desk.decimal("C006.tol", 3)?;
    let limits = kernels::by_item_or_name(desk, "k_drug_dose", "drug_zh", "X", |row| {
        let adult = row.text("age_band") != "child";
        let unit = micrograms(row.text("unit"));
        Some((adult, row.decimal("max_daily_dose", 3)?, unit))
    })?;
    Ok(kernels::each_line(
        limits,
        move |spot, &(adult, most, unit)| {
            let &(dose, of) = doses.get(&spot.data.line_id(spot.row))?;
            // Without a unit an order counts in that of the limit.
            let dose = of.zip(unit).map_or(dose, |(of, unit)| dose * of / unit);
            let grown = spot.age()? >= 18;
            let above = grown == adult && dose * 1000 > most * tolerance;
            above.then(|| spot.hit([Fact::Count(dose), Fact::Count(most)]))
        },
    ))
}

/// How many micrograms a unit of weight is; notes may follow it (`g (OTC label)`).
fn micrograms(unit: &str) -> Option<i64> {
    let word = unit.split([' ', '（', '(', '/']).next().unwrap_or_default();
    match word.to_lowercase().as_str() {
        "g" | "克" => Some(1_000_000),
        "mg" | "毫克" => Some(1_000),
        "ug" | "μg" | "µg" | "mcg" | "微克" => Some(1),
        _ => None,
    }
}

/// Code of frequency → how often, in how many days (用药频次).
fn frequencies(desk: &Desk<'_>) -> BTreeMap<String, (i64, i64)> {
    let rows = desk.table("k_order_frequency").ok();
    let rows = rows.into_iter().flat_map(lines::Table::rows);
    let read = |row: Row<'_>| {
        let days = row.whole("period_days").filter(|&days| days > 0)?;
        Some((row.text("code").to_lowercase(), (row.whole("times")?, days)))
    };
    rows.filter_map(read).collect()
}
