use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use terms::Date;

use crate::Source;

/// Which days are worked (工作日历): weekdays without the holidays of the yearly notice, and the
/// days at weekends that are worked instead.
///
/// A year is known once its notice is published and entered; another year is refused, not guessed.
#[derive(Debug, Clone, Default)]
pub struct WorkCalendar {
    years: BTreeMap<i16, WorkYear>,
}

/// The holidays of one year as its notice gives them (年度节假日安排).
#[derive(Debug, Clone)]
pub struct WorkYear {
    /// The calendar year.
    pub year: i16,
    /// 放假.
    pub holidays: Vec<Holiday>,
    /// 调休上班: days at weekends that are worked.
    pub workdays: BTreeSet<Date>,
    /// The notice of the State Council's office.
    pub source: Source,
    /// The day somebody last compared it with the notice.
    pub checked: Date,
}

/// A holiday with the days moved to it (放假调休), both days included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// 中文 name.
    pub name: String,
    /// First day off.
    pub from: Date,
    /// Last day off.
    pub to: Date,
}

/// A year whose holidays are not known (节假日安排未公布).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownYear {
    /// The year asked for.
    pub year: i16,
}

impl fmt::Display for UnknownYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year;
        write!(f, "{year}年的节假日安排没有录入，算不出工作日")
    }
}

impl std::error::Error for UnknownYear {}

impl WorkCalendar {
    /// A calendar of some years; a later entry for the same year takes the place of an earlier.
    pub fn new(years: impl IntoIterator<Item = WorkYear>) -> Self {
        let years = years.into_iter().map(|year| (year.year, year)).collect();
        Self { years }
    }

    /// The years it knows, in order.
    pub fn years(&self) -> impl Iterator<Item = &WorkYear> {
        self.years.values()
    }

    /// Whether a day is worked (是否工作日).
    ///
    /// # Errors
    /// [`UnknownYear`] where the holidays of its year are not known.
    pub fn is_working_day(&self, day: Date) -> Result<bool, UnknownYear> {
        let unknown = UnknownYear { year: day.year() };
        let year = self.years.get(&day.year()).ok_or(unknown)?;
        if year.workdays.contains(&day) {
            return Ok(true);
        }
        let off = |holiday: &Holiday| (holiday.from..=holiday.to).contains(&day);
        let weekend = day.weekday().to_monday_one_offset() > 5;
        Ok(!weekend && !year.holidays.iter().any(off))
    }

    /// The last day of a term of so many working days (第几个工作日); the day itself is not
    /// counted, as in 民法典第二百零一条. A term of none ends on the day.
    ///
    /// # Errors
    /// [`UnknownYear`] where the term runs into a year that is not known.
    pub fn nth_working_day_after(&self, day: Date, count: u32) -> Result<Date, UnknownYear> {
        let mut at = day;
        let mut left = count;
        while left > 0 {
            at = at.tomorrow().map_err(|_| UnknownYear { year: at.year() })?;
            left -= u32::from(self.is_working_day(at)?);
        }
        Ok(at)
    }

    /// The working days after one day up to and with another (相隔工作日); none when not later.
    ///
    /// # Errors
    /// [`UnknownYear`] where a day between lies in a year that is not known.
    pub fn working_days_between(&self, after: Date, until: Date) -> Result<u32, UnknownYear> {
        let mut at = after;
        let mut count = 0;
        while at < until {
            at = at.tomorrow().map_err(|_| UnknownYear { year: at.year() })?;
            count += u32::from(self.is_working_day(at)?);
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn calendar() -> WorkCalendar {
        let holiday = |name: &str, from: &str, to: &str| Holiday {
            name: name.to_owned(),
            from: day(from),
            to: day(to),
        };
        WorkCalendar::new([WorkYear {
            year: 2025,
            holidays: vec![
                holiday("元旦", "2025-01-01", "2025-01-01"),
                holiday("春节", "2025-01-28", "2025-02-04"),
            ],
            workdays: BTreeSet::from([day("2025-01-26"), day("2025-02-08")]),
            source: Source {
                document: "通知".to_owned(),
                article: None,
            },
            checked: day("2026-11-22"),
        }])
    }

    #[test]
    fn weekends_holidays_and_days_worked_instead() {
        let calendar = calendar();
        for (text, worked) in [
            ("2025-01-01", false),
            ("2025-01-02", true),
            ("2025-01-25", false),
            ("2025-01-26", true),
            ("2025-01-28", false),
            ("2025-02-04", false),
            ("2025-02-05", true),
            ("2025-02-08", true),
            ("2025-02-09", false),
        ] {
            assert_eq!(calendar.is_working_day(day(text)), Ok(worked), "{text}");
        }
    }

    #[test]
    fn a_term_starts_the_day_after_and_steps_over_a_long_holiday() {
        let calendar = calendar();
        let end = |from: &str, count| calendar.nth_working_day_after(day(from), count);
        assert_eq!(end("2025-01-24", 0), Ok(day("2025-01-24")));
        assert_eq!(end("2025-01-24", 1), Ok(day("2025-01-26")));
        assert_eq!(end("2025-01-24", 2), Ok(day("2025-01-27")));
        assert_eq!(end("2025-01-24", 3), Ok(day("2025-02-05")));
        assert_eq!(end("2025-02-07", 1), Ok(day("2025-02-08")));
    }

    #[test]
    fn a_year_without_a_notice_is_refused() {
        let calendar = calendar();
        let refused = calendar.nth_working_day_after(day("2025-12-20"), 30);
        assert_eq!(refused, Err(UnknownYear { year: 2026 }));
        assert!(refused.unwrap_err().to_string().contains("2026年"));
        assert!(calendar.is_working_day(day("2024-12-31")).is_err());
    }

    #[test]
    fn the_end_of_a_term_lies_as_many_working_days_off() {
        let calendar = calendar();
        let mut start = day("2025-01-01");
        while start < day("2025-03-01") {
            for count in 0..35 {
                let end = calendar.nth_working_day_after(start, count).unwrap();
                assert_eq!(calendar.working_days_between(start, end), Ok(count));
                assert!(count == 0 || calendar.is_working_day(end).unwrap());
            }
            start = start.tomorrow().unwrap();
        }
    }
}
