use lines::Visits;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F007",
    name: "同时两地",
    english: "Same time two places",
    category: Category::Fraud,
    grain: Grain::CrossProvider,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["providers"],
    parameters: &[Parameter {
        key: "F007_kmh",
        default: "120",
        meaning: "可能的最高行程速度，公里每小时",
    }],
    finds: "同一人先后在两家机构就诊，路程与间隔时间不可能。",
    why: "一人不能同时在两地，凭证被冒用或出借。",
    clause: "《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "互联网诊疗；家属代购有登记。",
    says: "与{0}相距{1}公里，间隔{2}分钟",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let speed = desk.whole("F007_kmh")?;
    let located = desk.data.providers.place.iter().any(Option::is_some);
    desk.require(located, "缺少机构经纬度")?;
    Ok(Kernel::People(Box::new(move |person, sheet| {
        let (data, visits) = (person.data, &person.data.visits);
        let mut there = person
            .visits
            .iter()
            .copied()
            .filter(|&visit| !visits.has(visit, Visits::INTERNET | Visits::REVERSED))
            .filter(|&visit| !visits.begin[visit as usize].is_only_a_date());
        let Some(mut before) = there.next() else {
            return;
        };
        for visit in there {
            let earlier = std::mem::replace(&mut before, visit);
            let place = |visit: u32| data.providers.place[visits.provider[visit as usize] as usize];
            let Some((a, b)) = place(earlier).zip(place(visit)) else {
                continue;
            };
            let seconds = visits.begin[visit as usize].since(visits.begin[earlier as usize]);
            let metres = kernels::metres_between(a, b);
            let moved = visits.provider[visit as usize] != visits.provider[earlier as usize];
            // Metres in so many seconds beyond the speed, or more than five kilometres at once.
            let too_fast = metres * 3600 > speed * 1000 * seconds.max(1);
            if moved && metres > 5000 && (too_fast || seconds < 300) {
                let facts = [
                    Fact::Visit(earlier),
                    Fact::Whole(metres / 1000),
                    Fact::Whole(seconds / 60),
                ];
                sheet.visit(visit, Hit::new(kernels::in_scope_of(data, visit), facts));
            }
        }
    })))
}
