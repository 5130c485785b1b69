//! 国家接口：每个交易一个文件，唯一允许使用接口缩写的地方。
#![doc = ""]
#![doc = include_str!("../README.md")]

pub mod auth;
pub mod client;
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
