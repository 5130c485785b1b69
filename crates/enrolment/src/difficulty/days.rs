use std::fmt;

use serde::{Deserialize, Serialize};
use terms::Date;

/// A span of days, both ends included, or open (起止日期).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Days {
    /// First day.
    pub from: Date,
    /// Last day, or open.
    pub to: Option<Date>,
}

impl Days {
    /// A span of days.
    pub const fn new(from: Date, to: Option<Date>) -> Self {
        Self { from, to }
    }

    /// Whether a day lies within.
    ///
    /// ```
    /// use enrolment::difficulty::Days;
    /// let days = Days::new("2026-01-01".parse().unwrap(), None);
    /// assert!(days.holds("2027-05-06".parse().unwrap()));
    /// ```
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether two spans share a day.
    pub fn meets(&self, other: &Self) -> bool {
        let before = |one: &Self, two: &Self| one.to.is_some_and(|to| to < two.from);
        !before(self, other) && !before(other, self)
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            Some(to) => write!(f, "{}至{to}", self.from),
            None => write!(f, "{}起", self.from),
        }
    }
}

/// The same day so many months later, or earlier where negative; the last day of a shorter month.
pub(super) fn months_later(day: Date, months: i32) -> Date {
    let number = i32::from(day.year()) * 12 + i32::from(day.month()) - 1 + months;
    let year = i16::try_from(number.div_euclid(12)).unwrap_or(i16::MAX);
    let month = i8::try_from(number.rem_euclid(12) + 1).unwrap_or(1);
    match Date::new(year, month, 1) {
        Ok(first) => {
            let last = first.last_of_month();
            Date::new(year, month, day.day().min(last.day())).unwrap_or(last)
        }
        Err(_) if months < 0 => Date::MIN,
        Err(_) => Date::MAX,
    }
}

/// A date as lists write it: 2026-05-06, 20260506, 2026/5/6, 2026.5.6 or 2026年5月6日.
pub(super) fn read_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let digits = text.chars().all(|letter| letter.is_ascii_digit());
    if digits && text.len() == 8 {
        return ymd(&text[..4], &text[4..6], &text[6..]);
    }
    let text = text.strip_suffix('日').unwrap_or(text);
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    parts.next().is_none().then(|| ymd(year, month, day))?
}

fn ymd(year: &str, month: &str, day: &str) -> Option<Date> {
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || ![year, month, day].into_iter().all(plain) {
        return None;
    }
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    // Earlier dates are slips of the keyboard, and a first month could not be counted back from.
    (date.year() >= 1900).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_lists_write_them() {
        let day = Date::constant(2026, 5, 6);
        for text in [
            "2026-05-06",
            "20260506",
            "2026/5/6",
            "2026.5.6",
            "2026年5月6日",
        ] {
            assert_eq!(read_date(text), Some(day), "{text}");
        }
        for bad in [
            "2026-02-30",
            "2026-13-01",
            "26-1-1",
            "",
            "2026-5",
            "２０２６-05-06",
            "1026-1-1",
        ] {
            assert_eq!(read_date(bad), None, "{bad}");
        }
    }

    #[test]
    fn months_end_where_shorter_months_end() {
        let day = Date::constant(2024, 1, 31);
        assert_eq!(months_later(day, 1), Date::constant(2024, 2, 29));
        assert_eq!(months_later(day, -2), Date::constant(2023, 11, 30));
        assert_eq!(months_later(day, 12), Date::constant(2025, 1, 31));
    }
}
