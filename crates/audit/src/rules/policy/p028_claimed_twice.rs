use lines::{NONE, Visits};
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "P028",
    name: "同一费用重复报销",
    english: "Same expense claimed twice",
    category: Category::Policy,
    grain: Grain::CrossProvider,
    phases: Phase::AFTERWARDS,
    strength: Strength::Deduct,
    knowledge: &[],
    feeds: &[],
    parameters: &[Parameter {
        key: "P028.tol",
        default: "0.01",
        meaning: "总额相同允许的尾差，元",
    }],
    finds: "同一人两次结算用了同一张电子票据，或机构、入出院时间和总额都相同。",
    why: "一次费用只能报销一次。",
    clause: "《医疗保障基金使用监督管理条例实施细则》（2026）",
    false_alarms: "票据冲红后重开；同日同额的不同就诊（起止时间不同不在此列）。",
    says: "与{0}重复（{1}）",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let tolerance = desk.decimal("P028.tol", 2)?;
    Ok(Kernel::People(Box::new(move |person, sheet| {
        let (data, visits) = (person.data, &person.data.visits);
        let total = |visit: u32| -> Fen {
            data.lines_of(visit)
                .map(|row| data.lines.amount[row as usize])
                .sum()
        };
        let kept: Vec<u32> = person
            .visits
            .iter()
            .copied()
            .filter(|&visit| !visits.has(visit, Visits::REVERSED))
            .collect();
        for (at, &later) in kept.iter().enumerate() {
            let earlier = kept[..at].iter().find_map(|&earlier| {
                let (a, b) = (earlier as usize, later as usize);
                let ticket = visits.invoice[a] != NONE && visits.invoice[a] == visits.invoice[b];
                let times = visits.begin[a] == visits.begin[b] && visits.end[a] == visits.end[b];
                let same = times
                    && visits.provider[a] == visits.provider[b]
                    && (total(earlier).get() - total(later).get()).abs() <= tolerance;
                let words = if ticket {
                    "电子票据号相同"
                } else {
                    "机构、起止时间和总额相同"
                };
                (ticket || (same && total(later) > Fen::ZERO)).then_some((earlier, words))
            });
            if let Some((earlier, words)) = earlier {
                let facts = [Fact::Visit(earlier), Fact::Words(words)];
                sheet.visit(later, Hit::new(kernels::in_scope_of(data, later), facts));
            }
        }
    })))
}
