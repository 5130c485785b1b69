//! 再入院：同一患者出院后短期内因同一病组再住院，前次住院点数减半。

use money::{Exact, Points};
use serde::{Deserialize, Serialize};
use terms::Date;

use super::bed_day::days_between;
use super::{Class, Discharge, Priced};
use crate::Refusal;
use crate::factor::Factor;
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};

pub(crate) const RULE: Rule = Rule {
    rule: "drg.readmission",
    name: "再入院",
    source: source::POINTS,
};

/// When a stay counts as a readmission, and what it costs the earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readmission {
    /// Days after the discharge; the last one is inside.
    pub window: u32,
    /// What is left of the earlier stay's points.
    pub factor: Factor,
}

impl Readmission {
    pub(crate) fn check(self) -> Result<(), Refusal> {
        let factor = self.factor.ratio();
        if factor.clamped() == factor {
            return Ok(());
        }
        Err(Refusal::parameter(
            "readmission.factor",
            self.factor,
            "应在0和1之间",
        ))
    }
}

/// Two stays of one patient, as a question about one rule.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readmitted {
    /// Points of the earlier stay.
    pub earlier_points: Points,
    /// Discharge of the earlier stay.
    pub discharge: Date,
    /// Admission of the later one.
    pub admission: Date,
    /// Whether both are in the same group.
    pub same_group: bool,
    /// Whether the later one is chemotherapy or radiotherapy.
    pub tumour_therapy: bool,
    /// The rule.
    pub rule: Readmission,
}

/// What the earlier stay counts after a later one.
///
/// # Errors
/// [`Refusal::BadParameter`], [`Refusal::TooLarge`].
pub fn readmitted(of: &Readmitted) -> Result<Points, Refusal> {
    of.rule.check()?;
    let gap = days_between(of.discharge, of.admission);
    if of.same_group && !of.tumour_therapy && within(gap, of.rule) {
        reduced(of.earlier_points, of.rule)
    } else {
        Ok(of.earlier_points)
    }
}

fn within(gap: i64, rule: Readmission) -> bool {
    (0..=i64::from(rule.window)).contains(&gap)
}

fn reduced(points: Points, rule: Readmission) -> Result<Points, Refusal> {
    let part = Exact::from(points).times(rule.factor.into());
    part.and_then(Exact::rounded).or_refuse("再入院点数")
}

/// Reduces every stay that was followed too soon by another in the same group (再入院扣减).
///
/// Stays of a patient follow each other by discharge, then by number; each is compared with the
/// next one only, so that a chain reduces every earlier stay once. Shape: `priced` in the order of
/// `discharges`. Any hospital counts.
///
/// # Errors
/// [`Refusal::BadParameter`], [`Refusal::TooLarge`].
pub fn readmit(
    discharges: &[Discharge<'_>],
    priced: &mut [Priced],
    rule: Readmission,
) -> Result<(), Refusal> {
    rule.check()?;
    let mut order: Vec<(u32, Date, u32)> = Vec::with_capacity(discharges.len());
    for (position, one) in discharges.iter().enumerate() {
        let position = u32::try_from(position).ok().or_refuse("病例数")?;
        let patient = one.patient.map(|patient| patient.0);
        order.extend(patient.map(|patient| (patient, one.discharge, position)));
    }
    let id = |position: u32| discharges[position as usize].id.as_ref();
    order.sort_unstable_by(|a, b| {
        (a.0, a.1)
            .cmp(&(b.0, b.1))
            .then_with(|| id(a.2).cmp(id(b.2)))
    });
    for pair in order.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let (earlier, later) = (pair[0].2 as usize, pair[1].2 as usize);
        let (one, two) = (&discharges[earlier], &discharges[later]);
        let same = one.group.is_some() && one.group == two.group;
        let paid_by_days = priced[earlier].class == Class::BedDay;
        let gap = days_between(one.discharge, two.admission);
        if same && !two.tumour_therapy && !paid_by_days && within(gap, rule) {
            let price = &mut priced[earlier];
            price.points = reduced(price.points, rule)?;
            price.halved = true;
        }
    }
    Ok(())
}
