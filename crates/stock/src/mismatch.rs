use std::fmt;

use money::Quantity;
use serde::{Deserialize, Serialize};

use crate::Balance;

/// How far stock may be off before it is looked at (容差).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tolerance {
    /// Per hundred of what came in.
    pub percent: u32,
    /// In packs, whatever came in.
    pub packs: u32,
}

/// One item of one institution in one month, as stock and as bills.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemMonth {
    /// The stock.
    pub balance: Balance,
    /// What was settled with the insurance (医保结算量).
    #[serde(default)]
    pub settled: Quantity,
    /// Whether anything was bought in the twelve months up to this one.
    #[serde(default)]
    pub bought_within_a_year: bool,
}

/// What is wrong with an item's month (购销不符种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MismatchKind {
    /// S001 进销存不平.
    Equation,
    /// S002 结算量大于可供量.
    BeyondSupply,
    /// S003 无进货有结算.
    NeverBought,
    /// S005 负库存.
    Negative,
}

impl MismatchKind {
    /// The rule of supervision it stands for.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Equation => "S001",
            Self::BeyondSupply => "S002",
            Self::NeverBought => "S003",
            Self::Negative => "S005",
        }
    }

    /// 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Equation => "进销存不平",
            Self::BeyondSupply => "结算量大于可供量",
            Self::NeverBought => "无进货有结算",
            Self::Negative => "负库存",
        }
    }
}

impl fmt::Display for MismatchKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.zh())
    }
}

/// A month that does not tie (购销不符).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mismatch {
    /// What is wrong.
    pub kind: MismatchKind,
    /// By how many packs.
    pub by: Quantity,
}

/// Everything that does not tie in an item's month, in the order of the rules.
///
/// Nothing is found for want of data: without a count the equation is not judged, and an
/// institution that never uploaded stock has no months.
pub fn mismatches(month: &ItemMonth, tolerance: Tolerance) -> Vec<Mismatch> {
    let balance = &month.balance;
    let (settled, came) = (wide(month.settled), wide(balance.came_in()));
    let supply = wide(balance.begin) + came + wide(balance.returned);
    let mut found = Vec::new();
    let mut put = |kind, by: i128| {
        let by = Quantity::new(i64::try_from(by).unwrap_or(i64::MAX));
        found.push(Mismatch { kind, by });
    };
    // Without a count, goods that bills say are gone cannot be there either.
    let out = wide(balance.sold).max(settled);
    if let Some(counted) = balance.counted {
        let gap = supply - out - wide(balance.other_out) - wide(counted);
        let packs = i128::from(tolerance.packs) * wide(Quantity::ONE);
        if beyond(gap.abs(), came.max(wide(Quantity::ONE)), tolerance.percent) && gap.abs() > packs
        {
            put(MismatchKind::Equation, gap.abs());
        }
    }
    if settled > supply && beyond(settled - supply, supply, tolerance.percent) {
        put(MismatchKind::BeyondSupply, settled - supply);
    }
    if settled > 0 && balance.begin <= Quantity::ZERO && !month.bought_within_a_year && came <= 0 {
        put(MismatchKind::NeverBought, settled);
    }
    if balance.expected() < Quantity::ZERO {
        put(MismatchKind::Negative, -wide(balance.expected()));
    }
    found
}

fn wide(quantity: Quantity) -> i128 {
    i128::from(quantity.get())
}

/// Whether `gap` is more than so many per hundred of `of`.
fn beyond(gap: i128, of: i128, percent: u32) -> bool {
    gap * 100 > of.max(0) * i128::from(percent)
}
