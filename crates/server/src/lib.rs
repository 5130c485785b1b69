//! HTTP：控制台接口、机构网关、健康检查。
//!
//! Decodes, finds out who is asking, calls `app`, encodes. `gateway/` speaks the national
//! interface, `api/` the console's language, `pages` hands out the console itself. Nothing here
//! decides anything a lawyer could dispute.

pub mod api;
pub mod gateway;
mod health;
mod nightly;
mod pages;
pub mod seed;
mod serve;
mod service;

pub use nightly::nightly;
pub use serve::{router, serve};
pub use service::{Sandbox, Service};
