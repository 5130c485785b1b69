//! The store's own forms of what it keeps: twins of room types, without their rules.
//!
//! Vocabulary (scheme, status, care type) is text here, money is [`money::Fen`], dates are civil.
//! What a room alone understands (outcome, trace, details) is JSON text the caller prepared.

mod access;
mod bill;
mod credential;
mod filing;
mod institution;
mod money_rows;
mod person;
mod register;
mod request;
mod visit;

pub use access::{AccessRow, PolicyEditionRow, SessionRow, SignInRow, UserRow};
pub use bill::{FundRow, LineTotals, SettlementRow};
pub use credential::UsageRow;
pub use credential::{ActivationRow, CredentialUseRow, TokenPurpose, TokenRow, TokenUse};
pub use filing::{FilingFilter, FilingRow};
pub use institution::InstitutionRow;
pub use money_rows::{AccountChange, AccountRow, CounterChange, CounterKey, CounterRow};
pub use money_rows::{CounterPostingRow, MovementRow};
pub use person::{CoverageRow, FamilyRow, IdentifierRow, PersonFile, PersonRow};
pub use person::{OpeningAccount, OpeningCounter, RecognitionRow, RegistrationRow};
pub use register::{FactRow, IndexRow, RegisterChange, ReopenedRow};
pub use request::{KnownRequest, RequestKey, RequestRow, StoredRequest};
pub use visit::{LineAmounts, LineMove, LineRow, LineStatus, LinesChosen, VisitRow};
