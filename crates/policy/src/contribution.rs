use money::{Fen, Ratio, Rounding};
use serde::{Deserialize, Serialize};
use terms::{Date, Word};

use crate::{AmountTopic, Condition, FeeMonth, PremiumRule, Ref, SubsidyRule, Table};

/// A rule about contributions (筹资, catalogue §17); every version is chosen by fee month.
#[derive(Debug, Clone)]
pub enum ContributionRule {
    /// 月缴费: what is owed for a month.
    Monthly(MonthlyRule),
    /// 减征: lower rates for some fee months.
    Relief(Relief),
    /// 缓缴: fee months that may be paid later without late fee.
    Deferral(Deferral),
    /// 滞纳金.
    LateFee(LateFee),
    /// 退休一次性补缴.
    BackPayment(BackPayment),
    /// 城乡居民缴费: what a resident pays for a year.
    Premium(PremiumRule),
    /// 资助参保: who pays it in the resident's place.
    Subsidy(SubsidyRule),
}

/// What is owed for a month: a base, charges on it, and how they are rounded (月缴费).
#[derive(Debug, Clone)]
pub struct MonthlyRule {
    /// The base by situation; not needed where every charge is a fixed amount.
    pub base: Option<Table<BaseRule>>,
    /// Everything owed; all rows that fit add up.
    pub charges: Vec<Charge>,
    /// How amounts are rounded.
    pub rounding: ContributionRounding,
    /// Until when a month has to be paid.
    pub due: Option<DueDay>,
}

/// The monthly base that rates are applied to (缴费基数).
#[derive(Debug, Clone)]
pub struct BaseRule {
    /// Where it comes from.
    pub of: BaseOf,
    /// It never counts for less.
    pub floor: Option<Ref<AmountTopic>>,
    /// It never counts for more.
    pub ceiling: Option<Ref<AmountTopic>>,
    /// First month of the base year, 7 for July to June; statistics are those of the base year.
    pub year_starts_in_month: i8,
}

/// Where a base comes from.
#[derive(Debug, Clone)]
pub enum BaseOf {
    /// 本人工资: the person's own monthly wage.
    OwnWage,
    /// 自选档次: one of these shares of an amount, chosen by the person.
    Chosen {
        /// The amount, usually a published average wage.
        amount: Ref<AmountTopic>,
        /// Shares that may be chosen.
        steps: Vec<Ratio>,
    },
    /// 统一基数: the same amount for everybody.
    Amount(Ref<AmountTopic>),
}

/// Who pays a contribution (缴费方).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    /// 用人单位.
    Employer,
    /// 个人.
    Person,
}

impl Payer {
    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Employer => "单位",
            Self::Person => "个人",
        }
    }
}

/// One thing owed by one payer (缴费项目).
#[derive(Debug, Clone)]
pub struct Charge {
    /// Name by which reliefs refer to it, such as `basic` or `maternity`.
    pub code: Word,
    /// 中文 name.
    pub title: String,
    /// Who pays.
    pub payer: Payer,
    /// For whom.
    pub condition: Condition,
    /// How much.
    pub levy: Levy,
}

/// How much a charge is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Levy {
    /// A rate on the base (费率).
    Rate(Ratio),
    /// A fixed sum each month (每月定额).
    Fixed(Fen),
}

/// How contributions become fen (catalogue §1.1, §17.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContributionRounding {
    /// To how many fen the base is rounded (100 for whole yuan).
    pub base_unit_fen: i64,
    /// To how many fen a month is rounded.
    pub month_unit_fen: i64,
    /// How.
    pub rounding: Rounding,
    /// What is rounded of a month; the rest of it is the balance.
    pub per: RoundedPart,
    /// Whether a year is twelve rounded months, or is multiplied out first.
    pub year: YearRounding,
}

/// What is rounded within a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundedPart {
    /// 逐项: every charge.
    Charge,
    /// 按缴费方合计: the sum of a payer; the charge with the highest rate is the balance.
    Payer,
}

/// How months become a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearRounding {
    /// 先按月取整再乘月数.
    MonthFirst,
    /// 先乘月数再取整.
    AtOnce,
}

/// The day until which a fee month has to be paid (缴费期限).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDay {
    /// How many months after the fee month.
    pub months_after: i32,
    /// The day of that month; months that are shorter end earlier.
    pub day: i8,
}

impl DueDay {
    /// The last day without late fee.
    pub fn of(self, month: FeeMonth) -> Date {
        let due = month.later(self.months_after);
        let last = due.last_day();
        if self.day >= last.day() {
            return last;
        }
        Date::new(due.year(), due.month(), self.day.max(1))
            .expect("a day before the last of its month exists")
    }
}

/// A closed span of fee months (所属期起止).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeMonths {
    /// The first.
    pub from: FeeMonth,
    /// The last.
    pub to: FeeMonth,
}

impl FeeMonths {
    /// Whether the fee month lies inside.
    pub fn has(self, month: FeeMonth) -> bool {
        self.from <= month && month <= self.to
    }
}

/// Lower rates for fee months in a span, whenever they are paid (减征, catalogue §17.5).
#[derive(Debug, Clone)]
pub struct Relief {
    /// Which fee months.
    pub months: FeeMonths,
    /// Whose rate.
    pub payer: Payer,
    /// For whom.
    pub condition: Condition,
    /// What happens to which charge; other charges stay as they are.
    pub cuts: Vec<(Word, Cut)>,
}

/// How a rate is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// This share of the rate is still owed, one half where it is halved.
    Share(Ratio),
    /// This rate is owed instead.
    Rate(Ratio),
}

/// Fee months that may be paid later without late fee (缓缴, catalogue §17.6).
#[derive(Debug, Clone)]
pub struct Deferral {
    /// Which fee months.
    pub months: FeeMonths,
    /// Whose part.
    pub payer: Payer,
    /// For whom.
    pub condition: Condition,
    /// Whether it has to be applied for.
    pub on_request: bool,
    /// The last day without late fee, or nothing while it has yet to be announced.
    pub until: Option<Date>,
    /// Whether it ends when the person retires or leaves, or the employer is deregistered.
    pub ends_on_leaving: bool,
}

/// The late fee: arrears × daily rate × days from the day after the due day, never compounded
/// (滞纳金, catalogue §17.7). Each day counts at the rate in force on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateFee {
    /// The rate of a day.
    pub daily_rate: Ratio,
}

/// What somebody who retires with too few years pays at once (补缴, catalogue §17.4).
#[derive(Debug, Clone)]
pub struct BackPayment {
    /// Years needed, by situation.
    pub required: Table<RequiredYears>,
    /// The monthly base, or the person's own last one.
    pub base: Option<Ref<AmountTopic>>,
    /// The rate of a month.
    pub rate: Ratio,
    /// Which share of the payment is credited to the personal account; the pool gets the rest.
    pub account_share: Ratio,
}

/// Years of contribution needed to retire without paying further (缴费年限).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequiredYears {
    /// In all, deemed ones included.
    pub total: i32,
    /// Of these really paid in this area.
    pub local: i32,
}
