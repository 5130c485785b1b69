use lines::{ItemKind, NONE};

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Person, Phase, Rule, Sheet, Spot, Strength,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "P019",
    name: "中药饮片单味不予支付",
    english: "Single herb not payable alone",
    category: Category::Policy,
    grain: Grain::Visit,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &["k_herb_payment"],
    feeds: &[],
    parameters: &[],
    finds: "一张处方只有一味饮片且属单味不予支付，或用了任何情况都不予支付的饮片。",
    why: "国家药品目录饮片部分规定了单味和不予支付的饮片。",
    clause: "国家药品目录（中药饮片部分）",
    false_alarms: "处方号缺失时按就诊内同一时刻归并，不判断。",
    says: "处方内只有“{0}”一味，{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let never = desk.by_item("k_herb_payment", |row| match row.text("rule") {
        "never_payable" => Some(true),
        "single_not_payable" => Some(false),
        _ => None,
    })?;
    let herbs = (0_u32..).take(desk.data.items.len());
    let herbs = herbs.filter(|&item| desk.data.items.kind(item) == ItemKind::Herb);
    let mut items: Vec<u32> = herbs.chain(never.items()).collect();
    items.sort_unstable();
    items.dedup();
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let left = kernels::net(person.data, rows);
        for &(row, count) in &left {
            let spot = Spot::of(person.data, row);
            let prescription = person.data.lines.prescription(row);
            let Some(entry) = never.at(&spot).next() else {
                continue;
            };
            let alone = prescription != NONE
                && left.iter().all(|&(other, _)| {
                    let other_item = person.data.lines.item[other as usize];
                    person.data.lines.prescription(other) != prescription
                        || other_item == spot.item()
                });
            let words = match (entry.value, alone) {
                (true, _) => "该饮片不予支付",
                (false, true) => "单味使用不予支付",
                (false, false) => continue,
            };
            if spot.in_scope().is_zero() {
                continue;
            }
            let hit = Hit::new(
                spot.share(count),
                [Fact::Item(spot.item()), Fact::Words(words)],
            );
            sheet.line(row, hit.by(entry.knowledge));
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
