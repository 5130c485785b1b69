//! Contributions from law to money, on a real throw-away store.
#![allow(clippy::unwrap_used)]

mod files;
mod house;
mod months;
mod refunds;
mod residents;
