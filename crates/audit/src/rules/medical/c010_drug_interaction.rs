use crate::{
    Built, Category, Desk, Fact, Grain, Kernel, Person, Phase, Rule, Sheet, Spot, Strength, Target,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "C010",
    name: "药物相互作用",
    english: "Severe drug interaction",
    category: Category::Medical,
    grain: Grain::PersonDay,
    phases: Phase::ALL,
    strength: Strength::Remind,
    knowledge: &["k_ddi"],
    feeds: &[],
    parameters: &[],
    finds: "两种禁止合用的药品同一天都在使用。",
    why: "说明书禁止合用，有严重不良反应。",
    clause: "药品说明书",
    false_alarms: "用药日期错开但补记在同一天。",
    says: "与{0}禁止合用：{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let mut pairs = Vec::new();
    for row in desk
        .table("k_ddi")?
        .rows()
        .filter(|row| row.text("severity") == "contraindicated")
    {
        let side = |column: &str| desk.named("X", row.text(column));
        let (a, b) = (side("drug_a"), side("drug_b"));
        for (items, others) in [(&a, &b), (&b, &a)] {
            let entry = desk.entry("k_ddi", row, others.clone());
            pairs.extend(items.iter().map(|&item| (item, entry.clone())));
        }
    }
    let bans = desk.by_items(pairs);
    let items = bans.items();
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let data = person.data;
        let left: Vec<Spot<'_>> = kernels::net(data, rows)
            .into_iter()
            .map(|(row, _)| Spot::of(data, row))
            .collect();
        for (at, spot) in left.iter().enumerate() {
            for entry in bans.at(spot) {
                let active = |other: &&Spot<'_>| {
                    let supply = data.lines.supply_days(other.row).unwrap_or(1);
                    entry.value.contains(&other.item()) && spot.day().0 < other.day().0 + supply
                };
                if let Some(other) = left[..at].iter().find(active) {
                    let target = Target::PersonDay(spot.person, spot.day());
                    let facts = [Fact::Item(other.item()), Fact::Cell("effect")];
                    sheet.add(target, entry.cited(spot.hit(facts)));
                }
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
