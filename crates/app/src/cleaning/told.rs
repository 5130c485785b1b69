use enrolment::cleaning::{Evidence, Likeness, Record};
use serde::{Deserialize, Serialize};
use store::FindingRow;

use crate::Error;

/// One record of a finding, field by field, 中文 (证据中的一方).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// 人员编号.
    pub number: String,
    /// Field and value.
    pub fields: Vec<(String, String)>,
}

/// The evidence of a finding as it is kept (证据).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// The records concerned: one, or two side by side.
    pub sides: Vec<Side>,
    /// Values that should agree and do not.
    pub against: Vec<Evidence>,
    /// How alike the two are, field by field.
    pub likeness: Option<Likeness>,
}

/// Evidence about two records.
pub type PairTold<'a> = (Record<'a>, Record<'a>, Likeness);

impl Told {
    pub(super) fn alone(record: &Record<'_>, against: Vec<Evidence>) -> Self {
        Self {
            sides: vec![side(record)],
            against,
            likeness: None,
        }
    }

    pub(super) fn pair((one, two, likeness): PairTold<'_>) -> Self {
        Self {
            sides: vec![side(&one), side(&two)],
            against: Vec::new(),
            likeness: Some(likeness),
        }
    }

    pub(super) fn json(&self) -> Result<String, Error> {
        serde_json::to_string(self).map_err(|cause| Error::Bug(format!("evidence: {cause}")))
    }

    /// The evidence of a finding.
    ///
    /// # Errors
    /// [`Error::Bug`] for a row this version did not write.
    pub fn of(row: &FindingRow) -> Result<Self, Error> {
        serde_json::from_str(&row.evidence)
            .map_err(|cause| Error::Bug(format!("evidence of {}: {cause}", row.finding_id)))
    }
}

fn side(record: &Record<'_>) -> Side {
    let filled = [
        ("姓名", record.name.to_owned()),
        ("性别", record.sex.map_or("", |sex| sex.zh()).to_owned()),
        ("出生日期", record.birth.to_string()),
        (
            "死亡日期",
            record.death.map_or(String::new(), |day| day.to_string()),
        ),
        ("证件号码", record.document.to_owned()),
        ("电话", record.phone.to_owned()),
        ("住址", record.address.to_owned()),
    ];
    let filled = filled.into_iter().filter(|(_, value)| !value.is_empty());
    Side {
        number: record.number.to_owned(),
        fields: filled
            .map(|(field, value)| (field.to_owned(), value))
            .collect(),
    }
}
