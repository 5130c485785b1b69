//! 按病种分值付费：按病种计分值，可用基金按加权分值分配，年终按比例区间结算。
//!
//! Scores come from three years of means ([`scores`]); every case gets its score by how far its
//! cost lies from the mean of its level ([`DipPrices::price`]), times the institution's
//! coefficient; the fund is shared by weighted scores and paid by bands of actual ÷ entitled.
//! [`clear_region`] is the chain.

mod annual_band;
mod behaviour;
mod case;
mod clear;
mod coefficient;
mod deviation;
mod explain;
mod parameters;
mod point_value;
mod scores;
mod standard;

pub use annual_band::{AnnualBand, AnnualQuestion, BandPays, annual_payment, usual_bands};
pub use behaviour::{Behaviour, BehaviourCase, BehaviourRules, BehaviourScore, deduct_behaviour};
pub use case::{DipCase, DipInstitution, DipPriced, DipPrices, Means};
pub use clear::{
    DipClearing, DipInstitutionClearing, DipRegion, DipTally, clear_region, clear_region_by,
};
pub use coefficient::{InstitutionCoefficient, institution_coefficient};
pub use deviation::{DeviatedScore, Deviation, DeviationClass, deviation_score};
pub use explain::{explain_case, explain_institution};
pub use parameters::DipParameters;
pub use point_value::{
    BudgetPointValue, PointValue, RegionPointValue, RegionPoints, SettlementPointValue,
    budget_point_value, point_value, region_point_value, settlement_point_value,
};
pub use scores::{WeightedMean, scores, weighted_mean};
pub use standard::{Standard, StandardPayment, standard_payment};
