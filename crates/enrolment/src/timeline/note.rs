use std::fmt;

use serde::Serialize;
use terms::{AreaCode, Date, Scheme};

use crate::Refusal;

/// Something a clerk should know about some days (提示).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// 险种.
    pub scheme: Scheme,
    /// First day it is about.
    pub from: Date,
    /// Last day; open where nothing ends it.
    pub to: Option<Date>,
    /// Number of the event behind it.
    pub event: i64,
    /// What it is.
    pub what: Remark,
}

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Remark {
    /// 追溯: days before the event that have benefits after all; their bills are computed anew.
    Reopened,
    /// 收回: days before the event that have no benefits after all.
    Withdrawn,
    /// 重复参保 in another scheme.
    Doubled {
        /// The scheme that gives benefits.
        by: Scheme,
    },
    /// 重复参保 in another area.
    DoubledElsewhere {
        /// Where.
        area: AreaCode,
        /// Whether this area gives the benefits.
        here: bool,
    },
    /// 缓缴: unpaid months that do no harm.
    Deferred,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            scheme, from, to, ..
        } = self;
        match to {
            Some(to) => write!(f, "{scheme}{from}至{to}：")?,
            None => write!(f, "{scheme}自{from}起：")?,
        }
        match self.what {
            Remark::Reopened => f.write_str("追溯享受，期间的费用应重新结算"),
            Remark::Withdrawn => f.write_str("不再享受，期间的费用应重新结算"),
            Remark::Doubled { by } => write!(f, "重复参保，由{by}享受待遇"),
            Remark::DoubledElsewhere { area, here: true } => {
                write!(f, "同时在{area}参保，由本地享受待遇")
            }
            Remark::DoubledElsewhere { area, here: false } => {
                write!(f, "同时在{area}参保，由异地享受待遇")
            }
            Remark::Deferred => f.write_str("缓缴期间，待遇不受影响"),
        }
    }
}

/// Why an event can not stand (参保变动问题).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// Number of the event or migrated period.
    pub event: i64,
    /// Its day.
    pub on: Date,
    /// Its 中文 name.
    pub name: &'static str,
    /// Why.
    pub refusal: Refusal,
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            on, name, refusal, ..
        } = self;
        write!(f, "{on}的{name}不能成立：{refusal}")
    }
}

impl std::error::Error for Issue {}
