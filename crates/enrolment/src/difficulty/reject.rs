use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use terms::Date;

use super::{Days, ListKind, ListLaw, ReceivedList};
use crate::difficulty::claim::normal;

/// Why a list is refused as a whole (整份退回), in order of precedence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ListRefusal {
    /// The bureau may state no identity.
    UnknownBureau {
        /// What was said.
        bureau: String,
    },
    /// A full list that names nobody does not say of which identity.
    EmptyList,
    /// The sender counted otherwise.
    WrongTotals {
        /// What was counted, 中文.
        what: String,
        /// What the sender says.
        stated: usize,
        /// What the file holds.
        found: usize,
    },
}

impl ListRefusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownBureau { .. } => "unknown_bureau",
            Self::EmptyList => "empty_list",
            Self::WrongTotals { .. } => "wrong_totals",
        }
    }
}

impl fmt::Display for ListRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownBureau { bureau } => write!(f, "“{bureau}”不是可以认定身份的部门"),
            Self::EmptyList => f.write_str("名单没有内容；空的全量名单应写明涵盖哪些身份"),
            Self::WrongTotals {
                what,
                stated,
                found,
            } => write!(f, "{what}不符：名单写明{stated}，实有{found}，整份退回"),
        }
    }
}

impl std::error::Error for ListRefusal {}

/// What is wrong with the list as a whole, if anything.
pub(super) fn check_list(list: &ReceivedList, law: &ListLaw<'_>) -> Result<(), ListRefusal> {
    let mut rules = law.rule.identities.iter();
    if !rules.any(|rule| rule.bureaus.contains(&list.bureau)) {
        let bureau = list.bureau.to_string();
        return Err(ListRefusal::UnknownBureau { bureau });
    }
    let nothing = list.rows.is_empty() && list.covers.is_empty();
    if nothing || (list.rows.is_empty() && list.kind == ListKind::Change) {
        return Err(ListRefusal::EmptyList);
    }
    let documents: BTreeSet<String> = list.rows.iter().map(|row| normal(&row.document)).collect();
    let counted = [
        ("行数", list.totals.rows, list.rows.len()),
        ("人数", list.totals.people, documents.len()),
    ];
    for (what, stated, found) in counted {
        if let Some(stated) = stated.filter(|stated| *stated != found) {
            let what = what.to_owned();
            return Err(ListRefusal::WrongTotals {
                what,
                stated,
                found,
            });
        }
    }
    Ok(())
}

/// Why a row is sent back (退回原因), in order of precedence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Rejection {
    /// A column that is needed is empty.
    MissingField {
        /// Which, 中文.
        field: String,
    },
    /// The number cannot be that of a document.
    BadDocument {
        /// What is wrong with it, 中文.
        why: String,
    },
    /// No such identity.
    UnknownIdentity {
        /// What was written.
        text: String,
    },
    /// The bureau may not state this identity.
    NotEntitled {
        /// 中文 name of the identity.
        identity: String,
        /// 中文 name of the bureau.
        bureau: String,
    },
    /// The row asks for nothing that is known.
    UnknownAction {
        /// What was written.
        text: String,
    },
    /// A full list states who holds an identity; it does not end or withdraw.
    EndsInFullList,
    /// Not a day of the calendar.
    BadDate {
        /// Which column, 中文.
        field: String,
        /// What was written.
        text: String,
    },
    /// Recognised after the day of the list.
    StartsLater {
        /// 认定日期.
        from: Date,
        /// 名单日.
        day: Date,
    },
    /// Ends before it begins.
    EndsBeforeStart {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// Rows of the same person and identity say different things.
    Contradicting {
        /// Their numbers.
        rows: Vec<u32>,
    },
    /// Spans of the same person and identity overlap.
    Overlapping {
        /// The numbers of the rows.
        rows: Vec<u32>,
    },
    /// Nobody of this document is in the register.
    NotInRegister {
        /// Whether to enrol the person at once (建议随时参保).
        propose_enrolment: bool,
    },
    /// The register knows the document under another name.
    NameDiffers,
    /// Recognised before the person was born.
    BeforeBirth {
        /// 认定日期.
        from: Date,
    },
    /// The person has died.
    Dead {
        /// 死亡日期.
        death: Date,
    },
    /// The span bridges several that the register already holds.
    BridgesHeld {
        /// Those.
        held: Vec<Days>,
    },
    /// There is nothing of this identity to end or withdraw.
    NothingToEnd {
        /// 中文 name of the identity.
        identity: String,
    },
}

impl Rejection {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::MissingField { .. } => "missing_field",
            Self::BadDocument { .. } => "bad_document",
            Self::UnknownIdentity { .. } => "unknown_identity",
            Self::NotEntitled { .. } => "not_entitled",
            Self::UnknownAction { .. } => "unknown_action",
            Self::EndsInFullList => "ends_in_full_list",
            Self::BadDate { .. } => "bad_date",
            Self::StartsLater { .. } => "starts_later",
            Self::EndsBeforeStart { .. } => "ends_before_start",
            Self::Contradicting { .. } => "contradicting",
            Self::Overlapping { .. } => "overlapping",
            Self::NotInRegister { .. } => "not_in_register",
            Self::NameDiffers => "name_differs",
            Self::BeforeBirth { .. } => "before_birth",
            Self::Dead { .. } => "dead",
            Self::BridgesHeld { .. } => "bridges_held",
            Self::NothingToEnd { .. } => "nothing_to_end",
        }
    }
}

fn listed<T: ToString>(items: &[T]) -> String {
    let texts: Vec<String> = items.iter().map(ToString::to_string).collect();
    texts.join("、")
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingField { field } => write!(f, "缺少{field}"),
            Self::BadDocument { why } => write!(f, "证件号码有误：{why}"),
            Self::UnknownIdentity { text } => write!(f, "没有“{text}”这一种身份"),
            Self::NotEntitled { identity, bureau } => {
                write!(f, "{identity}不由{bureau}认定")
            }
            Self::UnknownAction { text } => {
                write!(f, "增减应为新增、延续、变更、退出或撤销，现为“{text}”")
            }
            Self::EndsInFullList => f.write_str("全量名单不写退出或撤销，不列入名单即为退出"),
            Self::BadDate { field, text } => write!(f, "{field}“{text}”不是日历上的日期"),
            Self::StartsLater { from, day } => write!(f, "认定日期{from}晚于名单日{day}"),
            Self::EndsBeforeStart { from, to } => write!(f, "截止日期{to}早于开始日期{from}"),
            Self::Contradicting { rows } => {
                write!(f, "同一人同一身份的第{}行内容互相矛盾", listed(rows))
            }
            Self::Overlapping { rows } => {
                write!(f, "同一人同一身份的第{}行期间重叠", listed(rows))
            }
            Self::NotInRegister {
                propose_enrolment: true,
            } => f.write_str("不在参保登记中，建议随时参保"),
            Self::NotInRegister { .. } => f.write_str("不在参保登记中"),
            Self::NameDiffers => f.write_str("姓名与参保登记不一致"),
            Self::BeforeBirth { from } => write!(f, "认定日期{from}早于出生日期"),
            Self::Dead { death } => write!(f, "已于{death}死亡"),
            Self::BridgesHeld { held } => {
                write!(f, "与已登记的几段身份同时重叠：{}", listed(held))
            }
            Self::NothingToEnd { identity } => {
                write!(f, "没有登记由贵部门认定的{identity}，无从退出")
            }
        }
    }
}
