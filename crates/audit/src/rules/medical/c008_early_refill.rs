use std::collections::BTreeMap;

use lines::Day;

use crate::{
    Built, Category, Desk, Fact, Grain, Kernel, Parameter, Person, Phase, Rule, Sheet, Spot,
    Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "C008",
    name: "提前/重复开药",
    english: "Refill too early",
    category: Category::Medical,
    grain: Grain::PersonPeriod,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[Parameter {
        key: "C008_early",
        default: "7",
        meaning: "还剩多少天以上算提前",
    }],
    finds: "同一人同一药品在前次药量还剩较多天数时又开（跨机构）。",
    why: "重复开药，易浪费和倒卖。",
    clause: "《处方管理办法》第十九条；《医疗保障基金使用监督管理条例》第十七条",
    false_alarms: "剂量调整；遗失；同一处方多个规格不算。",
    says: "前次药量到{0}，还剩{1}天（前次{2}）",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let early = desk.whole("C008_early")?;
    let drugs = (0_u32..).take(desk.data.items.len());
    let drugs: Vec<u32> = drugs
        .filter(|&item| generic(desk.data.items.code(item)).is_some())
        .collect();
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let data = person.data;
        // Generic → the day its supply lasts to, and the visit that gave it.
        let mut stocks: BTreeMap<&str, (i64, u32, u32)> = BTreeMap::new();
        for (row, _) in kernels::net(data, rows) {
            let spot = Spot::of(data, row);
            let supply = data.lines.supply_days(row).map(i64::from);
            let Some((supply, drug)) = supply.zip(generic(data.items.code(spot.item()))) else {
                continue;
            };
            let today = i64::from(spot.day().0);
            let (until, visit, first) = stocks
                .get(drug)
                .copied()
                .unwrap_or((today, spot.visit, row));
            let left = until - today;
            if left > early && visit != spot.visit {
                let last = Day(i32::try_from(until).unwrap_or(i32::MAX));
                sheet.line(
                    row,
                    spot.hit([Fact::Day(last), Fact::Whole(left), Fact::Line(first)]),
                );
            }
            stocks.insert(drug, (until.max(today) + supply, spot.visit, row));
        }
    };
    Ok(Kernel::Items(drugs, Box::new(look)))
}

/// The generic of a national drug code: its first twelve characters (通用名加剂型).
fn generic(code: &str) -> Option<&str> {
    code.get(..12).filter(|head| head.starts_with(['X', 'Z']))
}
