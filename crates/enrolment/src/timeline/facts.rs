use serde::{Deserialize, Serialize};
use terms::{AreaCode, Category, CoverState, Date, Scheme, Sex, Word};

use super::event::{Dated, Event};
use crate::register::{Entry, Fact};

/// What is known of a person's cover (参保事实).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CoverFacts {
    /// 出生日期, if recorded.
    pub birth: Option<Date>,
    /// 性别, if recorded.
    pub sex: Option<Sex>,
    /// 救助身份 with the days on which they were held.
    pub identities: Vec<Held>,
    /// Marks of the person and of the employer, with their days.
    pub marks: Vec<Held>,
    /// Periods taken over from an older register, in any order.
    pub migrated: Vec<Migrated>,
    /// Events in any order.
    pub events: Vec<Dated>,
}

/// A word that held for some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The word.
    pub word: Word,
    /// First day.
    pub from: Date,
    /// Last day, or open.
    pub to: Option<Date>,
}

/// A period of cover as an older register had it (迁入的参保段).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Migrated {
    /// 序号 in the register.
    pub no: i64,
    /// 险种.
    pub scheme: Scheme,
    /// First day.
    pub first: Date,
    /// Last day, or open.
    pub last: Option<Date>,
    /// 人员类别.
    pub category: Category,
    /// 待遇状态.
    pub state: CoverState,
    /// 参保县（市、区）.
    pub county: AreaCode,
    /// 参保单位, where there is one.
    pub employer: Option<Word>,
    /// What the older register said about the state.
    pub reason: String,
}

impl CoverFacts {
    /// What the register believes of a person's cover.
    pub fn of(believed: &[&Entry]) -> Self {
        let mut facts = Self::default();
        for entry in believed {
            facts.add(entry);
        }
        facts
    }

    fn add(&mut self, entry: &Entry) {
        let held = |word: &Word| Held {
            word: word.clone(),
            from: entry.from,
            to: entry.to,
        };
        let event = |scheme, event: &Event| Dated {
            no: entry.number,
            on: entry.from,
            scheme,
            event: event.clone(),
        };
        match &entry.fact {
            Fact::Birth { birth } => self.birth = Some(*birth),
            Fact::Sex { sex } => self.sex = Some(*sex),
            Fact::Identity { identity, .. } => self.identities.push(held(identity)),
            Fact::Mark { mark } => self.marks.push(held(mark)),
            Fact::Death => self.events.push(event(Scheme::Employee, &Event::Die)),
            Fact::Cover {
                scheme,
                event: known,
            } => self.events.push(event(*scheme, known)),
            Fact::Period {
                scheme,
                category,
                state,
                county,
                employer,
                reason,
            } => self.migrated.push(Migrated {
                no: entry.number,
                scheme: *scheme,
                first: entry.from,
                last: entry.to,
                category: *category,
                state: *state,
                county: *county,
                employer: (!employer.is_empty()).then(|| Word::new(employer)),
                reason: reason.clone(),
            }),
            _ => {}
        }
    }

    /// Words held on a day.
    pub(super) fn held(words: &[Held], day: Date) -> Vec<Word> {
        let on = |held: &&Held| held.from <= day && held.to.is_none_or(|to| day <= to);
        words
            .iter()
            .filter(on)
            .map(|held| held.word.clone())
            .collect()
    }
}
