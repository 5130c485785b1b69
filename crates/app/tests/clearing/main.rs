//! A month's way from settlements to a reconciled bank receipt, against a real database.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code)]
#[path = "../behaviour/house.rs"]
mod house;

mod adjust;
mod apply;
mod bank;
mod chance;
mod month;
mod together;
mod walk;
