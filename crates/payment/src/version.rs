//! 支付办法的版本：哪个统筹区、险种、年度用哪一套参数，何时起，谁批准。

use std::collections::{BTreeMap, BTreeSet};

use money::{Fen, Ratio};
use serde::{Deserialize, Serialize};
use terms::{AreaCode, Date, Scheme};

use crate::dip::DipParameters;
use crate::drg::{DrgParameters, ModifierRules};
use crate::methods::assessment::AssessmentBand;
use crate::methods::bed_day_tiers::BedDayTier;
use crate::methods::global_budget::{KeepBand, OverBand};
use crate::methods::single_disease::PatientPays;
use crate::{Factor, Monthly, Pool, Refusal};

/// A payment method with its parameters (支付办法); data write its name, and the parameters below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Method {
    /// 按项目付费.
    FeeForService {
        /// 质量保证金比例.
        retention_rate: Ratio,
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
        /// Whether unused quota of a month may be carried to later ones.
        #[serde(default)]
        allow_carry: bool,
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
    /// 单病种定额.
    SingleDisease {
        /// 病种 and 定额.
        quotas: BTreeMap<String, Fen>,
        /// 个人承担比例.
        patient_share: Ratio,
        /// On which amount.
        patient_pays: PatientPays,
        /// 退出界限.
        #[serde(default)]
        exit_ratio: Option<Factor>,
    },
    /// 日间手术.
    DaySurgery {
        /// 手术目录.
        listed: BTreeSet<String>,
        /// 住院病组标准的比例.
        share: Ratio,
        /// The most hours, a delay allowed for included.
        most_hours: i64,
    },
    /// 门诊病例分组点数.
    OutpatientPoints {
        /// 同类其余分组的比例.
        repeat_share: Ratio,
        /// 辅助分组打包.
        ancillary_packaged: bool,
    },
    /// 门诊按人头.
    Capitation {
        /// 风险系数 by band.
        risks: BTreeMap<String, Factor>,
    },
    /// 医共体打包.
    Consortium {
        /// 人均标准 of a year.
        rate: Fen,
        /// 风险金比例.
        risk_reserve: Ratio,
        /// 超支分担 by the fund.
        over_share: Ratio,
        /// Up to which share of the package.
        over_limit: Ratio,
    },
    /// 按疗效价值付费.
    EffectPrice {
        /// 参照比例.
        ratio: Ratio,
        /// 出院时支付比例.
        first_share: Ratio,
    },
    /// 月度预付.
    Prepayment {
        /// 预付比例.
        ratio: Ratio,
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
    /// 月度预付, for methods that are settled at the end of the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monthly: Option<Monthly>,
    /// 年度总额, for methods that share a closed pool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Pool>,
    /// 病例年度的依据.
    #[serde(default)]
    pub case_year: CaseYearBasis,
}

/// Which date of a case decides its year (病例年度的依据).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseYearBasis {
    /// 出院日期.
    #[default]
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

/// The version in force for an area and scheme on a day (适用版本): of the latest year that has
/// begun the latest approved one; a draft beside it changes nothing.
///
/// # Errors
/// [`Refusal::NoMethod`] when none has begun, [`Refusal::NotApproved`] when that year has none that
/// is approved; use [`simulated`] to try one out.
pub fn in_force(
    versions: &[MethodVersion],
    area: AreaCode,
    scheme: Scheme,
    on: Date,
) -> Result<&MethodVersion, Refusal> {
    let latest = simulated(versions, area, scheme, on)?;
    let approved = begun(versions, area, scheme, on)
        .filter(|one| one.year == latest.year && one.state == ParameterState::Approved);
    let found = approved.max_by_key(|one| (one.effective, one.version));
    found.ok_or_else(|| Refusal::NotApproved {
        version: format!("{}年第{}版", latest.year, latest.version),
        state: latest.state.zh(),
    })
}

/// The latest version whatever its state, for simulations only (测算).
///
/// # Errors
/// [`Refusal::NoMethod`].
pub fn simulated(
    versions: &[MethodVersion],
    area: AreaCode,
    scheme: Scheme,
    on: Date,
) -> Result<&MethodVersion, Refusal> {
    let latest = begun(versions, area, scheme, on);
    let latest = latest.max_by_key(|one| (one.year, one.effective, one.version));
    latest.ok_or(Refusal::NoMethod { area, scheme, on })
}

fn begun(
    versions: &[MethodVersion],
    area: AreaCode,
    scheme: Scheme,
    on: Date,
) -> impl Iterator<Item = &MethodVersion> {
    versions.iter().filter(move |one| {
        let begun = one.effective <= on && one.state != ParameterState::Retired;
        (one.area, one.scheme) == (area, scheme) && begun
    })
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
