use std::collections::BTreeSet;

use lines::Row;
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Person, Phase, Rule, Sheet, Spot,
    Strength, Target, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F020",
    name: "多机构囤药",
    english: "Doctor-shopping for resale",
    category: Category::Fraud,
    grain: Grain::PersonPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &["k_resale_drugs"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F020.days",
            default: "90",
            meaning: "看多少天",
        },
        Parameter {
            key: "F020.times",
            default: "2",
            meaning: "药量超过期间天数的多少倍",
        },
        Parameter {
            key: "F020.providers",
            default: "3",
            meaning: "至少多少家机构",
        },
    ],
    finds: "九十天内从多家机构取得的高倒卖风险药品，药量超过期间的两倍。",
    why: "超量取药转卖。",
    clause: "《医疗保障基金使用监督管理条例实施细则》（2026）；《医疗保障基金使用监督管理条例》第四十一条",
    false_alarms: "失窃、遗失补开；剂量加倍。",
    says: "{0}天药量，来自{1}家机构",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (times, places) = (
        desk.decimal("F020.times", 3)?,
        desk.whole("F020.providers")?,
    );
    let window = i32::try_from(desk.whole("F020.days")?).unwrap_or(90);
    let drugs = kernels::by_item_or_name(desk, "k_resale_drugs", "drug_zh", "X|Z", |row| {
        Some(group_of(row))
    })?;
    let items = drugs.items();
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let left = kernels::net(person.data, rows)
            .into_iter()
            .map(|(row, _)| Spot::of(person.data, row));
        let left: Vec<(Spot<'_>, i64, &str)> = left
            .filter_map(|spot| {
                let days = i64::from(person.data.lines.supply_days(spot.row)?);
                Some((spot, days, drugs.at(&spot).next()?.value.as_str()))
            })
            .collect();
        for (at, (spot, _, drug)) in left.iter().enumerate() {
            let near = left[..=at]
                .iter()
                .filter(|(other, _, one)| one == drug && spot.day().0 - other.day().0 < window);
            let (mut supply, mut providers, mut amount) = (0, BTreeSet::new(), Fen::ZERO);
            for (other, days, _) in near {
                supply += days;
                providers.insert(other.provider());
                amount += other.in_scope();
            }
            let count = i64::try_from(providers.len()).unwrap_or(0);
            if supply * 1000 > i64::from(window) * times && count >= places {
                let hit = Hit::new(amount, [Fact::Whole(supply), Fact::Whole(count)]);
                sheet.add(Target::Person(person.person), hit);
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}

/// What a row counts together with: its group or drug, else the drug that its code names in the
/// first ten characters (class and drug, before form, pack and maker).
fn group_of(row: Row<'_>) -> String {
    let named = ["drug_group", "group", "drug_zh"];
    let named = named.iter().find_map(|column| row.given(column));
    let code = row.given("item").or_else(|| row.given("item_prefix"));
    let drug = code.map(|code| code.get(..10).unwrap_or(code));
    named.or(drug).unwrap_or_default().to_owned()
}
