use lines::Register;

use crate::{Built, Category, Desk, Fact, Grain, Hit, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "F003",
    name: "住院期间外购/门诊刷卡",
    english: "Card used elsewhere during stay",
    category: Category::Fraud,
    grain: Grain::CrossProvider,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[],
    finds: "住院期间（不含入院日、出院日）在别的机构门诊或药店结算。",
    why: "人在住院，卡在别处用：挂床或冒用。",
    clause: "《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "批准的外购药、双通道购药；请假外出。",
    says: "正在{0}住院（{1}至{2}）",
    version: 2,
    build,
};

fn build(_: &Desk<'_>) -> Built {
    Ok(kernels::during_stay(|data, visit, stay| {
        let visits = &data.visits;
        let day = visits.begin[visit as usize].day();
        let (from, until) = (
            visits.begin[stay as usize].day(),
            visits.end[stay as usize].day(),
        );
        let elsewhere = visits.provider[visit as usize] != visits.provider[stay as usize];
        let approved = data
            .register(Register::DrugApproval)
            .is_some_and(|approvals| {
                let person = visits.person[visit as usize];
                let mut rows = data.lines_of(visit);
                !rows.is_empty()
                    && rows.all(|row| {
                        let code = data.items.code(data.lines.item[row as usize]);
                        data.keys
                            .find(code)
                            .is_some_and(|key| approvals.covers_key(person, key, day))
                    })
            });
        let facts = [
            Fact::Provider(visits.provider[stay as usize]),
            Fact::Day(from),
            Fact::Day(until),
        ];
        let away = elsewhere && from < day && day < until && !approved;
        away.then(|| Hit::new(kernels::in_scope_of(data, visit), facts))
    }))
}
