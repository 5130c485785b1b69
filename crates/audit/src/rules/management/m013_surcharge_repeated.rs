use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Person, Phase, Rule, Sheet, Spot, Strength,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "M013",
    name: "加收次数超限",
    english: "Surcharge repeated",
    category: Category::Management,
    grain: Grain::PersonDay,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_item_surcharge"],
    feeds: &[],
    parameters: &[],
    finds: "同一天加收项目的次数超过主项目次数乘以允许的倍数。",
    why: "每做一次主项目只能按规定次数加收。",
    clause: "《全国医疗服务价格项目规范》；《医疗保障基金使用监督管理条例》第三十八条",
    false_alarms: "双侧手术合并一条主项。",
    says: "加收{0}次，主项目{1}次",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let surcharges = kernels::surcharges(desk)?;
    let mut items = surcharges.items();
    let mains = items.iter().flat_map(|&item| surcharges.of(item));
    items.extend(
        mains
            .flat_map(|one| one.value.mains.clone())
            .collect::<Vec<_>>(),
    );
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let left = kernels::net(person.data, rows);
        for (at, &(row, count)) in left.iter().enumerate() {
            let spot = Spot::of(person.data, row);
            let Some(entry) = surcharges.at(&spot).next() else {
                continue;
            };
            let surcharge = &entry.value;
            let here = |other: u32| {
                let other = Spot::of(person.data, other);
                other.visit == spot.visit && other.day() == spot.day()
            };
            let item = |other: u32| person.data.lines.item[other as usize];
            let mains = left
                .iter()
                .filter(|(other, _)| here(*other) && surcharge.mains.contains(&item(*other)));
            let mains: i64 = mains.map(|(_, count)| count).sum();
            let so_far = left[..=at]
                .iter()
                .filter(|(other, _)| here(*other) && item(*other) == spot.item());
            let so_far: i64 = so_far.map(|(_, count)| count).sum();
            let allowed = mains * surcharge.max_times;
            if mains > 0 && so_far > allowed {
                let facts = [Fact::Count(so_far), Fact::Count(mains)];
                let excess = count.min(so_far - allowed);
                sheet.line(row, entry.cited(Hit::new(spot.share(excess), facts)));
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
