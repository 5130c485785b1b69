use money::{Exact, Points};
use serde::Serialize;

use super::{
    BaseYear, Discharge, DrgParameters, bed_day, cost_points, high_multiple, low_multiple,
};
use crate::Refusal;
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};

pub(crate) const NORMAL: Rule = Rule {
    rule: "drg.normal",
    name: "正常病例",
    source: source::POINTS,
};

/// How a discharge is priced (病例类型); the first that fits, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// 床日: paid by days.
    BedDay,
    /// 不稳定或未入组: paid by reasonable cost.
    Unstable,
    /// 高倍率.
    High,
    /// 低倍率.
    Low,
    /// 正常.
    Normal,
}

impl Class {
    /// The class's 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::BedDay => "床日",
            Self::Unstable => "不稳定或未入组",
            Self::High => "高倍率",
            Self::Low => "低倍率",
            Self::Normal => "正常",
        }
    }
}

/// What a discharge counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Priced {
    /// Its class.
    pub class: Class,
    /// Its points.
    pub points: Points,
    /// Whether a readmission halved them.
    pub halved: bool,
}

impl BaseYear {
    /// The class and points of a discharge, before readmissions are looked at.
    ///
    /// # Errors
    /// [`Refusal::BadFact`] for facts that can not be true, [`Refusal::TooLarge`].
    pub fn price(
        &self,
        discharge: &Discharge<'_>,
        parameters: &DrgParameters,
    ) -> Result<Priced, Refusal> {
        discharge.check()?;
        let (class, points) = self.classify(discharge, parameters)?;
        Ok(Priced {
            class,
            points,
            halved: false,
        })
    }

    /// The same for many, in their order.
    ///
    /// # Errors
    /// That of the first that is refused.
    pub fn price_all(
        &self,
        discharges: &[Discharge<'_>],
        parameters: &DrgParameters,
    ) -> Result<Vec<Priced>, Refusal> {
        let each = discharges.iter();
        each.map(|one| self.price(one, parameters)).collect()
    }

    fn classify(
        &self,
        discharge: &Discharge<'_>,
        parameters: &DrgParameters,
    ) -> Result<(Class, Points), Refusal> {
        if let Some(rate) = discharge.bed_day_rate {
            let one = cost_points::by_cost(rate, self.mean_all)?;
            let days = bed_day::days_between(discharge.admission, discharge.discharge).max(1);
            return Ok((Class::BedDay, bed_day::of_days(one, days)?));
        }
        let cost = discharge.reasonable_cost();
        let group = discharge.group.and_then(|group| self.group(group));
        let Some(group) = group.filter(|group| group.stable) else {
            return Ok((Class::Unstable, cost_points::by_cost(cost, self.mean_all)?));
        };
        let (base, mean) = (group.base_points, group.mean);
        let coefficient = group.coefficient(discharge.institution);
        let cost = Exact::from(cost);
        let multiple = parameters.high_multiple(base)?;
        let limit = |times: Exact| mean.times(times).or_refuse("倍率界限");
        if cost >= limit(multiple.into())? {
            let normal = high_multiple::normal(base, coefficient)?;
            if !discharge.special_review_approved {
                return Ok((Class::High, normal));
            }
            let extra = high_multiple::extra(cost, mean, multiple, base)?;
            let points = normal.checked_add(extra).or_refuse("高倍率点数")?;
            return Ok((Class::High, points));
        }
        if cost < limit(parameters.low.into())? {
            let points = low_multiple::points(base, coefficient, cost, mean)?;
            return Ok((Class::Low, points));
        }
        Ok((Class::Normal, high_multiple::normal(base, coefficient)?))
    }
}
