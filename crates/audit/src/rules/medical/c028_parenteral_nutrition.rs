use std::collections::BTreeSet;

use lines::Day;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Person, Phase, Rule, Sheet, Spot,
    Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "C028",
    name: "肠外营养无评估/超期",
    english: "TPN without screening or too long",
    category: Category::Medical,
    grain: Grain::Visit,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_tpn"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "C028.days",
            default: "14",
            meaning: "全肠外营养的最多天数",
        },
        Parameter {
            key: "C028.screening",
            default: "00110200006",
            meaning: "营养风险筛查、评定项目的编码前缀，暂定（assumed）：各地编码不同",
        },
    ],
    finds: "使用全肠外营养没有营养风险筛查，或超过规定天数。",
    why: "目录备注限有营养风险、不能经口进食的患者。",
    clause: "国家药品目录备注",
    false_alarms: "筛查记在病历未单独收费。",
    says: "使用{0}天，{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let most = desk.whole("C028.days")?;
    let bags = desk.by_item("k_tpn", |_| Some(()))?;
    let screenings = desk.items(desk.text("C028.screening"));
    let mut items = bags.items();
    items.extend(&screenings);
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let data = person.data;
        let left: Vec<Spot<'_>> = kernels::net(data, rows)
            .into_iter()
            .map(|(row, _)| Spot::of(data, row))
            .collect();
        for &visit in person.visits {
            let bags: Vec<&Spot<'_>> = left
                .iter()
                .filter(|spot| spot.visit == visit && bags.at(spot).next().is_some())
                .collect();
            let days: BTreeSet<Day> = bags.iter().map(|spot| spot.day()).collect();
            let count = i64::try_from(days.len()).unwrap_or(0);
            let screened = left
                .iter()
                .any(|spot| spot.visit == visit && screenings.contains(&spot.item()));
            let words = match (count > most, screened) {
                _ if bags.is_empty() => continue,
                (_, false) => "没有营养风险筛查",
                (true, true) => "超过规定天数",
                (false, true) => continue,
            };
            let amount = bags.iter().map(|spot| spot.in_scope()).sum();
            sheet.visit(
                visit,
                Hit::new(amount, [Fact::Whole(count), Fact::Words(words)]),
            );
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
