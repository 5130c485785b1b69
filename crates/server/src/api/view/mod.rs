//! From what rooms and store hold to what the API shows. Nothing here decides anything.

pub(super) mod account;
pub(super) mod audit;
pub(super) mod bank;
pub(super) mod budget;
pub(super) mod catalogue;
pub(super) mod cleaning;
pub(super) mod clearing;
pub(super) mod contribution;
pub(super) mod counters;
pub(super) mod difficulty;
pub(super) mod discharge;
pub(super) mod filing;
pub(super) mod people;
pub(super) mod points;
pub(super) mod policy;
pub(super) mod procurement;
pub(super) mod register;
pub(super) mod settlement;
pub(super) mod simulator;
pub(super) mod statement;
pub(super) mod stock;
pub(super) mod trace;
pub(super) mod trial;
pub(super) mod watch;
