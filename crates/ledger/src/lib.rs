//! 基金账本：只追加的复式记账。
//!
//! Books, accounts, transfers, balances. A [`Transfer`] moves an amount from one account of a
//! book to another, so every [`Batch`] balances by construction; nothing is ever changed, and a
//! mistake is answered by the exact mirror of the batch ([`Batch::reversal`]). Balances are never
//! kept: they are the replay of the transfers ([`Balances`]).
//!
//! This room knows no medicine. What a settlement or a payment means in accounts is decided in
//! `bookkeeping`; here only the arithmetic of a ledger lives.
//!
//! ```
//! use ledger::{Account, Balances, Batch, Entry};
//! use money::Fen;
//! let entry = Entry::try_new(
//!     Account::new("E", "M3002"),
//!     Account::held("E", "M2001", "H42130000001"),
//!     Fen::yuan(70),
//!     "settled",
//! )?;
//! let batch = Batch::try_new("B1", "S1", "2024-11-15".parse().unwrap(), vec![entry])?;
//! let back = batch.reversal("B2", "S2", "2024-11-16".parse().unwrap(), "reversed");
//! let balances = Balances::replay(batch.transfers().chain(back.transfers()));
//! assert!(balances.iter().all(|(_, totals)| totals.balance().is_zero()));
//! # Ok::<(), ledger::Refusal>(())
//! ```

mod account;
mod balances;
mod batch;
mod journal;
mod refusal;
mod transfer;

pub use account::Account;
pub use balances::{Balances, Totals};
pub use batch::Batch;
pub use journal::Journal;
pub use refusal::Refusal;
pub use transfer::{Entry, Transfer, TransferId};
