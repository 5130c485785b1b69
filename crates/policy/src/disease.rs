use std::collections::BTreeMap;

use money::Fen;
use terms::Word;

/// Recognised outpatient diseases and how their limits add up (门诊慢特病病种, catalogue §7.2).
#[derive(Debug, Clone)]
pub struct DiseaseRules {
    /// By disease code.
    pub diseases: BTreeMap<Word, Disease>,
    /// How the limits of several diseases combine.
    pub combine: Combine,
}

/// One recognised disease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disease {
    /// 中文 name.
    pub name: String,
    /// Its limit over the cap's period, or none.
    pub limit: Option<Fen>,
}

/// How limits of several diseases of one person combine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Combine {
    /// 就高: the highest only.
    Max,
    /// 就高加增量: the highest and a fixed sum per further disease, up to a ceiling.
    MaxPlus {
        /// Added per further disease.
        increment: Fen,
        /// Never more.
        ceiling: Option<Fen>,
    },
    /// 合计.
    Sum,
    /// 各自累计: the disease of the bill has its own limit.
    Separate,
}

impl DiseaseRules {
    /// The limit for a bill of `disease` of a person who holds `recognised`; `None` is no limit.
    pub fn limit(&self, disease: Option<&Word>, recognised: &[Word]) -> Option<Fen> {
        let known = |code: &Word| self.diseases.get(code).and_then(|disease| disease.limit);
        if matches!(self.combine, Combine::Separate) {
            return disease.and_then(known);
        }
        let limits: Vec<Fen> = recognised.iter().filter_map(known).collect();
        let highest = limits.iter().copied().max()?;
        match &self.combine {
            Combine::Max | Combine::Separate => Some(highest),
            Combine::Sum => Some(limits.iter().copied().sum()),
            Combine::MaxPlus { increment, ceiling } => {
                let further = i64::try_from(limits.len() - 1).unwrap_or(i64::MAX);
                let raised = highest + Fen::new(increment.get().saturating_mul(further));
                Some(ceiling.map_or(raised, |ceiling| raised.min(ceiling.max(highest))))
            }
        }
    }
}
