//! 其他支付办法和清算规定，一项一个文件。
//!
//! Each file holds the parameters and facts of one provision, its outcome with the trace, and the
//! pure function between them. Shares are written in percent, multiples as plain factors.

pub mod advance;
pub mod agreement_penalty;
pub mod annual_budget;
pub mod assessment;
pub mod bed_day_tiers;
pub mod capitation;
pub mod consortium;
pub mod critical_illness;
pub mod day_surgery;
pub mod day_ward;
pub mod effect_price;
pub mod fee_for_service;
pub mod fund_position;
pub mod global_budget;
pub mod labour_share;
pub mod long_term_care;
pub mod margin;
pub mod out_of_area;
pub mod outpatient_points;
pub mod pre_admission;
pub mod prepayment;
pub mod procurement;
pub mod reversal;
pub mod single_disease;
pub mod statement;
pub mod supplier_batch;
pub mod supplier_netting;
