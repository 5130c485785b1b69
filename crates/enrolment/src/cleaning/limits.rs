use serde::{Deserialize, Serialize};

/// From where on the checks report, and what a likeness is made of (清洗阈值); data, not code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Two records this alike, in thousandths, are reported as perhaps one person.
    pub same_person: u16,
    /// Names less alike than this, in thousandths, are two people whatever else agrees.
    pub least_name: u16,
    /// Cover overlapping for fewer days than this is a matter of changing over, not a finding.
    pub overlap_days: i64,
    /// Groups of records with one key that are larger than this are not compared.
    pub largest_block: usize,
    /// What each field weighs.
    pub weights: Weights,
}

/// What each field weighs in a likeness; fields empty on one side weigh nothing (权重).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// 姓名.
    pub name: u32,
    /// 出生日期.
    pub birth: u32,
    /// 性别.
    pub sex: u32,
    /// 证件号码.
    pub document: u32,
    /// 电话.
    pub phone: u32,
    /// 住址.
    pub address: u32,
}
