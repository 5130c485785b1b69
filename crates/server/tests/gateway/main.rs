//! The gateway end to end: HTTP in, a throw-away embedded store behind, HTTP out.
#![allow(clippy::unwrap_used)]

mod bad_input;
mod bill_audits;
mod boxes;
mod credentials;
mod during;
mod family;
mod filings;
mod flows;
mod forms;
mod fuzz;
mod house;
mod idempotent;
mod messages;
mod prompts;
mod queries;
mod settlement_lists;
mod signatures;
