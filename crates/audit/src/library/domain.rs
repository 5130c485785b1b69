use lines::Day;

use super::{Given, RowStatus};
use crate::Strength;
use crate::knowledge::keys_of;

/// What a column of a table must hold (取值范围).
enum Domain {
    Whole,
    Decimal,
    Word(&'static [&'static str]),
}

use Domain::{Decimal, Whole, Word};

/// Columns without which a row says nothing, by table.
const DOMAINS: [(&str, &str, Domain); 23] = [
    ("k_drug_sex", "sex", Word(&["1", "2"])),
    ("k_item_sex", "sex", Word(&["1", "2"])),
    ("k_drug_age", "age_class", Word(AGES)),
    ("k_item_age", "age_class", Word(AGES)),
    ("k_drug_level", "min_level", Whole),
    ("k_item_level", "min_level", Whole),
    ("k_drug_setting", "setting", Word(SETTINGS)),
    ("k_item_setting", "setting", Word(SETTINGS)),
    (
        "k_drug_fund",
        "only_fund",
        Word(&["maternity", "work_injury"]),
    ),
    ("k_drug_course", "max_pay_days", Whole),
    ("k_item_course", "max_pay_days", Whole),
    ("k_item_daily_cap", "cap", Decimal),
    (
        "k_item_daily_cap",
        "unit",
        Word(&["times_per_day", "hours_per_day"]),
    ),
    ("k_item_cycle_cap", "max_times", Decimal),
    ("k_item_cycle_cap", "window_days", Whole),
    (
        "k_item_includes",
        "window",
        Word(&["day", "visit", "6h", "1h"]),
    ),
    ("k_item_total_cap", "max_amount", Decimal),
    ("k_mutex_group", "rank", Whole),
    ("k_imaging_region", "window_days", Whole),
    ("k_price_limit", "limit", Decimal),
    ("k_vbp_price", "limit", Decimal),
    ("k_bed_standard", "limit", Decimal),
    ("k_std_price", "std_price", Decimal),
];
/// Tables whose `severity` is a word of medicine.
const OWN_SEVERITY: [&str; 1] = ["k_ddi"];
const AGES: &[&str] = &["新生儿", "婴幼儿", "儿童"];
const SETTINGS: &[&str] = &["inpatient", "outpatient"];

/// What is wrong with a row by itself, Chinese; empty when it can be taken (知识行检查).
pub fn faults_of(given: &Given) -> Vec<String> {
    let mut faults = Vec::new();
    let keys = keys_of(&given.table).unwrap_or_default();
    for key in keys.iter().filter(|key| given.key(key).is_empty()) {
        faults.push(format!("缺少 {key}"));
    }
    if keys.is_empty() && given.cells.is_empty() {
        faults.push("空行".to_owned());
    }
    for (table, column, domain) in &DOMAINS {
        if *table == given.table && !domain.holds(given.text(column)) {
            let text = given.text(column);
            faults.push(format!("{column} 的值“{text}”应为{}", domain.name()));
        }
    }
    common(given, &mut faults);
    faults
}

/// The columns that every table may have.
fn common(given: &Given, faults: &mut Vec<String>) {
    let day = |column: &str| {
        let text = given.text(column);
        (text, Day::parse(text))
    };
    let ((from, begin), (until, end)) = (day("from"), day("until"));
    for (text, read, name) in [(from, begin, "开始日期"), (until, end, "结束日期")] {
        if !text.is_empty() && read.is_none() {
            faults.push(format!("{name} 的值“{text}”不是日期"));
        }
    }
    if begin.zip(end).is_some_and(|(begin, end)| begin > end) {
        faults.push(format!("开始日期{from}晚于结束日期{until}"));
    }
    if RowStatus::parse(given.text("status")).is_none() {
        let text = given.text("status");
        faults.push(format!(
            "status 的值“{text}”应为 draft、trial、active、retired"
        ));
    }
    let severity = given.text("severity");
    let own = OWN_SEVERITY.contains(&given.table.as_str());
    if !own && !severity.is_empty() && Strength::parse(severity).is_none() {
        faults.push(format!(
            "severity 的值“{severity}”应为 remind、suspect、deduct"
        ));
    }
    let version = given.text("version");
    let counts = |text: &str| text.parse::<i64>().is_ok_and(|number| number > 0);
    if !version.is_empty() && !counts(version) {
        faults.push(format!("version 的值“{version}”应为正整数"));
    }
}

impl Domain {
    fn holds(&self, text: &str) -> bool {
        match self {
            Self::Whole => text.parse::<i64>().is_ok_and(|number| number >= 0),
            Self::Decimal => money::parse_decimal(text, 4).is_ok_and(|number| number >= 0),
            Self::Word(words) => words.contains(&text),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Whole => "整数".to_owned(),
            Self::Decimal => "数字".to_owned(),
            Self::Word(words) => words.join("、"),
        }
    }
}
