use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

/// Gives out numbers that never repeat and rise with time, over restarts too (编号).
///
/// A number is the real time in microseconds, or one more than the last where that is later.
#[derive(Debug)]
pub struct Numbers {
    last: AtomicU64,
}

impl Numbers {
    /// A fresh source.
    pub const fn new() -> Self {
        Self {
            last: AtomicU64::new(0),
        }
    }

    /// The next number.
    pub fn next(&self) -> u64 {
        let now = u64::try_from(Timestamp::now().as_microsecond()).unwrap_or(0);
        let step = |last: u64| Some(now.max(last + 1));
        let before = self
            .last
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, step);
        now.max(before.unwrap_or_default() + 1)
    }

    /// The next number in nine characters, where no more are allowed; it rises with time as text.
    pub fn short(&self) -> String {
        const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let mut left = self.next();
        let mut text = [b'0'; 9];
        for place in text.iter_mut().rev() {
            *place = DIGITS[usize::try_from(left % 62).unwrap_or(0)];
            left /= 62;
        }
        text.iter().map(|byte| char::from(*byte)).collect()
    }

    /// The next number behind a prefix that says what it numbers.
    pub fn named(&self, prefix: &str) -> String {
        format!("{prefix}{:017}", self.next())
    }
}

impl Default for Numbers {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rise() {
        let numbers = Numbers::new();
        let drawn: Vec<u64> = (0..10_000).map(|_| numbers.next()).collect();
        assert!(drawn.windows(2).all(|pair| pair[0] < pair[1]));
        let short: Vec<String> = (0..1_000).map(|_| numbers.short()).collect();
        assert!(short.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(short.iter().all(|number| number.len() == 9));
    }
}
