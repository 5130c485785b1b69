use std::sync::Arc;

use jiff::civil::DateTime;
use terms::AreaCode;

use crate::Institution;
use crate::people::Identifier;

/// Who asks, with which message, and when (请求).
#[derive(Debug, Clone)]
pub struct Call {
    /// The insured place: whose register and law are meant (参保地).
    pub area: AreaCode,
    /// The institution that asks.
    pub institution: Arc<Institution>,
    /// The message, where the asking is by message.
    pub message: Option<Message>,
    /// What the person showed, where the message says it.
    pub credential: Option<Identifier>,
    /// The operator at the institution.
    pub operator: String,
    /// Business time of arrival.
    pub at: DateTime,
    /// Where the request came from.
    pub address: String,
}

/// What makes a message itself again when it is repeated (报文).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The institution's number for it.
    pub number: String,
    /// Which transaction.
    pub transaction: String,
    /// A hash of its body.
    pub body_hash: String,
}
