//! The small grammar of restrictions in catalogue files.
//!
//! A restriction is one or more tests joined by `&`, all of which must hold:
//!
//! ```text
//! test   = name op value
//! op     = "=" | "!=" | "<=" | ">="
//! value  = one or more values separated by ";" — any of them satisfies the test
//! ```
//!
//! `<=` and `>=` go with the numbers `age`, `age_days`, `enrolled_years`, `admission` and
//! `stay_days`; words take `=` and `!=`. Examples: `age<=14`, `sex=female&age>=18`,
//! `diagnosis=C;D0`, `grade!=village`.

use policy::{Condition, Range, Test, WordSet};
use terms::{Vocabulary, Word};

use super::sheet::Cells;
use crate::fault::FaultKind;

const COLUMN: &str = "restriction";

/// Reads a restriction.
pub(crate) fn read_restriction(row: &Cells<'_, '_>, text: &str) -> Option<Condition> {
    let mut condition = Condition::default();
    for part in text.split('&') {
        let (name, op, value) = split(row, part.trim())?;
        let test = read_test(row, name, op, value)?;
        if op == "!=" {
            condition.unless.push(test);
        } else {
            condition.when.push(test);
        }
    }
    Some(condition)
}

fn split<'t>(row: &Cells<'_, '_>, part: &'t str) -> Option<(&'t str, &'static str, &'t str)> {
    for op in ["<=", ">=", "!=", "="] {
        if let Some((name, value)) = part.split_once(op)
            && !value.trim().is_empty()
        {
            return Some((name.trim(), op, value.trim()));
        }
    }
    let message = format!("“{part}”不是条件，应写作 age<=14 或 sex=female");
    row.fault(COLUMN, FaultKind::Syntax, message);
    None
}

fn read_test(row: &Cells<'_, '_>, name: &str, op: &str, value: &str) -> Option<Test> {
    let test = match name {
        "age" => return number(row, op, value).map(Test::Age),
        "age_days" => return number(row, op, value).map(Test::AgeDays),
        "enrolled_years" => return number(row, op, value).map(Test::EnrolledYears),
        "admission" => return number(row, op, value).map(Test::Admission),
        "stay_days" => return number(row, op, value).map(Test::StayDays),
        "category" => Test::Category(closed(row, value)?),
        "sex" => Test::Sex(closed(row, value)?),
        "grade" => Test::Grade(closed(row, value)?),
        "institution_kind" => Test::InstitutionKind(closed(row, value)?),
        "locality" => Test::Locality(closed(row, value)?),
        "care" => Test::Care(closed(row, value)?),
        "cause" => Test::Cause(closed(row, value)?),
        "identity" => Test::Identity(words(value)),
        "mark" => Test::Mark(words(value)),
        "disease" => Test::Disease(words(value)),
        "diagnosis" => Test::Diagnosis(words(value)),
        "institution" => Test::Institution(words(value)),
        _ => {
            row.fault(
                COLUMN,
                FaultKind::UnknownKey,
                format!("没有“{name}”这一种条件"),
            );
            return None;
        }
    };
    if op == "=" || op == "!=" {
        return Some(test);
    }
    row.fault(
        COLUMN,
        FaultKind::WrongType,
        format!("“{name}”只能用 = 或 !="),
    );
    None
}

fn number(row: &Cells<'_, '_>, op: &str, value: &str) -> Option<Range<i32>> {
    let Ok(number) = value.parse::<i32>() else {
        row.fault(COLUMN, FaultKind::WrongType, format!("“{value}”不是整数"));
        return None;
    };
    let (from, to) = match op {
        "<=" => (None, Some(number)),
        ">=" => (Some(number), None),
        _ => (Some(number), Some(number)),
    };
    Some(Range { from, to })
}

fn closed<V: Vocabulary>(row: &Cells<'_, '_>, value: &str) -> Option<WordSet<V>> {
    let values: Vec<Option<V>> = value
        .split(';')
        .map(|text| row.term(COLUMN, text.trim()))
        .collect();
    let values: Option<Vec<V>> = values.into_iter().collect();
    values.map(|values| WordSet::of(&values))
}

fn words(value: &str) -> Vec<Word> {
    value
        .split(';')
        .map(|text| Word::new(text.trim()))
        .collect()
}
