use policy::FeeMonth;
use serde::{Deserialize, Serialize};
use terms::{AreaCode, Category, Date, Scheme, Word};

/// Something that happened to a person's cover of one scheme on a day (参保变动).
///
/// An event states what was done or paid, never what follows from it: benefits, waiting and
/// suspension are the business of [`super::timeline`] and of the law.
///
/// ```
/// use enrolment::timeline::Event;
/// assert_eq!(Event::RetirementPaid.zh(), "退休补缴到账");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// 参保登记, dated the day of the first contribution; months from then on count as paid until
    /// arrears are recorded.
    Join {
        /// As what the person contributes.
        category: Category,
        /// 参保单位, where there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        employer: Option<Word>,
        /// 参保县（市、区）.
        county: AreaCode,
    },
    /// 停保: contributions stop.
    Suspend {
        /// The last fee month paid; the month of the event where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last_month: Option<FeeMonth>,
    },
    /// 续保: contributions go on after a stop; what is not said stays as it was.
    Resume {
        /// A new category.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        category: Option<Category>,
        /// A new employer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        employer: Option<Word>,
        /// A new county.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        county: Option<AreaCode>,
    },
    /// 关系转入: the record of contributions in another area arrives.
    TransferIn {
        /// 转出地.
        from: AreaCode,
        /// The last fee month paid there.
        last_month: FeeMonth,
    },
    /// 关系转出: the record of contributions leaves for another area.
    TransferOut {
        /// 转入地.
        to: AreaCode,
    },
    /// 险种转换: contributions stop here and begin in another scheme on the same day.
    Switch {
        /// The scheme that is joined; residents' schemes begin with their premium instead.
        to: Scheme,
        /// As what the person contributes there.
        category: Category,
        /// 参保单位 there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        employer: Option<Word>,
    },
    /// 参保信息变更 without a break: category, employer or county; what is not said stays.
    Change {
        /// A new category.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        category: Option<Category>,
        /// A new employer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        employer: Option<Word>,
        /// A new county.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        county: Option<AreaCode>,
    },
    /// 退休.
    Retire {
        /// 缴费年限不足的月数, as [`crate::contribution::back_payment`] counts them; 0 for none.
        #[serde(default)]
        missing_months: i32,
    },
    /// 退休补缴到账: the missing months were paid in.
    RetirementPaid,
    /// 欠费: nothing was paid for the months from `since` on; dated the day this is established.
    Arrears {
        /// 首个欠缴月.
        since: FeeMonth,
        /// Whether a deferral was granted for them (缓缴), so that they do no harm.
        #[serde(default)]
        deferred: bool,
    },
    /// 缴费到账 for past months, in arrears or of a gap (补缴).
    Paid {
        /// First fee month paid.
        from: FeeMonth,
        /// Last fee month paid.
        to: FeeMonth,
    },
    /// 居民年度缴费, newborns and students too.
    Premium {
        /// 参保年度.
        year: i16,
        /// As what the person enrols.
        category: Category,
        /// 参保县（市、区）.
        county: AreaCode,
        /// Years without cover that are paid in with it, to shorten the wait (修复).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        repaid_years: Vec<i16>,
    },
    /// 居民缴费退费: the premium of a year is given back before anything came of it.
    PremiumRefunded {
        /// 参保年度.
        year: i16,
    },
    /// 入学.
    EnterSchool,
    /// 毕业（离校）.
    Graduate,
    /// 入伍.
    Enlist,
    /// 退役.
    Discharge,
    /// 服刑.
    Imprison,
    /// 刑满释放.
    Release,
    /// 异地参保: the same scheme covers the person in another area from this day.
    CoveredElsewhere {
        /// Where.
        area: AreaCode,
    },
    /// 异地停保: the cover in another area has ended with the day before.
    ElsewhereEnded {
        /// Where.
        area: AreaCode,
    },
    /// 终止参保: the person leaves the scheme for good, for instance by emigrating.
    End,
    /// 死亡, dated the day of death.
    Die,
}

impl Event {
    /// The 中文 name.
    pub const fn zh(&self) -> &'static str {
        match self {
            Self::Join { .. } => "参保登记",
            Self::Suspend { .. } => "停保",
            Self::Resume { .. } => "续保",
            Self::TransferIn { .. } => "关系转入",
            Self::TransferOut { .. } => "关系转出",
            Self::Switch { .. } => "险种转换",
            Self::Change { .. } => "参保信息变更",
            Self::Retire { .. } => "退休",
            Self::RetirementPaid => "退休补缴到账",
            Self::Arrears { .. } => "欠费",
            Self::Paid { .. } => "补缴到账",
            Self::Premium { .. } => "居民年度缴费",
            Self::PremiumRefunded { .. } => "居民缴费退费",
            Self::EnterSchool => "入学",
            Self::Graduate => "毕业",
            Self::Enlist => "入伍",
            Self::Discharge => "退役",
            Self::Imprison => "服刑",
            Self::Release => "刑满释放",
            Self::CoveredElsewhere { .. } => "异地参保",
            Self::ElsewhereEnded { .. } => "异地停保",
            Self::End => "终止参保",
            Self::Die => "死亡",
        }
    }

    /// Whether the event concerns the person whatever the scheme it was recorded under.
    pub const fn concerns_every_scheme(&self) -> bool {
        matches!(
            self,
            Self::EnterSchool
                | Self::Graduate
                | Self::Enlist
                | Self::Discharge
                | Self::Imprison
                | Self::Release
                | Self::Die
        )
    }
}

/// An event with its number, day and scheme, as the register holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// 序号 in the register; orders events of one day.
    pub no: i64,
    /// The day it happened.
    pub on: Date,
    /// 险种; of no meaning for what [concerns every scheme](Event::concerns_every_scheme).
    pub scheme: Scheme,
    /// What happened.
    pub event: Event,
}
