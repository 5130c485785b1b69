//! Tests of the loader against the case folders and everything shipped.
#![allow(clippy::unwrap_used)]

mod cases;
mod catalogue;
mod common;
mod methods;
mod shipped;
