//! 用例：装载、裁定、记录。
//!
//! One file per verb. Every verb that changes something runs through [`App::perform`]: load the
//! person at one moment, decide without touching the world, record everything in one commit, and
//! start over when somebody else was faster. Nothing here is for a lawyer to dispute; that is in
//! the rooms.

pub mod account;
pub mod audit;
pub mod budget;
mod call;
pub mod cleaning;
pub mod clearing;
mod clock;
pub mod contribution;
pub mod credential;
pub mod difficulty;
pub mod discharge;
mod error;
mod facts;
pub mod filing;
pub mod import;
mod institution;
mod law;
mod numbers;
pub mod office;
pub mod people;
mod perform;
pub mod procurement;
mod refused;
pub mod register;
pub mod settlement;
mod sign_in;
pub mod simulator;
pub mod stock;
pub mod visit;
pub mod watch;

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use store::Store;
use terms::AreaCode;

pub use audit::{AuditBook, BookSource};
pub use call::{Call, Message};
pub use clock::Clock;
pub use error::Error;
pub use facts::{Cover, Desk, IdentitySpan, PersonDetail, VisitInput, person_detail};
pub use institution::{Institution, InstitutionDetail, Key, Keys};
pub use law::Law;
pub use numbers::Numbers;
pub use perform::Decided;
pub use refused::RefusedMessage;
pub use store::{
    Context, CounterRow, FilingRow, LineRow, LinesChosen, PersonRow, SettlementRow, VisitRow,
};

/// The system at work: the store, the law, the clock, and the institutions under agreement.
pub struct App {
    /// Where everything is remembered.
    pub store: Store,
    /// Policy and catalogue, read once at start.
    pub law: Arc<Law>,
    /// The business clock.
    pub clock: Clock,
    /// Numbers for visits, settlements and log lines.
    pub numbers: Numbers,
    /// The area this service belongs to.
    pub home: AreaCode,
    institutions: RwLock<Arc<HashMap<String, Arc<Institution>>>>,
    audit_book: RwLock<Arc<AuditBook>>,
    /// Held while approved knowledge is read: who comes meanwhile waits for it.
    reloading: tokio::sync::Mutex<()>,
    /// Held while bills are audited: two runs would only wait for each other.
    auditing: tokio::sync::Mutex<()>,
}

impl App {
    /// A system on an open store; institutions are read from it.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store cannot be read.
    pub async fn open(
        store: Store,
        law: Arc<Law>,
        clock: Clock,
        home: AreaCode,
    ) -> Result<Self, Error> {
        let app = Self {
            store,
            law,
            clock,
            numbers: Numbers::new(),
            home,
            institutions: RwLock::default(),
            audit_book: RwLock::default(),
            reloading: tokio::sync::Mutex::default(),
            auditing: tokio::sync::Mutex::default(),
        };
        app.reload_institutions().await?;
        Ok(app)
    }
}
