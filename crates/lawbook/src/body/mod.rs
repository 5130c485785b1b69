//! Readers of the bodies of topics, one file per kind of rule.

mod account;
mod allowance;
mod amount;
mod base;
mod cells;
mod condition;
mod cover;
mod deductible;
mod desk;
mod disease;
mod gate;
mod item;
mod layer;
mod layer_form;
mod layer_limit;
mod ratio;
mod scale;
mod settings;
mod table;
mod waterfall;

pub(crate) use account::read_account;
pub(crate) use allowance::read_allowance;
pub(crate) use amount::{read_amount, read_series, says_unlimited};
pub(crate) use deductible::read_deductible;
pub(crate) use desk::{Desk, read_body};
pub(crate) use disease::{listed_codes, read_diseases};
pub(crate) use gate::read_gates;
pub(crate) use item::read_items;
pub(crate) use layer::read_layer;
pub(crate) use ratio::read_ratio;
pub(crate) use scale::read_scale;
pub(crate) use settings::read_settings;
pub(crate) use waterfall::{read_overlay, read_waterfall};
