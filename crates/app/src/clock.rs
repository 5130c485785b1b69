use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp};

/// The business clock: China Standard Time, moved by whole days where a demonstration wants another
/// today (业务时间).
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    shift_days: i32,
}

impl Clock {
    /// The real date and time.
    pub const fn real() -> Self {
        Self { shift_days: 0 }
    }

    /// A clock on which it is `today` now; time of day and the passing of days stay real.
    pub fn starting_on(today: Date) -> Self {
        let real = Self::real().now().date();
        let hours = today.duration_since(real).as_hours();
        Self {
            shift_days: i32::try_from(hours / 24).unwrap_or(0),
        }
    }

    /// Now, to the millisecond.
    pub fn now(&self) -> DateTime {
        let zone = TimeZone::fixed(Offset::constant(8));
        let real = Timestamp::now().to_zoned(zone).datetime();
        real.checked_add(Span::new().days(self.shift_days))
            .unwrap_or(real)
    }

    /// Today.
    pub fn today(&self) -> Date {
        self.now().date()
    }
}
