use lines::{Lines, Visits};
use money::{Ratio, Rounding};

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Spot, Strength,
};

pub(super) static RULE: Rule = Rule {
    id: "M018",
    name: "出院带药超量",
    english: "Take-home drugs above limit",
    category: Category::Management,
    grain: Grain::Visit,
    phases: Phase::AFTERWARDS,
    strength: Strength::Deduct,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "M018_days",
            default: "7",
            meaning: "一般出院带药的最长天数",
        },
        Parameter {
            key: "M018_chronic_days",
            default: "30",
            meaning: "长期处方的最长天数",
        },
        Parameter {
            key: "M018_kinds",
            default: "4",
            meaning: "带药的最多品种数",
        },
    ],
    finds: "出院带药的天数或种类超过规定。",
    why: "出院带药超出限量的部分不予支付。",
    clause: "定点医疗机构服务协议；《处方管理办法》第十九条",
    false_alarms: "慢性病长期处方可延长；注射剂带药按协议。",
    says: "带药{0}天，上限{1}天",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (days, chronic) = (desk.whole("M018_days")?, desk.whole("M018_chronic_days")?);
    let kinds = usize::try_from(desk.whole("M018_kinds")?).unwrap_or(usize::MAX);
    Ok(Kernel::People(Box::new(move |person, sheet| {
        let (data, visits) = (person.data, &person.data.visits);
        for &visit in person.visits.iter().filter(|&&visit| visits.is_stay(visit)) {
            let limit = if visits.has(visit, Visits::LONG_PRESCRIPTION) {
                chronic
            } else {
                days
            };
            let mut taken: Vec<u32> = data
                .lines_of(visit)
                .filter(|&row| data.lines.has(row, Lines::TAKE_HOME))
                .collect();
            taken.sort_unstable_by(|&a, &b| data.line_order(a, b));
            let mut items: Vec<u32> = Vec::new();
            for row in taken {
                let spot = Spot::of(data, row);
                if !items.contains(&spot.item()) {
                    items.push(spot.item());
                }
                let supply = data.lines.supply_days(row).map(i64::from);
                if items.len() > kinds {
                    let facts = [Fact::Words("品种过多，"), Fact::Words("品种之外不付，天数")];
                    sheet.line(row, spot.hit(facts));
                } else if let Some(supply) = supply.filter(|&supply| supply > limit) {
                    let excess = Ratio::new(supply - limit, supply);
                    let amount = spot.in_scope().times(excess, Rounding::HalfUp);
                    sheet.line(
                        row,
                        Hit::new(amount, [Fact::Whole(supply), Fact::Whole(limit)]),
                    );
                }
            }
        }
    })))
}
