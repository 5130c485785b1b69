use money::{Fen, Price, Ratio};
use serde::{Deserialize, Serialize};
use terms::{Date, FundType, Grade, ItemClass, ItemKind, Scheme, Word};

use crate::{AmountTopic, Condition, Period, RatioValue, Ref, Situation, Table, WordSet};

/// How each line is split before any layer sees it (费用明细分类, catalogue §3.1 and §8).
#[derive(Debug, Clone, Default)]
pub struct ItemRules {
    /// Lines that are wholly the person's own, first match wins.
    pub self_paid: Vec<SelfPaidRule>,
    /// Price ceilings by group beside those of the catalogue; the lowest that fits holds.
    pub ceilings: Vec<CeilingRule>,
    /// Limits on count or amount per day, stay or year.
    pub limits: Vec<ItemLimit>,
    /// Prior shares; without a row the catalogue's own share holds.
    pub prior: Option<Table<PriorValue>>,
    /// Lines that leave the main lane, first match wins.
    pub lanes: Vec<LaneRule>,
}

/// A prior share (先行自付比例).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PriorValue {
    /// The item's own share from the catalogue.
    Catalogue,
    /// A share set by policy.
    Share(RatioValue),
}

/// A line that is wholly self-paid, and why (自费规定).
#[derive(Debug, Clone)]
pub struct SelfPaidRule {
    /// When.
    pub condition: Condition,
    /// 中文 reason for the trace.
    pub reason: String,
}

/// A ceiling on the unit price (限价).
#[derive(Debug, Clone)]
pub struct CeilingRule {
    /// For which lines.
    pub condition: Condition,
    /// The ceiling per unit.
    pub amount: Ref<AmountTopic>,
}

/// A limit on lines over a period (限量、限额); what goes beyond is over-limit cost.
#[derive(Debug, Clone)]
pub struct ItemLimit {
    /// 中文 name.
    pub title: String,
    /// For which lines.
    pub condition: Condition,
    /// Count or money.
    pub on: LimitOn,
    /// The period.
    pub period: Period,
    /// The counter; kept per item unless several items share it.
    pub counter: Word,
    /// Whether each item has its own count.
    pub per_item: bool,
}

/// What a line limit counts.
#[derive(Debug, Clone)]
pub enum LimitOn {
    /// Units, in ten-thousandths like [`money::Quantity`].
    Quantity(i64),
    /// Money.
    Amount(Ref<AmountTopic>),
}

/// Sends lines into a lane of their own (单独支付药品, terminal items).
#[derive(Debug, Clone)]
pub struct LaneRule {
    /// Which lines.
    pub condition: Condition,
    /// The lane.
    pub lane: Word,
}

/// One entry of the insurance catalogue (医保目录项目).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueItem {
    /// National code (医保目录编码).
    pub code: Word,
    /// Name.
    pub name: String,
    /// Drug, service or supply.
    pub kind: ItemKind,
    /// Groups that rules may name, such as 单独支付 or 集采.
    #[serde(default)]
    pub groups: Vec<Word>,
    /// Two digits of the national charge category (医疗收费项目类别), such as 09 西药费.
    #[serde(default)]
    pub charge_category: String,
    /// Unit in which it is charged (计价单位).
    #[serde(default)]
    pub unit: String,
    /// Specification (规格).
    #[serde(default)]
    pub specification: String,
    /// Dated terms by scheme and grade; the first that fits holds.
    pub terms: Vec<ItemTerms>,
    /// Indication limits (限定支付范围).
    #[serde(default)]
    pub restrictions: Vec<Restriction>,
}

/// On what terms an item is payable over a span of days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemTerms {
    /// First day.
    pub from: Date,
    /// Last day, or open.
    pub to: Option<Date>,
    /// Only for these schemes, if given.
    pub schemes: Option<WordSet<Scheme>>,
    /// Only at these grades, if given.
    pub grades: Option<WordSet<Grade>>,
    /// 甲, 乙 or 丙.
    pub class: ItemClass,
    /// 先行自付比例.
    pub prior: Ratio,
    /// 支付标准 or 限价 per unit.
    pub ceiling: Option<Price>,
}

/// An indication limit: the item is in scope only where the condition holds (限…).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restriction {
    /// 中文 wording for the patient, such as 限儿童.
    pub note: String,
    /// When the item is payable.
    pub payable: Condition,
}

impl CatalogueItem {
    /// The terms that hold for a scheme and grade on a day.
    pub fn terms_for(&self, scheme: Scheme, grade: Grade, day: Date) -> Option<&ItemTerms> {
        self.terms.iter().find(|terms| {
            terms.from <= day
                && terms.to.is_none_or(|to| day <= to)
                && terms.schemes.is_none_or(|schemes| schemes.has(scheme))
                && terms.grades.is_none_or(|grades| grades.has(grade))
        })
    }

    /// The first indication limit that the situation does not meet.
    pub fn unmet_restriction(&self, at: &Situation<'_>) -> Option<&Restriction> {
        self.restrictions
            .iter()
            .find(|restriction| !restriction.payable.holds(at))
    }
}

/// Money another payer has already put into this bill, taken off in-scope cost first (已由他方支付).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidElsewhere {
    /// Which fund.
    pub fund: FundType,
    /// How much.
    pub amount: Fen,
}
