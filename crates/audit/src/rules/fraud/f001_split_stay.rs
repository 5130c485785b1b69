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
    false_alarms: "放化疗、透析、分期手术、另一眼手术、分娩等计划内再入院（按知识表排除）；病危急诊再入院。",
    says: "前次{0}于{1}出院，主要诊断{2}",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let gap = desk.whole("split_gap_days")?;
    let name = "k_planned_readmit";
    let entry = |row: Row<'_>| desk.entry(name, row, Planned::of(row));
    let planned: Vec<Entry<Planned>> = desk.table(name).map_or_else(
        |_| {
            BY_NATURE
                .map(|code| Entry::plain(Planned::plain(code)))
                .to_vec()
        },
        |table| table.rows().map(entry).collect(),
    );
    let operations = desk.items(OPERATIONS);
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
                entry.applies_to_visit(data, pair.later)
                    && entry.value.excuses(data, pair, after.code, &operations)
            });
        let split = pair.gap >= 0
            && days_between(data, pair) <= gap
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

/// Without the table: radio- and chemotherapy, dialysis, childbirth and newborns.
const BY_NATURE: [&str; 4] = ["Z51", "Z49", "O", "P"];

/// Operations: the second of a staged treatment is one.
const OPERATIONS: &str = "0033";

/// Dates from the earlier discharge to the later admission.
fn days_between(data: &Data, pair: &StayPair) -> i64 {
    let end = data.visits.end[pair.earlier as usize].day();
    i64::from(data.visits.begin[pair.later as usize].day().0 - end.0)
}

/// A readmission that was planned (计划内再入院): `Z51.1`, `H25-H26 other eye`, `C00-C97 with
/// operation stage 2`, and within how many days.
#[derive(Clone)]
struct Planned {
    first: String,
    last: String,
    operation: bool,
    most_days: Option<i64>,
}

impl Planned {
    fn plain(code: &str) -> Self {
        Self {
            first: code.to_owned(),
            last: code.to_owned(),
            operation: false,
            most_days: None,
        }
    }

    fn of(row: Row<'_>) -> Self {
        let text = row.text("icd_or_item");
        let codes = text.split_whitespace().next().unwrap_or_default();
        let (first, last) = codes.split_once('-').unwrap_or((codes, codes));
        Self {
            first: first.to_owned(),
            last: last.to_owned(),
            operation: text.contains("operation"),
            most_days: row.whole("max_gap_days"),
        }
    }

    fn excuses(&self, data: &Data, pair: &StayPair, code: &str, operations: &[u32]) -> bool {
        let begins = code.get(..self.last.len()).unwrap_or(code);
        let named = self.first.as_str() <= code && begins <= self.last.as_str();
        let item = |row: u32| data.lines.item[row as usize];
        let operated = || {
            let mut rows = data.lines_of(pair.later);
            rows.any(|row| operations.binary_search(&item(row)).is_ok())
        };
        let soon = self
            .most_days
            .is_none_or(|most| days_between(data, pair) <= most);
        !self.first.is_empty() && named && soon && (!self.operation || operated())
    }
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
