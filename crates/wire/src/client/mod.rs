//! 机构端：定点机构怎样发报文、怎样读应答。
//!
//! The other side of the interface, for demonstrations, load and tests. A [`Sender`] is one
//! institution with one operator; each of its methods makes one [`Message`] out of plain words, and
//! [`Answer`] reads what came back. Nothing here opens a connection.
//!
//! ```
//! use wire::client::{Answer, Numbers, Sender};
//! let numbers = Numbers::of_terminal('A');
//! let sender = Sender {
//!     institution: "H42130000001",
//!     name: "示例医院",
//!     area: "421300".parse().unwrap(),
//!     operator: "00101",
//!     operator_name: "经办",
//!     sign_in: "",
//!     numbers: &numbers,
//! };
//! let now = "2024-11-15T08:00:00".parse().unwrap();
//! let message = sender.sign_in(now);
//! assert!(message.number.starts_with("H4213000000120241115080000"));
//! let answer = Answer::read(br#"{"infcode":0,"output":{"signinoutb":{"sign_no":"S1"}}}"#);
//! assert_eq!(answer.unwrap().sign_in, "S1");
//! ```

mod after;
mod amounts;
mod answer;
mod counter;
mod filing;
mod json;
mod numbers;
mod outpatient;
mod pharmacy;
mod prompt;
mod rows;
mod sender;
mod stay;

pub use amounts::Amounts;
pub use answer::{Answer, Unreadable};
pub use filing::{Accident, Designation, Recognition, Referral};
pub use numbers::Numbers;
pub use outpatient::{Registration, VisitReport};
pub use pharmacy::Sale;
pub use prompt::Orders;
pub use rows::{Diagnosis, Doctor, FeeLine, Patient};
pub use sender::{Message, Sender};
pub use stay::{Admission, Departure};

/// The address that takes every transaction.
pub use crate::transport::CALL_SERVICE;

/// The header that carries an institution's bearer token, where it does not sign.
pub const TOKEN_HEADER: &str = "apikey";

/// What a bill is settled with: the same for a rehearsal and the real thing.
#[derive(Debug, Clone, Copy)]
pub struct Bill<'a> {
    /// The visit's number as the centre gave it.
    pub visit: &'a str,
    /// 医疗类别.
    pub care: terms::CareType,
    /// The total the institution counts.
    pub total: money::Fen,
    /// The institution's number for this batch of fees.
    pub batch: &'a str,
    /// Whether accounts shall pay.
    pub use_account: bool,
    /// What the rehearsal answered; nothing before it.
    pub rehearsed: Option<&'a Amounts>,
}

#[cfg(test)]
mod tests;
