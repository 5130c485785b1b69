use crate::{
    Built, Category, Desk, Fact, Grain, Kernel, Parameter, Person, Phase, Rule, Sheet, Spot,
    Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "C026",
    name: "冠脉支架无住院",
    english: "Stent with no inpatient stay",
    category: Category::Medical,
    grain: Grain::CrossProvider,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "C026.hours",
            default: "24",
            meaning: "前后多少小时内应有住院",
        },
        Parameter {
            key: "C026.supplies",
            default: "C",
            meaning: "耗材编码前缀",
        },
        Parameter {
            key: "C026.stent_names",
            default: "冠.*支架|冠状动脉.*支架",
            meaning: "冠状动脉支架的名称",
        },
    ],
    finds: "门诊收了冠状动脉支架，前后24小时内没有住院。",
    why: "支架置入须住院，门诊收支架可能虚记或串换。",
    clause: "欺诈线索指标；《医疗保障基金使用监督管理条例》第三十八条",
    false_alarms: "转院当日入院（跨机构看）。",
    says: "{0}没有住院（前后{1}小时）",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let hours = desk.whole("C026.hours")?;
    let stents = desk.named(desk.text("C026.supplies"), desk.text("C026.stent_names"));
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let visits = &person.data.visits;
        for (row, _) in kernels::net(person.data, rows) {
            let spot = Spot::of(person.data, row);
            let near = |&&visit: &&u32| {
                let (begin, end) = (visits.begin[visit as usize], visits.end[visit as usize]);
                let early = begin.since(spot.time()) <= hours * 3600;
                visits.is_stay(visit) && early && spot.time().since(end) <= hours * 3600
            };
            if spot.care().is_ambulatory() && !person.visits.iter().any(|visit| near(&visit)) {
                sheet.line(row, spot.hit([Fact::Day(spot.day()), Fact::Whole(hours)]));
            }
        }
    };
    Ok(Kernel::Items(stents, Box::new(look)))
}
