use std::collections::BTreeMap;

use terms::{AreaCode, Date};

use crate::quality::QualityRules;
use crate::{DipScheme, DrgScheme};

/// The schemes a service holds (分组方案), by the name of the folder or workbook each came from, what
/// their codes are called, which area uses which of them when, and how lists are checked.
#[derive(Debug, Default)]
pub struct Schemes {
    /// DRG schemes.
    pub drg: BTreeMap<String, DrgScheme>,
    /// DIP directories.
    pub dip: BTreeMap<String, DipScheme>,
    /// Names of diagnoses, as far as code tables give them.
    pub diagnoses: BTreeMap<String, String>,
    /// Names of procedures, as far as code tables give them.
    pub procedures: BTreeMap<String, String>,
    /// Which area uses which scheme when.
    pub uses: Vec<SchemeUse>,
    /// How settlement lists are checked.
    pub quality: QualityRules,
}

/// DRG or DIP (分组种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SchemeKind {
    /// 疾病诊断相关分组.
    Drg,
    /// 按病种分值.
    Dip,
}

impl SchemeKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Drg, Self::Dip];

    /// The word in data and in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Drg => "drg",
            Self::Dip => "dip",
        }
    }

    /// The name on screens.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Drg => "DRG",
            Self::Dip => "DIP",
        }
    }
}

/// A scheme that an area uses over a span of days of discharge (启用的分组方案).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemeUse {
    /// The area.
    pub area: AreaCode,
    /// Of which kind.
    pub kind: SchemeKind,
    /// The name of its folder or workbook.
    pub scheme: String,
    /// First day of discharge.
    pub from: Date,
    /// Last day of discharge, or open.
    pub to: Option<Date>,
}

impl Schemes {
    /// The name of the scheme of a kind by which an area groups discharges of a day.
    pub fn used(&self, area: AreaCode, kind: SchemeKind, day: Date) -> Option<&str> {
        let holds = |one: &&SchemeUse| {
            one.area == area
                && one.kind == kind
                && one.from <= day
                && one.to.is_none_or(|to| day <= to)
        };
        self.uses.iter().find(holds).map(|one| one.scheme.as_str())
    }

    /// The DRG scheme by which an area groups discharges of a day.
    pub fn drg_used(&self, area: AreaCode, day: Date) -> Option<&DrgScheme> {
        self.drg.get(self.used(area, SchemeKind::Drg, day)?)
    }

    /// The DIP directory by which an area groups discharges of a day.
    pub fn dip_used(&self, area: AreaCode, day: Date) -> Option<&DipScheme> {
        self.dip.get(self.used(area, SchemeKind::Dip, day)?)
    }
}
