use lines::Day;

use crate::{
    Built, Category, Desk, Fact, Grain, Kernel, Parameter, Person, Phase, Rule, Sheet, Spot,
    Strength, Waits, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "C025",
    name: "支架术后无抗血小板",
    english: "Stent without antiplatelet follow-up",
    category: Category::Medical,
    grain: Grain::PersonPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "window",
            default: "",
            meaning: "数据期间，如 2025-01-01..2025-12-31；没有满一年随访的支架不判断",
        },
        Parameter {
            key: "C025.days",
            default: "366",
            meaning: "支架后应有抗血小板药的天数",
        },
        Parameter {
            key: "C025.supplies",
            default: "C",
            meaning: "耗材编码前缀",
        },
        Parameter {
            key: "C025.stent_names",
            default: "冠.*支架|冠状动脉.*支架",
            meaning: "冠状动脉支架的名称",
        },
        Parameter {
            key: "C025.drugs",
            default: "XB01AC",
            meaning: "抗血小板药的编码前缀（ATC B01AC）",
        },
    ],
    finds: "收了冠状动脉支架，之后一年内本人没有任何抗血小板药，且在世。",
    why: "支架术后必须抗血小板治疗，没有用药说明支架可能没有放。",
    clause: "冠心病介入诊疗规范；欺诈线索指标",
    false_alarms: "自费购药；外地就医。",
    says: "自{0}起{1}天内没有抗血小板药",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let days = i32::try_from(desk.whole("C025.days")?).unwrap_or(366);
    let end = desk.text("window").split("..").nth(1).and_then(Day::parse);
    let end =
        end.ok_or_else(|| Waits("参数 window 没有写明数据期间，看不出随访是否满期".to_owned()))?;
    let stents = desk.named(desk.text("C025.supplies"), desk.text("C025.stent_names"));
    let drugs = desk.items(desk.text("C025.drugs"));
    let mut items = stents.clone();
    items.extend(&drugs);
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let left: Vec<Spot<'_>> = kernels::net(person.data, rows)
            .into_iter()
            .map(|(row, _)| Spot::of(person.data, row))
            .collect();
        for spot in left.iter().filter(|spot| stents.contains(&spot.item())) {
            let until = Day(spot.day().0 + days);
            let alive =
                person.data.people.death[person.person as usize].is_none_or(|death| death > until);
            let drug = |other: &&Spot<'_>| {
                drugs.contains(&other.item()) && other.day() >= spot.day() && other.day() <= until
            };
            if until <= end && alive && !left.iter().any(|other| drug(&other)) {
                sheet.line(
                    spot.row,
                    spot.hit([Fact::Day(spot.day()), Fact::Whole(i64::from(days))]),
                );
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
