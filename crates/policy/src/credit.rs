use money::{Fen, Ratio, Rounding};
use serde::{Deserialize, Serialize};
use terms::{AccountKind, Word};

use crate::{AmountTopic, Ref, Table};

/// What a month adds to a personal account (个人账户划入, catalogue §14.1); the version is that of
/// the fee month, whenever the money arrives.
#[derive(Debug, Clone)]
pub struct CreditRule {
    /// The parts of a credit by situation; people without a row, or with an empty one, get none.
    pub parts: Table<Vec<CreditPart>>,
    /// What a lower employer rate means for the part of the employer's contribution.
    pub during_relief: DuringRelief,
    /// What happens in a fee month that was deferred.
    pub while_deferred: WhileUnpaid,
    /// What happens in a fee month that is owed.
    pub while_owing: WhileUnpaid,
    /// To how many fen each part is rounded.
    pub unit_fen: i64,
    /// How.
    pub rounding: Rounding,
}

/// One part of a monthly credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreditPart {
    /// 本人缴费基数的比例.
    Base(Ratio),
    /// 单位缴费中划入的比例: a share of a charge that the employer pays for the person.
    EmployerPart {
        /// The charge.
        charge: Word,
        /// Which share of it.
        share: Ratio,
    },
    /// 本人养老金的比例.
    Pension(Ratio),
    /// 定额: a sum each month, which may be a share of a published statistic.
    Fixed(Ref<AmountTopic>),
}

/// Whether a relief of contributions lowers what is credited (减征期间).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DuringRelief {
    /// 按原基数和比例划入.
    Unchanged,
    /// 按减征后的缴费划入.
    Follows,
}

/// Whether a month is credited before it is paid (未缴费期间).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhileUnpaid {
    /// 照常划入.
    Continues,
    /// 缴清后补划.
    Postponed,
}

/// What lies on an account earns, and when a year's money becomes historic (计息与结转, §14.3).
#[derive(Debug, Clone)]
pub struct InterestRule {
    /// The yearly rate of every purse that earns.
    pub rates: Vec<(AccountKind, Ratio)>,
    /// On what it is earned.
    pub method: InterestMethod,
    /// Month and day on which interest is added and the current year becomes historic; a day that
    /// a month lacks is its last.
    pub rolls_over: (i8, i8),
    /// To how many fen the interest of a purse is rounded, once a year.
    pub unit_fen: i64,
    /// How.
    pub rounding: Rounding,
}

/// On what interest is earned (计息方法).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InterestMethod {
    /// 按日积数: every day's closing balance, over so many days that make a year.
    Daily {
        /// 360 or 365.
        year_days: i32,
    },
    /// 按年初余额: the balance at the beginning, for the whole year.
    OpeningBalance,
}

/// What happens to an account whose owner leaves it (个人账户转出、继承、支取, §14.5).
#[derive(Debug, Clone)]
pub struct ExitRule {
    /// Where the balance of a dead person may go.
    pub inheritance: Vec<HeirTo>,
    /// What becomes of the balance when cover moves to another area.
    pub transfer_out: TransferOut,
    /// For which reasons the balance is paid out in cash.
    pub cash_out: Vec<CashOutReason>,
}

/// Where an inherited balance goes (继承去向).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeirTo {
    /// 划入继承人的个人账户.
    Account,
    /// 一次性支付给继承人.
    Payout,
}

impl HeirTo {
    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Account => "划入继承人个人账户",
            Self::Payout => "一次性支付给继承人",
        }
    }
}

/// What becomes of a balance when the person's cover moves away (转移接续).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferOut {
    /// 随同转移.
    WithPerson,
    /// 一次性支付给本人.
    Payout,
    /// 不转移.
    Stays,
}

impl TransferOut {
    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::WithPerson => "随同转移",
            Self::Payout => "一次性支付给本人",
            Self::Stays => "不转移",
        }
    }
}

/// Why a living owner gets the balance in cash (一次性支取情形).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CashOutReason {
    /// 出国（境）定居.
    Emigration,
    /// 转入地不设个人账户.
    NoAccountThere,
}

impl CashOutReason {
    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Emigration => "出国（境）定居",
            Self::NoAccountThere => "转入地不设个人账户",
        }
    }
}

/// For which relatives and what an account may pay (家庭共济, §14.4).
#[derive(Debug, Clone)]
pub struct SharingRule {
    /// What the relative may be to the owner of the account.
    pub relations: Vec<terms::Relation>,
    /// What may be paid.
    pub purposes: Vec<terms::SharingPurpose>,
    /// Which purses of the owner may pay, in the order in which they do.
    pub purses: Vec<AccountKind>,
    /// Only what lies above this balance may be used.
    pub keeps: Fen,
    /// At most so much in a calendar year for one relative.
    pub yearly_limit: Option<Fen>,
    /// Who pays first of several owners.
    pub order: SponsorOrder,
}

/// The order of several owners who pay for one relative (共济账户的支付次序).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SponsorOrder {
    /// 授权早的在先.
    EarliestGrant,
    /// 余额多的在先.
    LargestBalance,
    /// 按亲属范围所列的次序.
    Relation,
}
