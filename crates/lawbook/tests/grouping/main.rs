//! Grouping schemes read from folders and workbooks, and what is said about bad ones.
#![allow(clippy::unwrap_used)]

mod drg;
mod workbook;
