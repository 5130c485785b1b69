use std::collections::BTreeSet;

use money::{Coefficient, Points, Ratio};
use serde::{Deserialize, Serialize};

use super::{Readmission, Sharing};
use crate::Refusal;
use crate::factor::Factor;

/// What an institution's level is called (机构等级), as the region's file calls it.
pub type Tier = String;

/// The point method of an area and year (DRG点数法参数); every number is set by the pooling area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrgParameters {
    /// 稳定病组的最少例数: a group or a part of it needs more cases than this.
    pub n_min: u32,
    /// 变异系数上限: standard deviation (of the population) over mean.
    pub cv_max: Factor,
    /// 低倍率界限: a discharge below this multiple of the group's mean cost.
    pub low: Factor,
    /// 高倍率界限 by base points, the lowest step first; the last has no upper end.
    pub high_steps: Vec<HighStep>,
    /// 差异系数的权重: how much the tier's and the hospital's own mean count.
    pub coef_weights: (Factor, Factor),
    /// 差异系数的下限和上限.
    pub coef_clamp: (Coefficient, Coefficient),
    /// 同病同价病组: coefficient 1 everywhere.
    #[serde(default)]
    pub same_price_groups: BTreeSet<String>,
    /// 再入院规则, where there is one.
    #[serde(default)]
    pub readmission: Option<Readmission>,
    /// 结余留用与超支分担.
    pub share: Sharing,
    /// What the point value prices.
    #[serde(default)]
    pub variant: Variant,
}

/// From which multiple of the mean a discharge is a high one, for base points up to a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HighStep {
    /// The step is for groups of at most these base points; none for all above.
    pub up_to: Option<Points>,
    /// The multiple.
    pub multiple: Factor,
}

/// What the point value prices (点值口径).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Variant {
    /// The whole cost: what patients and other payers paid is part of the pool and taken off again.
    #[default]
    #[serde(rename = "A")]
    TotalCost,
    /// The fund's part only.
    #[serde(rename = "B")]
    FundOnly,
}

impl DrgParameters {
    /// Whether the parameters fit together.
    ///
    /// # Errors
    /// [`Refusal::BadParameter`] for the first that does not.
    pub fn check(&self) -> Result<(), Refusal> {
        let zero = Ratio::ZERO;
        let (first, second) = self.coef_weights;
        let (least, most) = self.coef_clamp;
        let weights = [first, second].map(Factor::ratio);
        let sum = money::Exact::from(weights[0]).plus(weights[1].into());
        let faults = [
            (
                self.cv_max.ratio() <= zero,
                "cv_max",
                self.cv_max.to_string(),
                "应大于零",
            ),
            (
                self.low.ratio() < zero,
                "low",
                self.low.to_string(),
                "不应小于零",
            ),
            (
                weights.iter().any(|weight| *weight < zero) || sum != Ok(money::Exact::ONE),
                "coef_weights",
                format!("{first}、{second}"),
                "两项应不小于零且合计为1",
            ),
            (
                least < Coefficient::ZERO || most < least,
                "coef_clamp",
                format!("{least}、{most}"),
                "下限应不小于零且不大于上限",
            ),
        ];
        if let Some((_, name, value, want)) = faults.into_iter().find(|(wrong, ..)| *wrong) {
            return Err(Refusal::parameter(name, value, want));
        }
        self.check_steps()?;
        self.share.check()?;
        self.readmission.map_or(Ok(()), |rule| rule.check())
    }

    fn check_steps(&self) -> Result<(), Refusal> {
        let shown = || {
            let each = self.high_steps.iter().map(|step| match step.up_to {
                Some(limit) => format!("≤{limit}:{}", step.multiple),
                None => format!("其余:{}", step.multiple),
            });
            each.collect::<Vec<String>>().join("、")
        };
        let rising = self.high_steps.windows(2).all(|pair| {
            let below = pair[0].up_to;
            below.is_some() && pair[1].up_to.is_none_or(|above| below < Some(above))
        });
        let open = self
            .high_steps
            .last()
            .is_some_and(|step| step.up_to.is_none());
        let low = self.low;
        let apart = self.high_steps.iter().all(|step| step.multiple > low);
        let want = if !(rising && open) {
            "应按基准点数由小到大，最后一档不设上限"
        } else if !apart {
            "高倍率应大于低倍率界限"
        } else {
            return Ok(());
        };
        Err(Refusal::parameter("high_steps", shown(), want))
    }

    /// The multiple from which a discharge of a group with these base points is a high one.
    pub(crate) fn high_multiple(&self, base_points: Points) -> Result<Factor, Refusal> {
        let fits = |step: &&HighStep| step.up_to.is_none_or(|limit| limit >= base_points);
        let step = self.high_steps.iter().find(fits);
        step.map(|step| step.multiple)
            .ok_or_else(|| Refusal::parameter("high_steps", base_points, "没有适用的档次"))
    }
}
