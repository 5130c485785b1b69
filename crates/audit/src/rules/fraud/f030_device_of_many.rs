use std::collections::{BTreeMap, BTreeSet};

use lines::{Day, NONE};
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
    false_alarms: "家庭共济成员（同户不重复计）；养老院代办。",
    says: "一台设备为{0}人支付",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (most, days) = (desk.whole("F030.n")?, desk.whole("F030.days")?);
    let mut devices: BTreeMap<&str, Vec<(i64, u32)>> = BTreeMap::new();
    for row in desk.feed("device_payments")?.rows() {
        let person = desk.data.people.ids.find(row.text("person"));
        let day = row.text("time").get(..10).and_then(Day::parse);
        if let Some((person, day)) = person.zip(day) {
            devices
                .entry(row.text("device"))
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
            let home = |person: &u32| match data.people.household[*person as usize] {
                NONE => (1, *person),
                household => (0, household),
            };
            let homes: BTreeSet<(u8, u32)> = widest.iter().map(home).collect();
            let count = i64::try_from(widest.len()).unwrap_or(0);
            if count > most && homes.len() > 1 {
                let people: Vec<u32> = widest.into_iter().collect();
                sheet.add(
                    Target::People(people.into()),
                    Hit::new(Fen::ZERO, [Fact::Whole(count)]),
                );
            }
        }
    })))
}
