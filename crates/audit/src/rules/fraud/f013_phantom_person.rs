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
    feeds: &[],
    parameters: &[],
    finds: "有结算记录的人员在人口登记中查不到，或居民身份证号码不能成立。",
    why: "虚构参保人套取基金。",
    clause: "《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "外国人永久居留证（证件类型不是身份证的不看）；新生儿未登记满一年之内。",
    says: "{0}",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let judge = kernels::phantoms(desk)?;
    Ok(Kernel::People(Box::new(move |person, sheet| {
        let Some(&last) = person.visits.last() else {
            return;
        };
        let day = person.data.visits.begin[last as usize].day();
        if let Some(words) = judge(person.data, person.person, day) {
            let amount = person
                .visits
                .iter()
                .map(|&visit| kernels::in_scope_of(person.data, visit))
                .sum();
            let hit = Hit::new(amount, [Fact::Words(words)]);
            sheet.add(Target::Person(person.person), hit);
        }
    })))
}
