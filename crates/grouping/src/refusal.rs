use std::fmt;

use serde::Serialize;

/// Why a discharge gets no group (不能入组), in order of precedence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// A number cannot be read, or is one that cannot be.
    BadValue {
        /// Which, in 中文.
        field: &'static str,
        /// What was written.
        written: String,
    },
    /// There is no principal diagnosis.
    MissingPrincipal,
    /// The principal diagnosis is in no code table.
    UnknownPrincipal {
        /// What was written.
        diagnosis: String,
    },
    /// The principal diagnosis is gray: not acceptable in that place.
    GrayPrincipal {
        /// Which.
        diagnosis: String,
    },
    /// The main procedure is gray.
    GrayMainProcedure {
        /// Which.
        procedure: String,
    },
    /// Sex is missing or neither male nor female.
    UnknownSex,
    /// A stay of fewer than no days.
    NegativeStay {
        /// How many.
        days: i32,
    },
    /// A newborn without birth weight.
    NewbornWithoutWeight {
        /// Days of age.
        days: u32,
    },
    /// The sex contradicts the category that the diagnosis leads to.
    SexConflict {
        /// 主要诊断大类.
        mdc: String,
    },
    /// No major diagnostic category takes the case.
    NoCategory,
    /// A category takes the case, none of its groups does.
    NoGroup {
        /// 主要诊断大类.
        mdc: String,
    },
    /// A group takes the case, none of its subgroups does.
    NoSubgroup {
        /// 核心病组.
        adrg: String,
    },
    /// The directory excludes the principal diagnosis.
    ExcludedPrincipal {
        /// Which.
        diagnosis: String,
    },
    /// Neither a core nor a comprehensive entry of the directory takes the case.
    NotInDirectory {
        /// The principal diagnosis.
        diagnosis: String,
    },
}

impl Refusal {
    /// The stable code of the refusal.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BadValue { .. } => "bad_value",
            Self::MissingPrincipal => "missing_principal",
            Self::UnknownPrincipal { .. } => "unknown_principal",
            Self::GrayPrincipal { .. } => "gray_principal",
            Self::GrayMainProcedure { .. } => "gray_main_procedure",
            Self::UnknownSex => "unknown_sex",
            Self::NegativeStay { .. } => "negative_stay",
            Self::NewbornWithoutWeight { .. } => "newborn_without_weight",
            Self::SexConflict { .. } => "sex_conflict",
            Self::NoCategory => "no_category",
            Self::NoGroup { .. } => "no_group",
            Self::NoSubgroup { .. } => "no_subgroup",
            Self::ExcludedPrincipal { .. } => "excluded_principal",
            Self::NotInDirectory { .. } => "not_in_directory",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadValue { field, written } => write!(f, "{field}“{written}”有误"),
            Self::MissingPrincipal => f.write_str("缺少主要诊断"),
            Self::UnknownPrincipal { diagnosis } => {
                write!(f, "主要诊断“{diagnosis}”不在编码表中")
            }
            Self::GrayPrincipal { diagnosis } => {
                write!(f, "灰码“{diagnosis}”不能作主要诊断")
            }
            Self::GrayMainProcedure { procedure } => {
                write!(f, "灰码“{procedure}”不能作主要手术操作")
            }
            Self::UnknownSex => f.write_str("性别缺失或不明"),
            Self::NegativeStay { days } => write!(f, "住院天数{days}为负"),
            Self::NewbornWithoutWeight { days } => {
                write!(f, "出生{days}天的新生儿缺少出生体重")
            }
            Self::SexConflict { mdc } => write!(f, "性别与{mdc}不符"),
            Self::NoCategory => f.write_str("没有一个主要诊断大类收治此病例"),
            Self::NoGroup { mdc } => write!(f, "属于{mdc}，但其中没有适合的核心病组"),
            Self::NoSubgroup { adrg } => write!(f, "属于{adrg}，但其中没有适合的细分组"),
            Self::ExcludedPrincipal { diagnosis } => {
                write!(f, "目录不收主要诊断“{diagnosis}”")
            }
            Self::NotInDirectory { diagnosis } => {
                write!(f, "目录中没有适合主要诊断“{diagnosis}”的病种")
            }
        }
    }
}

impl std::error::Error for Refusal {}
