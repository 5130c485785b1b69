//! 年度总额：封闭总额从哪里来，基准年往前看几年。

use std::collections::{BTreeMap, BTreeSet};

use money::Fen;
use serde::{Deserialize, Serialize};

use crate::methods::annual_budget::{BudgetFacts, annual_budget};
use crate::{Factor, Refusal, Step};

/// The closed pool of a method for a year (年度总额).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// Where its amount comes from.
    pub budget: PoolBudget,
    /// 基准年数: how many years before the cleared one the base data are of; 0 for a first year that
    /// is its own base.
    pub base_years: u8,
    /// 肿瘤放化疗病组, by the beginning of their codes: never a readmission.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tumour_groups: BTreeSet<String>,
    /// 机构系数 by institution or, where it is not named, by grade; 1 for all others.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub coefficients: BTreeMap<String, Factor>,
}

/// The amount of a pool (总额来源).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PoolBudget {
    /// 直接确定.
    Amount(Fen),
    /// 上年决算乘增长率，先留调剂金.
    Grown(BudgetFacts),
}

impl Pool {
    /// A pool of an amount that is its own base.
    pub fn of(amount: Fen) -> Self {
        Self {
            budget: PoolBudget::Amount(amount),
            base_years: 0,
            tumour_groups: BTreeSet::new(),
            coefficients: BTreeMap::new(),
        }
    }

    /// What may be shared, and how it came about (可分配总额).
    ///
    /// # Errors
    /// [`Refusal::PoolNotPositive`] for nothing or less, and what is wrong with the growth.
    pub fn distributable(&self) -> Result<(Fen, Vec<Step>), Refusal> {
        let (amount, trace) = match &self.budget {
            PoolBudget::Amount(amount) => (*amount, Vec::new()),
            PoolBudget::Grown(facts) => {
                let budget = annual_budget(facts)?;
                (budget.distributable, budget.trace)
            }
        };
        if amount <= Fen::ZERO {
            let name = "pool.budget".into();
            return Err(Refusal::PoolNotPositive { name, amount });
        }
        Ok((amount, trace))
    }

    /// Whether a group is of radiotherapy or chemotherapy (肿瘤放化疗).
    pub fn is_tumour_therapy(&self, group: &str) -> bool {
        self.tumour_groups
            .iter()
            .any(|begins| group.starts_with(begins.as_str()))
    }

    /// The coefficient of an institution (机构系数).
    pub fn coefficient(&self, code: &str, grade: &str) -> Factor {
        let own = self
            .coefficients
            .get(code)
            .or_else(|| self.coefficients.get(grade));
        own.copied().unwrap_or(Factor::ONE)
    }

    pub(crate) fn check(&self) -> Result<(), Refusal> {
        if self.base_years > 5 {
            let years = self.base_years;
            return Err(Refusal::parameter("base_years", years, "最多5年"));
        }
        let none = |factor: &&Factor| factor.ratio() <= money::Ratio::ZERO;
        if let Some(factor) = self.coefficients.values().find(none) {
            return Err(Refusal::parameter("coefficients", factor, "应大于零"));
        }
        self.distributable().map(drop)
    }
}
