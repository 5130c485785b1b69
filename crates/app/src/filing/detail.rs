use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use terms::Scheme;

use crate::Error;

/// A code with its name (代码与名称).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Named {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
}

impl Named {
    /// A code and its name.
    pub fn new(code: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            name: name.into(),
        }
    }
}

/// Whoever files for somebody else (代办人).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Agent {
    /// 姓名.
    pub name: String,
    /// 证件类型, as sent.
    pub document_kind: String,
    /// 证件号码.
    pub document: String,
    /// 电话.
    pub phone: String,
    /// 地址.
    pub address: String,
    /// What the agent is to the person, as sent.
    pub relation: String,
}

/// What happened (受伤经过).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Injury {
    /// 受伤日期.
    pub on: Option<Date>,
    /// 受伤地点.
    pub place: String,
    /// 致伤原因.
    pub cause: String,
    /// 入院日期.
    pub admitted: Option<Date>,
    /// Whether the institution thinks the fund should pay (审核支付标志).
    pub payable: bool,
}

/// What the investigation of an accident found (调查认定).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccidentFinding {
    /// The word of a [`Conclusion`](super::Conclusion).
    pub conclusion: String,
    /// Facts and evidence.
    pub note: String,
}

/// Something done with a filing (办理经过).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingStep {
    /// When.
    pub at: DateTime,
    /// Who: an operator at an institution, or a clerk.
    pub by: String,
    /// What, in 中文.
    pub done: String,
    /// Reason or remark.
    #[serde(default)]
    pub note: String,
}

/// What a filing says, part by part as its class needs them; kept as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FilingDetail {
    /// 险种.
    pub scheme: Option<Scheme>,
    /// Which kind within the class: `special`, `temporary`, `designated` …
    pub kind: String,
    /// Disease or drug, or the diagnosis of a referral.
    pub subject: Named,
    /// Institutions chosen or designated, codes.
    pub institutions: Vec<String>,
    /// Where the person will be treated, area codes.
    pub destinations: Vec<String>,
    /// To which institution the person is referred.
    pub target: Named,
    /// The word of the referral's direction.
    pub direction: String,
    /// Whether the receiving institution agrees, where that was said.
    pub agreed: Option<bool>,
    /// 转院日期、鉴定日期.
    pub decided_on: Option<Date>,
    /// Who examined the person: institution.
    pub examined_at: Named,
    /// Who examined the person: doctor.
    pub doctor: Named,
    /// 病情描述.
    pub condition: String,
    /// 原因.
    pub reason: String,
    /// 意见.
    pub opinion: String,
    /// The visit it came from, or empty.
    pub visit: String,
    /// The filings it takes the place of once it counts.
    pub replaces: Vec<String>,
    /// Which of the chosen institutions it is, from 1.
    pub order: i32,
    /// Whether it was made out on a promise without papers (承诺制).
    pub promise: bool,
    /// What happened.
    pub injury: Option<Injury>,
    /// What was found.
    pub finding: Option<AccidentFinding>,
    /// 联系电话.
    pub phone: String,
    /// 联系地址.
    pub address: String,
    /// Who filed for the person.
    pub agent: Agent,
    /// 备注.
    pub note: String,
    /// What was done with it, oldest first.
    pub steps: Vec<FilingStep>,
}

/// What is applied for, before it is checked (申请).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// What for.
    pub class: super::FilingClass,
    /// First day.
    pub from: Date,
    /// Last day, where one was asked for.
    pub to: Option<Date>,
    /// Everything else.
    pub detail: FilingDetail,
}

/// Reads a filing's details.
///
/// # Errors
/// [`Error::Bug`] where the text was not written by this version.
pub fn filing_detail(text: &str) -> Result<FilingDetail, Error> {
    serde_json::from_str(text).map_err(|cause| Error::Bug(format!("a filing: {cause}")))
}
