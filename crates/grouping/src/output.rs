use std::fmt;

use money::Ratio;
use serde::Serialize;

use crate::formula::{Severity, Side};
use crate::place::Place;
use crate::reading::Hit;
use crate::refusal::Refusal;
use crate::tables::RowResult;

/// What an ungrouped case carries in place of codes, as hospitals and bureaus write it.
pub const NO_MDC: &str = "0000";
/// The adjacent DRG of an ungrouped case.
pub const NO_ADRG: &str = "00";
/// The DRG of an ungrouped case.
pub const NO_DRG: &str = "0000";

/// Which DRG a discharge belongs to, and why (分组结果).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grouped<'a> {
    /// 主要诊断大类, `0000` when none takes the case.
    pub mdc: &'a str,
    /// 中文 name of the category; empty when none takes the case.
    pub mdc_name: &'a str,
    /// 核心病组: a group, `QY` for an ambiguous case, `00` for none.
    pub adrg: &'a str,
    /// 细分病组, `0000` when there is none.
    pub drg: &'a str,
    /// 中文 name of the DRG; empty when there is none.
    pub name: &'a str,
    /// 权重, when the scheme carries weights.
    pub weight: Option<Ratio>,
    /// Level of complications, whether the group is split by it or not.
    pub severity: Severity,
    /// What the row that took the case gives; `None` when no row did.
    pub result: Option<RowResult>,
    /// Why there is no group.
    pub refusal: Option<Refusal>,
    /// The rule of the category.
    pub mdc_rule: Option<RuleUse<'a>>,
    /// The rule of the adjacent DRG.
    pub adrg_rule: Option<RuleUse<'a>>,
    /// The condition of the DRG.
    pub drg_rule: Option<RuleUse<'a>>,
    /// Categories that took the case but held no group for it, tried before.
    pub passed_over: Vec<&'a str>,
    /// Every complication found, counted or excluded.
    pub complications: Vec<Complication<'a>>,
    /// What somebody should look at.
    pub notes: Vec<Note<'a>>,
}

impl Grouped<'_> {
    /// Whether the case has a group that is paid as such.
    pub fn is_grouped(&self) -> bool {
        self.result == Some(RowResult::Group) && self.refusal.is_none()
    }
}

/// A rule that held: where it stands, what it says, and the codes that matched (所用规则).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleUse<'a> {
    /// Where it stands in the scheme.
    pub place: &'a Place,
    /// As it was written.
    pub text: &'a str,
    /// Codes that matched.
    pub hits: Vec<Hit<'a>>,
}

/// A complication or comorbidity and whether it counts (合并症和并发症).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Complication<'a> {
    /// The secondary diagnosis.
    pub diagnosis: &'a str,
    /// How serious.
    pub severity: Severity,
    /// The exclusion group through which the principal diagnosis takes it away.
    pub excluded_by: Option<&'a str>,
}

/// Something about a discharge that does not stop grouping (提示).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Note<'a> {
    /// A code of another edition was turned into the one it means.
    Mapped {
        /// Diagnosis or procedure.
        side: Side,
        /// As written.
        written: &'a str,
        /// As read.
        read: &'a str,
    },
    /// A code was written in other letters.
    Respelt {
        /// Diagnosis or procedure.
        side: Side,
        /// As written.
        written: &'a str,
        /// As read.
        read: &'a str,
    },
    /// A code is in no code table.
    UnknownCode {
        /// Diagnosis or procedure.
        side: Side,
        /// Which.
        code: &'a str,
    },
    /// A gray code.
    GrayCode {
        /// Diagnosis or procedure.
        side: Side,
        /// Which.
        code: &'a str,
    },
    /// More codes than are noted one by one.
    MoreCodes {
        /// How many more remarks.
        count: usize,
    },
    /// Discharged on the day of admission.
    StayOfNoDays,
    /// Sex is not known, and the scheme groups all the same.
    SexUnknown,
    /// Weight of a newborn is not known, and the scheme groups all the same.
    WeightUnknown,
    /// Sex contradicts the category.
    SexConflict {
        /// 主要诊断大类.
        mdc: &'a str,
    },
    /// Years and days of age contradict one another.
    AgeConflict {
        /// Years.
        years: u16,
        /// Days.
        days: u32,
    },
    /// Hours of ventilation and the coded procedure contradict one another.
    VentilationConflict {
        /// Hours.
        hours: u32,
        /// The procedure.
        procedure: &'a str,
    },
    /// A procedure that the directory leaves out of account.
    DroppedProcedure {
        /// Which.
        procedure: &'a str,
    },
}

impl fmt::Display for Note<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mapped {
                side,
                written,
                read,
            } => {
                write!(f, "{}{written}对照为{read}", side.zh())
            }
            Self::Respelt {
                side,
                written,
                read,
            } => write!(f, "{}{written}按{read}读取", side.zh()),
            Self::UnknownCode { side, code } => write!(f, "{}{code}不在编码表中", side.zh()),
            Self::GrayCode { side, code } => write!(f, "{}{code}是灰码", side.zh()),
            Self::MoreCodes { count } => write!(f, "另有{count}处编码提示"),
            Self::StayOfNoDays => f.write_str("住院天数为0"),
            Self::SexUnknown => f.write_str("性别缺失或不明"),
            Self::WeightUnknown => f.write_str("新生儿缺少出生体重"),
            Self::SexConflict { mdc } => write!(f, "性别与{mdc}不符"),
            Self::AgeConflict { years, days } => {
                write!(f, "年龄{years}岁与日龄{days}天不符")
            }
            Self::VentilationConflict { hours, procedure } => {
                write!(f, "呼吸机使用{hours}小时与编码{procedure}不符")
            }
            Self::DroppedProcedure { procedure } => write!(f, "手术操作{procedure}不参加分组"),
        }
    }
}
