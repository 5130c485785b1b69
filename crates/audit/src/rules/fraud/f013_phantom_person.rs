use std::collections::BTreeSet;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Phase, Rule, Strength, Target, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F013",
    name: "虚假/空挂人员",
    english: "Phantom person",
    category: Category::Fraud,
    grain: Grain::PersonPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["population_register"],
    parameters: &[],
    finds: "有结算记录的人员在人口登记中查不到。",
    why: "虚构参保人套取基金。",
    clause: "《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "外国人永久居留证；新生儿未登记满一年之内。",
    says: "人口登记中没有此人",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let register = desk.feed("population_register")?;
    let known: BTreeSet<u32> = register
        .rows()
        .filter_map(|row| desk.data.people.ids.find(row.text("person")))
        .collect();
    Ok(Kernel::People(Box::new(move |person, sheet| {
        let Some(&last) = person.visits.last() else {
            return;
        };
        let day = person.data.visits.begin[last as usize].day();
        let infant = person
            .data
            .age_on(person.person, day)
            .is_some_and(|age| age < 1);
        if !known.contains(&person.person) && !infant {
            let amount = person
                .visits
                .iter()
                .map(|&visit| kernels::in_scope_of(person.data, visit))
                .sum();
            sheet.add(
                Target::Person(person.person),
                Hit::new(amount, [Fact::None]),
            );
        }
    })))
}
