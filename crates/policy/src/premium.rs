use money::{Fen, Ratio};
use serde::{Deserialize, Serialize};
use terms::{Date, FundType, Word};

use crate::Condition;

/// What a resident pays for one insured year (城乡居民缴费, catalogue §17.3).
#[derive(Debug, Clone)]
pub struct PremiumRule {
    /// The insured year (参保年度); another year needs a version of its own.
    pub year: i16,
    /// 集中参保期: first and last day, both inside.
    pub season: (Date, Date),
    /// What may be paid; of several that fit the person chooses.
    pub tiers: Vec<Tier>,
    /// 财政补助 per head, paid by the treasury and not by the person.
    pub public: Fen,
    /// Whoever enrols after the season pays the treasury's part too (补缴财政补助部分).
    pub late_bears_public: bool,
    /// Who may enrol late at the ordinary price (不受集中参保期限制).
    pub late_exempt: Vec<Condition>,
    /// Why and until when a premium is given back.
    pub refunds: Vec<PremiumRefund>,
}

/// One price of a year's cover (缴费档次).
#[derive(Debug, Clone)]
pub struct Tier {
    /// Its word, by which a person chooses it.
    pub code: Word,
    /// 中文 name.
    pub title: String,
    /// For whom it is offered.
    pub condition: Condition,
    /// 个人缴费标准, for the year.
    pub own: Fen,
}

/// Until when a premium is given back for a reason (退费).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PremiumRefund {
    /// Why.
    pub reason: RefundReason,
    /// Until when.
    pub until: RefundUntil,
}

/// Why a premium is given back (退费原因).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundReason {
    /// 重复参保.
    DoubleCover,
    /// 转为职工参保.
    EmployeeCover,
    /// 死亡.
    Death,
    /// 参军.
    MilitaryService,
}

impl RefundReason {
    /// Every reason, with its word.
    pub const ALL: [(&str, Self); 4] = [
        ("double_cover", Self::DoubleCover),
        ("employee_cover", Self::EmployeeCover),
        ("death", Self::Death),
        ("military_service", Self::MilitaryService),
    ];

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::DoubleCover => "重复参保",
            Self::EmployeeCover => "转为职工参保",
            Self::Death => "死亡",
            Self::MilitaryService => "参军",
        }
    }
}

/// Until when a premium is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundUntil {
    /// The insured year has not begun (年度开始前).
    YearBegins,
    /// Any day of the insured year (年度内).
    YearEnds,
}

/// Who pays a resident's premium in the person's place (资助参保, catalogue §12.5).
#[derive(Debug, Clone)]
pub struct SubsidyRule {
    /// What is granted to whom.
    pub grants: Vec<SubsidyGrant>,
    /// Which of several grants holds.
    pub choose: SubsidyChoice,
    /// What happens when the person has paid before the identity was known.
    pub after_payment: AfterPayment,
}

/// One grant towards a premium (资助标准).
#[derive(Debug, Clone)]
pub struct SubsidyGrant {
    /// 中文 name, such as 特困人员全额资助.
    pub title: String,
    /// For whom.
    pub condition: Condition,
    /// How much.
    pub amount: SubsidyAmount,
    /// Whose money it is: medical aid or the treasury.
    pub fund: FundType,
}

/// How much of the personal part is paid in the person's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubsidyAmount {
    /// 全额.
    Full,
    /// 定额, never more than is owed.
    Fixed(Fen),
    /// 按比例, rounded half up to the fen.
    Share(Ratio),
}

/// Which of several grants holds (多重身份).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubsidyChoice {
    /// 就高: the largest; of equal ones the first.
    Largest,
    /// 按顺序: the first that fits.
    First,
}

/// What an identity that becomes known after payment changes (缴费后认定).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterPayment {
    /// 先缴后补: what was paid too much is given back.
    Refund,
    /// 不退: only what is still owed is taken over.
    Keep,
}
