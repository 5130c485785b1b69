//! 病例分组：一次出院进哪个 DRG 病组或 DIP 病种，为什么。
//!
//! A [`Discharge`] and a scheme become a group, or a refusal that says why there is none; every
//! answer carries the rules that held, the codes that matched, and which complication was excluded
//! by what. The room is pure: schemes are read elsewhere and passed in as [`tables`].
//!
//! The picture, DRG: codes are looked up and marked once → complications are weighed against the
//! principal diagnosis → categories in order → their rows in order → subgroups in order; the first
//! rule that holds wins. DIP: procedures that do not count are dropped → stages of the directory in
//! order → one row by declared preference → comprehensive groups → auxiliary directories.
//!
//! Where to add: a new test of a rule is a word in `formula/`, a variant of `Test` in `rule.rs`; a
//! new edition or city is data.

pub mod dip;
mod discharge;
mod drg;
pub mod formula;
mod lists;
mod output;
mod place;
pub mod quality;
mod reading;
mod refusal;
mod rule;
mod schemes;
pub mod tables;

pub use dip::{DipGrouped, DipScheme};
pub use discharge::{Column, Discharge};
pub use drg::{DrgScheme, Upcoding, WhatIf, brief, brief_into, explain, group, what_if};
pub use formula::{Severity, Side};
pub use output::{Complication, Grouped, NO_ADRG, NO_DRG, NO_MDC, Note, RuleUse};
pub use place::{Finding, FindingKind, Place};
pub use reading::Hit;
pub use refusal::Refusal;
pub use schemes::{SchemeKind, SchemeUse, Schemes};
