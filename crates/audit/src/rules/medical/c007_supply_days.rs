use lines::{Care, Visits};
use money::{Ratio, Rounding};

use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C007",
    name: "超天数开药",
    english: "Days of supply above limit",
    category: Category::Medical,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "C007.emergency",
            default: "3",
            meaning: "急诊处方天数上限",
        },
        Parameter {
            key: "C007.ordinary",
            default: "7",
            meaning: "普通门诊处方天数上限",
        },
        Parameter {
            key: "C007.chronic",
            default: "30",
            meaning: "慢特病处方天数上限，各地28至84",
        },
        Parameter {
            key: "C007.long",
            default: "84",
            meaning: "长期处方天数上限（十二周）",
        },
    ],
    finds: "处方天数超过急诊、普通门诊、慢性病或长期处方的上限。",
    why: "超量开药，易浪费和倒卖。",
    clause: "《处方管理办法》第十九条；《长期处方管理规范（试行）》",
    false_alarms: "行动不便、老年病注明理由可延长；长期处方须有标记。",
    says: "处方{0}天，上限{1}天（{2}）",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let limits = [
        "C007.emergency",
        "C007.ordinary",
        "C007.chronic",
        "C007.long",
    ]
    .map(|key| desk.whole(key));
    let [emergency, ordinary, chronic, long] = limits;
    let (emergency, ordinary, chronic, long) = (emergency?, ordinary?, chronic?, long?);
    Ok(kernels::each_standing_line(move |spot| {
        let days = i64::from(spot.data.lines.supply_days(spot.row)?);
        let care = spot.care();
        let prolonged = spot.data.visits.has(spot.visit, Visits::LONG_PRESCRIPTION);
        let limit = match care {
            Care::EMERGENCY => emergency,
            _ if prolonged => long,
            Care::OUTPATIENT => ordinary,
            Care::CHRONIC => chronic,
            _ => return None,
        };
        let facts = [Fact::Whole(days), Fact::Whole(limit), Fact::Care(care)];
        let excess = (days > limit).then(|| Ratio::new(days - limit, days))?;
        Some(Hit::new(
            spot.in_scope().times(excess, Rounding::HalfUp),
            facts,
        ))
    }))
}
