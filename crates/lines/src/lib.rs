//! 明细列：费用明细与就诊、人员、机构，按列存放。
//!
//! A batch of claim lines as a struct of arrays with dictionary numbers, in the order person →
//! visit → line, so that a rule reads a person's lines as short runs of a few columns. Tables come
//! in through [`Intake`], in any order and from any reader; [`Intake::assemble`] puts them in order
//! once. Nothing here knows a rule.

mod assemble;
mod care;
mod data;
mod dictionary;
mod intake;
mod items;
mod line;
mod link;
mod names;
mod people;
mod periods;
mod providers;
mod quality;
mod slots;
mod stock;
mod table;
mod time;
mod trace;
mod visits;

pub use care::Care;
pub use data::Data;
pub use dictionary::Dictionary;
pub use intake::{
    InboundRow, Intake, LineBlock, LineRow, Renumbering, ScanRow, VisitOwner, VisitRow,
};
pub use items::{ItemKind, Items};
pub use line::{LineId, Lines};
pub use names::Names;
pub use people::{People, Sex};
pub use periods::{Period, Periods, Register};
pub use providers::{Level, Providers};
pub use quality::{Problem, Quality};
pub use slots::{LineColumn, LineSlots};
pub use stock::{Stock, StockRow};
pub use table::{Row, Table};
pub use time::{Day, Moment};
pub use trace::{Inbound, Trace, TraceEvent, TraceEventKind};
pub use visits::{Diagnosis, Visits};

/// The number that stands for "none" in columns of dictionary numbers (无).
pub const NONE: u32 = u32::MAX;
