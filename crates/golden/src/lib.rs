//! 案例运行器：读取 cases/** 并逐项比对。
//!
//! A case is one YAML file: a Chinese sentence as its name, where it comes from, the facts, and
//! what must come out to the fen. [`run`] plays every case under a folder against the law it names
//! and reports each difference; [`update`] writes what came out back into the files, to be read in
//! the diff. The format is described in `README.md` beside this crate.
//!
//! Where to add: a new fact is read in `facts/`, a new expectation is a line of `view.rs`.

mod account;
mod audit;
mod audit_folder;
mod case;
mod difficulty;
mod enrolment;
mod expect;
mod facts;
mod fault;
mod folder;
mod goods;
mod grouping;
mod kit;
mod node;
mod pages;
mod payment;
mod play;
mod premium;
mod reader;
mod report;
mod rewrite;
mod timeline;
mod view;

pub use crate::audit::{AuditReport, ChangedFinding, findings_with, run_audit};
pub use crate::audit_folder::{AuditFolder, CaseMark, audit_folder};
pub use crate::grouping::{GroupingReport, run_grouping};
pub use fault::Fault;
pub use folder::{run, update};
pub use kit::{area, bill, law};
pub use pages::rule_pages;
pub use report::{CaseReport, Difference, Event, EventReport, Report, Skipped};
