use std::collections::{BTreeMap, BTreeSet};

use lines::Visits;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F022",
    name: "同村同批住院",
    english: "Village batch admission",
    category: Category::Fraud,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["addresses"],
    parameters: &[
        Parameter {
            key: "F022.k",
            default: "6",
            meaning: "多少人起算",
        },
        Parameter {
            key: "F022.days",
            default: "2",
            meaning: "几天之内",
        },
        Parameter {
            key: "F022.cv",
            default: "0.2",
            meaning: "费用的变异系数上限，暂定（assumed）",
        },
    ],
    finds: "同一地址（村、养老机构）多人两天内在同一机构入院，费用接近。",
    why: "车接车送、诱导住院。",
    clause: "《医疗保障基金使用监督管理条例》第四十条第（一）项",
    false_alarms: "食物中毒等群体事件。",
    says: "{0}人两天内入院",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (most, days) = (desk.whole("F022.k")?, desk.whole("F022.days")?);
    let spread = desk.decimal("F022.cv", 3)?;
    let mut homes: BTreeMap<u32, String> = BTreeMap::new();
    for row in desk.feed("addresses")?.rows() {
        homes.extend(
            desk.data
                .people
                .ids
                .find(row.text("person"))
                .map(|person| (person, row.text("address").to_owned())),
        );
    }
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let (data, visits) = (provider.data, &provider.data.visits);
        let mut places: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for &visit in provider
            .visits
            .iter()
            .filter(|&&visit| visits.is_stay(visit) && !visits.has(visit, Visits::REVERSED))
        {
            if let Some(home) = homes.get(&visits.person[visit as usize]) {
                places.entry(home).or_default().push(visit);
            }
        }
        let day = |visit: u32| i64::from(visits.begin[visit as usize].day().0);
        for stays in places.into_values() {
            let mut told = 0;
            for begin in 0..stays.len() {
                let near = |visit: &&u32| day(**visit) - day(stays[begin]) < days;
                let end = begin + stays[begin..].iter().take_while(near).count();
                // A batch inside the one before it is the same batch.
                if end <= told {
                    continue;
                }
                let batch = &stays[begin..end];
                let people: BTreeSet<u32> = batch
                    .iter()
                    .map(|&visit| visits.person[visit as usize])
                    .collect();
                let count = i64::try_from(people.len()).unwrap_or(0);
                let costs: Vec<i64> = batch
                    .iter()
                    .map(|&visit| kernels::amount_of(data, visit).get())
                    .collect();
                if count >= most && kernels::alike(&costs, spread) {
                    told = end;
                    let amount = batch
                        .iter()
                        .map(|&visit| kernels::in_scope_of(data, visit))
                        .sum();
                    sheet.add(
                        Target::Visits(batch.into()),
                        Hit::new(amount, [Fact::Whole(count)]),
                    );
                }
            }
        }
    })))
}
