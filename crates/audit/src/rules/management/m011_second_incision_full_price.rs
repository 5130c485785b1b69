use std::cell::RefCell;
use std::cmp::Reverse;

use lines::Dictionary;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Person, Phase, Rule, Sheet, Spot, Strength,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "M011",
    name: "同切口第二手术未折价",
    english: "Second operation through same incision not discounted",
    category: Category::Management,
    grain: Grain::Visit,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_item_same_incision", "k_std_price"],
    feeds: &[],
    parameters: &[],
    finds: "同一天同一切口做两项以上手术，第二项起没有按规定折价。",
    why: "同一切口第二手术按规定比例收费。",
    clause: "国家医保两库第二批；《全国医疗服务价格项目规范》手术治疗说明",
    false_alarms: "不同切口、分次进手术室。",
    says: "单价{0}，应不超过{1}（同切口先收{2}）",
    version: 1,
    build,
};

/// One yuan cent in 1/10 000 yuan: rounding of a halved price.
const CENT: i64 = 100;

fn build(desk: &Desk<'_>) -> Built {
    let prices = kernels::StandardPrices::of(desk)?;
    let groups = RefCell::new(Dictionary::default());
    let places = desk.by_item("k_item_same_incision", |row| {
        let group = groups.borrow_mut().number(row.given("incision_group")?);
        Some((group, row.decimal("secondary_rate", 3).unwrap_or(500)))
    })?;
    let items = places.items();
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let data = person.data;
        let mut left: Vec<u32> = kernels::net(data, rows)
            .into_iter()
            .map(|(row, _)| row)
            .collect();
        let price = |row: u32| data.lines.price(row).unwrap_or(0);
        left.sort_by_key(|&row| Reverse(price(row)));
        for (at, &row) in left.iter().enumerate() {
            let spot = Spot::of(data, row);
            for entry in places.at(&spot) {
                let (group, rate) = entry.value;
                let first = left[..at].iter().find(|&&other| {
                    let other = Spot::of(data, other);
                    let mut groups = places.of(other.item()).iter();
                    other.visit == spot.visit
                        && other.day() == spot.day()
                        && groups.any(|one| one.value.0 == group)
                });
                let standard = prices.on(spot.item(), spot.day());
                let Some((&first, standard)) = first.zip(standard) else {
                    continue;
                };
                let limit = standard * rate / 1000;
                if price(row) > limit + CENT {
                    let facts = [
                        Fact::Price(price(row)),
                        Fact::Price(limit),
                        Fact::Line(first),
                    ];
                    let amount = kernels::overcharge(&spot, price(row), limit);
                    sheet.line(row, entry.cited(Hit::new(amount, facts)));
                    break;
                }
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
