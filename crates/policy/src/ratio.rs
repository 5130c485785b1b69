use money::Ratio;

use crate::{Condition, Situation, Table};

/// A ratio as a rule states it (比例): a number, or a line over age or years (catalogue §2.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RatioValue {
    /// A fixed share.
    Fixed(Ratio),
    /// `base + step × variable`, as in (75 + 0.2·age)%.
    Linear {
        /// The share at zero.
        base: Ratio,
        /// Added per unit of the variable.
        step: Ratio,
        /// What is multiplied.
        variable: Variable,
    },
}

/// A number of the situation that a ratio may grow with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variable {
    /// 周岁.
    Age,
    /// 连续参保年数.
    EnrolledYears,
    /// 第几次住院.
    AdmissionNumber,
}

impl RatioValue {
    /// The share in a situation, not yet clamped.
    pub fn in_situation(&self, at: &Situation<'_>) -> Ratio {
        match self {
            Self::Fixed(ratio) => *ratio,
            Self::Linear {
                base,
                step,
                variable,
            } => {
                let count = match variable {
                    Variable::Age => at.age_years,
                    Variable::EnrolledYears => at.enrolled_years,
                    Variable::AdmissionNumber => at.admission_number,
                };
                *base + step.times_whole(i64::from(count))
            }
        }
    }
}

/// What a modifier does to a ratio (catalogue §2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModifierKind {
    /// 提高（降低）若干个百分点: added.
    Points(Ratio),
    /// 个人负担按若干比例: multiplies the own share, so 86% at 80% becomes 88.8%.
    OwnShareFactor(Ratio),
    /// 按原比例的若干: multiplies the ratio itself.
    Factor(Ratio),
    /// 直接按某比例.
    Replace(Ratio),
}

impl ModifierKind {
    /// The ratio after this modifier, not yet clamped.
    pub fn apply(self, ratio: Ratio) -> Ratio {
        match self {
            Self::Points(points) => ratio + points,
            Self::OwnShareFactor(factor) => Ratio::ONE - (Ratio::ONE - ratio) * factor,
            Self::Factor(factor) => ratio * factor,
            Self::Replace(replacement) => replacement,
        }
    }
}

/// A change to a base ratio for some people, places or visits (比例调整).
#[derive(Debug, Clone)]
pub struct Modifier {
    /// 中文 name, such as 退休人员提高5个百分点.
    pub title: String,
    /// When it applies.
    pub condition: Condition,
    /// What it does.
    pub kind: ModifierKind,
}

/// A ratio rule: base ratios and the modifiers in the order the policy stores them (支付比例).
#[derive(Debug, Clone)]
pub struct RatioRule {
    /// Base ratios.
    pub table: Table<RatioValue>,
    /// Applied one after another, then the result is clamped to 0–100%.
    pub modifiers: Vec<Modifier>,
}

impl RatioRule {
    /// The clamped ratio in a situation, or `None` where the table has nothing.
    pub fn find(&self, at: &Situation<'_>) -> Option<Ratio> {
        let base = self.table.find(at, |value| value.in_situation(at))?;
        Some(self.modified(base.in_situation(at), at))
    }

    /// A base ratio after every modifier that applies, clamped.
    pub fn modified(&self, base: Ratio, at: &Situation<'_>) -> Ratio {
        let mut ratio = base;
        for modifier in self
            .modifiers
            .iter()
            .filter(|modifier| modifier.condition.holds(at))
        {
            ratio = modifier.kind.apply(ratio);
        }
        ratio.clamped()
    }
}
