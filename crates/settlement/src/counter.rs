use std::fmt;

use policy::{CaseDates, Period, Subject};
use serde::{Deserialize, Serialize};
use terms::{Date, Word};

/// Which instance of a period a counter belongs to (累计期间).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PeriodKey {
    /// 待遇年度.
    Year(i16),
    /// 月.
    Month(i16, i8),
    /// 某日在某机构.
    Day(Date, Word),
    /// 某次就诊.
    Stay(Word),
    /// 某个病程或孕次.
    Episode(Word),
    /// 终身.
    Life,
}

impl fmt::Display for PeriodKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year}"),
            Self::Month(year, month) => write!(f, "{year}-{month:02}"),
            Self::Day(day, institution) => write!(f, "{day}@{institution}"),
            Self::Stay(visit) => write!(f, "stay:{visit}"),
            Self::Episode(episode) => write!(f, "episode:{episode}"),
            Self::Life => f.write_str("life"),
        }
    }
}

impl From<PeriodKey> for String {
    fn from(key: PeriodKey) -> Self {
        key.to_string()
    }
}

impl TryFrom<String> for PeriodKey {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("不是累计期间: {text}");
        if text == "life" {
            return Ok(Self::Life);
        }
        if let Some(visit) = text.strip_prefix("stay:") {
            return Ok(Self::Stay(visit.into()));
        }
        if let Some(episode) = text.strip_prefix("episode:") {
            return Ok(Self::Episode(episode.into()));
        }
        if let Some((day, institution)) = text.split_once('@') {
            return Ok(Self::Day(
                day.parse().map_err(|_| wrong())?,
                institution.into(),
            ));
        }
        match text.split_once('-') {
            Some((year, month)) => Ok(Self::Month(
                year.parse().map_err(|_| wrong())?,
                month.parse().map_err(|_| wrong())?,
            )),
            None => text.parse().map(Self::Year).map_err(|_| wrong()),
        }
    }
}

/// What a counter is: its name, its period, and what it is kept per (累计项).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CounterKey {
    /// The counter's name in policy data.
    pub name: Word,
    /// Which year, month, day or stay.
    pub period: PeriodKey,
    /// Disease, institution, grade or item.
    pub subject: Option<Word>,
}

/// A counter with its value: fen for money, ten-thousandths for quantities, units for counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// Which counter.
    pub key: CounterKey,
    /// Its value.
    pub value: i64,
}

/// A counter's value before and after a bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterChange {
    /// Which counter.
    pub key: CounterKey,
    /// Before the bill.
    pub before: i64,
    /// After it.
    pub after: i64,
}

/// The counters of one person as the bill finds them (年度累计).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Counters(pub Vec<Counter>);

impl Counters {
    /// The value of a counter, 0 if it never ran.
    pub fn value(&self, key: &CounterKey) -> i64 {
        self.0
            .iter()
            .find(|counter| counter.key == *key)
            .map_or(0, |counter| counter.value)
    }

    /// These counters after a bill's changes.
    pub fn with(&self, changes: &[CounterChange]) -> Self {
        let mut next = self.clone();
        for change in changes {
            match next.0.iter_mut().find(|counter| counter.key == change.key) {
                Some(counter) => counter.value = change.after,
                None => {
                    next.0.push(Counter {
                        key: change.key.clone(),
                        value: change.after,
                    });
                }
            }
        }
        next
    }
}

/// What the periods of a bill's counters are named after.
#[derive(Debug, Clone)]
pub(crate) struct Clockwork {
    pub year: i16,
    pub dates: CaseDates,
    pub institution: Word,
    pub visit: Word,
    pub episode: Option<Word>,
}

impl Clockwork {
    pub fn period(&self, period: Period) -> PeriodKey {
        match period {
            Period::Year => PeriodKey::Year(self.year),
            Period::Month => {
                PeriodKey::Month(self.dates.settlement.year(), self.dates.settlement.month())
            }
            Period::Day => PeriodKey::Day(self.dates.admission, self.institution.clone()),
            Period::Stay => PeriodKey::Stay(self.visit.clone()),
            Period::Episode => {
                PeriodKey::Episode(self.episode.as_ref().unwrap_or(&self.visit).clone())
            }
            Period::Life => PeriodKey::Life,
        }
    }

    pub fn subject(&self, subject: Subject, bill: &crate::Bill) -> Option<Word> {
        match subject {
            Subject::None | Subject::Item => None,
            Subject::Disease => bill.visit.disease.clone(),
            Subject::Institution => Some(self.institution.clone()),
            Subject::Grade => Some(Word::new(bill.institution.grade.word())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn period_keys_survive_text() {
        let day = Date::new(2024, 11, 5).unwrap();
        for key in [
            PeriodKey::Year(2024),
            PeriodKey::Month(2024, 3),
            PeriodKey::Day(day, "H42".into()),
            PeriodKey::Stay("V1".into()),
            PeriodKey::Episode("E1".into()),
            PeriodKey::Life,
        ] {
            assert_eq!(PeriodKey::try_from(key.to_string()), Ok(key));
        }
        assert!(PeriodKey::try_from("next year".to_owned()).is_err());
    }
}
