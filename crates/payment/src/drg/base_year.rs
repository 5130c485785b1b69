use std::collections::BTreeMap;

use money::{Coefficient, Exact, Fen, Points};

use super::coefficient::blended;
use super::{DrgParameters, Tier, base_points, stable};
use crate::refusal::OrRefuse;
use crate::{GroupIndex, Groups, InstitutionIndex, Refusal, Roster};

/// Cases and their cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sum {
    count: u64,
    fen: i128,
}

impl Sum {
    fn add(&mut self, other: Self) -> Option<()> {
        self.count = self.count.checked_add(other.count)?;
        self.fen = self.fen.checked_add(other.fen)?;
        Some(())
    }

    /// Mean cost in yuan.
    fn mean(self) -> Result<Exact, Refusal> {
        let hundredfold = i128::from(self.count) * 100;
        Exact::of(self.fen, hundredfold).or_refuse("基准年病例数")
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct GroupSum {
    all: Sum,
    squares: i128,
    /// By institution.
    institutions: Vec<Sum>,
}

/// The discharges of the base year, counted (基准年病例汇总); counts of parts can be merged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BaseTally {
    groups: Vec<GroupSum>,
}

impl BaseTally {
    /// Counts one discharge; `id` says which when it is refused.
    ///
    /// # Errors
    /// [`Refusal::BadFact`] for a cost that is not positive, [`Refusal::TooLarge`].
    pub fn add(
        &mut self,
        institution: InstitutionIndex,
        group: GroupIndex,
        cost: Fen,
        id: impl Fn() -> String,
    ) -> Result<(), Refusal> {
        if cost <= Fen::ZERO {
            return Err(Refusal::fact(id(), "cost", cost, "应大于零"));
        }
        let fen = i128::from(cost.get());
        let one = Sum { count: 1, fen };
        let square = fen.checked_mul(fen).or_refuse("病例费用")?;
        let sum = self.group(group.at());
        if sum.institutions.len() <= institution.at() {
            sum.institutions
                .resize(institution.at() + 1, Sum::default());
        }
        let squares = sum.squares.checked_add(square);
        sum.squares = squares.or_refuse("基准年费用")?;
        let own = sum.institutions[institution.at()].add(one);
        own.and_then(|()| sum.all.add(one)).or_refuse("基准年费用")
    }

    /// Counts what another tally has counted.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`].
    pub fn merge(&mut self, other: &Self) -> Result<(), Refusal> {
        for (position, part) in other.groups.iter().enumerate() {
            merge(self.group(position), part)?;
        }
        Ok(())
    }

    fn group(&mut self, position: usize) -> &mut GroupSum {
        if self.groups.len() <= position {
            self.groups.resize_with(position + 1, GroupSum::default);
        }
        &mut self.groups[position]
    }

    /// Means, stable groups, base points and coefficients of what was counted.
    ///
    /// # Errors
    /// [`Refusal::NothingToDivideBy`] when nothing was counted, [`Refusal::TooLarge`], and what is
    /// wrong with the parameters.
    pub fn close(
        self,
        parameters: &DrgParameters,
        roster: &Roster<Tier>,
        groups: &Groups,
    ) -> Result<BaseYear, Refusal> {
        parameters.check()?;
        let mut all = Sum::default();
        for group in &self.groups {
            all.add(group.all).or_refuse("基准年费用")?;
        }
        let mean_all = all.mean()?;
        let tiers = Tiers::of(roster);
        let mut closed = vec![None; self.groups.len()];
        for (code, index) in groups.iter() {
            let Some(sum) = self.groups.get(index.at()).filter(|sum| sum.all.count > 0) else {
                continue;
            };
            let same_price = parameters.same_price_groups.contains(code);
            closed[index.at()] = Some(close_group(sum, mean_all, parameters, &tiers, same_price)?);
        }
        Ok(BaseYear {
            mean_all,
            groups: closed,
        })
    }
}

fn merge(sum: &mut GroupSum, part: &GroupSum) -> Result<(), Refusal> {
    sum.all.add(part.all).or_refuse("基准年费用")?;
    sum.squares = sum
        .squares
        .checked_add(part.squares)
        .or_refuse("基准年费用")?;
    if sum.institutions.len() < part.institutions.len() {
        sum.institutions
            .resize(part.institutions.len(), Sum::default());
    }
    for (own, other) in sum.institutions.iter_mut().zip(&part.institutions) {
        own.add(*other).or_refuse("基准年费用")?;
    }
    Ok(())
}

/// Which institutions are of the same tier.
struct Tiers {
    /// By institution.
    of: Vec<usize>,
    count: usize,
}

impl Tiers {
    fn of(roster: &Roster<Tier>) -> Self {
        let mut known = BTreeMap::new();
        let of = roster.iter().map(|(_, tier)| {
            let next = known.len();
            *known.entry(tier.as_str()).or_insert(next)
        });
        Self {
            of: of.collect(),
            count: known.len(),
        }
    }
}

fn close_group(
    sum: &GroupSum,
    mean_all: Exact,
    parameters: &DrgParameters,
    tiers: &Tiers,
    same_price: bool,
) -> Result<GroupBase, Refusal> {
    let all = sum.all;
    let mean = all.mean()?;
    let (n_min, limit) = (parameters.n_min, parameters.cv_max.ratio());
    let stable = stable::is_stable(all.count, all.fen, sum.squares, n_min, limit)?;
    let coefficients = if same_price {
        vec![Coefficient::ONE; tiers.of.len()]
    } else if stable {
        coefficients(sum, mean, parameters, tiers)?
    } else {
        Vec::new()
    };
    Ok(GroupBase {
        count: all.count,
        mean,
        stable,
        same_price,
        base_points: base_points::points_of(mean, mean_all)?,
        coefficients,
    })
}

fn coefficients(
    sum: &GroupSum,
    mean: Exact,
    parameters: &DrgParameters,
    tiers: &Tiers,
) -> Result<Vec<Coefficient>, Refusal> {
    let mut of_tier = vec![Sum::default(); tiers.count];
    for (own, tier) in sum.institutions.iter().zip(&tiers.of) {
        of_tier[*tier].add(*own).or_refuse("基准年费用")?;
    }
    // A part with too few cases says nothing: the next larger one speaks for it.
    let ratio = |part: Sum, otherwise: Exact| {
        if part.count <= u64::from(parameters.n_min) {
            return Ok(otherwise);
        }
        part.mean()?.over(mean).or_refuse("病组例均费用")
    };
    let each = tiers.of.iter().enumerate().map(|(position, tier)| {
        let own = sum.institutions.get(position).copied().unwrap_or_default();
        let tier = ratio(of_tier[*tier], Exact::ONE)?;
        let ratios = (tier, ratio(own, tier)?);
        blended(ratios, parameters.coef_weights, parameters.coef_clamp)
    });
    each.collect()
}

/// A group as the base year prices it (病组基准).
#[derive(Debug, Clone)]
pub struct GroupBase {
    /// 病例数.
    pub count: u64,
    /// 例均费用, yuan.
    pub mean: Exact,
    /// 稳定病组.
    pub stable: bool,
    /// 同病同价.
    pub same_price: bool,
    /// 基准点数.
    pub base_points: Points,
    /// By institution; none for an unstable group unless its price is the same everywhere.
    coefficients: Vec<Coefficient>,
}

impl GroupBase {
    /// The coefficient of an institution (差异系数), 1 where none was set.
    pub fn coefficient(&self, institution: InstitutionIndex) -> Coefficient {
        let own = self.coefficients.get(institution.at());
        own.copied().unwrap_or(Coefficient::ONE)
    }
}

/// What the base year says about every group (基准).
#[derive(Debug, Clone)]
pub struct BaseYear {
    /// 全部病例例均费用, yuan.
    pub mean_all: Exact,
    groups: Vec<Option<GroupBase>>,
}

impl BaseYear {
    /// A group, if the base year had a case of it.
    pub fn group(&self, index: GroupIndex) -> Option<&GroupBase> {
        self.groups.get(index.at())?.as_ref()
    }
}
