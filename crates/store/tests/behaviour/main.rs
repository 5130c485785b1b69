//! The store's behaviour, the same on both engines.
#![allow(clippy::unwrap_used)]

mod accounts;
mod bench;
mod boxes;
mod contributing;
mod discharges;
mod filings;
mod findings;
mod imports;
mod knowledge;
mod lists;
mod migrating;
mod people;
mod prompts;
mod requests;
mod settling;
mod verifying;
