//! 国家接口：每个交易一个文件，唯一允许使用接口缩写的地方。
//!
//! The server side of the national interface (全国医保信息平台定点医药机构接口). This crate turns
//! bytes into checked, typed request bodies and handlers' answers into reply bytes; it decides
//! nothing about benefits. The path of one message:
//!
//! 1. [`auth::authenticate`] checks the gateway headers;
//! 2. [`Envelope::parse`] reads the outer object (报文头), leniently but exactly;
//! 3. [`transport::resolve`] finds the [`tables::Transaction`] from path and `infno`;
//! 4. [`fingerprint`] identifies the body for idempotency on (institution, `msgid`);
//! 5. [`Body::read`] reads the input against the field table, all faults at once;
//! 6. a handler reads fields through [`Node`] and fills an [`Output`];
//! 7. [`Reply`] writes the outer object of the answer.
//!
//! A [`Refusal`] anywhere on the way is a decided "no" and is answered with `infcode` -1.

pub mod auth;
pub mod codes;
mod envelope;
mod fingerprint;
mod json;
mod moment;
mod node;
mod number;
mod reading;
mod refusal;
mod reply;
mod shape;
pub mod tables;
pub mod transport;

pub use envelope::{Envelope, Rejected};
pub use fingerprint::fingerprint;
pub use json::Json;
pub use moment::Moment;
pub use node::{Body, Node};
pub use refusal::Refusal;
pub use reply::{Reply, reference_id};
pub use shape::{Fields, Output, ShapeError};
