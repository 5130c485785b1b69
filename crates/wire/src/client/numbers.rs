use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::{DateTime, datetime};

/// How many numbers a terminal may give out in one second before it runs ahead of the clock.
const PER_SECOND: u64 = 36 * 36 * 36;
const DIGITS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// From here seconds are counted.
const ORIGIN: DateTime = datetime(2000, 1, 1, 0, 0, 0, 0);

/// Gives out message numbers that never repeat (发送方报文ID).
///
/// Institution, second, and four characters: the first names the terminal, so that several
/// programs of one institution keep apart, the others count. Above 46,656 messages a second the
/// numbers run ahead of the clock instead of repeating, and they never run backwards.
#[derive(Debug)]
pub struct Numbers {
    terminal: char,
    last: AtomicU64,
}

impl Numbers {
    /// The numbers of one terminal: a digit or a capital letter.
    pub const fn of_terminal(terminal: char) -> Self {
        Self {
            terminal,
            last: AtomicU64::new(0),
        }
    }

    /// The next number of an institution.
    pub fn next(&self, institution: &str, now: DateTime) -> String {
        let seconds = now.duration_since(ORIGIN).as_secs();
        let earliest = u64::try_from(seconds).unwrap_or(0) * PER_SECOND;
        let after = |last: u64| Some(earliest.max(last + 1));
        let last = self
            .last
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, after);
        // The closure above always answers, so both arms hold the value before.
        let number = earliest.max(last.unwrap_or_else(|last| last) + 1);
        let digit = |place: u64| char::from(DIGITS[(number / place % 36) as usize]);
        let span = i64::try_from(number / PER_SECOND).unwrap_or(0);
        let at = ORIGIN.saturating_add(jiff::Span::new().seconds(span));
        format!(
            "{institution}{:04}{:02}{:02}{:02}{:02}{:02}{}{}{}{}",
            at.year(),
            at.month(),
            at.day(),
            at.hour(),
            at.minute(),
            at.second(),
            self.terminal,
            digit(36 * 36),
            digit(36),
            digit(1)
        )
    }
}
