use std::borrow::Cow;
use std::fmt;

use money::{ExactError, Fen};
use serde::Serialize;
use terms::{AreaCode, Date, Scheme};

/// Why something is lawfully not paid or not cleared (不予清算), in order of precedence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No method is in force for the area and scheme on that day.
    NoMethod {
        /// 统筹区.
        area: AreaCode,
        /// 险种.
        scheme: Scheme,
        /// The day that was looked for.
        on: Date,
    },
    /// The parameters in force have not been approved.
    NotApproved {
        /// Which version of which year.
        version: String,
        /// Its state, in 中文.
        state: &'static str,
    },
    /// A parameter contradicts itself or its neighbours.
    BadParameter {
        /// Which, as the file or the policy names it.
        name: Cow<'static, str>,
        /// Its value.
        value: String,
        /// What it should be, in 中文.
        want: Cow<'static, str>,
    },
    /// The same code or number twice where each may stand once.
    Duplicate {
        /// What is numbered, in 中文.
        what: &'static str,
        /// The code or number.
        number: String,
    },
    /// An institution that is not in the list of institutions.
    UnknownInstitution {
        /// The code.
        institution: String,
        /// Where it stands.
        at: String,
    },
    /// A group for which nothing has been set.
    UnknownGroup {
        /// The group.
        group: String,
        /// Where it stands.
        at: String,
        /// What is missing for it, in 中文.
        missing: Cow<'static, str>,
    },
    /// A fact of one case that can not be true.
    BadFact {
        /// The case, visit or batch.
        case: String,
        /// Which fact, as the file names it.
        fact: Cow<'static, str>,
        /// Its value.
        value: String,
        /// What it should be, in 中文.
        want: Cow<'static, str>,
    },
    /// A case of one pool was offered to another.
    OtherPool {
        /// The case.
        case: String,
        /// Whose pool it belongs to.
        belongs: Scheme,
        /// Whose pool it was offered to.
        offered: Scheme,
    },
    /// There is nothing to divide by: no base-year cases, no points, no heads.
    NothingToDivideBy {
        /// What is zero, in 中文.
        what: Cow<'static, str>,
    },
    /// A pool with nothing in it, or less.
    PoolNotPositive {
        /// Which amount, as the file names it.
        name: Cow<'static, str>,
        /// What it holds.
        amount: Fen,
    },
    /// A value beyond what can be computed exactly.
    TooLarge {
        /// Which value, in 中文.
        what: Cow<'static, str>,
    },
}

impl Refusal {
    /// The stable code of the refusal.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoMethod { .. } => "no_method",
            Self::NotApproved { .. } => "not_approved",
            Self::BadParameter { .. } => "bad_parameter",
            Self::Duplicate { .. } => "duplicate",
            Self::UnknownInstitution { .. } => "unknown_institution",
            Self::UnknownGroup { .. } => "unknown_group",
            Self::BadFact { .. } => "bad_fact",
            Self::OtherPool { .. } => "other_pool",
            Self::NothingToDivideBy { .. } => "nothing_to_divide_by",
            Self::PoolNotPositive { .. } => "pool_not_positive",
            Self::TooLarge { .. } => "too_large",
        }
    }

    pub(crate) fn parameter(
        name: impl Into<Cow<'static, str>>,
        value: impl ToString,
        want: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::BadParameter {
            name: name.into(),
            value: value.to_string(),
            want: want.into(),
        }
    }

    pub(crate) fn fact(
        case: impl ToString,
        fact: &'static str,
        value: impl ToString,
        want: &'static str,
    ) -> Self {
        Self::BadFact {
            case: case.to_string(),
            fact: fact.into(),
            value: value.to_string(),
            want: want.into(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMethod { area, scheme, on } => {
                write!(f, "{on}统筹区{area}的{scheme}没有适用的支付办法")
            }
            Self::NotApproved { version, state } => {
                write!(f, "支付参数{version}为“{state}”，未经批准只能用于测算")
            }
            Self::BadParameter { name, value, want } => {
                write!(f, "参数{name}为“{value}”，{want}")
            }
            Self::Duplicate { what, number } => write!(f, "{what}“{number}”重复"),
            Self::UnknownInstitution { institution, at } => {
                write!(f, "{at}的医药机构“{institution}”不在机构表中")
            }
            Self::UnknownGroup { group, at, missing } => {
                write!(f, "{at}的病种“{group}”没有{missing}")
            }
            Self::BadFact {
                case,
                fact,
                value,
                want,
            } => write!(f, "{case}的{fact}为“{value}”，{want}"),
            Self::OtherPool {
                case,
                belongs,
                offered,
            } => write!(f, "{case}属于{belongs}基金，不能进入{offered}基金的清算"),
            Self::NothingToDivideBy { what } => write!(f, "{what}为零，无法计算"),
            Self::PoolNotPositive { name, amount } => {
                write!(f, "可分配金额{name}为“{amount}”元，应大于零")
            }
            Self::TooLarge { what } => write!(f, "{what}过大，无法精确计算"),
        }
    }
}

impl std::error::Error for Refusal {}

/// Turns an impossible computation into a refusal that says what was computed.
pub(crate) trait OrRefuse<T> {
    fn or_refuse(self, what: &'static str) -> Result<T, Refusal>;
}

impl<T> OrRefuse<T> for Result<T, ExactError> {
    fn or_refuse(self, what: &'static str) -> Result<T, Refusal> {
        self.map_err(|error| match error {
            ExactError::ZeroDivisor => Refusal::NothingToDivideBy { what: what.into() },
            ExactError::TooLarge => Refusal::TooLarge { what: what.into() },
        })
    }
}

impl<T> OrRefuse<T> for Option<T> {
    fn or_refuse(self, what: &'static str) -> Result<T, Refusal> {
        self.ok_or(Refusal::TooLarge { what: what.into() })
    }
}
