use std::collections::HashMap;
use std::time::Duration;

use wire::client::Amounts;

/// What a desk has experienced (记录).
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Microseconds from each message to its answer.
    pub messages: Vec<u32>,
    /// Refusals by their text.
    pub refusals: HashMap<String, u64>,
    /// Messages without an answer, by what was seen instead.
    pub silences: HashMap<String, u64>,
    /// Identities of the interface that an answer broke, by name.
    pub violations: HashMap<&'static str, u64>,
    /// What the centre found doubtful, by rule.
    pub prompts: HashMap<String, u64>,
    /// Answers in which it found anything.
    pub prompted: u64,
}

impl Record {
    /// Notes how long an answer took.
    pub fn took(&mut self, time: Duration) {
        self.messages.push(micros(time));
    }

    /// Checks amounts and notes what does not hold.
    pub fn check(&mut self, amounts: Option<&Amounts>) {
        for broken in amounts.map(Amounts::violations).unwrap_or_default() {
            *self.violations.entry(broken).or_default() += 1;
        }
    }

    /// Notes what an answer found doubtful.
    pub fn found(&mut self, rules: Vec<String>) {
        self.prompted += u64::from(!rules.is_empty());
        for rule in rules {
            *self.prompts.entry(rule).or_default() += 1;
        }
    }

    /// Notes a refusal.
    pub fn refused(&mut self, why: &str) {
        *self.refusals.entry(why.to_owned()).or_default() += 1;
    }

    /// Notes a silence.
    pub fn silent(&mut self, what: String) {
        *self.silences.entry(what).or_default() += 1;
    }

    /// Takes what another has experienced into this one.
    pub fn absorb(&mut self, other: Self) {
        self.messages.extend(other.messages);
        add(&mut self.refusals, other.refusals);
        add(&mut self.silences, other.silences);
        add(&mut self.violations, other.violations);
        add(&mut self.prompts, other.prompts);
        self.prompted += other.prompted;
    }
}

fn add<K: Eq + std::hash::Hash>(to: &mut HashMap<K, u64>, from: HashMap<K, u64>) {
    for (what, count) in from {
        *to.entry(what).or_default() += count;
    }
}

/// A duration in whole microseconds, at most about an hour.
pub fn micros(time: Duration) -> u32 {
    u32::try_from(time.as_micros()).unwrap_or(u32::MAX)
}
