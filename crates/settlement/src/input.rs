use std::sync::Arc;

use money::{Fen, Price, Quantity};
use policy::{CaseDates, CatalogueItem, PaidElsewhere};
use serde::{Deserialize, Serialize};
use terms::{
    AccountKind, AreaCode, CareType, Category, Cause, CoverState, Date, Grade, InstitutionKind,
    Locality, Referral, Registration, Scheme, Sex, Word,
};

use crate::Counters;

/// One bill with everything a decision about it needs (待结算账单).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// The insured place (参保统筹区).
    pub area: AreaCode,
    /// 险种.
    pub scheme: Scheme,
    /// Who.
    pub person: PersonFacts,
    /// Where.
    pub institution: InstitutionFacts,
    /// What for.
    pub visit: VisitFacts,
    /// When.
    pub dates: CaseDates,
    /// The fee lines.
    pub lines: Vec<Line>,
    /// Counters as they stand before this bill.
    pub counters: Counters,
    /// Personal accounts that may pay, sponsors in their order.
    pub purses: Vec<Purse>,
    /// Whether the person asks for the accounts to be used (个人账户使用标志).
    pub use_account: bool,
    /// What other payers have already put into this bill.
    #[serde(default)]
    pub paid_elsewhere: Vec<PaidElsewhere>,
    /// What the audit keeps out of payment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<Withheld>,
}

/// A line that the audit keeps out of payment, wholly or in part (审核扣除).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// The line's number.
    pub line: u32,
    /// How much of what it has in scope.
    pub amount: Fen,
    /// Which rule, and what it found.
    pub reason: String,
}

/// The person as the register knows them on the dates that count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFacts {
    /// 人员类别.
    pub category: Category,
    /// 出生日期.
    pub birth: Date,
    /// 性别.
    pub sex: Option<Sex>,
    /// 参保县（市、区）.
    pub county: AreaCode,
    /// 待遇状态.
    pub cover: CoverState,
    /// 救助身份.
    pub identities: Vec<Word>,
    /// Marks such as 公务员 or 家庭医生签约.
    pub marks: Vec<Word>,
    /// 连续参保年数.
    pub enrolled_years: i32,
    /// Recognised outpatient diseases in force (慢特病认定).
    pub recognised: Vec<Word>,
}

/// The institution that sends the bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionFacts {
    /// 定点医药机构编码.
    pub code: Word,
    /// 机构类别.
    pub kind: InstitutionKind,
    /// 医疗机构等级.
    pub grade: Grade,
    /// Marks such as 中医 or 省级.
    pub marks: Vec<Word>,
    /// 就医地, seen from the insured place.
    pub locality: Locality,
}

/// The visit or stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitFacts {
    /// Its number.
    pub id: Word,
    /// 医疗类别.
    pub care: CareType,
    /// 致病原因.
    pub cause: Cause,
    /// The recognised disease the bill is for.
    pub disease: Option<Word>,
    /// Diagnosis codes, the main one first.
    pub diagnoses: Vec<Word>,
    /// 转诊情形.
    pub referral: Referral,
    /// 异地就医备案.
    pub registration: Registration,
    /// Marks such as 预住院.
    pub marks: Vec<Word>,
    /// The pregnancy or course of treatment the visit belongs to.
    pub episode: Option<Word>,
}

/// One fee line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Unique within the bill; lines are worked on in order of day and number.
    pub number: u32,
    /// The catalogue entry, or nothing where the institution's item is unmapped.
    pub item: Option<Arc<CatalogueItem>>,
    /// 费用发生日期.
    pub served: Date,
    /// 单价.
    pub price: Price,
    /// 数量.
    pub quantity: Quantity,
    /// 明细金额: price × quantity, a fen of tolerance.
    pub amount: Fen,
    /// Whether the institution declares the line outside its indication (限制使用标志).
    #[serde(default)]
    pub outside_indication: bool,
}

/// A personal account that may pay (个人账户).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purse {
    /// Which purse.
    pub kind: AccountKind,
    /// Whose: the person or a sponsor.
    pub owner: Word,
    /// What is in it.
    pub balance: Fen,
}

impl Bill {
    /// The bill's total (医疗费总额).
    pub fn total(&self) -> Fen {
        self.lines.iter().map(|line| line.amount).sum()
    }
}
