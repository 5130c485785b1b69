//! Money between the fund and institutions beside their bills, on a real store.
#![allow(clippy::unwrap_used)]

#[path = "../behaviour/house.rs"]
#[allow(dead_code)]
mod house;

mod budget;
mod hospital;
mod suppliers;
mod whole_month;
