use std::fmt;

use terms::Date;
use zerocopy::FromZeros;

const SECONDS: u32 = 86_400;

/// A second between 1970 and 2106, in local time (时刻).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, FromZeros)]
pub struct Moment(pub u32);

/// A date as days since 1970-01-01 (日期).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(pub i32);

impl Moment {
    /// Reads `2025-01-05`, `2025-01-05 13:35`, `2025-01-05T13:35:57` and the like, fractions of a
    /// second dropped; also `20250105133557`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let plain = text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        let (day, clock) = if plain {
            (compact_day(&text[..8])?, compact_clock(&text[8..])?)
        } else {
            let day = Day::parse(text.get(..10)?)?;
            let rest = text[10..].trim_start_matches(['T', ' ']);
            (day, clock(rest)?)
        };
        let seconds = u32::try_from(day.0).ok()?.checked_mul(SECONDS)?;
        seconds.checked_add(clock).map(Self)
    }

    /// The second of a Unix time, when it lies between 1970 and 2106.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        u32::try_from(seconds).ok().map(Self)
    }

    /// The date.
    pub fn day(self) -> Day {
        Day(i32::try_from(self.0 / SECONDS).expect("2^32 seconds are 49 710 days"))
    }

    /// Seconds after midnight.
    pub fn clock(self) -> u32 {
        self.0 % SECONDS
    }

    /// Whether it is a date without a time of day, which is written as midnight sharp (只有日期).
    pub fn is_only_a_date(self) -> bool {
        self.clock() == 0
    }

    /// Seconds since another moment, in whole days where one of the two is only a date.
    ///
    /// ```
    /// use lines::Moment;
    /// let at = |text| Moment::parse(text).unwrap();
    /// assert_eq!(at("2025-03-03").since_as_written(at("2025-03-03 09:00:00")), 0);
    /// assert_eq!(at("2025-03-05").since_as_written(at("2025-03-03 09:00:00")), 2 * 86_400);
    /// assert_eq!(at("2025-03-03 09:30:00").since_as_written(at("2025-03-03 09:00:00")), 1_800);
    /// ```
    pub fn since_as_written(self, other: Self) -> i64 {
        if self.is_only_a_date() || other.is_only_a_date() {
            i64::from(self.day().0 - other.day().0) * i64::from(SECONDS)
        } else {
            self.since(other)
        }
    }

    /// Seconds from `earlier` to this; negative when `earlier` is later.
    pub fn since(self, earlier: Self) -> i64 {
        i64::from(self.0) - i64::from(earlier.0)
    }
}

fn clock(text: &str) -> Option<u32> {
    let text = text.split(['.', '+', 'Z']).next().unwrap_or_default();
    if text.is_empty() {
        return Some(0);
    }
    let mut parts = text.split(':').map(|part| part.parse::<u32>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3600 + minute * 60 + second)
}

fn compact_clock(text: &str) -> Option<u32> {
    match text.len() {
        0 => Some(0),
        6 => clock(&format!("{}:{}:{}", &text[..2], &text[2..4], &text[4..])),
        _ => None,
    }
}

fn compact_day(text: &str) -> Option<Day> {
    Day::parse(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))
}

impl Day {
    /// Reads `2025-01-05`; a time of day after it is ignored.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.trim().as_bytes();
        let number = |range: std::ops::Range<usize>| {
            let digits = bytes.get(range)?;
            digits.iter().try_fold(0_i16, |sum, byte| {
                byte.is_ascii_digit()
                    .then(|| sum * 10 + i16::from(byte - b'0'))
            })
        };
        if bytes.get(4) != Some(&b'-') && bytes.get(4) != Some(&b'/') {
            return None;
        }
        let month = i8::try_from(number(5..7)?).ok()?;
        let day = i8::try_from(number(8..10)?).ok()?;
        Date::new(number(0..4)?, month, day)
            .ok()
            .map(Self::from_date)
    }

    /// The day of a calendar date.
    pub fn from_date(date: Date) -> Self {
        let days = (date - epoch()).get_days();
        Self(days)
    }

    /// The calendar date; the last day of the calendar when out of its range.
    pub fn date(self) -> Date {
        let span = jiff_days(self.0);
        epoch().checked_add(span).unwrap_or(Date::MAX)
    }

    /// Its first second.
    pub fn begin(self) -> Moment {
        Moment(u32::try_from(self.0).unwrap_or(0).saturating_mul(SECONDS))
    }

    /// The month as `year × 12 + month − 1`.
    pub fn month(self) -> i32 {
        let date = self.date();
        i32::from(date.year()) * 12 + i32::from(date.month()) - 1
    }

    /// The ISO week as `year × 100 + week`.
    pub fn week(self) -> i32 {
        let week = self.date().iso_week_date();
        i32::from(week.year()) * 100 + i32::from(week.week())
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        i32::from(self.date().year())
    }

    /// Completed years between a birth and this day; negative before the birth.
    pub fn years_since(self, birth: Self) -> i32 {
        let (born, now) = (birth.date(), self.date());
        let years = i32::from(now.year()) - i32::from(born.year());
        let before = (now.month(), now.day()) < (born.month(), born.day());
        years - i32::from(before)
    }
}

fn epoch() -> Date {
    Date::constant(1970, 1, 1)
}

fn jiff_days(days: i32) -> jiff::Span {
    jiff::Span::new().days(days)
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = self.clock();
        let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
        write!(f, "{} {hour:02}:{minute:02}:{second:02}", self.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_the_spellings_of_files() {
        let wanted = Moment::parse("2025-01-05 13:35:57").unwrap();
        for text in [
            "2025-01-05T13:35:57",
            "20250105133557",
            "2025-01-05 13:35:57.123",
        ] {
            assert_eq!(Moment::parse(text), Some(wanted), "{text}");
        }
        assert_eq!(wanted.to_string(), "2025-01-05 13:35:57");
        assert_eq!(Moment::parse("2025-13-05"), None);
        assert_eq!(Moment::parse("1969-12-31"), None);
        assert_eq!(Moment::parse("2025-01-05 25:00"), None);
    }

    #[test]
    fn ages_are_completed_years() {
        let day = |text| Day::parse(text).unwrap();
        let birth = day("2007-03-02");
        assert_eq!(day("2025-03-01").years_since(birth), 17);
        assert_eq!(day("2025-03-02").years_since(birth), 18);
        assert_eq!(day("2025-01-01").week(), 202_501);
        assert_eq!(day("2025-02-01").month(), 2025 * 12 + 1);
    }
}
