use jiff::ToSpan as _;
use jiff::civil::{Date, date};

/// A day as people write it: `2024-01-05`, `20240105`, `2024/1/5`, `2024.1.5`, `2024年1月5日`,
/// with or without a time behind it.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.split([' ', 'T']).next()?;
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return made(&text[..4], &text[4..6], &text[6..]);
    }
    let text = text.trim_end_matches(['日', '号']);
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let day = made(parts.next()?, parts.next()?, parts.next()?);
    day.filter(|_| parts.next().is_none())
}

fn made(year: &str, month: &str, day: &str) -> Option<Date> {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || !plain(year) || !plain(month) || !plain(day) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The day a sheet means by a serial number: days since the end of 1899, of which 60 is a day that
/// never was.
pub(super) fn serial(text: &str) -> Option<Date> {
    let whole: i32 = text.split('.').next()?.parse().ok()?;
    if !(1..100_000).contains(&whole) || whole == 60 {
        return None;
    }
    let epoch = if whole < 60 {
        date(1899, 12, 31)
    } else {
        date(1899, 12, 30)
    };
    epoch.checked_add(whole.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_people_write_them() {
        let wanted = Some(date(2024, 1, 5));
        for text in [
            "2024-01-05",
            "20240105",
            "2024/1/5",
            "2024.1.5",
            "2024年1月5日",
            "2024-01-05 00:00:00",
            "2024-01-05T08:30:00",
        ] {
            assert_eq!(day(text), wanted, "{text}");
        }
        for text in [
            "",
            "2024-02-30",
            "20241301",
            "24-1-5",
            "2024-1",
            "2024-1-5-6",
            "二〇二四",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn serials_are_those_of_sheets() {
        // Known pairs: 1 is the first day of 1900, 61 the first of March, 45296 a day of 2024.
        assert_eq!(serial("1"), Some(date(1900, 1, 1)));
        assert_eq!(serial("61"), Some(date(1900, 3, 1)));
        assert_eq!(serial("45296"), Some(date(2024, 1, 5)));
        assert_eq!(serial("45296.5"), Some(date(2024, 1, 5)));
        assert_eq!(serial("60"), None);
        assert_eq!(serial("0"), None);
    }
}
