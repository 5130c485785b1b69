use std::fmt;

use money::Ratio;
use serde::Serialize;
use terms::{Category, Date, Scheme};

/// Why something about enrolment is lawfully not computed (不予核定), in order of precedence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// The law of the scheme has no such rule on that day.
    NoRule {
        /// 险种.
        scheme: Scheme,
        /// Which rule, in 中文.
        what: &'static str,
        /// The day that was looked for.
        on: Date,
    },
    /// There are rules, but none for such a person or case.
    NotProvided {
        /// 人员类别.
        category: Category,
        /// Which rule, in 中文.
        what: &'static str,
    },
    /// A fact that the rule needs is not known.
    MissingFact {
        /// Which, in 中文.
        fact: &'static str,
    },
    /// Facts contradict one another.
    BadDates {
        /// What should have come first, in 中文.
        first: &'static str,
        /// What should have come later.
        later: &'static str,
    },
    /// An event contradicts what is known already.
    Contradicts {
        /// How, in 中文.
        what: &'static str,
    },
    /// An amount or number below zero, or larger than any real one.
    BadAmount {
        /// Which, in 中文.
        fact: &'static str,
    },
    /// The chosen share of the base is none of those offered.
    StepNotOffered {
        /// What was chosen.
        chosen: Ratio,
        /// What may be chosen.
        offered: Vec<Ratio>,
    },
    /// The last day for it has passed.
    TooLate {
        /// What, in 中文.
        what: &'static str,
        /// The last day.
        last: Date,
    },
}

impl Refusal {
    /// The stable code of the refusal.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoRule { .. } => "no_rule",
            Self::NotProvided { .. } => "not_provided",
            Self::MissingFact { .. } => "missing_fact",
            Self::BadDates { .. } => "bad_dates",
            Self::Contradicts { .. } => "contradicts",
            Self::BadAmount { .. } => "bad_amount",
            Self::StepNotOffered { .. } => "step_not_offered",
            Self::TooLate { .. } => "too_late",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRule { scheme, what, on } => write!(f, "{on}{scheme}没有{what}的规定"),
            Self::NotProvided { category, what } => {
                write!(f, "政策没有规定“{category}”人员此种情形的{what}")
            }
            Self::MissingFact { fact } => write!(f, "缺少{fact}，不能核定"),
            Self::BadDates { first, later } => write!(f, "日期先后不符：{first}不应晚于{later}"),
            Self::Contradicts { what } => f.write_str(what),
            Self::BadAmount { fact } => write!(f, "{fact}为负或过大，不能核定"),
            Self::StepNotOffered { chosen, offered } => {
                let offered: Vec<String> = offered.iter().map(Ratio::to_string).collect();
                write!(f, "缴费档次没有{chosen}，可选{}", offered.join("、"))
            }
            Self::TooLate { what, last } => write!(f, "{what}应不晚于{last}办理"),
        }
    }
}

impl std::error::Error for Refusal {}
