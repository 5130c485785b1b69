use money::Ratio;
use serde::Serialize;

use crate::place::Place;
use crate::refusal::Refusal;
use crate::tables::AuxiliaryKind;

/// Which DIP group a discharge belongs to, and why (DIP 入组结果).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DipGrouped<'a> {
    /// 病种编码; empty when there is none.
    pub dip: &'a str,
    /// 中文 name.
    pub name: &'a str,
    /// The stage that took the case, `comprehensive` for a comprehensive group.
    pub stage: &'a str,
    /// The treatment class of the case, as tables write it.
    pub class: &'a str,
    /// Its 中文 name.
    pub class_name: &'a str,
    /// 基层病种.
    pub primary_care: bool,
    /// 分值, when the directory carries scores.
    pub score: Option<Ratio>,
    /// What the auxiliary directories make of it: the highest of their factors, 1 without any.
    pub factor: Ratio,
    /// Entries of auxiliary directories that apply.
    pub auxiliary: Vec<Auxiliary<'a>>,
    /// The row of the directory.
    pub place: Option<&'a Place>,
    /// Procedures that matched it.
    pub matched: Vec<String>,
    /// Other rows that would have fitted, and lost by the declared preferences.
    pub passed_over: Vec<&'a str>,
    /// Why there is no group.
    pub refusal: Option<Refusal>,
    /// What somebody should look at, in 中文.
    pub notes: Vec<String>,
}

/// An entry of an auxiliary directory that applies (辅助目录).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Auxiliary<'a> {
    /// Which directory.
    pub kind: AuxiliaryKind,
    /// Its code.
    pub code: &'a str,
    /// 中文 name.
    pub name: &'a str,
    /// The factor on the score; violations never change it.
    pub factor: Ratio,
}

/// The name under which comprehensive groups stand among the stages.
pub(super) const COMPREHENSIVE: &str = "comprehensive";
