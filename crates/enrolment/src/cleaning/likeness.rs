use serde::{Deserialize, Serialize};
use strsim::osa_distance;
use terms::Date;

use super::{Limits, Record};

/// How alike two records are, field by field, in thousandths (相似度).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likeness {
    /// All fields, weighed.
    pub score: u16,
    /// Each field that both records fill.
    pub fields: Vec<FieldLikeness>,
}

/// How alike one field of two records is (字段相似度).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldLikeness {
    /// The field, 中文.
    pub field: String,
    /// In thousandths.
    pub score: u16,
    /// What it weighs.
    pub weight: u32,
}

const SAME: u16 = 1000;

/// A field's title, how alike two of its values are, what it weighs, and the values.
type Compared<'a> = (&'a str, fn(&str, &str) -> u16, u32, (&'a str, &'a str));

/// Keys that two records of one person are likely to share: only records with a key in common are
/// compared.
///
/// The day of birth with the first and with the last character of the name, the telephone, and the
/// name with the year of birth.
pub fn blocking_keys(record: &Record<'_>) -> Vec<String> {
    let mut keys = Vec::with_capacity(4);
    let birth = record.birth;
    if let (Some(first), Some(last)) = (record.name.chars().next(), record.name.chars().last()) {
        keys.push(format!("first {birth} {first}"));
        keys.push(format!("last {birth} {last}"));
        keys.push(format!("name {} {}", birth.year(), record.name));
    }
    if !record.phone.is_empty() {
        keys.push(format!("phone {}", record.phone));
    }
    keys
}

/// How alike two records are; `None` where their names alone tell them apart.
pub fn likeness(one: &Record<'_>, two: &Record<'_>, limits: &Limits) -> Option<Likeness> {
    let name = text(one.name, two.name);
    if name < limits.least_name {
        return None;
    }
    let weights = &limits.weights;
    let mut fields = vec![
        field("姓名", name, weights.name),
        field("出生日期", birth(one.birth, two.birth), weights.birth),
    ];
    if let (Some(sex), Some(other)) = (one.sex, two.sex) {
        let score = if sex == other { SAME } else { 0 };
        fields.push(field("性别", score, weights.sex));
    }
    // A passport says nothing against a resident's number: it is another document.
    let document = match one.document.len() == two.document.len() {
        true => (one.document, two.document),
        false => ("", ""),
    };
    let texts: [Compared<'_>; 3] = [
        ("证件号码", number, weights.document, document),
        ("电话", number, weights.phone, (one.phone, two.phone)),
        ("住址", text, weights.address, (one.address, two.address)),
    ];
    for (title, alike, weight, (left, right)) in texts {
        if !left.is_empty() && !right.is_empty() {
            fields.push(field(title, alike(left, right), weight));
        }
    }
    let weight: u32 = fields.iter().map(|field| field.weight).sum();
    let sum: u32 = fields
        .iter()
        .map(|field| u32::from(field.score) * field.weight)
        .sum();
    let score = u16::try_from(sum / weight.max(1)).unwrap_or(SAME);
    Some(Likeness { score, fields })
}

fn field(field: &str, score: u16, weight: u32) -> FieldLikeness {
    FieldLikeness {
        field: field.to_owned(),
        score,
        weight,
    }
}

/// What share of two texts stays when one is edited into the other: one less the optimal string
/// alignment distance over the longer length.
fn text(one: &str, two: &str) -> u16 {
    let longest = one.chars().count().max(two.chars().count());
    let edits = osa_distance(one, two).min(longest);
    per_mille(longest - edits, longest)
}

/// Numbers are alike only when a slip of the hand lies between them.
fn number(one: &str, two: &str) -> u16 {
    match osa_distance(one, two) {
        0 => SAME,
        1 => 900,
        2 => 600,
        _ => 0,
    }
}

/// The same day, a day with month and day exchanged, a day with one digit or one part amiss.
fn birth(one: Date, two: Date) -> u16 {
    if one == two {
        return SAME;
    }
    if one.year() == two.year() && one.month() == two.day() && one.day() == two.month() {
        return 850;
    }
    let parts = [
        one.year() == two.year(),
        one.month() == two.month(),
        one.day() == two.day(),
    ];
    let equal = parts.iter().filter(|equal| **equal).count();
    match (equal, osa_distance(&one.to_string(), &two.to_string())) {
        (2, 1) => 800,
        (2, _) => 500,
        _ => 0,
    }
}

fn per_mille(part: usize, whole: usize) -> u16 {
    match whole {
        0 => SAME,
        _ => u16::try_from(part * 1000 / whole).unwrap_or(SAME),
    }
}
