use std::borrow::Cow;
use std::collections::BTreeMap;

use money::{Exact, Fen, Points, Score};

use super::deviation::deviate;
use super::{DeviationClass, DipParameters, scores};
use crate::refusal::OrRefuse;
use crate::{Factor, GroupIndex, Groups, InstitutionIndex, Refusal, Roster};

/// One case of the year that is cleared (病例), as small as millions of them need it.
#[derive(Debug, Clone)]
pub struct DipCase<'a> {
    /// The case's number.
    pub id: Cow<'a, str>,
    /// Who treated.
    pub institution: InstitutionIndex,
    /// 病种.
    pub group: GroupIndex,
    /// 总费用.
    pub cost: Fen,
    /// 统筹基金按项目应付.
    pub fund: Fen,
    /// 辅助目录系数: the largest of those that apply.
    pub auxiliary: Option<Factor>,
}

/// What the method knows about an institution.
#[derive(Debug, Clone)]
pub struct DipInstitution {
    /// 级别, as the region's file calls it.
    pub level: String,
    /// 机构系数.
    pub coefficient: Factor,
}

/// The history scores are made of.
#[derive(Debug, Clone, Default)]
pub struct Means {
    /// 全区各年例均费用.
    pub region: Vec<Fen>,
    /// 各病种各年例均费用.
    pub groups: BTreeMap<String, Vec<Fen>>,
    /// 各级别各病种例均费用: level, then group.
    pub levels: BTreeMap<String, BTreeMap<String, Fen>>,
}

/// What a case counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DipPriced {
    /// 偏差类型.
    pub class: DeviationClass,
    /// 病例分值.
    pub score: Score,
    /// 加权分值: × coefficient.
    pub weighted: Points,
}

#[derive(Debug, Clone)]
struct GroupPrice {
    score: Score,
    basic: bool,
    /// By institution, the mean of its level.
    means: Vec<Option<Fen>>,
}

/// Scores and means by group (病种价目).
#[derive(Debug, Clone)]
pub struct DipPrices {
    groups: Vec<Option<GroupPrice>>,
}

impl DipPrices {
    /// The scores of every group of which there are means.
    ///
    /// # Errors
    /// What is wrong with the parameters or the means.
    pub fn try_new(
        means: &Means,
        parameters: &DipParameters,
        roster: &Roster<DipInstitution>,
        groups: &Groups,
    ) -> Result<Self, Refusal> {
        parameters.check()?;
        let mut prices = vec![None; groups.len()];
        for (code, index) in groups.iter() {
            let Some(years) = means.groups.get(code) else {
                continue;
            };
            let of_level = |level: &String| means.levels.get(level)?.get(code).copied();
            let each = roster.iter().map(|(_, facts)| of_level(&facts.level));
            let price = GroupPrice {
                score: scores(years, &means.region, parameters)?,
                basic: parameters.basic_groups.contains(code),
                means: each.collect(),
            };
            if let Some(mean) = price
                .means
                .iter()
                .flatten()
                .find(|mean| **mean <= Fen::ZERO)
            {
                let name = format!("level_means的{code}");
                return Err(Refusal::parameter(name, mean, "应大于零"));
            }
            prices[index.at()] = Some(price);
        }
        Ok(Self { groups: prices })
    }

    /// The score of a group.
    pub fn score(&self, group: GroupIndex) -> Option<Score> {
        Some(self.groups.get(group.at())?.as_ref()?.score)
    }

    /// The mean a case of an institution is compared with.
    pub fn level_mean(&self, group: GroupIndex, institution: InstitutionIndex) -> Option<Fen> {
        let price = self.groups.get(group.at())?.as_ref()?;
        price.means.get(institution.at()).copied().flatten()
    }

    /// Whether a group counts the same everywhere.
    pub fn is_basic(&self, group: GroupIndex) -> bool {
        let price = self.groups.get(group.at()).and_then(Option::as_ref);
        price.is_some_and(|price| price.basic)
    }

    /// The class and scores of a case.
    ///
    /// # Errors
    /// [`Refusal::BadFact`], [`Refusal::UnknownGroup`] without a score or a mean of the level,
    /// [`Refusal::TooLarge`].
    pub fn price(
        &self,
        case: &DipCase<'_>,
        parameters: &DipParameters,
        (roster, groups): (&Roster<DipInstitution>, &Groups),
    ) -> Result<DipPriced, Refusal> {
        check(case)?;
        let missing = |what: Cow<'static, str>| Refusal::UnknownGroup {
            group: groups.code(case.group).to_owned(),
            at: format!("病例{}", case.id),
            missing: what,
        };
        let facts = roster.get(case.institution);
        let score = self.score(case.group);
        let score = score.ok_or_else(|| missing("分值（group_year_means）".into()))?;
        let mean = self
            .level_mean(case.group, case.institution)
            .ok_or_else(|| {
                missing(format!("级别{}的例均费用（level_means）", facts.level).into())
            })?;
        let auxiliary = case.auxiliary.map_or(Exact::ONE, Exact::from);
        let adjusted = Exact::from(score).times(auxiliary);
        let adjusted: Score = adjusted.and_then(Exact::rounded).or_refuse("病例分值")?;
        let ratio = Exact::from(mean)
            .times(auxiliary)
            .and_then(|mean| Exact::from(case.cost).over(mean))
            .or_refuse("同级例均费用")?;
        let (class, exact) = deviate(adjusted, ratio, (parameters.low, parameters.high))?;
        let score: Score = exact.rounded().or_refuse("病例分值")?;
        let coefficient = if self.is_basic(case.group) {
            Exact::ONE
        } else {
            facts.coefficient.into()
        };
        let weighted = Exact::from(score).times(coefficient);
        Ok(DipPriced {
            class,
            score,
            weighted: weighted.and_then(Exact::rounded).or_refuse("加权分值")?,
        })
    }
}

fn check(case: &DipCase<'_>) -> Result<(), Refusal> {
    let wrong = |fact, value: &dyn ToString, want| {
        Err(Refusal::fact(
            format!("病例{}", case.id),
            fact,
            value.to_string(),
            want,
        ))
    };
    if case.cost <= Fen::ZERO {
        return wrong("cost", &case.cost, "应大于零");
    }
    if case.fund.is_negative() {
        return wrong("fund", &case.fund, "不应为负");
    }
    match case
        .auxiliary
        .filter(|factor| factor.ratio() <= money::Ratio::ZERO)
    {
        Some(factor) => wrong("aux", &factor, "应大于零"),
        None => Ok(()),
    }
}
