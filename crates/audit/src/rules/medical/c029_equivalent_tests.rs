use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Person, Phase, Rule, Sheet, Spot, Strength,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "C029",
    name: "两项同义检测并做",
    english: "Two equivalent tests together",
    category: Category::Medical,
    grain: Grain::PersonDay,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_equiv_tests"],
    feeds: &[],
    parameters: &[],
    finds: "同一人同一天（不论几次就诊）做了意义相同的两项检测。",
    why: "结果互相替代，只需一项。",
    clause: "国家医疗保障局飞行检查公告（2024）",
    false_alarms: "方法学比对；急诊先快后准。",
    says: "同日已做{0}（{1}）",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (mut pairs, mut items) = (Vec::new(), Vec::new());
    for row in desk.table("k_equiv_tests")?.rows() {
        let side = |code: &str, name: &str| match row.given(code) {
            Some(code) => desk.exact(code),
            None => desk.named("0025", &regex_lite::escape(row.text(name))),
        };
        let (mains, parts) = (side("code_a", "name_a"), side("code_b", "name_b"));
        for &part in &parts {
            let others = mains.iter().copied().filter(|&main| main != part);
            let others: Vec<u32> = others.collect();
            items.extend(&others);
            pairs.push((part, desk.entry("k_equiv_tests", row, others)));
        }
    }
    let tests = desk.by_items(pairs);
    items.extend(tests.items());
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let left = kernels::net(person.data, rows);
        let spots = || left.iter().map(|&(row, _)| Spot::of(person.data, row));
        for (spot, &(row, count)) in spots().zip(&left) {
            for entry in tests.at(&spot) {
                let twin = |other: &Spot<'_>| {
                    other.day() == spot.day() && entry.value.contains(&other.item())
                };
                if let Some(other) = spots().find(twin) {
                    let facts = [Fact::Line(other.row), Fact::Moment(other.time())];
                    let hit = Hit::new(spot.share(count), facts);
                    sheet.line(row, hit.by(entry.knowledge));
                    break;
                }
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
