use jiff::civil::DateTime;
use money::Fen;

/// A personal account (个人账户) as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// Its owner.
    pub owner: String,
    /// Which purse.
    pub kind: String,
    /// What is in it.
    pub balance: Fen,
    /// How often it has moved.
    pub version: i64,
    /// Why it does not pay (冻结); empty while it may.
    pub hold: String,
}

/// A movement to be made on an account, as decided on the account read before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountChange {
    /// The account as it was read; recorded only if it still stands so.
    pub read: AccountRow,
    /// What is added; negative for a payment.
    pub delta: Fen,
}

/// Which counter (累计项): scheme, name, period, subject.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CounterKey {
    /// The scheme.
    pub scheme: String,
    /// The counter's name.
    pub counter: String,
    /// The period: a year, a month, a day, a visit.
    pub period: String,
    /// What it counts for: a disease, an institution; empty for the person as a whole.
    pub subject: String,
}

/// A counter as it stands; fen or a plain count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounterRow {
    /// Which counter.
    pub key: CounterKey,
    /// The benefit year it belongs to.
    pub year: i32,
    /// What it shows.
    pub value: i64,
    /// How often it has changed; 0 for a counter not yet kept.
    pub version: i64,
}

impl CounterRow {
    /// A counter that nobody has written yet.
    pub fn unused(key: CounterKey, year: i32) -> Self {
        Self {
            key,
            year,
            value: 0,
            version: 0,
        }
    }
}

/// A change to be made on a counter, as decided on the counter read before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounterChange {
    /// The counter as it was read; recorded only if it still stands so.
    pub read: CounterRow,
    /// What is added.
    pub delta: i64,
}

/// One recorded change of a counter (累计变动).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounterPostingRow {
    /// Which counter.
    pub key: CounterKey,
    /// The counter's version after it.
    pub version: i64,
    /// Value before.
    pub before: i64,
    /// What was added.
    pub delta: i64,
    /// Value after.
    pub after: i64,
    /// Where it came from: a settlement, an opening value.
    pub source: String,
    /// The settlement, or empty.
    pub settlement_id: String,
    /// The policy edition decided under.
    pub edition: String,
}

/// One recorded movement of an account (个人账户收支).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementRow {
    /// The owner of the account.
    pub owner: String,
    /// Which purse.
    pub kind: String,
    /// The account's version after it.
    pub version: i64,
    /// Balance before.
    pub before: Fen,
    /// What was added; negative for a payment.
    pub delta: Fen,
    /// Balance after.
    pub after: Fen,
    /// Where it came from: a settlement, an opening balance.
    pub source: String,
    /// The settlement, or empty.
    pub settlement_id: String,
    /// Whose bill was paid.
    pub used_by: String,
    /// The policy edition decided under.
    pub edition: String,
    /// When.
    pub moved_at: DateTime,
}
