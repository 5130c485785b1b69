use crate::{Built, Category, Desk, Fact, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M017",
    name: "费用日期超出就诊区间",
    english: "Fee outside the visit interval",
    category: Category::Management,
    grain: Grain::Line,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "M017.before_days",
            default: "0",
            meaning: "入院前允许的天数，批准的院前检查可放宽到3至7天",
        },
        Parameter {
            key: "M017.after_hours",
            default: "0",
            meaning: "出院后允许的小时数",
        },
    ],
    finds: "费用发生时间早于就诊开始或晚于就诊结束。",
    why: "不在就诊期间的费用与本次就诊无关，或系补记、虚记。",
    clause: "医保审核细则第6条",
    false_alarms: "批准的院前检查；补记账以记账时间上传。",
    says: "费用时间{0}不在{1}至{2}之间",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let before = desk.whole("M017.before_days")? * 86_400;
    let after = desk.whole("M017.after_hours")? * 3_600;
    Ok(kernels::each_standing_line(move |spot| {
        let visit = spot.visit as usize;
        let (begin, end) = (spot.data.visits.begin[visit], spot.data.visits.end[visit]);
        let early = begin.since_as_written(spot.time()) > before;
        let late = end >= begin && spot.time().since_as_written(end) > after;
        let facts = [
            Fact::Moment(spot.time()),
            Fact::Moment(begin),
            Fact::Moment(end),
        ];
        (early || late).then(|| spot.hit(facts))
    }))
}
