//! 列式文件：把 CSV、Parquet 明细读进列里，分线程审核，写出疑点。
//!
//! The corridor between files and the room `audit`: [`read_data`] turns a folder of CSV and Parquet
//! files, with the names of the national interface or of the house, into `lines::Data`;
//! [`run_job`] judges on several threads; [`write_findings`] writes what was found. Parquet is
//! read by row groups side by side, only the columns that rules use.

mod backtest;
mod cells;
mod export;
mod fault;
mod folder;
mod job;
mod knowledge;
mod library;
mod line_batch;
mod line_codes;
mod names;
mod parquet_file;
mod parts;
mod read;
mod text;
mod visit_batch;
mod write;

pub use backtest::{Compared, Decision, RuleChange, Trial, backtest};
pub use export::TableFolder;
pub use fault::Fault;
pub use job::{Job, Outcome, chosen_rules, run_job, unread_tables};
pub use knowledge::{read_folders, read_knowledge, read_params};
pub use library::read_rows;
pub use parts::{Parts, read_tables};
pub use read::{Reading, read_data};
pub use write::{
    FindingRow, quality_json, quality_text, write_finding_rows, write_findings, write_quality,
};
