use serde::{Deserialize, Serialize};
use terms::{Date, DateTime};

use super::Fact;

/// A fact with the days it holds and the moment it became known (登记记录).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number within the person, rising from 1.
    pub number: i64,
    /// First day it holds (有效起).
    pub from: Date,
    /// Last day it holds, or open (有效止).
    pub to: Option<Date>,
    /// What it states.
    pub fact: Fact,
    /// When it was recorded (登记时间).
    pub recorded: DateTime,
    /// Who recorded it (经办人).
    pub by: String,
    /// From where it came: counter, list, import, message (来源).
    pub source: String,
    /// The entry it takes the place of.
    pub replaces: Option<i64>,
    /// Whether it only takes the other back and states nothing itself (撤回).
    pub withdrawn: bool,
}

impl Entry {
    /// Whether the fact holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// A fact about to be recorded (待登记事项).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFact {
    /// First day.
    pub from: Date,
    /// Last day, or open.
    pub to: Option<Date>,
    /// What it states.
    pub fact: Fact,
    /// The entry it takes the place of.
    pub replaces: Option<i64>,
    /// Whether it only takes the other back.
    pub withdrawn: bool,
}

impl NewFact {
    /// A fact that holds from a day on.
    pub const fn from(from: Date, fact: Fact) -> Self {
        Self {
            from,
            to: None,
            fact,
            replaces: None,
            withdrawn: false,
        }
    }

    /// A fact that holds over a span of days, or from a day on.
    pub const fn over(from: Date, to: Option<Date>, fact: Fact) -> Self {
        Self {
            from,
            to,
            fact,
            replaces: None,
            withdrawn: false,
        }
    }

    /// The same fact with another last day (截止).
    pub fn ended(entry: &Entry, last: Date) -> Self {
        Self {
            from: entry.from,
            to: Some(last),
            fact: entry.fact.clone(),
            replaces: Some(entry.number),
            withdrawn: false,
        }
    }

    /// A correction: the entry was wrong, this is right (更正).
    pub const fn instead_of(entry: i64, from: Date, to: Option<Date>, fact: Fact) -> Self {
        Self {
            from,
            to,
            fact,
            replaces: Some(entry),
            withdrawn: false,
        }
    }

    /// The entry was never true (撤回).
    pub fn withdrawing(entry: &Entry) -> Self {
        Self {
            from: entry.from,
            to: entry.to,
            fact: entry.fact.clone(),
            replaces: Some(entry.number),
            withdrawn: true,
        }
    }
}
