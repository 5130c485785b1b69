use jiff::civil::DateTime;
use terms::AreaCode;

use crate::account::{AccountEventRow, AccountHold, AccountProposalRow};
use crate::audit::AuditPromptRow;
use crate::discharge::DischargeChange;
use crate::rows::{
    AccessRow, AccountChange, CounterChange, CredentialUseRow, FilingRow, LineAmounts, LineMove,
    LineRow, RegisterChange, RequestKey, RequestRow, SettlementRow, StoredRequest, TokenUse,
    VisitRow,
};
use crate::stock::{CodeChange, StockChange};

/// What an account or counter moved for, when no settlement says it (事由).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// A word for it: a monthly credit, a correction.
    pub source: String,
    /// The policy edition decided under, or empty.
    pub edition: String,
    /// When.
    pub at: DateTime,
}

/// Everything one decision changes, recorded together or not at all.
///
/// Every part is optional. All of it belongs to one person, except movements on relatives'
/// accounts ([`AccountChange`] names the owner).
#[derive(Debug, Clone)]
pub struct Commit {
    /// The pooling area.
    pub area: AreaCode,
    /// The person; empty when the message named none.
    pub person_no: String,
    /// The person's version the decision was made on; raised by one when recorded.
    ///
    /// Required for whatever changes money or counters: it is what makes two bills of one person
    /// follow each other.
    pub expected_version: Option<i64>,
    /// The message to be remembered with its reply.
    pub request: Option<RequestRow>,
    /// A message number that must never be decided any more (late originals of a reversal).
    pub block: Option<(RequestKey, DateTime)>,
    /// A decided message of the same person that is now taken back.
    pub reversed_request: Option<RequestKey>,
    /// The visit, new (version 1) or changed (version read plus one).
    pub visit: Option<VisitRow>,
    /// New fee lines.
    pub lines: Vec<LineRow>,
    /// Fee lines that change state.
    pub line_moves: Vec<LineMove>,
    /// Lines of the settlement whose amounts settling changed.
    pub line_amounts: Vec<LineAmounts>,
    /// The settlement or reversal; a reversal also marks its original.
    pub settlement: Option<SettlementRow>,
    /// Counters that change.
    pub counters: Vec<CounterChange>,
    /// Accounts that move.
    pub accounts: Vec<AccountChange>,
    /// The transfers of the ledger.
    pub ledger: Option<ledger::Batch>,
    /// What changes in the register, and the person's rows made anew from it.
    pub register: Option<RegisterChange>,
    /// Filings, new (version 1) or changed (version read plus one).
    pub filings: Vec<FilingRow>,
    /// A settlement list that comes or changes.
    pub discharge: Option<DischargeChange>,
    /// The token of the electronic credential that is read or spent.
    pub token: Option<TokenUse>,
    /// By what the person of the settlement was identified.
    pub credential_use: Option<CredentialUseRow>,
    /// What happens to accounts beside bills.
    pub account_events: Vec<AccountEventRow>,
    /// A proposal about the person's account, new (version 1) or changed (version read plus one).
    pub account_proposal: Option<AccountProposalRow>,
    /// The person's purses stop paying, or pay again.
    pub account_hold: Option<AccountHold>,
    /// Trace codes sold or free again.
    pub codes: Option<CodeChange>,
    /// Goods an institution tells of; the commit is the institution's, under its code.
    pub stock: Option<StockChange>,
    /// What the institution was told of doubts; what it was told before stays as it was answered.
    pub prompts: Vec<AuditPromptRow>,
    /// Why accounts or counters move when there is no settlement.
    pub occasion: Option<Occasion>,
    /// The line of the access log.
    pub access: Option<AccessRow>,
}

impl Commit {
    /// A commit that does nothing yet.
    pub fn new(area: AreaCode, person_no: impl Into<String>) -> Self {
        Self {
            area,
            person_no: person_no.into(),
            expected_version: None,
            request: None,
            block: None,
            reversed_request: None,
            visit: None,
            lines: Vec::new(),
            line_moves: Vec::new(),
            line_amounts: Vec::new(),
            settlement: None,
            counters: Vec::new(),
            accounts: Vec::new(),
            ledger: None,
            register: None,
            filings: Vec::new(),
            discharge: None,
            token: None,
            credential_use: None,
            account_events: Vec::new(),
            account_proposal: None,
            account_hold: None,
            codes: None,
            stock: None,
            prompts: Vec::new(),
            occasion: None,
            access: None,
        }
    }

    /// Whether this does no more than write the access log.
    pub(crate) fn only_logs(&self) -> bool {
        self.expected_version.is_none()
            && self.request.is_none()
            && self.block.is_none()
            && self.reversed_request.is_none()
            && self.visit.is_none()
            && self.lines.is_empty()
            && self.line_moves.is_empty()
            && self.settlement.is_none()
            && self.counters.is_empty()
            && self.accounts.is_empty()
            && self.ledger.is_none()
            && self.account_events.is_empty()
            && self.account_proposal.is_none()
            && self.account_hold.is_none()
            && self.register.is_none()
            && self.filings.is_empty()
            && self.discharge.is_none()
            && self.token.is_none()
            && self.credential_use.is_none()
            && self.codes.is_none()
            && self.stock.is_none()
            && self.prompts.is_empty()
    }

    /// The message number this takes, by deciding or by blocking it.
    pub(crate) fn claims(&self) -> Option<&RequestKey> {
        let request = self.request.as_ref().map(|request| &request.key);
        request.or(self.block.as_ref().map(|(key, _)| key))
    }
}

/// How the writer answers a [`Commit`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Recorded, durable.
    Done,
    /// The same message with the same body was decided before; nothing was recorded.
    Replay(StoredRequest),
    /// The message number was used before with another body or for another person.
    DifferentBody {
        /// The hash of the body it was first used with.
        stored_hash: String,
    },
    /// The message number was blocked by a reversal that came first.
    Blocked,
    /// Something read before deciding has changed since: load again, decide again.
    Conflict {
        /// What had changed: the table's name.
        over: &'static str,
    },
}
