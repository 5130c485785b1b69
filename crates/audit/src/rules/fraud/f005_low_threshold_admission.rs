use lines::{Data, Row};
use money::Fen;

use crate::{
    Built, Category, Desk, Entry, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F005",
    name: "低标准入院",
    english: "Low-threshold admission",
    category: Category::Fraud,
    grain: Grain::Visit,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_low_threshold_dx"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F005.los",
            default: "3",
            meaning: "最多住院天数",
        },
        Parameter {
            key: "F005.test_share",
            default: "0.6",
            meaning: "检查检验费用占比下限",
        },
        Parameter {
            key: "F005.dt_share",
            default: "0.25",
            meaning: "治疗用药费用占比上限",
        },
        Parameter {
            key: "test_prefix",
            default: "0025",
            meaning: "检查检验项目的编码前缀；影像一并算检查的地方加 0021、0022、0023",
        },
        Parameter {
            key: "F005.care",
            default: "001101|001102|001109|001201|0021|0022|0023",
            meaning: "诊查、床位、护理和影像、超声、核医学的编码前缀：既非检验也非治疗",
        },
        Parameter {
            key: "F005.operations",
            default: "0033|0012020000",
            meaning: "手术、抢救的编码前缀",
        },
    ],
    finds: "短住院、以检查为主、少治疗用药，主要诊断可在门诊处理，没有手术和抢救。",
    why: "不符合住院指征，把门诊检查变成住院。",
    clause: "《医疗保障基金使用监督管理条例》第三十八条第（一）项",
    false_alarms: "老人、幼儿、合并症；日间检查。",
    says: "住院{0}天，检查占{1}，治疗用药占{2}",
    version: 3,
    build,
};

/// Diagnoses that are treated without a stay.
const TABLE: &str = "k_low_threshold_dx";

fn build(desk: &Desk<'_>) -> Built {
    let days = desk.whole("F005.los")?;
    let (tests, treatment) = (
        desk.decimal("F005.test_share", 3)?,
        desk.decimal("F005.dt_share", 3)?,
    );
    let class = classes(desk);
    let prefix = |row: Row<'_>| desk.entry(TABLE, row, row.text("icd_prefix").to_owned());
    let low: Vec<Entry<String>> = desk.table(TABLE)?.rows().map(prefix).collect();
    let exception = |row: Row<'_>| Some(desk.entry(TABLE, row, Unless::of(row)?));
    let unless: Vec<Entry<Unless>> = desk.table(TABLE)?.rows().filter_map(exception).collect();
    Ok(kernels::each_visit(move |data, visit| {
        let nights = i64::from(data.visits.nights(visit));
        let main = data.visits.main_diagnosis(visit)?;
        if !data.visits.is_stay(visit) || nights > days {
            return None;
        }
        let outpatient = low.iter().find(|entry| {
            main.code.starts_with(entry.value.as_str()) && entry.applies_to_visit(data, visit)
        })?;
        let mut sums = [Fen::ZERO; 4];
        for row in data.lines_of(visit) {
            let class = class[data.lines.item[row as usize] as usize];
            sums[class as usize] += data.lines.amount[row as usize];
        }
        let all: Fen = sums.iter().copied().sum();
        let share = |part: Class| per_mille(sums[part as usize], all);
        let tested = share(Class::Test)?;
        let treated = share(Class::Treatment)? + share(Class::Operation)?;
        let operated = sums[Class::Operation as usize] > Fen::ZERO
            || unless.iter().any(|entry| {
                entry.applies_to_visit(data, visit) && entry.value.holds(data, visit, main.code)
            });
        let facts = [
            Fact::Whole(nights),
            Fact::PerMille(tested),
            Fact::PerMille(treated),
        ];
        let hit = Hit::new(kernels::in_scope_of(data, visit), facts);
        (tested > tests && treated < treatment && !operated).then(|| outpatient.cited(hit))
    }))
}

/// Below what age, or with what else, a diagnosis of the list is a reason to admit after all.
struct Unless {
    prefix: String,
    younger: Option<i32>,
    complicated: bool,
}

impl Unless {
    /// The exception that data can show: an age (`age<3`), a complication beside the main
    /// diagnosis.
    fn of(row: Row<'_>) -> Option<Self> {
        let words = row.given("unless")?;
        let age = words.split_once("age<").map(|(_, rest)| rest);
        let digits = |rest: &str| {
            rest.find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len())
        };
        Some(Self {
            prefix: row.text("icd_prefix").to_owned(),
            younger: age.and_then(|rest| rest[..digits(rest)].parse().ok()),
            complicated: words.contains("complication"),
        })
    }

    fn holds(&self, data: &Data, visit: u32, main: &str) -> bool {
        let person = data.visits.person[visit as usize];
        let age = data.age_on(person, data.visits.begin[visit as usize].day());
        let young = age
            .zip(self.younger)
            .is_some_and(|(age, limit)| age < limit);
        let second = data.visits.diagnosis_numbers(visit).len() > 1;
        main.starts_with(&self.prefix) && (young || self.complicated && second)
    }
}

/// What a line counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Treatment,
    Test,
    Care,
    Operation,
}

fn classes(desk: &Desk<'_>) -> Vec<Class> {
    let mut classes = vec![Class::Treatment; desk.data.items.len()];
    let marks = [
        ("F005.care", Class::Care),
        ("test_prefix", Class::Test),
        ("F005.operations", Class::Operation),
    ];
    for (key, class) in marks {
        for item in desk.items(desk.text(key)) {
            classes[item as usize] = class;
        }
    }
    classes
}

fn per_mille(part: Fen, all: Fen) -> Option<i64> {
    let share = i128::from(part.get())
        .checked_mul(1000)?
        .checked_div(i128::from(all.get()))?;
    i64::try_from(share).ok()
}
