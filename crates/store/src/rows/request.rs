use jiff::civil::DateTime;

/// What names a message: the institution and its own number for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestKey {
    /// The institution.
    pub institution: String,
    /// Its message number.
    pub msgid: String,
}

/// A message to be remembered with what was decided on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// The message.
    pub key: RequestKey,
    /// The transaction number.
    pub infno: String,
    /// A hash of its body.
    pub body_hash: String,
    /// The settlement it led to, or empty.
    pub settlement_id: String,
    /// The reply, byte for byte.
    pub reply: Vec<u8>,
    /// When it was decided.
    pub decided_at: DateTime,
}

/// What the store knows of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoredRequest {
    /// Decided; the reply is kept.
    Decided(KnownRequest),
    /// Decided, and taken back since (冲正).
    Reversed(KnownRequest),
    /// Never decided, and never to be: a reversal came first.
    Blocked,
    /// Seen, but nothing was decided on it.
    Undecided {
        /// The person it was about.
        person_no: String,
        /// The hash of its body.
        body_hash: String,
    },
}

/// A message that was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownRequest {
    /// The person it was about.
    pub person_no: String,
    /// The message as remembered.
    pub request: RequestRow,
}

impl StoredRequest {
    /// The decided message, reversed since or not.
    pub fn known(&self) -> Option<&KnownRequest> {
        match self {
            Self::Decided(known) | Self::Reversed(known) => Some(known),
            Self::Blocked | Self::Undecided { .. } => None,
        }
    }
}
