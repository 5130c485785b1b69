use settlement::{Counter, CounterKey, Counters, PeriodKey};
use terms::{Date, Word};

use crate::node::{Data, Node};
use crate::reader::Desk;

/// Reads counters: `name`, `name/subject`, `name@period`, `name@period/subject`; quoted values are
/// yuan, unquoted ones counts.
pub(super) fn read_counters(desk: &Desk<'_>, node: &Node, settled: Date) -> Counters {
    let read = |(name, node): &(String, Node)| {
        let Some(key) = key_of(name, settled.year()) else {
            desk.fault(node, format!("“{name}”不是累计项"));
            return None;
        };
        let value = match node.data {
            Data::Whole(count) => count,
            _ => desk.yuan(node)?.get(),
        };
        Some(Counter { key, value })
    };
    Counters(desk.entries(node).iter().filter_map(read).collect())
}

/// The key that a text names; without a period it is the year.
pub(crate) fn key_of(text: &str, year: i16) -> Option<CounterKey> {
    let (name, rest) = match text.split_once('@') {
        Some((name, rest)) => (name, Some(rest)),
        None => (text, None),
    };
    let split = |text: &str| match text.split_once('/') {
        Some((before, after)) => (before.to_owned(), Some(Word::new(after))),
        None => (text.to_owned(), None),
    };
    match rest {
        None => {
            let (name, subject) = split(name);
            Some(CounterKey {
                name: Word::new(&name),
                period: PeriodKey::Year(year),
                subject,
            })
        }
        Some(rest) => {
            let (period, subject) = split(rest);
            Some(CounterKey {
                name: Word::new(name),
                period: PeriodKey::try_from(period).ok()?,
                subject,
            })
        }
    }
}
