//! The language of grouping rules, parsed once.
//!
//! One language holds both spellings that schemes are written in: the notation of table schemes
//! (`PDX(D) & ANYPROC(P1)`, `AGEDAYS<=28`) and that of the official workbook
//! (`ZYZD in DI_B01 and {ZYSS, QTSS} in OP_B01`). Which codes a list holds is not known here.

mod lexer;
mod parser;

use std::fmt;

pub use parser::{FormulaError, parse};

/// Which codes of a discharge a rule looks at (规则所看的编码).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 主要诊断.
    Principal,
    /// 其他诊断.
    Other,
    /// 任一诊断, the principal one included.
    AnyDiagnosis,
    /// 主要手术操作.
    Main,
    /// 其他手术操作.
    OtherProcedure,
    /// 任一手术操作, the main one included.
    AnyProcedure,
}

impl Part {
    /// Which code table its codes come from.
    pub const fn side(self) -> Side {
        match self {
            Self::Principal | Self::Other | Self::AnyDiagnosis => Side::Diagnosis,
            Self::Main | Self::OtherProcedure | Self::AnyProcedure => Side::Procedure,
        }
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Principal => "主要诊断",
            Self::Other => "其他诊断",
            Self::AnyDiagnosis => "诊断",
            Self::Main => "主要手术操作",
            Self::OtherProcedure => "其他手术操作",
            Self::AnyProcedure => "手术操作",
        }
    }
}

/// Diagnoses or procedures (诊断、手术操作).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 诊断.
    Diagnosis,
    /// 手术操作.
    Procedure,
}

impl Side {
    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Diagnosis => "诊断",
            Self::Procedure => "手术操作",
        }
    }
}

/// A number of a discharge that rules compare (规则所比的数).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// Whole years of age at admission.
    AgeYears,
    /// Days of age at admission.
    AgeDays,
    /// Birth weight in grams.
    BirthWeight,
    /// 1 male, 2 female.
    Sex,
    /// Days of stay.
    StayDays,
    /// Hours on a ventilator.
    VentilatorHours,
    /// Way of discharge: 1 home to 5 died.
    DischargeStatus,
    /// Body sites that carry an injury.
    TraumaSites,
    /// Points of the comorbidity index.
    ComorbidityPoints,
}

/// How two numbers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    AtMost,
    /// `>`.
    More,
    /// `>=`.
    AtLeast,
}

impl Comparison {
    /// Whether it holds between two numbers.
    pub fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::More => left > right,
            Self::AtLeast => left >= right,
        }
    }
}

/// How serious a complication or comorbidity makes a case (合并症和并发症程度).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Severity {
    /// Neither.
    #[default]
    None,
    /// 一般合并症或并发症.
    Cc,
    /// 严重合并症或并发症.
    Mcc,
}

impl Severity {
    /// As it stands in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Cc => "CC",
            Self::Mcc => "MCC",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A rule as it was written, with names of lists still unresolved (规则).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// Always holds.
    Always,
    /// The rule below does not hold.
    Not(Box<Formula>),
    /// All of them hold.
    All(Vec<Formula>),
    /// At least one of them holds.
    Any(Vec<Formula>),
    /// A code of the part is in the list.
    In(Part, String),
    /// A code of the part begins so.
    Prefix(Part, String),
    /// So many different codes of the part are in the list.
    Count(Part, String, Comparison, i64),
    /// A number compares so; a number that is not known compares with nothing.
    Compare(Fact, Comparison, i64),
    /// The department is this one.
    Department(String),
    /// The case has a complication of this kind that no exclusion takes away.
    Complication(Severity),
}
