use money::Ratio;
use serde::{Deserialize, Serialize};
use terms::{FundType, Word};

use crate::{AmountTopic, Condition, DeductibleRule, DiseaseRules, RatioRule, Ref, Scale, Topic};

/// A part of the bill that a layer may name as its base (费用构成).
///
/// The first four come from the lines and add up to the bill. Settling in-scope cost turns it into
/// what a fund paid and the last four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 全自费.
    SelfPaid,
    /// 超限价.
    OverLimit,
    /// 先行自付.
    Prior,
    /// 政策范围内费用, not yet settled.
    InScope,
    /// 异地就医先行自付 taken from in-scope cost.
    NonLocalPrior,
    /// 起付线.
    Deductible,
    /// 共付段个人自付.
    Coinsurance,
    /// 超封顶线: in-scope cost that the layer's limits did not let in.
    OverCap,
    /// 超限额自付: in-scope cost beyond a limit that ends there, such as that of a disease.
    BeyondLimit,
}

impl Part {
    /// Every part, in the order in which a trace lists them.
    pub const ALL: [Self; 9] = [
        Self::SelfPaid,
        Self::OverLimit,
        Self::Prior,
        Self::InScope,
        Self::NonLocalPrior,
        Self::Deductible,
        Self::Coinsurance,
        Self::OverCap,
        Self::BeyondLimit,
    ];

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::SelfPaid => "全自费",
            Self::OverLimit => "超限价自费",
            Self::Prior => "先行自付",
            Self::InScope => "政策范围内费用",
            Self::NonLocalPrior => "异地先行自付",
            Self::Deductible => "起付线",
            Self::Coinsurance => "个人按比例自付",
            Self::OverCap => "超封顶线费用",
            Self::BeyondLimit => "超限额自付",
        }
    }

    /// Whether the part is in-scope cost that no layer has settled yet.
    pub const fn is_unsettled(self) -> bool {
        matches!(self, Self::InScope | Self::OverCap)
    }
}

/// One term of a layer's base: a part and the share of it that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseTerm {
    /// The part.
    pub part: Part,
    /// The share of it that enters, usually 100%.
    pub share: Ratio,
}

/// How long a counter runs before it starts again (累计期间).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// 待遇年度.
    Year,
    /// 月.
    Month,
    /// 日, in one institution (同日同机构).
    Day,
    /// 次 (one stay or visit).
    Stay,
    /// 孕次 or another episode the visit names.
    Episode,
    /// 终身.
    Life,
}

/// What a counter is kept per, beside the person and the period (累计对象).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// One counter for everything.
    None,
    /// 病种.
    Disease,
    /// 医药机构.
    Institution,
    /// 医疗机构等级.
    Grade,
    /// 项目; only for limits on lines.
    Item,
}

/// A layer of the waterfall: who pays, on what base, by what formula (待遇层次).
#[derive(Debug, Clone)]
pub struct Layer {
    /// The fund that pays.
    pub payer: FundType,
    /// The lane of lines it settles, or every lane.
    pub lane: Option<Word>,
    /// Who is entitled to the layer.
    pub condition: Condition,
    /// Whether the layer is tried once per identity and the best result taken (从优).
    pub best_identity: bool,
    /// What it works on.
    pub base: Vec<BaseTerm>,
    /// How it pays.
    pub form: Form,
    /// Its limits, all of which hold.
    pub caps: Vec<Cap>,
    /// A guaranteed minimum (保底).
    pub floor: Option<Floor>,
    /// Counters it adds to beside those of its caps and deductible.
    pub counts: Vec<Count>,
}

/// The formula of a layer.
#[derive(Debug, Clone)]
pub enum Form {
    /// Deductible, then a ratio or bands, on this bill.
    Benefit(Benefit),
    /// F(after) − F(before) over a period's accumulated base.
    Cumulative(Cumulative),
    /// A price agreed in place of the bill, or a fixed sum.
    FixedPrice(FixedPrice),
}

/// Deductible, then rates (起付、分段、比例).
#[derive(Debug, Clone)]
pub struct Benefit {
    /// A share taken off the base first (异地先行自付).
    pub prior_share: Option<Ref<Topic<RatioRule>>>,
    /// The deductible.
    pub deductible: Option<Ref<Topic<DeductibleRule>>>,
    /// The rates.
    pub rates: Rates,
}

/// A flat ratio or a scale.
#[derive(Debug, Clone)]
pub enum Rates {
    /// One ratio for all of the cost.
    Flat(Ref<Topic<RatioRule>>),
    /// One ratio per item class and group of the line, the cost after the deductible being shared
    /// between the lines in proportion (甲乙类分别按比例, own ratios of items).
    ByLine(Ref<Topic<RatioRule>>),
    /// Marginal or whole-amount bands.
    Bands {
        /// The scale.
        scale: Ref<Topic<Scale>>,
        /// What the band edges are measured on.
        edges: EdgeBasis,
        /// The counter behind the two yearly bases.
        counter: Option<Word>,
    },
}

/// What the edges of a scale are measured on (分段口径, catalogue §3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EdgeBasis {
    /// 本次费用，含起付线.
    StayIncludingDeductible,
    /// 本次费用，起付线以上.
    StayAboveDeductible,
    /// 年度累计政策范围内费用.
    YearInScope,
    /// 年度累计基金支付.
    YearFund,
}

/// F(after) − F(before): splitting a year into more bills never changes its total (catalogue
/// §11.7).
#[derive(Debug, Clone)]
pub struct Cumulative {
    /// The counter of the accumulated base.
    pub counter: Word,
    /// The period it accumulates over.
    pub period: Period,
    /// The deductible of the period.
    pub deductible: Option<Ref<AmountTopic>>,
    /// The yearly scale.
    pub scale: Ref<Topic<Scale>>,
    /// Whether band edges are measured above the deductible (net) or from zero (gross).
    pub edges_above_deductible: bool,
}

/// A price in place of the bill (单病种、定额、限额).
#[derive(Debug, Clone)]
pub struct FixedPrice {
    /// The agreed price or sum.
    pub price: Ref<AmountTopic>,
    /// The fund's share of it.
    pub ratio: Option<Ref<Topic<RatioRule>>>,
    /// Whether the price replaces the bill (单病种: the institution keeps or bears the difference);
    /// otherwise it only bounds what the fund pays (限额: the actual cost if lower).
    pub replaces_bill: bool,
}

/// A limit of a layer (封顶线). Paying adds to its counter.
#[derive(Debug, Clone)]
pub struct Cap {
    /// How much.
    pub amount: CapAmount,
    /// A factor on the amount, such as 1/12 for a monthly part or 3 for a catch-up.
    pub factor: Ratio,
    /// Whether the limit is on what the fund pays or on the cost that may enter.
    pub on: CapOn,
    /// The period it runs over.
    pub period: Period,
    /// What it is kept per.
    pub subject: Subject,
    /// The counter, shared with every layer that names it.
    pub counter: Word,
    /// When it applies.
    pub condition: Condition,
    /// What becomes of the cost beyond it.
    pub excess: Excess,
}

/// What becomes of the cost beyond a limit (超限额费用去向).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Excess {
    /// 转入后续层次: it is over-cap cost, which later layers may name.
    #[default]
    Flows,
    /// 由个人承担: it stays with the person.
    Ends,
}

/// Where a limit's amount comes from.
#[derive(Debug, Clone)]
pub enum CapAmount {
    /// An amount topic.
    Amount(Ref<AmountTopic>),
    /// The limits of the person's recognised diseases, combined.
    Diseases(Ref<Topic<DiseaseRules>>),
}

/// What a limit counts (封顶口径, catalogue §3.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapOn {
    /// 基金支付额.
    Payment,
    /// 进入支付范围的费用.
    Fee,
}

/// A guaranteed minimum payment (保底, catalogue §10.2).
#[derive(Debug, Clone)]
pub struct Floor {
    /// The share guaranteed.
    pub ratio: Ref<Topic<RatioRule>>,
    /// Of which parts, before the deductible comes off.
    pub base: Vec<BaseTerm>,
    /// Whether the deductible is taken off the base first.
    pub after_deductible: bool,
}

/// A counter that a layer adds to (累计).
#[derive(Debug, Clone)]
pub struct Count {
    /// The counter.
    pub counter: Word,
    /// What is added.
    pub what: Counted,
    /// The period it runs over.
    pub period: Period,
    /// What it is kept per.
    pub subject: Subject,
}

/// What of a layer's result a counter receives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// The base the layer worked on.
    Base,
    /// What the layer paid.
    Paid,
    /// The base less what the layer paid.
    OwnShare,
}
