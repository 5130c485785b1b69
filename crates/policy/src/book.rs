use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use terms::{AreaCode, Scheme, Word};

use crate::{
    AccountRule, AllowanceRule, AmountTopic, ContributionRule, CreditRule, Dated, DeductibleRule,
    DifficultyRule, DiseaseRules, ExitRule, Gate, InterestRule, ItemRules, Layer, Overlay,
    Provenance, RatioRule, Scale, Series, Settings, SharingRule, WaitingRule, WatchRule, Waterfall,
    WorkCalendar,
};

/// A dated rule.
pub type Topic<T> = Dated<T>;

/// A reference from one topic to another of the same scheme, resolved when the law was read.
#[derive(Debug)]
pub struct Ref<T> {
    index: u32,
    kind: PhantomData<fn() -> T>,
}

impl<T> Ref<T> {
    /// The reference to the topic at `index` of its kind.
    pub const fn new(index: u32) -> Self {
        Self {
            index,
            kind: PhantomData,
        }
    }

    /// The position.
    pub const fn index(self) -> usize {
        self.index as usize
    }
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Ref<T> {}

impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl<T> Eq for Ref<T> {}

/// The content hash of a whole policy folder (政策版本); every settlement stores it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition(String);

impl Edition {
    /// An edition from its lower-case hex hash.
    pub fn new(hash: String) -> Self {
        Self(hash)
    }

    /// The hash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// All the law that was read, area by area.
#[derive(Debug, Clone)]
pub struct PolicyBook {
    /// What was read.
    pub edition: Edition,
    /// By area.
    pub areas: BTreeMap<AreaCode, AreaPolicy>,
    /// Which days are worked, nationwide (工作日历).
    pub calendar: WorkCalendar,
    /// Notes to readers (读者须知), by the file that carries them; no rule depends on them.
    pub notes: BTreeMap<String, String>,
}

/// The law of one pooling area (统筹区).
#[derive(Debug, Clone)]
pub struct AreaPolicy {
    /// Its code.
    pub code: AreaCode,
    /// 中文 name.
    pub name: String,
    /// Counties within the pool, with names.
    pub counties: BTreeMap<AreaCode, String>,
    /// Places of other areas counted as local (视同本地).
    pub treated_as_local: Vec<AreaCode>,
    /// 中文 names of the words its data declares: identities, marks, diseases, item groups.
    pub words: BTreeMap<Word, String>,
    /// By scheme.
    pub schemes: BTreeMap<Scheme, SchemePolicy>,
}

/// The law of one scheme in one area; topics are found by [`Ref`] or by key.
#[derive(Debug, Clone)]
pub struct SchemePolicy {
    /// Which scheme.
    pub scheme: Scheme,
    /// Choices.
    pub settings: Topic<Settings>,
    /// Gates in order.
    pub gates: Vec<Topic<Vec<Gate>>>,
    /// How lines are split.
    pub items: Topic<ItemRules>,
    /// The waterfall.
    pub waterfall: Topic<Waterfall>,
    /// Temporary rules.
    pub overlays: Vec<Topic<Overlay>>,
    /// Amounts.
    pub amounts: Vec<AmountTopic>,
    /// Ratios.
    pub ratios: Vec<Topic<RatioRule>>,
    /// Scales.
    pub scales: Vec<Topic<Scale>>,
    /// Deductibles.
    pub deductibles: Vec<Topic<DeductibleRule>>,
    /// Layers.
    pub layers: Vec<Topic<Layer>>,
    /// Account uses.
    pub accounts: Vec<Topic<AccountRule>>,
    /// Disease lists.
    pub diseases: Vec<Topic<DiseaseRules>>,
    /// Statistic series.
    pub series: Vec<Topic<Series>>,
    /// Maternity allowances.
    pub allowances: Vec<Topic<AllowanceRule>>,
    /// Contributions.
    pub contributions: Vec<Topic<ContributionRule>>,
    /// Waiting periods.
    pub waitings: Vec<Topic<WaitingRule>>,
    /// When cover begins, rests and ends.
    pub enrolments: Vec<Topic<crate::EnrolmentRule>>,
    /// Credits to personal accounts.
    pub credits: Vec<Topic<CreditRule>>,
    /// Interest on personal accounts.
    pub interests: Vec<Topic<InterestRule>>,
    /// Family sharing.
    pub sharings: Vec<Topic<SharingRule>>,
    /// Leaving an account.
    pub exits: Vec<Topic<ExitRule>>,
    /// Lists of people in difficulty.
    pub difficulties: Vec<Topic<DifficultyRule>>,
    /// Poverty-risk watch.
    pub watches: Vec<Topic<WatchRule>>,
    /// Money between the fund and institutions.
    pub provider_funds: Vec<Topic<crate::ProviderFundsRule>>,
    /// Filings.
    pub filings: Vec<Topic<crate::FilingRule>>,
    /// Handling of the audit's doubts.
    pub doubts: Vec<Topic<crate::DoubtRule>>,
    /// Trace codes.
    pub traces: Vec<Topic<crate::TraceRule>>,
}

macro_rules! find_topic {
    ($(#[$meta:meta])* $name:ident, $field:ident, $kind:ty) => {
        $(#[$meta])*
        pub fn $name(&self, reference: Ref<Topic<$kind>>) -> &Topic<$kind> {
            &self.$field[reference.index()]
        }
    };
}

impl SchemePolicy {
    find_topic!(
        /// The amount topic behind a reference.
        amount, amounts, crate::Table<crate::AmountValue>
    );
    find_topic!(
        /// The ratio topic behind a reference.
        ratio, ratios, RatioRule
    );
    find_topic!(
        /// The scale topic behind a reference.
        scale, scales, Scale
    );
    find_topic!(
        /// The deductible topic behind a reference.
        deductible, deductibles, DeductibleRule
    );
    find_topic!(
        /// The layer topic behind a reference.
        layer, layers, Layer
    );
    find_topic!(
        /// The account topic behind a reference.
        account, accounts, AccountRule
    );
    find_topic!(
        /// The disease topic behind a reference.
        disease, diseases, DiseaseRules
    );

    /// The provenance of the version of a topic that took effect on a day (某日生效版本的依据).
    pub fn provenance(&self, key: &Word, effective: terms::Date) -> Option<&Arc<Provenance>> {
        fn versions<'t, T>(topics: &'t [Topic<T>], key: &Word) -> Option<Vec<&'t Arc<Provenance>>> {
            let topic = topics.iter().find(|topic| topic.key == *key)?;
            Some(
                topic
                    .versions
                    .iter()
                    .map(|version| &version.provenance)
                    .collect(),
            )
        }
        let single = |known: &Word| known == key;
        let found = versions(&self.amounts, key)
            .or_else(|| versions(&self.ratios, key))
            .or_else(|| versions(&self.scales, key))
            .or_else(|| versions(&self.deductibles, key))
            .or_else(|| versions(&self.layers, key))
            .or_else(|| versions(&self.accounts, key))
            .or_else(|| versions(&self.diseases, key))
            .or_else(|| versions(&self.gates, key))
            .or_else(|| versions(&self.overlays, key))
            .or_else(|| versions(&self.filings, key))
            .or_else(|| versions(&self.traces, key))
            .or_else(|| versions(&self.doubts, key))
            .or_else(|| versions(&self.credits, key))
            .or_else(|| versions(&self.interests, key))
            .or_else(|| versions(&self.sharings, key))
            .or_else(|| versions(&self.exits, key))
            .or_else(|| {
                single(&self.waterfall.key).then(|| {
                    self.waterfall
                        .versions
                        .iter()
                        .map(|v| &v.provenance)
                        .collect()
                })
            })
            .or_else(|| {
                single(&self.items.key)
                    .then(|| self.items.versions.iter().map(|v| &v.provenance).collect())
            })?;
        found
            .into_iter()
            .find(|provenance| provenance.effective == effective)
    }
}
