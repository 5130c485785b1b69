use std::fmt;
use std::sync::Arc;

use serde::Serialize;

/// Where a row of a scheme stands: file (or sheet) and row from 1, the header being row 1 (位置).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// File, or workbook and sheet.
    pub file: Arc<str>,
    /// Row; 0 when the whole file is meant.
    pub row: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            0 => write!(f, "{}", self.file),
            row => write!(f, "{}第{row}行", self.file),
        }
    }
}

/// What is wrong with a scheme (方案问题类别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// 规则读不懂.
    BadRule,
    /// 引用不存在.
    Dangling,
    /// 重复.
    Duplicate,
    /// 循环引用.
    Cycle,
    /// 空集合.
    Empty,
    /// 无法到达.
    Unreachable,
    /// 没有用到.
    Unused,
    /// 编码表里没有.
    UnknownCode,
}

impl FindingKind {
    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::BadRule => "规则有误",
            Self::Dangling => "引用不存在",
            Self::Duplicate => "重复",
            Self::Cycle => "循环引用",
            Self::Empty => "空集合",
            Self::Unreachable => "无法到达",
            Self::Unused => "没有用到",
            Self::UnknownCode => "未知编码",
        }
    }
}

/// One thing wrong with a scheme: where, what, and whether it can be used all the same (方案问题).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Where it stands.
    pub place: Place,
    /// What kind.
    pub kind: FindingKind,
    /// A scheme with a fatal finding is not used.
    pub fatal: bool,
    /// One 中文 sentence.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}] {}", self.place, self.kind.zh(), self.message)
    }
}

/// Collects findings while a scheme is compiled.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    /// Notes what makes the scheme unusable.
    pub fn fatal(&mut self, place: &Place, kind: FindingKind, message: impl Into<String>) {
        self.add(place, kind, true, message.into());
    }

    /// Notes what somebody should look at.
    pub fn warn(&mut self, place: &Place, kind: FindingKind, message: impl Into<String>) {
        self.add(place, kind, false, message.into());
    }

    fn add(&mut self, place: &Place, kind: FindingKind, fatal: bool, message: String) {
        self.0.push(Finding {
            place: place.clone(),
            kind,
            fatal,
            message,
        });
    }

    /// All findings by place; an error when one of them is fatal.
    pub fn judged<T>(mut self, value: Option<T>) -> Result<(T, Vec<Finding>), Vec<Finding>> {
        self.0.sort();
        self.0.dedup();
        match value {
            Some(value) if self.0.iter().all(|finding| !finding.fatal) => Ok((value, self.0)),
            _ => Err(self.0),
        }
    }
}

/// The first few of many, joined, and how many there are.
pub(crate) fn some_of<'t>(all: impl IntoIterator<Item = &'t str>) -> String {
    const SHOWN: usize = 3;
    let all: Vec<&str> = all.into_iter().collect();
    let shown = all[..all.len().min(SHOWN)].join("、");
    if all.len() > SHOWN {
        format!("{shown}等{}个", all.len())
    } else {
        shown
    }
}
