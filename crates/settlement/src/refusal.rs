use std::fmt;
use std::sync::Arc;

use money::Fen;
use policy::Provenance;
use serde::Serialize;
use terms::{CareType, Date, Scheme};

/// One thing that is wrong with a line (明细问题).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// The line's number.
    pub line: u32,
    /// What is wrong, in 中文, naming the value.
    pub message: String,
}

/// Why a bill is lawfully not settled (不予结算), in order of precedence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// The bill has no lines.
    NoLines,
    /// Lines contradict themselves.
    BadLines {
        /// Every fault found.
        issues: Vec<Issue>,
    },
    /// The dates of the bill are out of order.
    BadDates {
        /// Begin of the visit.
        admission: Date,
        /// Its end.
        discharge: Date,
        /// The settlement.
        settlement: Date,
    },
    /// No law for the scheme on the dates of the case.
    NoLaw {
        /// The missing topic.
        key: String,
        /// The date that was looked for.
        on: Date,
    },
    /// A gate of the policy refuses the bill.
    Gate {
        /// The gate's stable code.
        gate: String,
        /// Its 中文 sentence.
        message: String,
        /// The law behind it.
        #[serde(skip)]
        basis: Arc<Provenance>,
    },
    /// No chain of layers is defined for such a bill.
    NoChain {
        /// 险种.
        scheme: Scheme,
        /// 医疗类别.
        care: CareType,
    },
    /// Later bills depend on the one to be reversed.
    LaterBills {
        /// Their numbers, the latest first.
        later: Vec<String>,
    },
    /// Reversing would leave an account or counter below zero.
    NotRestorable {
        /// What.
        what: String,
        /// How far below zero.
        short: Fen,
    },
}

impl Refusal {
    /// The stable code of the refusal.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoLines => "no_lines",
            Self::BadLines { .. } => "bad_lines",
            Self::BadDates { .. } => "bad_dates",
            Self::NoLaw { .. } => "no_law",
            Self::Gate { .. } => "gate",
            Self::NoChain { .. } => "no_chain",
            Self::LaterBills { .. } => "later_bills",
            Self::NotRestorable { .. } => "not_restorable",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLines => f.write_str("没有费用明细，不能结算"),
            Self::BadLines { issues } => {
                let shown = issues
                    .iter()
                    .take(3)
                    .map(|i| format!("第{}行{}", i.line, i.message));
                f.write_str(&shown.collect::<Vec<_>>().join("；"))?;
                if issues.len() > 3 {
                    write!(f, "；等{}处", issues.len())?;
                }
                Ok(())
            }
            Self::BadDates {
                admission,
                discharge,
                settlement,
            } => write!(
                f,
                "日期先后不符：就诊（入院）{admission}，结束（出院）{discharge}，结算{settlement}"
            ),
            Self::NoLaw { key, on } => write!(f, "{on}没有适用的政策“{key}”"),
            Self::Gate { message, .. } => f.write_str(message),
            Self::NoChain { scheme, care } => write!(f, "{scheme}没有“{care}”的待遇规定"),
            Self::LaterBills { later } => {
                write!(f, "之后的结算以本次为基础，须先撤销：{}", later.join("、"))
            }
            Self::NotRestorable { what, short } => {
                write!(f, "撤销后{what}将为负（差{}元）", -*short)
            }
        }
    }
}

impl std::error::Error for Refusal {}
