use money::Ratio;
use terms::Word;

use crate::{AmountTopic, BaseTerm, Period, Ref, Table};

/// How much of the cost the person bears before the fund pays (起付线 patterns, catalogue §5.1).
#[derive(Debug, Clone)]
pub enum Pattern {
    /// 不设起付线.
    None,
    /// 每次: the full amount on each stay or visit.
    EachTime {
        /// The amount.
        amount: Ref<AmountTopic>,
    },
    /// 逐次递减: the n-th stay of the year uses the n-th step, later ones the last.
    Steps {
        /// The amount of the first stay, multiplied by factor steps.
        amount: Ref<AmountTopic>,
        /// A factor of the current grade's amount, or another amount.
        steps: Vec<StepValue>,
    },
    /// 每次递减固定金额, with a floor.
    Minus {
        /// The amount of the first stay.
        amount: Ref<AmountTopic>,
        /// What each further stay takes off.
        step: Ref<AmountTopic>,
        /// What it never falls below.
        floor: Ref<AmountTopic>,
    },
    /// 每次递减百分比, with a floor.
    PercentMinus {
        /// The amount of the first stay.
        amount: Ref<AmountTopic>,
        /// What each further stay takes off.
        percent: Ratio,
        /// Whether the reduction compounds (按上次) or is linear (按首次).
        compound: bool,
        /// What it never falls below.
        floor: Ref<AmountTopic>,
    },
    /// 一个期间累计一次: what the period has already consumed counts, and a higher grade tops up.
    ///
    /// Covers the yearly outpatient deductible, "once a year at the highest level" and the
    /// per-day rule for several visits.
    OncePer {
        /// The amount of the current grade.
        amount: Ref<AmountTopic>,
        /// The period within which consumption adds up.
        period: Period,
        /// The counter that holds what was consumed.
        counter: Word,
    },
    /// 每次全额、全年累计封顶.
    AnnualSumCap {
        /// The amount of each stay.
        amount: Ref<AmountTopic>,
        /// The yearly limit on what is charged.
        cap: Ref<AmountTopic>,
        /// The counter that holds what was charged.
        counter: Word,
    },
    /// 按费用的一定比例: a share of parts of the bill within bounds (out-of-province stays).
    ShareOfBill {
        /// The share.
        ratio: Ratio,
        /// Of which parts; the total bill is all four line parts.
        of: Vec<BaseTerm>,
        /// Never less.
        floor: Option<Ref<AmountTopic>>,
        /// Never more.
        ceiling: Option<Ref<AmountTopic>>,
    },
}

/// One step of a decreasing deductible.
#[derive(Debug, Clone)]
pub enum StepValue {
    /// A share of the current grade's amount.
    Factor(Ratio),
    /// Its own amount.
    Amount(Ref<AmountTopic>),
}

/// A deductible rule: which pattern applies to whom (起付标准).
#[derive(Debug, Clone)]
pub struct DeductibleRule {
    /// Patterns by situation; referral and disease exemptions are rows of their own.
    pub table: Table<Pattern>,
}
