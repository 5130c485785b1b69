use std::collections::BTreeSet;

use lines::Day;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Person, Phase, Rule, Sheet, Spot,
    Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "C015",
    name: "特殊使用级抗菌药无送检",
    english: "Special antibiotic without culture",
    category: Category::Medical,
    grain: Grain::Visit,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_antibiotic_class"],
    feeds: &[],
    parameters: &[Parameter {
        key: "C015.cultures",
        default: "002505",
        meaning: "病原学检验项目的编码前缀（2505 临床微生物学检验）",
    }],
    finds: "住院使用特殊使用级抗菌药物两天以上，之前和开始后24小时内没有病原学检验。",
    why: "特殊使用级抗菌药物使用前应送检。",
    clause: "《抗菌药物临床应用管理办法》；《提高住院患者抗菌药物治疗前病原学送检率专项行动指导意见》",
    false_alarms: "外院已送检；危重无法留取标本。",
    says: "自{0}起使用{1}天，没有病原学检验",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let drugs = kernels::by_item_or_name(desk, "k_antibiotic_class", "drug_zh", "X", |row| {
        (row.text("grade") == "special").then_some(())
    })?;
    let cultures = desk.items(desk.text("C015.cultures"));
    let mut items = drugs.items();
    items.extend(&cultures);
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let data = person.data;
        let left = kernels::net(data, rows);
        let spots = || left.iter().map(|&(row, _)| Spot::of(data, row));
        for &visit in person
            .visits
            .iter()
            .filter(|&&visit| data.visits.is_stay(visit))
        {
            let mine = || spots().filter(|spot| spot.visit == visit);
            let doses: Vec<Spot<'_>> = mine()
                .filter(|spot| drugs.at(spot).next().is_some())
                .collect();
            let days: BTreeSet<Day> = doses.iter().map(Spot::day).collect();
            let Some(first) = doses.first().filter(|_| days.len() >= 2) else {
                continue;
            };
            let sent = mine().any(|spot| {
                cultures.contains(&spot.item()) && spot.time().since(first.time()) <= 86_400
            });
            if !sent {
                let count = i64::try_from(days.len()).unwrap_or(i64::MAX);
                let amount = doses.iter().map(Spot::in_scope).sum();
                sheet.visit(
                    visit,
                    Hit::new(amount, [Fact::Day(first.day()), Fact::Whole(count)]),
                );
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
