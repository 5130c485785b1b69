//! DRG点数法：按病组计点数，年度预算按点数分配。
//!
//! Prices come from a base year ([`BaseTally`] folds its discharges, [`BaseYear`] holds means,
//! stable groups, base points and coefficients); every discharge of the year gets its points by
//! the first class that fits ([`BaseYear::price`]); readmissions halve the earlier stay; the pool
//! is shared by exact point values ([`PoolTally`]). [`clear_region`] is the chain.
//!
//! Folds merge, so that a province may be counted in parts: the order of adding never matters.

mod base_points;
mod base_year;
mod bed_day;
mod classify;
mod clear;
mod coefficient;
mod cost_points;
mod discharge;
mod explain;
mod high_multiple;
mod low_multiple;
mod merge;
mod modifiers;
mod parameters;
mod pool;
mod rate;
mod readmission;
mod sharing;
mod special_review;
mod stable;
mod trimming;
mod upcoding;

pub use base_points::{BasePoints, base_points};
pub use base_year::{BaseTally, BaseYear, GroupBase};
pub use bed_day::{BedDay, StayDays, bed_day_points, covered_days};
pub use classify::{Class, Priced};
pub use clear::{DrgClearing, DrgRegion, clear_region, clear_region_by};
pub use coefficient::{Blend, blend};
pub use cost_points::{CostPoints, cost_points};
pub use discharge::{Discharge, PatientIndex};
pub use explain::{explain_discharge, explain_institution};
pub use high_multiple::{HighMultiple, HighPoints, high_multiple};
pub use low_multiple::{LowMultiple, low_multiple};
pub use merge::{Stay, merge_transfers};
pub use modifiers::{Modified, ModifierRules, Modifiers, TcmRule, modify};
pub use parameters::{DrgParameters, HighStep, Tier, Variant};
pub use pool::{InstitutionClearing, PoolClearing, PoolTally, Portion, share_pool};
pub use rate::{
    LengthOfStay, RatePaid, RatePayment, Transfer, graduated_transfer, rate_payment, transfer_days,
};
pub use readmission::{Readmission, Readmitted, readmit, readmitted};
pub use sharing::{Shared, Sharing, share_difference};
pub use special_review::{Decision, Quota, Reviewed, ReviewedCase, decide, quota};
pub use stable::{Stability, stability};
pub use trimming::{TrimQuestion, TrimRule, Trimmed, trim};
pub use upcoding::{
    Penalised, PenaltyEffect, PenaltyQuestion, PenaltyTo, Regrouped, penalise, penalty_effect,
};
