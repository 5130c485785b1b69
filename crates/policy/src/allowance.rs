use serde::{Deserialize, Serialize};

use crate::{AmountTopic, Condition, Ref};

/// The maternity allowance (生育津贴, catalogue §15.2): wage ÷ 30 × days.
#[derive(Debug, Clone)]
pub struct AllowanceRule {
    /// Whose wage.
    pub base: WageBase,
    /// Days by situation; all rows that fit add up.
    pub days: Vec<DayRule>,
    /// A month always counts this many days (30).
    pub month_days: i64,
    /// The wage never counts for less.
    pub floor: Option<Ref<AmountTopic>>,
    /// The wage never counts for more.
    pub ceiling: Option<Ref<AmountTopic>>,
    /// A fixed sum for medical cost paid with the allowance (生育医疗费补贴).
    pub lump_sum: Option<Ref<AmountTopic>>,
}

/// Days of allowance for a kind of birth or loss.
#[derive(Debug, Clone)]
pub struct DayRule {
    /// 中文 name, such as 难产增加.
    pub title: String,
    /// When; kinds of birth are marks of the visit.
    pub condition: Condition,
    /// How many days.
    pub days: i64,
    /// Whether the days count once per further baby.
    pub per_further_baby: bool,
}

/// Whose monthly wage the allowance is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WageBase {
    /// 用人单位上年度职工月平均工资.
    EmployerAverage,
    /// 本人生育当月缴费基数.
    OwnBase,
    /// 本人前12个月平均缴费基数.
    OwnTwelveMonths,
}
