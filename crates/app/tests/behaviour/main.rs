//! What the verbs do to a real throw-away store.
#![allow(clippy::unwrap_used)]

mod concurrent;
mod house;
mod outpatient;
mod register;
mod repeat;
mod reverse;
mod stay;
