use std::collections::BTreeMap;

use lines::Visits;
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Person, Phase, Rule, Sheet, Spot,
    Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "P009",
    name: "药品限急（抢）救支付",
    english: "Drug payable for emergency or rescue only",
    category: Category::Policy,
    grain: Grain::Visit,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Suspect,
    knowledge: &["k_drug_emergency"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "emergency_types",
            default: "13",
            meaning: "算作急诊的医疗类别",
        },
        Parameter {
            key: "rescue_items",
            default: "001202000010000,001202000020000,001202000030000",
            meaning: "大、中、小抢救的项目编码（全国医疗服务项目技术规范）",
        },
    ],
    finds: "限急救、抢救使用的药品，就诊既不是急诊，当日也没有抢救。",
    why: "药品目录备注限急救抢救时支付。",
    clause: "国家药品目录备注",
    false_alarms: "抢救费漏记；危重入院未上传入院病情。",
    says: "当日（{0}）没有抢救，医疗类别为{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let emergency = desk.cares("emergency_types");
    let drugs = desk.by_item("k_drug_emergency", |_| Some(()))?;
    let rescues: Vec<u32> = desk
        .list("rescue_items")
        .iter()
        .flat_map(|code| desk.exact(code))
        .collect();
    let mut items = drugs.items();
    items.extend(&rescues);
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let left = kernels::net(person.data, rows);
        // Visit → what its drugs come to, and the first of them.
        let mut wrong: BTreeMap<u32, (Fen, Hit)> = BTreeMap::new();
        for &(row, count) in &left {
            let spot = Spot::of(person.data, row);
            let Some(entry) = drugs.at(&spot).next() else {
                continue;
            };
            let rescued = left.iter().any(|&(other, _)| {
                let other = Spot::of(person.data, other);
                rescues.contains(&other.item())
                    && other.visit == spot.visit
                    && other.day() == spot.day()
            });
            let urgent = emergency.contains(&spot.care())
                || person.data.visits.has(spot.visit, Visits::CRITICAL);
            if !rescued && !urgent && !spot.in_scope().is_zero() {
                let facts = [Fact::Day(spot.day()), Fact::Care(spot.care())];
                let hit = Hit::new(Fen::ZERO, facts).by(entry.knowledge);
                wrong.entry(spot.visit).or_insert((Fen::ZERO, hit)).0 += spot.share(count);
            }
        }
        for (visit, (amount, hit)) in wrong {
            sheet.visit(visit, Hit { amount, ..hit });
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
