use crate::{Built, Category, Desk, Fact, Grain, Hit, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M027",
    name: "住院期间同机构门诊结算",
    english: "Outpatient settlement during own stay",
    category: Category::Management,
    grain: Grain::Visit,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &[],
    feeds: &[],
    parameters: &[],
    finds: "住院期间在同一机构又按门诊结算。",
    why: "住院期间的费用应并入住院结算，另走门诊属分解收费。",
    clause: "定点医疗机构服务协议；《医疗保障基金使用监督管理条例》第三十八条",
    false_alarms: "入院当天先看门诊（不在此列，须在入院之后）。",
    says: "就诊时间{0}在住院{1}期间",
    version: 2,
    build,
};

fn build(_: &Desk<'_>) -> Built {
    Ok(kernels::during_stay(|data, visit, stay| {
        let (at, stay_at) = (visit as usize, stay as usize);
        let visits = &data.visits;
        let same = visits.provider[at] == visits.provider[stay_at];
        let time = visits.begin[at];
        let inside = time.since_as_written(visits.begin[stay_at]) > 0
            && visits.end[stay_at].since_as_written(time) > 0;
        let facts = [Fact::Moment(time), Fact::Visit(stay)];
        (same && inside).then(|| Hit::new(kernels::in_scope_of(data, visit), facts))
    }))
}
