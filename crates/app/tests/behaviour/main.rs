//! What the verbs do to a real throw-away store.
#![allow(clippy::unwrap_used)]

mod account;
mod audit_export;
mod audit_feeds;
mod audit_intake;
mod audit_service;
mod cleaning;
mod concurrent;
mod difficulty;
mod doubts;
mod house;
mod import;
mod knowledge;
mod outpatient;
mod register;
mod repeat;
mod reverse;
mod stay;
mod valued;
mod valued_year;
