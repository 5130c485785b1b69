use std::fmt;

use money::Fen;
use policy::UnknownYear;
use terms::Date;

use super::{Role, State};

/// Why a move of a doubt is refused (办理被拒).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The state knows no such move.
    NotHere {
        /// Where the doubt stands.
        state: State,
        /// The move, in 中文.
        verb: &'static str,
    },
    /// Somebody else has to do it.
    WrongRole {
        /// The move, in 中文.
        verb: &'static str,
        /// Who may.
        needs: Role,
        /// Who tried.
        has: Role,
    },
    /// The same person did the step before.
    SamePerson {
        /// Whose name.
        name: String,
        /// The step done before, in 中文.
        before: &'static str,
    },
    /// The reason is missing.
    NoReason {
        /// The move, in 中文.
        verb: &'static str,
    },
    /// The term is over.
    TooLate {
        /// Its last day.
        due: Date,
    },
    /// The term still runs.
    TooEarly {
        /// Its last day.
        due: Date,
    },
    /// Extended before.
    ExtendedBefore,
    /// A panel sat before: a second round is refused.
    PanelBefore,
    /// Too few experts, or an even number.
    PanelSize {
        /// Votes cast.
        votes: u32,
        /// Experts needed at least.
        needs: u32,
    },
    /// No majority for the finding.
    NoMajority {
        /// For it.
        votes_for: u32,
        /// Against it.
        votes_against: u32,
    },
    /// More than was doubted, or not above zero.
    Amount {
        /// What was to be confirmed.
        asked: Fen,
        /// What is doubted.
        doubted: Fen,
    },
    /// The calendar does not reach far enough.
    Calendar(UnknownYear),
}

impl Refusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotHere { .. } => "doubt_not_here",
            Self::WrongRole { .. } => "doubt_wrong_role",
            Self::SamePerson { .. } => "doubt_same_person",
            Self::NoReason { .. } => "doubt_no_reason",
            Self::TooLate { .. } => "doubt_too_late",
            Self::TooEarly { .. } => "doubt_too_early",
            Self::ExtendedBefore => "doubt_extended_before",
            Self::PanelBefore => "doubt_panel_before",
            Self::PanelSize { .. } => "doubt_panel_size",
            Self::NoMajority { .. } => "doubt_no_majority",
            Self::Amount { .. } => "doubt_amount",
            Self::Calendar(_) => "doubt_calendar",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotHere { state, verb } => write!(f, "疑点{}，不能{verb}", state.zh()),
            Self::WrongRole { verb, needs, has } => {
                write!(f, "{verb}由{}办理，现在是{}", needs.zh(), has.zh())
            }
            Self::SamePerson { name, before } => {
                write!(f, "{name}已经办理{before}，这一步要换人办理")
            }
            Self::NoReason { verb } => write!(f, "{verb}要写明理由"),
            Self::TooLate { due } => write!(f, "期限{due}已过"),
            Self::TooEarly { due } => write!(f, "期限{due}未到"),
            Self::ExtendedBefore => f.write_str("申诉期限已经延长过一次"),
            Self::PanelBefore => f.write_str("已经专家合议，不再受理新一轮材料"),
            Self::PanelSize { votes, needs } => {
                write!(f, "合议要有不少于{needs}名专家且为奇数，现在{votes}票")
            }
            Self::NoMajority {
                votes_for,
                votes_against,
            } => write!(f, "赞成{votes_for}票、反对{votes_against}票，不足半数"),
            Self::Amount { asked, doubted } => {
                write!(f, "确认金额{asked}元应大于0且不超过疑点金额{doubted}元")
            }
            Self::Calendar(year) => year.fmt(f),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<UnknownYear> for Refusal {
    fn from(year: UnknownYear) -> Self {
        Self::Calendar(year)
    }
}
