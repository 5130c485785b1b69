//! One file per command.

pub mod account;
pub mod annual;
pub mod audit;
pub mod budget;
pub mod clean;
pub mod clear;
pub mod contribution;
pub mod coverage;
pub mod database;
pub mod demo;
pub mod dip;
pub mod folders;
pub mod group;
pub mod import;
pub mod lists;
pub mod load;
pub mod month;
pub mod open;
pub mod policy;
pub mod regroup;
pub mod sample;
pub mod scheme;
pub mod serve;
pub mod settle;
pub mod verify;
pub mod watch;
