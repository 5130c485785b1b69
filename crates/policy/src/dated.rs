use std::sync::Arc;

use serde::{Deserialize, Serialize};
use terms::{Date, Word};

use crate::Provenance;

/// Which date of the case selects the version of a rule (规则适用日期).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateBasis {
    /// 费用发生日: the day of the line, or the begin of the visit.
    Service,
    /// 入院（就诊）日.
    Admission,
    /// 出院日.
    Discharge,
    /// 结算日.
    #[default]
    Settlement,
}

impl DateBasis {
    /// The 中文 name of the date, for traces.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Service => "费用发生日",
            Self::Admission => "入院（就诊）日",
            Self::Discharge => "出院日",
            Self::Settlement => "结算日",
        }
    }
}

/// The dates of a case that rules may choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseDates {
    /// Begin of the visit or admission (就诊/入院日期).
    pub admission: Date,
    /// End of the visit or discharge (出院日期).
    pub discharge: Date,
    /// The day of settlement (结算日期).
    pub settlement: Date,
}

impl CaseDates {
    /// A visit that begins, ends and is settled on one day.
    pub const fn single(day: Date) -> Self {
        Self {
            admission: day,
            discharge: day,
            settlement: day,
        }
    }

    /// The date that a basis names; the service date is the line's own day where one is known.
    pub const fn on(&self, basis: DateBasis, service: Option<Date>) -> Date {
        match basis {
            DateBasis::Settlement => self.settlement,
            DateBasis::Discharge => self.discharge,
            DateBasis::Admission => self.admission,
            DateBasis::Service => match service {
                Some(day) => day,
                None => self.admission,
            },
        }
    }
}

/// One value of a rule from its effective date until the next version; `None` is an abolition (废止).
#[derive(Debug, Clone)]
pub struct Version<T> {
    /// First day on which this version is law.
    pub from: Date,
    /// The rule, or `None` from the day it was abolished.
    pub value: Option<T>,
    /// Where it was read from.
    pub provenance: Arc<Provenance>,
}

/// A rule with its history.
#[derive(Debug, Clone)]
pub struct Dated<T> {
    /// The topic's address, such as `employee/inpatient/deductible`.
    pub key: Word,
    /// The topic's 中文 title.
    pub title: String,
    /// Which date of the case selects the version.
    pub selects_by: DateBasis,
    /// Versions in order of effective date.
    pub versions: Vec<Version<T>>,
}

impl<T> Dated<T> {
    /// The version in force on a day, if the rule existed and was not abolished.
    pub fn on(&self, day: Date) -> Option<(&T, &Arc<Provenance>)> {
        let version = self
            .versions
            .iter()
            .rev()
            .find(|version| version.from <= day)?;
        version
            .value
            .as_ref()
            .map(|value| (value, &version.provenance))
    }

    /// The version that the dates of a case select.
    pub fn at(&self, dates: &CaseDates) -> Option<(&T, &Arc<Provenance>)> {
        self.on(dates.on(self.selects_by, None))
    }
}
