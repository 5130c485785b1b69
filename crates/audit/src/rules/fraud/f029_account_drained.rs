use std::collections::{BTreeMap, BTreeSet};

use lines::{Care, Data, Day, ItemKind, Visits};
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
};

pub(super) static RULE: Rule = Rule {
    id: "F029",
    name: "个人账户整额套现",
    english: "Personal account drain",
    category: Category::Fraud,
    grain: Grain::PersonPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["account_payments"],
    parameters: &[
        Parameter {
            key: "F029.n",
            default: "3",
            meaning: "同店同日多少人起算",
        },
        Parameter {
            key: "F029.rest",
            default: "1",
            meaning: "余额低于多少元算用完",
        },
    ],
    finds: "同一店同一天多人买非药品或一件商品，把个人账户余额几乎全部用完。",
    why: "套取个人账户资金。",
    clause: "《医疗保障基金使用监督管理条例》第四十条、第四十一条",
    false_alarms: "年底清户；迁出前用完。",
    says: "{0}人当日用完账户",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (most, rest) = (
        desk.whole("F029.n")?,
        Fen::new(desk.decimal("F029.rest", 2)?),
    );
    let payments = desk.feed("account_payments")?;
    let mut drained: BTreeMap<u32, Fen> = BTreeMap::new();
    for row in payments.rows() {
        let visit = desk.data.visits.ids.find(row.text("visit"));
        let amounts = row.decimal("paid", 2).zip(row.decimal("balance_after", 2));
        let Some((visit, (paid, after))) = visit.zip(amounts) else {
            continue;
        };
        if paid > 0 && Fen::new(after) < rest {
            drained.insert(visit, Fen::new(paid));
        }
    }
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let visits = &provider.data.visits;
        let mut days: BTreeMap<Day, (BTreeSet<u32>, Fen)> = BTreeMap::new();
        let sold = |visit: u32| {
            let pharmacy = visits.care[visit as usize] == Care::PHARMACY;
            pharmacy && !visits.has(visit, Visits::REVERSED)
        };
        for visit in provider.visits.iter().copied().filter(|&one| sold(one)) {
            let bought = bought(provider.data, visit);
            if let Some(&paid) = drained.get(&visit).filter(|_| bought) {
                let day = days.entry(visits.begin[visit as usize].day()).or_default();
                day.0.insert(visits.person[visit as usize]);
                day.1 += paid;
            }
        }
        for (day, (people, amount)) in days {
            let count = i64::try_from(people.len()).unwrap_or(0);
            if count >= most {
                sheet.add(
                    Target::ProviderDay(provider.provider, day),
                    Hit::new(amount, [Fact::Whole(count)]),
                );
            }
        }
    })))
}

/// Whether a purchase has something that is no drug, or is of one thing only.
fn bought(data: &Data, visit: u32) -> bool {
    let items: BTreeSet<u32> = data
        .lines_of(visit)
        .map(|row| data.lines.item[row as usize])
        .collect();
    let no_drug = |&item: &u32| data.items.kind(item) != ItemKind::Drug;
    items.len() <= 1 || items.iter().any(no_drug)
}
