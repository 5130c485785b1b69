use std::collections::HashSet;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{GatewayError, WINDOW_SECONDS};

/// A generation lasts as long as one nonce can stay valid: from a time that lies one window ahead
/// until one window behind.
const GENERATION_SECONDS: i64 = 2 * WINDOW_SECONDS;

/// Remembers the nonces of signed requests for as long as they could be replayed (防重放窗口).
///
/// Bounded: two generations of at most `capacity` nonces each, 16 bytes a nonce. When a generation
/// is full, further requests are refused until it ends, because forgetting would reopen the door.
#[derive(Debug)]
pub struct ReplayWindow {
    capacity: usize,
    started: Option<Timestamp>,
    current: HashSet<[u8; 16]>,
    previous: HashSet<[u8; 16]>,
}

impl ReplayWindow {
    /// A window that holds `capacity` nonces per hour.
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity,
            started: None,
            current: HashSet::new(),
            previous: HashSet::new(),
        }
    }

    /// Notes a nonce of a key.
    ///
    /// # Errors
    /// When the key used the nonce before, or the window is full.
    pub fn remember(
        &mut self,
        key_id: &str,
        nonce: &str,
        now: Timestamp,
    ) -> Result<(), GatewayError> {
        self.turn(now);
        let mark = mark(key_id, nonce);
        if self.current.contains(&mark) || self.previous.contains(&mark) {
            return Err(GatewayError::unauthorized("请求重放：nonce 已使用"));
        }
        if self.current.len() >= self.capacity {
            return Err(GatewayError {
                code: 429,
                message: "请求过于频繁，请稍后重试".to_owned(),
            });
        }
        self.current.insert(mark);
        Ok(())
    }

    /// Starts a new generation when the current one has lasted its time.
    fn turn(&mut self, now: Timestamp) {
        let Some(started) = self.started else {
            self.started = Some(now);
            return;
        };
        let age = now.as_second() - started.as_second();
        if age < GENERATION_SECONDS {
            return;
        }
        self.previous = std::mem::take(&mut self.current);
        if age >= 2 * GENERATION_SECONDS {
            self.previous.clear();
        }
        self.started = Some(now);
    }
}

fn mark(key_id: &str, nonce: &str) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update((key_id.len() as u64).to_be_bytes());
    hash.update(key_id.as_bytes());
    hash.update(nonce.as_bytes());
    let digest = hash.finalize();
    std::array::from_fn(|at| digest[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_nonce_is_refused_while_it_could_be_replayed() {
        let mut window = ReplayWindow::new(10);
        assert_eq!(window.remember("k", "n", at(0)), Ok(()));
        assert!(window.remember("k", "n", at(1)).is_err());
        assert_eq!(window.remember("other", "n", at(1)), Ok(()));
        assert_eq!(
            window.remember("k", "late", at(GENERATION_SECONDS - 1)),
            Ok(())
        );
        assert_eq!(window.remember("k", "m", at(GENERATION_SECONDS)), Ok(()));
        assert!(
            window
                .remember("k", "late", at(2 * GENERATION_SECONDS - 2))
                .is_err()
        );
        assert_eq!(
            window.remember("k", "n", at(9 * GENERATION_SECONDS)),
            Ok(())
        );
    }

    #[test]
    fn a_full_window_refuses_instead_of_forgetting() {
        let mut window = ReplayWindow::new(2);
        assert_eq!(window.remember("k", "1", at(0)), Ok(()));
        assert_eq!(window.remember("k", "2", at(0)), Ok(()));
        assert_eq!(window.remember("k", "3", at(0)).unwrap_err().code, 429);
        assert_eq!(window.remember("k", "3", at(GENERATION_SECONDS)), Ok(()));
    }
}
