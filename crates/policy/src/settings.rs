use money::Rounding;
use serde::{Deserialize, Serialize};

use crate::Condition;

/// Choices of an area that are neither amounts nor ratios (计算口径).
#[derive(Debug, Clone)]
pub struct Settings {
    /// How amounts become fen.
    pub rounding: Rounding,
    /// Whether prior shares are rounded line by line or once.
    pub prior_rounding: RoundingPer,
    /// Whether a fund's bands are rounded one by one or once.
    pub fund_rounding: RoundingPer,
    /// Which date decides the benefit year.
    pub year_basis: YearBasis,
    /// First month of the benefit year, 1 for the calendar year.
    pub year_starts_in_month: i8,
    /// Deductibles of a stay that is split between two years.
    pub split_deductible: SplitDeductible,
    /// Which bills count as a stay for decreasing deductibles.
    pub stay_counts: Condition,
    /// Whether a stay cheaper than its deductible counts as one.
    pub stay_below_deductible_counts: bool,
    /// What happens to later bills when an earlier one is reversed.
    pub later_bills: LaterBills,
}

/// Where a rounding happens; the other side of the split is the balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundingPer {
    /// 逐条（逐段）.
    Piece,
    /// 整单.
    Bill,
}

/// Which date decides the benefit year of a stay (catalogue §6.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearBasis {
    /// 按结算日.
    Settlement,
    /// 按出院日.
    Discharge,
    /// 按入院日.
    Admission,
    /// 按费用发生日分年度.
    SplitByService,
}

/// How often the deductible is charged when a stay is split between two years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SplitDeductible {
    /// 只扣一次.
    Once,
    /// 两年各扣一次.
    Both,
}

/// What a reversal does when later bills depend on the reversed one (catalogue §6.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LaterBills {
    /// 须先退后发生的结算.
    Refuse,
    /// 标记后续结算待重算.
    Resettle,
    /// 后续结算不变，差额结转.
    Carry,
}
