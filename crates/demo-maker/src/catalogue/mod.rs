//! 示范目录 — a catalogue of our own making, with codes shaped like the national ones.

mod core;
mod csv;
mod drugs;
mod services;
mod shape;
mod supplies;

use jiff::civil::date;
use money::Fen;
use terms::{Date, Grade, ItemClass, ItemKind, Scheme, Word};

use crate::Random;

pub use self::csv::items_csv;

/// The seed of the committed example catalogue.
pub const CATALOGUE_SEED: u64 = 20_241_115;
/// The number of items of the committed example catalogue.
pub const CATALOGUE_SIZE: usize = 3_000;

/// One invented item of the catalogue (目录项目).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// National-shaped code that no national table contains.
    pub code: String,
    /// 名称.
    pub name: String,
    /// 目录类别.
    pub kind: ItemKind,
    /// Groups that rules may name (项目分组): `procured` (集采), `negotiated` (谈判),
    /// `separate_payment` (单独支付), `two_diseases_drug` (两病用药), `insulin` (胰岛素),
    /// `covid_plan`, `tcm` (中医药), `implants` (植入材料).
    pub groups: Vec<Word>,
    /// 医疗收费项目类别, two digits from 01 to 14.
    pub charge_category: &'static str,
    /// 计价单位.
    pub unit: String,
    /// 规格; may be empty.
    pub specification: String,
    /// What an institution usually charges (参考价).
    pub price: Fen,
    /// 限定支付范围, if any.
    pub limitation: Option<Limitation>,
    /// On what terms it is payable, by date, scheme and grade.
    pub periods: Vec<ItemPeriod>,
}

/// Where alone an item is payable (限定支付范围).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limitation {
    /// 中文 wording.
    pub note: &'static str,
    /// The same as a condition, such as `age<=14` or `sex=female`.
    pub condition: &'static str,
}

/// On what terms an item is payable over a span of days (支付条件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPeriod {
    /// First day.
    pub from: Date,
    /// Last day, or open.
    pub to: Option<Date>,
    /// Only for these schemes; for all if empty.
    pub schemes: Vec<Scheme>,
    /// Only at these grades; at all if empty.
    pub grades: Vec<Grade>,
    /// 甲, 乙 or 丙.
    pub class: ItemClass,
    /// 先行自付比例 in percent.
    pub prior_percent: u32,
    /// 支付标准 or 限价 per unit.
    pub ceiling: Option<Fen>,
}

impl ItemPeriod {
    /// Terms without an end, for everybody everywhere.
    pub(crate) const fn always(class: ItemClass, prior_percent: u32, ceiling: Option<Fen>) -> Self {
        Self {
            from: date(2020, 1, 1),
            to: None,
            schemes: Vec::new(),
            grades: Vec::new(),
            class,
            prior_percent,
            ceiling,
        }
    }
}

impl Item {
    /// Whether it is payable on some terms on that day.
    pub fn is_listed_on(&self, day: Date) -> bool {
        let listed =
            |period: &ItemPeriod| period.from <= day && period.to.is_none_or(|to| day <= to);
        self.periods.iter().any(listed)
    }

    /// The class on that day, for somebody to whom the first fitting terms apply.
    pub fn class_on(&self, day: Date) -> Option<ItemClass> {
        let fits =
            |period: &&ItemPeriod| period.from <= day && period.to.is_none_or(|to| day <= to);
        self.periods.iter().find(fits).map(|period| period.class)
    }

    /// Whether it belongs to a group.
    pub fn is_in(&self, group: &str) -> bool {
        self.groups.iter().any(|word| word == group)
    }
}

/// A diagnosis (疾病诊断).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Diagnosis {
    /// ICD-10-shaped code.
    pub code: &'static str,
    /// 中文 name.
    pub name: &'static str,
}

const DIAGNOSES: &str = include_str!("../../../../catalogues/example/diagnoses.csv");

/// The diagnoses of the example catalogue as `diagnoses.csv`.
pub const fn diagnoses_csv() -> &'static str {
    DIAGNOSES
}

/// The diagnoses of the example catalogue: codes and names that are common knowledge.
pub fn diagnoses() -> Vec<Diagnosis> {
    let rows = DIAGNOSES
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','));
    rows.map(|(code, name)| Diagnosis { code, name }).collect()
}

/// How many items at the beginning of every catalogue are hand-written.
pub(crate) fn hand_written() -> usize {
    core::items().len()
}

/// A catalogue of that many items: first the hand-written ones, which are always all there, then
/// generated ones. A bigger catalogue from the same seed begins with the smaller one.
pub fn catalogue(seed: u64, size: usize) -> Vec<Item> {
    let mut items = core::items();
    let mut random = Random::named(seed, "catalogue");
    while items.len() < size {
        let index = items.len();
        items.push(match random.weighted(&[60, 25, 15]) {
            0 => drugs::drug(&mut random, index),
            1 => services::service(&mut random, index),
            _ => supplies::supply(&mut random, index),
        });
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_distinct_and_shaped() {
        let items = catalogue(CATALOGUE_SEED, 100_000);
        let codes: BTreeSet<&str> = items.iter().map(|item| item.code.as_str()).collect();
        assert_eq!(codes.len(), items.len());
        for item in &items {
            let (first, length) = (item.code.as_bytes()[0], item.code.len());
            let shapes = [(b'X', 23), (b'Z', 20), (b'T', 10), (b'0', 15), (b'C', 27)];
            assert!(shapes.contains(&(first, length)), "{}", item.code);
        }
    }

    #[test]
    fn a_bigger_catalogue_begins_with_the_smaller_one() {
        assert_eq!(catalogue(5, 900)[..600], catalogue(5, 600));
    }

    #[test]
    fn most_items_are_listed_in_2024_and_all_classes_occur() {
        let items = catalogue(CATALOGUE_SEED, CATALOGUE_SIZE);
        let day = date(2024, 11, 15);
        let listed = items.iter().filter(|item| item.is_listed_on(day)).count();
        assert!((2900..3000).contains(&listed), "{listed}");
        for class in ItemClass::ALL {
            let of_class = |item: &&Item| item.class_on(day) == Some(*class);
            assert!(items.iter().filter(of_class).count() > 200, "{class}");
        }
    }

    #[test]
    fn terms_never_overlap_and_leave_no_grade_out() {
        for item in catalogue(CATALOGUE_SEED, CATALOGUE_SIZE) {
            for grade in Grade::ALL {
                for scheme in [Scheme::Employee, Scheme::Resident] {
                    let fits = |p: &&ItemPeriod| {
                        (p.grades.is_empty() || p.grades.contains(grade))
                            && (p.schemes.is_empty() || p.schemes.contains(&scheme))
                    };
                    let periods: Vec<_> = item.periods.iter().filter(fits).collect();
                    assert!(!periods.is_empty(), "{}", item.name);
                    for pair in periods.windows(2) {
                        assert!(pair[0].to.unwrap() < pair[1].from, "{}", item.name);
                    }
                }
            }
        }
    }

    #[test]
    fn diagnoses_are_distinct_and_shaped() {
        let all = diagnoses();
        assert!(all.len() > 300);
        let codes: BTreeSet<&str> = all.iter().map(|one| one.code).collect();
        assert_eq!(codes.len(), all.len());
        assert!(
            codes
                .iter()
                .all(|code| code.len() == 7 && code.as_bytes()[3] == b'.')
        );
    }
}
