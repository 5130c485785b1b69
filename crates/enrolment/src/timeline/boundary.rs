use std::fmt;
use std::sync::Arc;

use policy::{Absence, FeeMonth, Provenance};
use serde::Serialize;
use terms::{AreaCode, Scheme};

/// Why cover changes on a day: the reason, the event behind it, and the law (变化原因).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Boundary {
    /// The reason.
    pub reason: Reason,
    /// Number of the event or of the migrated period behind it.
    pub event: i64,
    /// The law it follows from, where it is more than the event itself.
    pub basis: Option<Arc<Provenance>>,
}

impl Boundary {
    pub(super) const fn plain(reason: Reason, event: i64) -> Self {
        Self {
            reason,
            event,
            basis: None,
        }
    }

    pub(super) fn lawful(reason: Reason, event: i64, basis: &Arc<Provenance>) -> Self {
        Self {
            reason,
            event,
            basis: Some(Arc::clone(basis)),
        }
    }

    /// The reason as a sentence a clerk can read out.
    pub fn sentence(&self) -> String {
        self.reason.to_string()
    }
}

/// Why a period of cover begins or ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// 迁入的参保段.
    Migrated {
        /// What the older register said.
        why: String,
    },
    /// 参保或续保.
    Begins {
        /// The event.
        event: &'static str,
        /// What the law makes of it, step by step.
        law: Arc<str>,
    },
    /// 等待期满.
    WaitOver,
    /// 中断未补缴.
    GapUnpaid {
        /// 中断月数.
        months: i32,
    },
    /// 中断期间追溯.
    Reopened {
        /// The event.
        event: &'static str,
    },
    /// 年度缴费.
    Premium {
        /// 参保年度.
        year: i16,
        /// What the law makes of it, step by step.
        law: Arc<str>,
    },
    /// 年度终了.
    YearOver {
        /// 参保年度.
        year: i16,
    },
    /// 退费.
    Refunded {
        /// 参保年度.
        year: i16,
    },
    /// 停保.
    Stopped {
        /// The last fee month paid.
        last: FeeMonth,
    },
    /// 关系转出.
    TransferredOut {
        /// 转入地.
        to: AreaCode,
    },
    /// 参保信息变更.
    Changed,
    /// 退休.
    Retired,
    /// 退休时年限不足.
    YearsMissing {
        /// 所差月数.
        months: i32,
    },
    /// 退休补缴到账.
    YearsPaid,
    /// 欠费.
    InArrears {
        /// 首个欠缴月.
        since: FeeMonth,
    },
    /// 补缴欠费.
    ArrearsPaid,
    /// 服役、服刑.
    Absent {
        /// Which.
        absence: Absence,
    },
    /// 退役、释放.
    Returned {
        /// From what.
        absence: Absence,
    },
    /// 重复参保, this scheme gives way.
    Doubled {
        /// The scheme that gives benefits.
        by: Scheme,
    },
    /// 重复参保结束.
    DoubleOver {
        /// The scheme that gave benefits.
        by: Scheme,
    },
    /// 异地参保, this area gives way.
    CoveredElsewhere {
        /// Where.
        area: AreaCode,
    },
    /// 异地停保.
    ElsewhereOver {
        /// Where.
        area: AreaCode,
    },
    /// 终止参保.
    Ended,
    /// 死亡.
    Died,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Migrated { why } if why.is_empty() => f.write_str("按迁入的参保信息"),
            Self::Migrated { why } => write!(f, "按迁入的参保信息：{why}"),
            Self::Begins { event, law } => write!(f, "{event}：{law}"),
            Self::WaitOver => f.write_str("待遇等待期满"),
            Self::GapUnpaid { months } => {
                write!(f, "中断缴费{months}个月尚未补缴，暂不享受待遇")
            }
            Self::Reopened { event } => write!(f, "{event}，中断期间追溯享受"),
            Self::Premium { year, law } => write!(f, "缴纳{year}年度费用：{law}"),
            Self::YearOver { year } => write!(f, "{year}年度终了"),
            Self::Refunded { year } => write!(f, "{year}年度费用已退"),
            Self::Stopped { last } => write!(f, "停保，费款缴至{last}"),
            Self::TransferredOut { to } => write!(f, "参保关系转出至{to}"),
            Self::Changed => f.write_str("参保信息变更"),
            Self::Retired => f.write_str("退休，按退休人员享受"),
            Self::YearsMissing { months } => {
                write!(f, "退休时缴费年限差{months}个月，补缴前暂停享受")
            }
            Self::YearsPaid => f.write_str("退休补缴到账，按退休人员享受"),
            Self::InArrears { since } => write!(f, "自{since}起欠费，暂停享受"),
            Self::ArrearsPaid => f.write_str("欠费已补缴，恢复享受"),
            Self::Absent { absence } => write!(f, "{}期间暂停享受", absence.zh()),
            Self::Returned { absence } => write!(f, "{}结束，恢复享受", absence.zh()),
            Self::Doubled { by } => write!(f, "重复参保，由{by}享受待遇"),
            Self::DoubleOver { by } => write!(f, "{by}不再享受，恢复本险种待遇"),
            Self::CoveredElsewhere { area } => write!(f, "已在{area}参保，由异地享受待遇"),
            Self::ElsewhereOver { area } => write!(f, "{area}已停保，恢复本地待遇"),
            Self::Ended => f.write_str("终止参保"),
            Self::Died => f.write_str("死亡"),
        }
    }
}
