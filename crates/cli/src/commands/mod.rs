//! One file per command.

pub mod clear;
pub mod database;
pub mod demo;
pub mod folders;
pub mod import;
pub mod load;
pub mod open;
pub mod policy;
pub mod sample;
pub mod serve;
pub mod settle;
