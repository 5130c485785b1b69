//! The store's behaviour, the same on both engines.
#![allow(clippy::unwrap_used)]

mod bench;
mod findings;
mod imports;
mod contributing;
mod lists;
mod migrating;
mod people;
mod requests;
mod settling;
mod verifying;
