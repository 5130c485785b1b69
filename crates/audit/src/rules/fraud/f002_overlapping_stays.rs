use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "F002",
    name: "住院时间重叠",
    english: "Overlapping stays",
    category: Category::Fraud,
    grain: Grain::CrossProvider,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[Parameter {
        key: "F002.hours",
        default: "2",
        meaning: "转院容许交错的小时数",
    }],
    finds: "同一人两次住院的时间重叠，超过转院容许的时间。",
    why: "一个人不能同时住在两处。",
    clause: "《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "转院当日出入院时间登记交错。",
    says: "与{0}重叠（{1}至{2}）",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let tolerance = desk.whole("F002.hours")? * 3600;
    Ok(kernels::consecutive_stays(move |data, pair| {
        let begin = data.visits.begin[pair.later as usize];
        let end = data.visits.end[pair.earlier as usize].min(data.visits.end[pair.later as usize]);
        let facts = [
            Fact::Visit(pair.earlier),
            Fact::Moment(begin),
            Fact::Moment(end),
        ];
        (end.since_as_written(begin) > tolerance)
            .then(|| Hit::new(kernels::in_scope_of(data, pair.later), facts))
    }))
}
