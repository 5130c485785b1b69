//! A case as it was grouped, kept with its list so that it can be grouped again.

use grouping::Discharge;
use money::Fen;
use serde::{Deserialize, Serialize};
use terms::Sex;

use super::SettlementList;
use crate::Error;

/// The facts a list was grouped by (分组事实): what the list said, with sex and age of the register
/// and the bill of our settlement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptCase {
    /// 性别.
    pub sex: Option<Sex>,
    /// 年龄.
    pub age_years: Option<u16>,
    /// 日龄.
    pub age_days: Option<u32>,
    /// 出生体重, in grams.
    pub birth_weight_g: Option<u32>,
    /// 住院天数.
    pub stay_days: Option<i32>,
    /// 呼吸机使用小时数.
    pub ventilator_hours: Option<u32>,
    /// 离院方式.
    pub discharge_status: Option<u8>,
    /// 科室.
    pub department: Option<String>,
    /// 主要诊断 as written.
    pub principal: Option<String>,
    /// 其他诊断 as written.
    pub others: Vec<String>,
    /// 手术操作 as written, the main one first.
    pub procedures: Vec<String>,
    /// 总费用.
    pub total_cost: Option<Fen>,
}

impl KeptCase {
    /// What is kept of a case.
    pub fn of(discharge: &Discharge<'_>) -> Self {
        let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        Self {
            sex: discharge.sex,
            age_years: discharge.age_years,
            age_days: discharge.age_days,
            birth_weight_g: discharge.birth_weight_g,
            stay_days: discharge.stay_days,
            ventilator_hours: discharge.ventilator_hours,
            discharge_status: discharge.discharge_status,
            department: discharge.department.map(str::to_owned),
            principal: discharge.principal.map(str::to_owned),
            others: owned(&discharge.others),
            procedures: owned(&discharge.procedures),
            total_cost: discharge.total_cost,
        }
    }

    /// The case as grouping sees it.
    pub fn discharge(&self) -> Discharge<'_> {
        Discharge {
            sex: self.sex,
            age_years: self.age_years,
            age_days: self.age_days,
            birth_weight_g: self.birth_weight_g,
            stay_days: self.stay_days,
            ventilator_hours: self.ventilator_hours,
            discharge_status: self.discharge_status,
            department: self.department.as_deref(),
            principal: self.principal.as_deref(),
            others: self.others.iter().map(String::as_str).collect(),
            procedures: self.procedures.iter().map(String::as_str).collect(),
            total_cost: self.total_cost,
        }
    }
}

/// What the body of a list's row holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptList {
    /// What the institution sent.
    pub list: SettlementList,
    /// What it was grouped by.
    pub case: KeptCase,
}

impl KeptList {
    /// As it is kept in a row.
    ///
    /// # Errors
    /// [`Error::Bug`] where it cannot be written down.
    pub fn text(&self) -> Result<String, Error> {
        serde_json::to_string(self).map_err(|cause| Error::Bug(format!("a list: {cause}")))
    }

    /// What a row keeps.
    ///
    /// # Errors
    /// [`Error::Bug`] where the row was not written by this version.
    pub fn of(body: &str) -> Result<Self, Error> {
        serde_json::from_str(body).map_err(|cause| Error::Bug(format!("a list: {cause}")))
    }
}
