use jiff::civil::{Date, DateTime, Time};

/// A date with or without a time of day (日期、日期时间), as the interface writes both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    date: Date,
    time: Option<Time>,
}

impl Moment {
    /// Reads `yyyy-MM-dd` or `yyyy-MM-dd HH:mm:ss`.
    ///
    /// A `T` between date and time and a fraction of a second (which is dropped) are understood
    /// too. `None` for anything else, days that do not exist included.
    pub fn parse(text: &str) -> Option<Self> {
        let date = read_date(text.get(..10)?)?;
        let rest = &text[10..];
        if rest.is_empty() {
            return Some(Self { date, time: None });
        }
        let clock = rest.strip_prefix([' ', 'T'])?;
        let time = read_time(clock.get(..8)?)?;
        let fraction = &clock[8..];
        let plain = fraction.is_empty()
            || fraction
                .strip_prefix('.')
                .is_some_and(|f| f.bytes().all(|b| b.is_ascii_digit()));
        plain.then_some(Self {
            date,
            time: Some(time),
        })
    }

    /// The day.
    pub const fn date(self) -> Date {
        self.date
    }

    /// The moment, a bare date meaning the start of its day.
    pub fn start(self) -> DateTime {
        self.date.to_datetime(self.time.unwrap_or(Time::midnight()))
    }

    /// The moment as the inclusive end of a range, a bare date meaning 23:59:59.
    pub fn end(self) -> DateTime {
        self.date
            .to_datetime(self.time.unwrap_or(Time::constant(23, 59, 59, 0)))
    }

    /// Whether this is the empty date that .NET clients send for "not filled" (0001-01-01).
    pub(crate) fn is_unfilled(self) -> bool {
        self.date.year() == 1
    }
}

/// A moment as the interface writes it: `yyyy-MM-dd HH:mm:ss`.
pub(crate) fn datetime_text(moment: DateTime) -> String {
    format!("{} {}", date_text(moment.date()), clock_text(moment.time()))
}

/// A day as the interface writes it: `yyyy-MM-dd`.
pub(crate) fn date_text(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

fn clock_text(time: Time) -> String {
    format!(
        "{:02}:{:02}:{:02}",
        time.hour(),
        time.minute(),
        time.second()
    )
}

fn read_date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = i16::try_from(digits(&bytes[..4])?).ok()?;
    let (month, day) = (digits(&bytes[5..7])?, digits(&bytes[8..10])?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn read_time(text: &str) -> Option<Time> {
    let bytes = text.as_bytes();
    if bytes[2] != b':' || bytes[5] != b':' {
        return None;
    }
    let part = |from: usize| digits(&bytes[from..from + 2]).and_then(|n| i8::try_from(n).ok());
    Time::new(part(0)?, part(3)?, part(6)?, 0).ok()
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0_u32, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + u32::from(byte - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let day = Moment::parse("2024-11-15").unwrap();
        assert_eq!(datetime_text(day.start()), "2024-11-15 00:00:00");
        assert_eq!(datetime_text(day.end()), "2024-11-15 23:59:59");
        for text in [
            "2024-11-15 08:09:10",
            "2024-11-15T08:09:10",
            "2024-11-15 08:09:10.0",
        ] {
            let moment = Moment::parse(text).unwrap();
            assert_eq!(
                datetime_text(moment.start()),
                "2024-11-15 08:09:10",
                "{text}"
            );
            assert_eq!(moment.start(), moment.end());
            assert_eq!(date_text(moment.date()), "2024-11-15");
        }
    }

    #[test]
    fn other_texts_are_not_dates() {
        for text in [
            "",
            "2024",
            "20241115",
            "2024-1-5",
            "2024-02-30",
            "2024-13-01",
            "2024/11/15",
            "2024-11-15 ",
            "2024-11-15 8:00:00",
            "2024-11-15 24:00:00",
            "2024-11-15 08:00",
            "2024-11-15 08:00:00Z",
            "2024-11-15 08:00:00+08",
            "二〇二四年十一月",
            "２０２４-11-15",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }
}
