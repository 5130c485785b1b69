use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use terms::{CodeError, Date};

/// A fee month (费款所属期): the calendar month a contribution is owed for, whenever it is paid.
///
/// ```
/// let month: policy::FeeMonth = "2020-12".parse().unwrap();
/// assert_eq!(month.later(2).to_string(), "2021-02");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FeeMonth {
    year: i16,
    month: i8,
}

/// Years that a fee month may lie in; leaves room to count months either way.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2999;

impl FeeMonth {
    /// The month that a day lies in.
    pub fn of(day: Date) -> Self {
        Self {
            year: day.year().clamp(*YEARS.start(), *YEARS.end()),
            month: day.month(),
        }
    }

    /// The calendar year.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month of the year, from 1.
    pub const fn month(self) -> i8 {
        self.month
    }

    /// The first day of the month.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month, 1).expect("the first of a month of these years is a day")
    }

    /// The last day of the month.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }

    /// The month so many months later, or earlier where negative.
    pub fn later(self, months: i32) -> Self {
        let count = self.number() + months;
        let year = i16::try_from(count.div_euclid(12)).unwrap_or(*YEARS.end());
        let month = i8::try_from(count.rem_euclid(12) + 1).expect("a remainder of twelve fits");
        Self {
            year: year.clamp(*YEARS.start(), *YEARS.end()),
            month,
        }
    }

    /// How many months this lies after another; negative when before it.
    pub const fn months_since(self, earlier: Self) -> i32 {
        self.number() - earlier.number()
    }

    const fn number(self) -> i32 {
        self.year as i32 * 12 + self.month as i32 - 1
    }
}

impl FromStr for FeeMonth {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let wrong = || CodeError {
            text: text.to_owned(),
            wanted: "费款所属期，应写作 2020-02",
        };
        let (year, month) = text.split_once('-').ok_or_else(wrong)?;
        let plain = year.len() == 4 && month.len() == 2;
        let year: i16 = year.parse().map_err(|_| wrong())?;
        let month: i8 = month.parse().map_err(|_| wrong())?;
        if !plain || !YEARS.contains(&year) || !(1..=12).contains(&month) {
            return Err(wrong());
        }
        Ok(Self { year, month })
    }
}

impl TryFrom<String> for FeeMonth {
    type Error = CodeError;
    fn try_from(text: String) -> Result<Self, CodeError> {
        text.parse()
    }
}

impl From<FeeMonth> for String {
    fn from(month: FeeMonth) -> Self {
        month.to_string()
    }
}

impl fmt::Display for FeeMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn months_count_across_years() {
        let month: FeeMonth = "2020-02".parse().unwrap();
        assert_eq!(month.later(-2).to_string(), "2019-12");
        assert_eq!(month.later(-2).months_since(month), -2);
        assert_eq!(month.last_day().to_string(), "2020-02-29");
        for bad in [
            "2020-13", "2020-2", "202-02", "1899-01", "2020-00", "+202-01",
        ] {
            assert!(bad.parse::<FeeMonth>().is_err(), "{bad}");
        }
    }
}
