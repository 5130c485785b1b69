use std::collections::{BTreeMap, BTreeSet};

use lines::NONE;
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F014",
    name: "联系方式聚集",
    english: "Shared phone",
    category: Category::Fraud,
    grain: Grain::CrossProvider,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["people"],
    parameters: &[
        Parameter {
            key: "F014.n",
            default: "5",
            meaning: "多少人以上",
        },
        Parameter {
            key: "F014.households",
            default: "3",
            meaning: "多少户以上",
        },
    ],
    finds: "一个电话登记在多人、多户名下，且这些人都有结算。",
    why: "有组织地收集凭证、冒用。",
    clause: "欺诈线索指标；共用联系方式",
    false_alarms: "学校、村委代登记。",
    says: "{0}人、{1}户共用",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (most, homes) = (desk.whole("F014.n")?, desk.whole("F014.households")?);
    desk.require(
        desk.data.people.phone.iter().any(|&phone| phone != NONE),
        "人员没有电话",
    )?;
    Ok(Kernel::Batch(Box::new(move |data, sheet| {
        let mut phones: BTreeMap<u32, (i64, BTreeSet<u32>, Fen)> = BTreeMap::new();
        for (person, &phone) in (0_u32..).zip(&data.people.phone) {
            if phone == NONE || data.visits_of(person).is_empty() {
                continue;
            }
            let shared = phones.entry(phone).or_default();
            shared.0 += 1;
            shared.1.insert(data.people.household[person as usize]);
            let amounts = data
                .visits_of(person)
                .iter()
                .map(|&visit| kernels::in_scope_of(data, visit));
            shared.2 += amounts.sum();
        }
        for (phone, (people, households, amount)) in phones {
            let households = i64::try_from(households.len()).unwrap_or(0);
            if people > most && households > homes {
                let facts = [Fact::Whole(people), Fact::Whole(households)];
                sheet.add(Target::Phone(phone), Hit::new(amount, facts));
            }
        }
    })))
}
