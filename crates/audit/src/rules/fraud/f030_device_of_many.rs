use std::collections::{BTreeMap, BTreeSet};

use lines::{Data, Day, NONE};
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
};

pub(super) static RULE: Rule = Rule {
    id: "F030",
    name: "一码多人支付",
    english: "One device pays for many people",
    category: Category::Fraud,
    grain: Grain::CrossProvider,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["device_payments"],
    parameters: &[
        Parameter {
            key: "F030.n",
            default: "6",
            meaning: "多少人以上",
        },
        Parameter {
            key: "F030.days",
            default: "30",
            meaning: "多少天之内",
        },
    ],
    finds: "一台付款码设备三十天内为多名不同户的人支付。",
    why: "他人凭证被集中使用。",
    clause: "欺诈线索指标；设备聚集",
    false_alarms: "家庭共济成员（人最多的一户不计）；养老院代办。",
    says: "一台设备为{0}人支付，其中家庭以外{1}人",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (most, days) = (desk.whole("F030.n")?, desk.whole("F030.days")?);
    let mut devices: BTreeMap<&str, Vec<(i64, u32)>> = BTreeMap::new();
    for row in desk.feed("device_payments")?.rows() {
        let person = desk.data.people.ids.find(row.text("person"));
        let day = row.text("time").get(..10).and_then(Day::parse);
        if let Some((device, (person, day))) = row.given("device").zip(person.zip(day)) {
            devices
                .entry(device)
                .or_default()
                .push((i64::from(day.0), person));
        }
    }
    let mut uses: Vec<Vec<(i64, u32)>> = devices.into_values().collect();
    uses.iter_mut()
        .for_each(|payments| payments.sort_unstable());
    Ok(Kernel::Batch(Box::new(move |data, sheet| {
        for payments in &uses {
            let mut widest: BTreeSet<u32> = BTreeSet::new();
            for (at, &(day, _)) in payments.iter().enumerate() {
                let near = payments[at..].iter().take_while(|one| one.0 - day < days);
                let people: BTreeSet<u32> = near.map(|one| one.1).collect();
                widest = if people.len() > widest.len() {
                    people
                } else {
                    widest
                };
            }
            let strangers = widest.len() - family(data, &widest);
            let count = |people: usize| i64::try_from(people).unwrap_or(0);
            if count(strangers) > most {
                let facts = [count(widest.len()), count(strangers)].map(Fact::Whole);
                let people: Vec<u32> = widest.into_iter().collect();
                sheet.add(Target::People(people.into()), Hit::new(Fen::ZERO, facts));
            }
        }
    })))
}

/// How many of the people are of one household, at most; somebody alone is no family.
fn family(data: &Data, people: &BTreeSet<u32>) -> usize {
    let mut homes: BTreeMap<u32, usize> = BTreeMap::new();
    for &person in people {
        *homes
            .entry(data.people.household[person as usize])
            .or_default() += 1;
    }
    homes.remove(&NONE);
    homes
        .into_values()
        .max()
        .filter(|&most| most > 1)
        .unwrap_or(0)
}
