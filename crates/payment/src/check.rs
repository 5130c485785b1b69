//! 支付办法的参数在读入时就核对，不等到清算。

use crate::amounts::shares;
use crate::methods::assessment::check_table;
use crate::methods::bed_day_tiers::check_tiers;
use crate::methods::global_budget::check_bands;
use crate::{Method, MethodVersion, ParameterState, Refusal};

impl Method {
    /// The method's 中文 name.
    pub const fn zh(&self) -> &'static str {
        match self {
            Self::FeeForService { .. } => "按项目付费",
            Self::GlobalBudget { .. } => "总额控制",
            Self::DrgPoints { .. } => "DRG点数法",
            Self::Dip { .. } => "按病种分值付费",
            Self::BedDay { .. } => "按床日付费",
            Self::SingleDisease { .. } => "单病种定额",
            Self::DaySurgery { .. } => "日间手术",
            Self::OutpatientPoints { .. } => "门诊病例分组点数",
            Self::Capitation { .. } => "门诊按人头",
            Self::Consortium { .. } => "医共体打包付费",
            Self::EffectPrice { .. } => "按疗效价值付费",
            Self::Prepayment { .. } => "月度预付",
        }
    }

    /// Whether a month can be settled by the method alone; the others are paid ahead by a ratio.
    pub const fn settles_monthly(&self) -> bool {
        matches!(
            self,
            Self::FeeForService { .. }
                | Self::GlobalBudget { .. }
                | Self::BedDay { .. }
                | Self::SingleDisease { .. }
                | Self::Prepayment { .. }
        )
    }

    /// Whether the method shares a closed pool at the end of the year.
    pub const fn shares_pool(&self) -> bool {
        matches!(self, Self::DrgPoints { .. } | Self::Dip { .. })
    }

    /// Whether the parameters fit together.
    ///
    /// # Errors
    /// [`Refusal::BadParameter`] for the first that does not.
    pub fn check(&self) -> Result<(), Refusal> {
        match self {
            Self::FeeForService {
                retention_rate,
                returns,
            } => {
                shares(&[("retention_rate", *retention_rate)])?;
                check_table("returns", returns)
            }
            Self::GlobalBudget { keep, over, .. } => check_bands(keep, over),
            Self::DrgPoints {
                parameters,
                modifiers,
            } => {
                parameters.check()?;
                modifiers.check()
            }
            Self::Dip { parameters } => parameters.check(),
            Self::BedDay { tiers } => check_tiers(tiers),
            Self::SingleDisease { patient_share, .. } => {
                shares(&[("patient_share", *patient_share)])
            }
            Self::DaySurgery { share, .. } => shares(&[("share", *share)]),
            Self::OutpatientPoints { repeat_share, .. } => {
                shares(&[("repeat_share", *repeat_share)])
            }
            Self::Capitation { risks } => {
                let none = |factor: &&crate::Factor| factor.ratio() <= money::Ratio::ZERO;
                match risks.values().find(none) {
                    Some(factor) => Err(Refusal::parameter("risks", factor, "应大于零")),
                    None => Ok(()),
                }
            }
            Self::Consortium {
                risk_reserve,
                over_share,
                over_limit,
                ..
            } => shares(&[
                ("risk_reserve", *risk_reserve),
                ("over_share", *over_share),
                ("over_limit", *over_limit),
            ]),
            Self::EffectPrice { ratio, first_share } => {
                shares(&[("ratio", *ratio), ("first_share", *first_share)])
            }
            Self::Prepayment { ratio } => shares(&[("ratio", *ratio)]),
        }
    }
}

impl MethodVersion {
    /// Whether everything a year needs is there and fits together (参数核对); the amount of a pool may
    /// be missing until the version is approved.
    ///
    /// # Errors
    /// [`Refusal::BadParameter`] for the first that does not.
    pub fn check(&self) -> Result<(), Refusal> {
        self.method.check()?;
        let name = self.method.zh();
        match (&self.monthly, self.method.settles_monthly()) {
            (None, false) => {
                let want = "年终清算，应写明每月如何预付";
                return Err(Refusal::parameter("monthly", name, want));
            }
            (Some(_), true) => {
                let want = "按月结清，不另预付";
                return Err(Refusal::parameter("monthly", name, want));
            }
            (Some(monthly), false) => monthly.check()?,
            (None, true) => {}
        }
        match (&self.pool, self.method.shares_pool()) {
            (None, true) if self.state == ParameterState::Approved => {
                Err(Refusal::parameter("pool", name, "应写明年度总额"))
            }
            (Some(_), false) => Err(Refusal::parameter("pool", name, "不分配封闭总额")),
            (Some(pool), true) => pool.check(),
            (None, _) => Ok(()),
        }
    }
}
