//! 支付办法的版本：哪个统筹区、险种、年度用哪一套参数，何时起，谁批准。

use serde::{Deserialize, Serialize};
use terms::{AreaCode, Date, Scheme};

use crate::Refusal;
use crate::dip::DipParameters;
use crate::drg::{DrgParameters, ModifierRules};
use crate::methods::assessment::AssessmentBand;
use crate::methods::bed_day_tiers::BedDayTier;
use crate::methods::global_budget::{KeepBand, OverBand};

/// A payment method with its parameters (支付办法).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum Method {
    /// 按项目付费.
    FeeForService {
        /// 质量保证金比例.
        retention_rate: money::Ratio,
        /// 考核返还.
        #[serde(default)]
        returns: Vec<AssessmentBand>,
    },
    /// 总额控制.
    GlobalBudget {
        /// 结余留用.
        #[serde(default)]
        keep: Vec<KeepBand>,
        /// 超支分担.
        over: Vec<OverBand>,
    },
    /// DRG点数法.
    DrgPoints {
        /// The method.
        parameters: DrgParameters,
        /// 点数调整.
        #[serde(default)]
        modifiers: ModifierRules,
    },
    /// 按病种分值付费.
    Dip {
        /// The method.
        parameters: DipParameters,
    },
    /// 按床日付费.
    BedDay {
        /// 各档标准.
        tiers: Vec<BedDayTier>,
    },
}

/// How far a set of parameters has come (参数状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterState {
    /// 起草.
    Draft,
    /// 征求意见.
    Consulted,
    /// 已批准.
    Approved,
    /// 已失效.
    Retired,
}

impl ParameterState {
    /// The state's 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Draft => "起草",
            Self::Consulted => "征求意见",
            Self::Approved => "已批准",
            Self::Retired => "已失效",
        }
    }
}

/// A method of an area and year (年度支付办法).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodVersion {
    /// 统筹区.
    pub area: AreaCode,
    /// 险种; each has a pool of its own.
    pub scheme: Scheme,
    /// 年度.
    pub year: i16,
    /// Which version of that year.
    pub version: u32,
    /// First day on which it applies.
    pub effective: Date,
    /// How far it has come.
    pub state: ParameterState,
    /// The method.
    pub method: Method,
}

/// Which date of a case decides its year (病例年度的依据).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseYearBasis {
    /// 出院日期.
    Discharge,
    /// 结算日期.
    Settlement,
}

impl CaseYearBasis {
    /// The date that counts; a stay across two years is not split.
    pub const fn date(self, discharge: Date, settlement: Date) -> Date {
        match self {
            Self::Discharge => discharge,
            Self::Settlement => settlement,
        }
    }
}

/// The version in force for an area and scheme on a day (适用版本): the latest that has begun, and
/// of one day the highest number.
///
/// # Errors
/// [`Refusal::NoMethod`] when none has begun, [`Refusal::NotApproved`] when that one is not
/// approved; use [`simulated`] to try it out.
pub fn in_force(
    versions: &[MethodVersion],
    area: AreaCode,
    scheme: Scheme,
    on: Date,
) -> Result<&MethodVersion, Refusal> {
    let found = simulated(versions, area, scheme, on)?;
    if found.state == ParameterState::Approved {
        return Ok(found);
    }
    Err(Refusal::NotApproved {
        version: format!("{}年第{}版", found.year, found.version),
        state: found.state.zh(),
    })
}

/// The same whatever its state, for simulations only (测算).
///
/// # Errors
/// [`Refusal::NoMethod`].
pub fn simulated(
    versions: &[MethodVersion],
    area: AreaCode,
    scheme: Scheme,
    on: Date,
) -> Result<&MethodVersion, Refusal> {
    let fits = |one: &&MethodVersion| {
        let begun = one.effective <= on && one.state != ParameterState::Retired;
        (one.area, one.scheme) == (area, scheme) && begun
    };
    let begun = versions.iter().filter(fits);
    let latest = begun.max_by_key(|one| (one.effective, one.version));
    latest.ok_or(Refusal::NoMethod { area, scheme, on })
}

/// Whether a case may enter a pool (基金分账): the schemes' pools never mix.
///
/// # Errors
/// [`Refusal::OtherPool`].
pub fn belongs(case: &str, own: Scheme, pool: Scheme) -> Result<(), Refusal> {
    if own == pool {
        return Ok(());
    }
    Err(Refusal::OtherPool {
        case: case.to_owned(),
        belongs: own,
        offered: pool,
    })
}
