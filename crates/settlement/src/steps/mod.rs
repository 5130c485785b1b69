//! One file per provision; `assess` is the order in which they run.

pub(crate) mod account;
pub(crate) mod benefit;
pub(crate) mod cap;
pub(crate) mod chain;
pub(crate) mod check;
pub(crate) mod classify;
pub(crate) mod cumulative;
pub(crate) mod deductible;
pub(crate) mod fixed_price;
pub(crate) mod floor;
pub(crate) mod gate;
pub(crate) mod item_limit;
pub(crate) mod layer;
pub(crate) mod paid_elsewhere;
pub(crate) mod prior;
pub(crate) mod rates;
pub(crate) mod stay;
pub(crate) mod withhold;
pub(crate) mod year;
