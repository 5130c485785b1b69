use std::collections::BTreeSet;

use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "F004",
    name: "挂床住院",
    english: "Hanging bed",
    category: Category::Fraud,
    grain: Grain::Visit,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F004_x",
            default: "0.5",
            meaning: "没有治疗用药的天数占住院天数的比例",
        },
        Parameter {
            key: "F004.los",
            default: "3",
            meaning: "住院多少天起看",
        },
        Parameter {
            key: "F004.passive",
            default: "001101|001102|001109|001201|0021|0022|0023|0025",
            meaning: "不算治疗的项目：挂号诊查、床位、护理、影像、超声、核医学、检验的编码前缀",
        },
    ],
    finds: "住院三天以上，多数日子没有任何治疗、用药。",
    why: "人不在院而占床收费。",
    clause: "《医疗保障基金使用监督管理条例》第三十八条第（一）项",
    false_alarms: "观察期、术前等待；护理类为主的康复。",
    says: "住院{0}天，{1}天没有治疗用药",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (share, least) = (desk.decimal("F004_x", 3)?, desk.whole("F004.los")?);
    let mut passive = vec![false; desk.data.items.len()];
    for item in desk.items(desk.text("F004.passive")) {
        passive[item as usize] = true;
    }
    Ok(kernels::each_visit(move |data, visit| {
        let nights = i64::from(data.visits.nights(visit));
        if !data.visits.is_stay(visit) || nights < least {
            return None;
        }
        let first = data.visits.begin[visit as usize].day();
        let rows: Vec<u32> = data.lines_of(visit).collect();
        // A stay without any line has not told of its care.
        if rows.is_empty() {
            return None;
        }
        let gone = kernels::cancelled(data, &rows);
        let active = rows.iter().filter(|&row| {
            !passive[data.lines.item[*row as usize] as usize] && !gone.contains(row)
        });
        let days: BTreeSet<i32> = active
            .copied()
            .map(|row| data.lines.time[row as usize].day().0 - first.0)
            .collect();
        let treated = days
            .iter()
            .filter(|&&day| (0..nights).contains(&i64::from(day)))
            .count();
        let idle = nights - i64::try_from(treated).unwrap_or(0);
        let facts = [Fact::Whole(nights), Fact::Whole(idle)];
        (idle * 1000 > nights * share).then(|| Hit::new(kernels::in_scope_of(data, visit), facts))
    }))
}
