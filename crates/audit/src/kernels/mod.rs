//! 规则核：少数几种看法，承载全部规则。
//!
//! A kernel is a way of looking at lines that many rules share. Each takes knowledge by item and a
//! small function that judges, and gives a [`Kernel`](crate::Kernel) for the fused pass.

mod age_class;
mod below_level;
mod course;
mod dated;
mod distance;
mod distinct;
mod exclusive;
mod indication;
mod line_limit;
mod lots;
mod mark_up;
mod named;
mod net;
mod outlier;
mod packs;
mod pairs;
mod phantom;
mod price;
mod quantity;
mod stay_days;
mod stays;
mod tables;
mod together;
mod trace;
mod visit;

pub use age_class::{AgeClass, beyond_age};
pub use below_level::below_level;
pub use course::{Course, course_of_stay};
pub use dated::{Listed, StandardPrices, Surcharge, listed, surcharges};
pub use distance::metres_between;
pub use distinct::{distinct_per_day, too_many};
pub use exclusive::{Rank, exclusive_per_day};
pub use indication::{Indication, indicated};
pub use line_limit::{each_line, each_line_of_all, each_standing_line};
pub use lots::{Lot, Lots};
pub use mark_up::{mark_up, price_gap};
pub use named::{by_item_or_name, items_or_named};
pub use net::{cancelled, net};
pub use outlier::{
    MeanCost, alike, amount_of, beyond_deviations, mean_cost_of_stays, robustly_beyond,
};
pub use packs::{Packs, each_pack, each_repeated_pack, is_refunded};
pub use pairs::{Pair, Within, included, included_unless, lacking};
pub use phantom::phantoms;
pub use price::{PriceLimit, above_limits, overcharge, price_limits, unit_in_scope};
pub use quantity::{Cap, Scope, Window, quantity};
pub use stay_days::{daily_items, days_of_stay, excess_share};
pub use stays::{StayPair, consecutive_stays, during_stay};
pub use tables::{in_scope_of, month_of, pairs_of};
pub use together::{Meetings, by_terminal, groups, meetings};
pub use trace::{each_code, each_repeated_code, each_stock_row};
pub use visit::{VisitItemSum, each_reversed_item, each_visit, each_visit_item};
