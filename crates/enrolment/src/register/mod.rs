//! 登记册：一个人的全部登记事项，有效时间与登记时间分开，只增不改。
//!
//! Nothing is overwritten. A correction is a new [`Entry`] that names the one it replaces, so what
//! was believed at any earlier moment can still be read: [`Register::believed`].

mod entry;
mod fact;
mod sentence;

pub use entry::{Entry, NewFact};
pub use fact::Fact;

use std::collections::BTreeSet;
use std::fmt;

use terms::{Date, DateTime};

/// All entries of a person, in the order of their numbers (登记册).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register(Vec<Entry>);

/// What has become of an entry (记录状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// 有效.
    Believed,
    /// 已更正.
    Replaced {
        /// The entry that took its place.
        by: i64,
    },
    /// 已撤回.
    Withdrawn {
        /// The entry that took it back.
        by: i64,
    },
    /// It only takes another back (撤回记录).
    Withdrawal,
}

/// Why a fact cannot be entered (登记事项有误).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issue {
    /// It ends before it begins.
    EndsFirst {
        /// The kind of fact, 中文.
        fact: &'static str,
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// It takes the place of an entry that does not exist or is believed no more.
    ReplacesNothing {
        /// The kind of fact, 中文.
        fact: &'static str,
        /// The entry named.
        entry: i64,
    },
    /// It takes the place of an entry of another kind.
    OtherKind {
        /// The kind of the new fact, 中文.
        fact: &'static str,
        /// The kind of the entry named.
        old: &'static str,
        /// The entry named.
        entry: i64,
    },
    /// It withdraws without saying what.
    WithdrawsNothing {
        /// The kind of fact, 中文.
        fact: &'static str,
    },
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndsFirst { fact, from, to } => {
                write!(f, "{fact}的截止日期{to}早于起始日期{from}")
            }
            Self::ReplacesNothing { fact, entry } => {
                write!(f, "{fact}要更正的第{entry}条记录不存在或已被更正")
            }
            Self::OtherKind { fact, old, entry } => {
                write!(f, "第{entry}条记录是{old}，不能用{fact}更正")
            }
            Self::WithdrawsNothing { fact } => write!(f, "撤回{fact}时没有指明撤回哪一条"),
        }
    }
}

impl std::error::Error for Issue {}

impl Register {
    /// A register from entries in any order.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by_key(|entry| entry.number);
        Self(entries)
    }

    /// Every entry ever made, by number.
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// What was believed at a moment, by number (当时的认定).
    pub fn believed(&self, at: DateTime) -> Vec<&Entry> {
        self.standing(|entry| entry.recorded <= at)
    }

    /// What is believed now, by number.
    pub fn current(&self) -> Vec<&Entry> {
        self.standing(|_| true)
    }

    /// Whether an entry is believed now, was replaced by another, or taken back.
    pub fn standing_of(&self, number: i64) -> Standing {
        let Some(by) = self.0.iter().find(|entry| entry.replaces == Some(number)) else {
            let withdraws = |entry: &&Entry| entry.number == number && entry.withdrawn;
            return match self.0.iter().any(|entry| withdraws(&entry)) {
                true => Standing::Withdrawal,
                false => Standing::Believed,
            };
        };
        match by.withdrawn {
            true => Standing::Withdrawn { by: by.number },
            false => Standing::Replaced { by: by.number },
        }
    }

    fn standing(&self, known: impl Fn(&Entry) -> bool) -> Vec<&Entry> {
        let known: Vec<&Entry> = self.0.iter().filter(|entry| known(entry)).collect();
        let gone: BTreeSet<i64> = known.iter().filter_map(|entry| entry.replaces).collect();
        let stands = |entry: &&Entry| !entry.withdrawn && !gone.contains(&entry.number);
        known.into_iter().filter(stands).collect()
    }

    /// The same register with facts added that somebody records at a moment.
    ///
    /// # Errors
    /// An [`Issue`] for the first fact that contradicts itself or what it replaces; then nothing
    /// is added.
    pub fn with(
        &self,
        facts: Vec<NewFact>,
        recorded: DateTime,
        by: &str,
        source: &str,
    ) -> Result<Self, Issue> {
        let mut grown = self.clone();
        for new in facts {
            grown.check(&new)?;
            let number = grown.0.last().map_or(0, |entry| entry.number) + 1;
            grown.0.push(Entry {
                number,
                from: new.from,
                to: new.to,
                fact: new.fact,
                recorded,
                by: by.to_owned(),
                source: source.to_owned(),
                replaces: new.replaces,
                withdrawn: new.withdrawn,
            });
        }
        Ok(grown)
    }

    fn check(&self, new: &NewFact) -> Result<(), Issue> {
        let fact = new.fact.zh();
        if let Some(to) = new.to.filter(|to| *to < new.from) {
            let from = new.from;
            return Err(Issue::EndsFirst { fact, from, to });
        }
        let Some(entry) = new.replaces else {
            return match new.withdrawn {
                true => Err(Issue::WithdrawsNothing { fact }),
                false => Ok(()),
            };
        };
        let current = self.current();
        let old = current.iter().find(|old| old.number == entry);
        let old = old.ok_or(Issue::ReplacesNothing { fact, entry })?;
        if old.fact.word() != new.fact.word() {
            let old = old.fact.zh();
            return Err(Issue::OtherKind { fact, old, entry });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i8) -> DateTime {
        DateTime::constant(2024, 3, day, 9, 0, 0, 0)
    }

    fn name(name: &str) -> Fact {
        Fact::Name { name: name.into() }
    }

    const BORN: Date = Date::constant(1990, 1, 1);

    #[test]
    fn a_correction_leaves_the_old_belief_readable() {
        let first = Register::default();
        let first = first
            .with(
                vec![NewFact::from(BORN, name("张三"))],
                at(1),
                "a",
                "counter",
            )
            .unwrap();
        let right = NewFact::instead_of(1, BORN, None, name("张叁"));
        let second = first.with(vec![right], at(5), "b", "counter").unwrap();
        let believed = |day| second.believed(at(day))[0].fact.clone();
        assert_eq!(believed(4), name("张三"));
        assert_eq!(believed(5), name("张叁"));
        assert_eq!(second.entries().len(), 2);
    }

    #[test]
    fn a_withdrawn_entry_is_believed_no_more() {
        let facts = vec![NewFact::from(BORN, name("李四"))];
        let first = Register::default().with(facts, at(1), "a", "list").unwrap();
        let back = NewFact::withdrawing(&first.entries()[0]);
        let second = first.with(vec![back.clone()], at(2), "a", "list").unwrap();
        assert!(second.current().is_empty());
        assert_eq!(second.believed(at(1)).len(), 1);
        let again = second.with(vec![back], at(3), "a", "list").unwrap_err();
        assert_eq!(again.to_string(), "姓名要更正的第1条记录不存在或已被更正");
    }

    #[test]
    fn contradictions_are_named() {
        let late = NewFact::over(at(5).date(), Some(at(1).date()), name("王五"));
        let issue = Register::default().with(vec![late], at(6), "a", "x");
        let said = issue.unwrap_err().to_string();
        assert_eq!(said, "姓名的截止日期2024-03-01早于起始日期2024-03-05");
        let facts = vec![NewFact::from(BORN, name("王五"))];
        let first = Register::default().with(facts, at(1), "a", "x").unwrap();
        let other = NewFact::instead_of(1, BORN, None, Fact::Death);
        let issue = first.with(vec![other], at(2), "a", "x").unwrap_err();
        assert_eq!(issue.to_string(), "第1条记录是姓名，不能用死亡更正");
    }
}
