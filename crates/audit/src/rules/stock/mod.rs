//! 进销存类规则，按编号。

mod s001_stock_does_not_tie;
mod s002_claims_exceed_supply;
mod s003_never_bought;
mod s004_swap_inferred;
mod s005_negative_stock;
mod s006_price_gap;
mod s007_purchase_channel;
mod s008_single_use_reused;
mod s009_herb_weight;
mod s010_turnover_outlier;
mod s011_reagents_short;

use crate::Rule;

/// In the order of ids.
pub(super) const RULES: &[&Rule] = &[
    &s001_stock_does_not_tie::RULE,
    &s002_claims_exceed_supply::RULE,
    &s003_never_bought::RULE,
    &s004_swap_inferred::RULE,
    &s005_negative_stock::RULE,
    &s006_price_gap::RULE,
    &s007_purchase_channel::RULE,
    &s008_single_use_reused::RULE,
    &s009_herb_weight::RULE,
    &s010_turnover_outlier::RULE,
    &s011_reagents_short::RULE,
];
