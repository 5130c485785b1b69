//! 年度总额：封闭总额从哪里来，基准年往前看几年。

use money::Fen;
use serde::{Deserialize, Serialize};

use crate::methods::annual_budget::{BudgetFacts, annual_budget};
use crate::{Refusal, Step};

/// The closed pool of a method for a year (年度总额).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// Where its amount comes from.
    pub budget: PoolBudget,
    /// 基准年数: how many years before the cleared one the base data are of.
    pub base_years: u8,
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

    pub(crate) fn check(&self) -> Result<(), Refusal> {
        if !(1..=5).contains(&self.base_years) {
            let years = self.base_years;
            return Err(Refusal::parameter("base_years", years, "应为1至5年"));
        }
        self.distributable().map(drop)
    }
}
