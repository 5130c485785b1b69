use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use money::Fen;
use serde::{Deserialize, Serialize};
use terms::Sex;

/// What was sent, node by node and field by field in the spelling of the interface, kept to be
/// answered back; nobody but the interface reads it.
pub type Sent = BTreeMap<String, Vec<BTreeMap<String, String>>>;

/// A settlement list as an institution reports it (结算清单).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettlementList {
    /// Sex, where the list states one.
    pub sex: Option<Sex>,
    /// Years of age, where the list states them.
    pub years: Option<i64>,
    /// 新生儿出生体重, in grams.
    pub birth_weight_g: Option<u32>,
    /// 入院时间.
    pub admitted_at: Option<DateTime>,
    /// 出院时间.
    pub discharged_at: Option<DateTime>,
    /// 出院科别.
    pub department: String,
    /// 离院方式: 1 home to 5 died.
    pub discharge_way: String,
    /// 呼吸机使用时间 as written: days/hours/minutes.
    pub ventilation: String,
    /// Diagnoses in the order of the list, Chinese medicine among them.
    pub diagnoses: Vec<ListDiagnosis>,
    /// Procedures in the order of the list.
    pub procedures: Vec<ListProcedure>,
    /// All charges added up, where the list repeats them.
    pub charges: Option<Fen>,
    /// All funds added up, where the list repeats them.
    pub funds: Option<Fen>,
    /// Items that should be filled and are not, in 中文.
    pub missing: Vec<String>,
    /// Everything that was sent.
    pub sent: Sent,
}

/// A diagnosis of a list (清单诊断).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListDiagnosis {
    /// Code as written.
    pub code: String,
    /// Name as written.
    pub name: String,
    /// 主要诊断.
    pub main: bool,
    /// Chinese medicine: told, and never grouped by.
    pub traditional: bool,
    /// 入院病情.
    pub on_admission: String,
}

/// A procedure of a list (清单手术操作).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListProcedure {
    /// Code as written.
    pub code: String,
    /// Name as written.
    pub name: String,
    /// 主要手术操作.
    pub main: bool,
    /// Its day.
    pub on: Option<Date>,
}

impl SettlementList {
    /// The principal diagnosis as written: the first that is marked.
    pub fn principal(&self) -> Option<&str> {
        let mut marked = self.western().filter(|one| one.main);
        marked.next().map(|one| one.code.as_str())
    }

    /// Diagnoses that are grouped by.
    pub fn western(&self) -> impl Iterator<Item = &ListDiagnosis> {
        self.diagnoses.iter().filter(|one| !one.traditional)
    }

    /// Hours on a ventilator: nothing where none are written, an error where they cannot be read.
    ///
    /// # Errors
    /// The text that is no time.
    pub fn ventilator_hours(&self) -> Result<Option<u32>, &str> {
        let text = self.ventilation.trim();
        if text.is_empty() || text == "-" {
            return Ok(None);
        }
        let parts: Option<Vec<u32>> = text
            .split('/')
            .map(|part| part.trim().parse().ok())
            .collect();
        match parts.as_deref() {
            Some([hours]) => Ok(Some(*hours)),
            Some([days, hours, _minutes]) => {
                let all = days
                    .checked_mul(24)
                    .and_then(|more| more.checked_add(*hours));
                all.map(Some).ok_or(text)
            }
            _ => Err(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_of_ventilation_are_read_from_days_hours_and_minutes() {
        let hours = |text: &str| {
            let list = SettlementList {
                ventilation: text.to_owned(),
                ..SettlementList::default()
            };
            list.ventilator_hours().map_err(str::to_owned)
        };
        assert_eq!(hours(""), Ok(None));
        assert_eq!(hours("1/13/24"), Ok(Some(37)));
        assert_eq!(hours("96"), Ok(Some(96)));
        for bad in ["很久", "1/2", "-1/0/0", "4294967295/0/0"] {
            assert_eq!(hours(bad), Err(bad.to_owned()));
        }
    }
}
