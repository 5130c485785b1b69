use std::collections::BTreeSet;

use money::Ratio;
use serde::{Deserialize, Serialize};

use super::annual_band::{AnnualBand, check_bands, usual_bands};
use crate::{Factor, Refusal};

/// The score method of an area and year (按病种分值付费参数); every number is set by the area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DipParameters {
    /// 基准分值 of the mean of all cases.
    pub base: Factor,
    /// 各年权重, the oldest year first.
    pub year_weights: Vec<Factor>,
    /// Below this multiple of the level's mean a case is a low one.
    pub low: Factor,
    /// Above this multiple a case is a high one.
    pub high: Factor,
    /// 基层病种: coefficient 1 everywhere.
    #[serde(default)]
    pub basic_groups: BTreeSet<String>,
    /// 政策范围内平均报销比例, for the settlement point value.
    pub reimbursement_ratio: Factor,
    /// 年终结算区间.
    #[serde(default = "usual_bands")]
    pub annual_bands: Vec<AnnualBand>,
}

impl DipParameters {
    /// Whether the parameters fit together.
    ///
    /// # Errors
    /// [`Refusal::BadParameter`] for the first that does not.
    pub fn check(&self) -> Result<(), Refusal> {
        let zero = Ratio::ZERO;
        let ratio = self.reimbursement_ratio.ratio();
        let weights = self.year_weights.iter().map(|weight| weight.ratio());
        let shown = || {
            let each = self.year_weights.iter().map(Factor::to_string);
            each.collect::<Vec<String>>().join("、")
        };
        let faults = [
            (
                self.base.ratio() <= zero,
                "base",
                self.base.to_string(),
                "应大于零",
            ),
            (
                weights.clone().any(|weight| weight < zero) || weights.clone().all(|w| w == zero),
                "year_weights",
                shown(),
                "应不为负且不全为零",
            ),
            (
                self.low.ratio() < zero,
                "low",
                self.low.to_string(),
                "不应为负",
            ),
            (
                self.high <= self.low,
                "high",
                self.high.to_string(),
                "应大于low",
            ),
            (
                ratio <= zero || ratio > Ratio::ONE,
                "reimbursement_ratio",
                self.reimbursement_ratio.to_string(),
                "应大于0且不超过1",
            ),
        ];
        match faults.into_iter().find(|(wrong, ..)| *wrong) {
            Some((_, name, value, want)) => Err(Refusal::parameter(name, value, want)),
            None => check_bands(&self.annual_bands),
        }
    }
}
