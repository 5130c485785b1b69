use lines::Data;
use money::Fen;

use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "F006",
    name: "死亡后结算",
    english: "Claims after death",
    category: Category::Fraud,
    grain: Grain::Visit,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[Parameter {
        key: "F006.days",
        default: "0",
        meaning: "死亡日之后宽限的天数",
    }],
    finds: "死亡日之后还有就诊结算；死亡时在院的，死亡次日之后还有费用。",
    why: "死者不能就医，冒用参保凭证。",
    clause: "《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "死亡日期登记错误；住院死亡后补结算（看就诊开始日）。",
    says: "{0}已死亡{1}",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let known = desk.data.people.death.iter().any(Option::is_some);
    desk.require(
        known || desk.data.people.registered,
        "缺少死亡日期（people.death）",
    )?;
    let grace = i32::try_from(desk.whole("F006.days")?).unwrap_or(0);
    Ok(kernels::each_visit(move |data, visit| {
        let death = data.people.death[data.visits.person[visit as usize] as usize]?;
        if data.visits.begin[visit as usize].day().0 > death.0 + grace {
            let amount = kernels::in_scope_of(data, visit);
            return Some(Hit::new(amount, [Fact::Day(death), Fact::None]));
        }
        // A stay may be closed on the day after: its fees count from the next day on.
        let (lines, amount) = charged_after(data, visit, death.0 + grace + 1);
        let words = Fact::Words("，出院手续之后还有费用");
        let open = data.visits.is_stay(visit) && lines > 0;
        (open && amount > Fen::ZERO).then(|| Hit::new(amount, [Fact::Day(death), words]))
    }))
}

/// How many lines of a visit lie after a day, and what they come to in scope.
fn charged_after(data: &Data, visit: u32, day: i32) -> (usize, Fen) {
    let late = data
        .lines_of(visit)
        .filter(|&row| data.lines.time[row as usize].day().0 > day);
    let amounts: Vec<Fen> = late.map(|row| data.lines.in_scope(row)).collect();
    (amounts.len(), amounts.into_iter().sum())
}
