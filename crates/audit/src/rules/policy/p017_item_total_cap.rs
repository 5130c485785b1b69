use std::collections::BTreeMap;

use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Person, Phase, Rule, Sheet, Spot, Strength,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "P017",
    name: "超项目支付总额",
    english: "Item cap per person and period",
    category: Category::Policy,
    grain: Grain::PersonPeriod,
    phases: Phase::AFTERWARDS,
    strength: Strength::Deduct,
    knowledge: &["k_item_total_cap"],
    feeds: &[],
    parameters: &[],
    finds: "限定支付总额的项目，同一人一年内范围内金额累计超过上限。",
    why: "项目支付规定了总额上限，超出部分不予支付。",
    clause: "地方诊疗项目支付规定",
    false_alarms: "跨年度病程；上限按疗程计的地方。",
    says: "本年累计{0}，上限{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let caps = desk.by_item("k_item_total_cap", |row| {
        let group = row.number();
        Some((Fen::new(row.decimal("max_amount", 2)?), group))
    })?;
    let items = caps.items();
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let mut sums: BTreeMap<(usize, i32), Fen> = BTreeMap::new();
        for (row, count) in kernels::net(person.data, rows) {
            let spot = Spot::of(person.data, row);
            for entry in caps.at(&spot) {
                let (cap, group) = entry.value;
                let amount = spot.share(count);
                let sum = sums.entry((group, spot.day().year())).or_default();
                *sum += amount;
                if *sum > cap {
                    let excess = amount.min(*sum - cap);
                    let facts = [Fact::Yuan(*sum), Fact::Yuan(cap)];
                    sheet.line(row, Hit::new(excess, facts).by(entry.knowledge));
                }
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
