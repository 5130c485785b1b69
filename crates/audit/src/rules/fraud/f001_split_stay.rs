use lines::{Data, NONE, Row, Visits};

use crate::kernels::StayPair;
use crate::{
    Built, Category, Desk, Entry, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F001",
    name: "分解住院",
    english: "Split stays",
    category: Category::Fraud,
    grain: Grain::CrossProvider,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_planned_readmit"],
    feeds: &[],
    parameters: &[Parameter {
        key: "split_gap_days",
        default: "15",
        meaning: "出院到再入院的天数，各地7、10、14、15、28不等",
    }],
    finds: "同一人在同一机构出院后短期内以相同主要诊断再次入院。",
    why: "把一次住院拆成几次，多收起付线外的费用、多占病组。",
    clause: "《医疗保障基金使用监督管理条例》第三十八条第（一）项",
    false_alarms: "放化疗、透析等计划内再入院（按知识表排除）；病危急诊再入院。",
    says: "前次{0}于{1}出院，主要诊断{2}",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let gap = desk.whole("split_gap_days")? * 86_400;
    let name = "k_planned_readmit";
    let code = |row: Row<'_>| desk.entry(name, row, row.text("icd_or_item").to_owned());
    let planned: Vec<Entry<String>> = desk.table(name).map_or_else(
        |_| {
            ["Z51", "Z49"]
                .map(|code| Entry::plain(code.to_owned()))
                .to_vec()
        },
        |table| table.rows().map(code).collect(),
    );
    Ok(kernels::consecutive_stays(move |data, pair| {
        let visits = &data.visits;
        let provider = |visit: u32| visits.provider[visit as usize];
        let (before, after) = (
            visits.main_diagnosis(pair.earlier)?,
            visits.main_diagnosis(pair.later)?,
        );
        let family = |code: &str| code.get(..3).map(str::to_owned);
        let same = family(before.code).is_some_and(|one| family(after.code) == Some(one));
        let excused = visits.has(pair.later, Visits::CRITICAL)
            || visits.has(pair.earlier, Visits::DIED_OR_MOVED)
            || planned.iter().any(|entry| {
                let excuses = entry.applies_to_visit(data, pair.later);
                excuses && after.code.starts_with(entry.value.as_str())
            });
        let split = (0..=gap).contains(&pair.gap)
            && provider(pair.earlier) == provider(pair.later)
            && same
            && near_departments(data, pair)
            && !in_cycles(visits, pair)
            && !excused;
        let number = *visits.diagnosis_numbers(pair.earlier).first()?;
        let end = visits.end[pair.earlier as usize];
        let facts = [
            Fact::Visit(pair.earlier),
            Fact::Moment(end),
            Fact::Diagnosis(number),
        ];
        split.then(|| Hit::new(kernels::in_scope_of(data, pair.later), facts))
    }))
}

/// Diagnoses of care that goes by cycles: dialysis, and radio- and chemotherapy.
const CYCLES: [&str; 2] = ["Z49", "Z51"];

/// Whether either stay names such care, even beside another main diagnosis.
fn in_cycles(visits: &Visits, pair: &StayPair) -> bool {
    let stays = [pair.earlier, pair.later].into_iter();
    let mut diagnoses = stays.flat_map(|visit| visits.diagnoses_of(visit));
    diagnoses.any(|one| CYCLES.iter().any(|code| one.code.starts_with(code)))
}

/// Whether the departments are one, or one is a part of the other by its name; no department known
/// says nothing.
fn near_departments(data: &Data, pair: &StayPair) -> bool {
    let name = |visit: u32| {
        let number = data.visits.department[visit as usize];
        let known = (number != NONE).then(|| data.departments.text(number));
        known.filter(|name| !name.is_empty())
    };
    let both = name(pair.earlier).zip(name(pair.later));
    both.is_none_or(|(a, b)| a.contains(b) || b.contains(a))
}
