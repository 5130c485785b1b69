use serde::{Deserialize, Serialize};
use terms::{AreaCode, Date, Word};

/// The document a value was taken from (出处).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Title and number of the document (文件名称、文号).
    pub document: String,
    /// Article or clause (条款), when the document has numbered ones.
    pub article: Option<String>,
}

/// At which level of the overlay order a value was set (国家→省→统筹区).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 国家.
    National,
    /// 省.
    Province(AreaCode),
    /// 统筹区.
    Area(AreaCode),
}

/// Where one dated value comes from: its address, its law, and how sure we are of it (依据).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The topic's address, such as `employee/inpatient/deductible`.
    pub key: Word,
    /// The topic's 中文 title.
    pub title: String,
    /// The level that set the value.
    pub level: Level,
    /// First day on which the value is law.
    pub effective: Date,
    /// The document.
    pub source: Source,
    /// The day somebody last compared the value with its document.
    pub checked: Date,
    /// Why the value is an assumption, when no document settles it.
    pub assumed: Option<String>,
    /// File and line of the value, relative to the policy folder.
    pub place: String,
}
