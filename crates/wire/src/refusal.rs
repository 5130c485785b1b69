use std::fmt;

/// How many faults of one message are spelled out in its refusal.
const SHOWN: usize = 3;
/// How many characters of an offending value a refusal repeats.
const VALUE_SHOWN: usize = 40;

/// A decided refusal (拒绝): answered with `infcode` -1 and this message, nothing recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    message: String,
}

impl Refusal {
    /// A refusal with its 中文 sentence; name the field and the value in it.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }

    /// The sentence, in full length; [`crate::Reply`] shortens it to what the interface allows.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

/// The faults found in one message: the first few in words, the rest counted.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    shown: Vec<String>,
    count: usize,
}

impl Faults {
    /// Notes one fault; the sentence is only made while it will be shown.
    pub(crate) fn add(&mut self, sentence: impl FnOnce() -> String) {
        self.count += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(sentence());
        }
    }

    /// The value if nothing was wrong, else one refusal that joins the faults.
    pub(crate) fn or_refuse<T>(self, value: T) -> Result<T, Refusal> {
        if self.count == 0 {
            return Ok(value);
        }
        let mut message = self.shown.join("；");
        if self.count > self.shown.len() {
            message.push_str(&format!("；等共{}处错误", self.count));
        }
        Err(Refusal::new(message))
    }
}

/// A value as a refusal may repeat it: short, and without characters that break a log line.
pub(crate) fn excerpt(value: &str) -> String {
    let mut shown: String = value
        .chars()
        .take(VALUE_SHOWN)
        .map(|c| if c.is_control() { '?' } else { c })
        .collect();
    if value.chars().nth(VALUE_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_faults_are_spelled_out() {
        let mut faults = Faults::default();
        for n in 1..=5 {
            faults.add(|| format!("第{n}处"));
        }
        let refusal = faults.or_refuse(()).unwrap_err();
        assert_eq!(refusal.message(), "第1处；第2处；第3处；等共5处错误");
        assert_eq!(Faults::default().or_refuse(7), Ok(7));
    }

    #[test]
    fn repeated_values_are_short_and_printable() {
        assert_eq!(excerpt("a\nb\u{0}"), "a?b?");
        assert_eq!(excerpt(&"长".repeat(41)).chars().count(), 41);
    }
}
