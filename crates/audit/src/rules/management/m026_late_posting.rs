use crate::{Built, Category, Desk, Fact, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M026",
    name: "跨期补录",
    english: "Late posting",
    category: Category::Management,
    grain: Grain::Line,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[Parameter {
        key: "M026",
        default: "180",
        meaning: "费用发生到结算最多相隔的天数",
    }],
    finds: "费用发生到结算相隔超过规定天数。",
    why: "长期滞后的补录难以核实。",
    clause: "定点医疗机构服务协议",
    false_alarms: "长期住院年底结转。",
    says: "发生于{0}，结算于{1}，相隔{2}天",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let days = desk.whole("M026")?;
    Ok(kernels::each_standing_line(move |spot| {
        let settled = spot.data.visits.settled(spot.visit)?;
        let apart = i64::from(settled.day().0 - spot.day().0);
        let facts = [
            Fact::Day(spot.day()),
            Fact::Day(settled.day()),
            Fact::Whole(apart),
        ];
        (apart > days).then(|| spot.hit(facts))
    }))
}
