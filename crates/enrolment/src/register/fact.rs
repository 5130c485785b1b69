use money::Fen;
use serde::{Deserialize, Serialize};
use terms::{AreaCode, Category, CoverState, Date, Scheme, Sex, Word};

use crate::identity::DocumentKind;
use crate::timeline::Event;

/// One thing the register states about a person for a span of days (登记事项).
///
/// Days lie in the [`Entry`](super::Entry) around it: a name holds from the day it was taken, a
/// death from the day of death, an event of cover on its own day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fact {
    /// 姓名.
    Name {
        /// The name.
        name: String,
    },
    /// 性别.
    Sex {
        /// The sex.
        sex: Sex,
    },
    /// 出生.
    Birth {
        /// The day of birth.
        birth: Date,
    },
    /// 死亡, from the day of death.
    Death,
    /// 身份证件.
    Document {
        /// Which kind of document.
        document: DocumentKind,
        /// Its number, in normal form.
        number: String,
    },
    /// 社会保障卡.
    Card {
        /// Its number.
        number: String,
    },
    /// 医保电子凭证.
    Credential {
        /// Its number.
        number: String,
    },
    /// 联系方式.
    Contact {
        /// 电话.
        phone: String,
        /// 住址.
        address: String,
    },
    /// 参保县（市、区）.
    County {
        /// Its code.
        county: AreaCode,
    },
    /// 家庭户.
    Household {
        /// 户号.
        household: String,
        /// What the person is to the head of it.
        relation: Word,
    },
    /// 近亲属.
    Relative {
        /// The relative's number.
        person_no: String,
        /// What the relative is to the person.
        relation: Word,
    },
    /// 用人单位.
    Employment {
        /// The employer's number.
        employer: String,
    },
    /// A mark that policy conditions may name (人员标识).
    Mark {
        /// The mark.
        mark: Word,
    },
    /// 救助身份.
    Identity {
        /// Which.
        identity: Word,
    },
    /// A period of cover as it was taken over (迁入的参保段).
    Period {
        /// 险种.
        scheme: Scheme,
        /// 人员类别.
        category: Category,
        /// 待遇状态.
        state: CoverState,
        /// 参保县（市、区）.
        county: AreaCode,
        /// 用人单位, or empty.
        employer: String,
        /// Why it is in that state.
        reason: String,
    },
    /// Since when the person is in a scheme without a break, as taken over (迁入的连续参保起始).
    EnrolledSince {
        /// 险种.
        scheme: Scheme,
        /// The first day.
        since: Date,
    },
    /// Something that happened to a person's cover (参保变动).
    Cover {
        /// 险种.
        scheme: Scheme,
        /// What happened.
        event: Event,
    },
    /// 慢特病认定、单独支付药品备案.
    Recognition {
        /// Chronic, special, two diseases, separate drug.
        class: Word,
        /// Disease or drug.
        code: String,
        /// Its name.
        name: String,
        /// Chosen institutions; empty means any.
        institutions: Vec<String>,
        /// Whatever else is known, JSON.
        detail: String,
    },
    /// 备案: treatment elsewhere, referral, designated institution, accident.
    Registration {
        /// Its number.
        id: String,
        /// What it registers.
        class: Word,
        /// Whether it counts: `valid`, `pending`, `rejected`, `withdrawn` …
        state: Word,
        /// The institution concerned, or empty.
        institution: String,
        /// The place concerned, or empty.
        destination: String,
        /// Whatever else is known, JSON.
        detail: String,
    },
    /// 家庭共济授权: whose account this person may use.
    Grant {
        /// The owner of the account.
        sponsor: String,
        /// What the owner is to this person.
        relation: Word,
        /// What may be paid; empty means all that policy allows.
        purposes: Vec<Word>,
        /// At most so much in a year.
        limit: Option<Fen>,
    },
    /// Something is held back: an account, a benefit (冻结、暂缓).
    Hold {
        /// What.
        hold: Word,
        /// Why.
        reason: String,
    },
    /// 已并入另一人员: the same human being is kept under another number.
    Merged {
        /// The number that is kept.
        into: String,
    },
}

impl Fact {
    /// The stable word for the kind of fact.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Name { .. } => "name",
            Self::Sex { .. } => "sex",
            Self::Birth { .. } => "birth",
            Self::Death => "death",
            Self::Document { .. } => "document",
            Self::Card { .. } => "card",
            Self::Credential { .. } => "credential",
            Self::Contact { .. } => "contact",
            Self::County { .. } => "county",
            Self::Household { .. } => "household",
            Self::Relative { .. } => "relative",
            Self::Employment { .. } => "employment",
            Self::Mark { .. } => "mark",
            Self::Identity { .. } => "identity",
            Self::Period { .. } => "period",
            Self::EnrolledSince { .. } => "enrolled_since",
            Self::Cover { .. } => "cover",
            Self::Recognition { .. } => "recognition",
            Self::Registration { .. } => "registration",
            Self::Grant { .. } => "grant",
            Self::Hold { .. } => "hold",
            Self::Merged { .. } => "merged",
        }
    }

    /// The 中文 name of the kind of fact.
    pub const fn zh(&self) -> &'static str {
        match self {
            Self::Name { .. } => "姓名",
            Self::Sex { .. } => "性别",
            Self::Birth { .. } => "出生日期",
            Self::Death => "死亡",
            Self::Document { .. } => "身份证件",
            Self::Card { .. } => "社会保障卡",
            Self::Credential { .. } => "医保电子凭证",
            Self::Contact { .. } => "联系方式",
            Self::County { .. } => "参保县区",
            Self::Household { .. } => "家庭户",
            Self::Relative { .. } => "近亲属",
            Self::Employment { .. } => "用人单位",
            Self::Mark { .. } => "人员标识",
            Self::Identity { .. } => "救助身份",
            Self::Period { .. } => "参保段",
            Self::EnrolledSince { .. } => "连续参保起始",
            Self::Cover { .. } => "参保变动",
            Self::Recognition { .. } => "慢特病认定",
            Self::Registration { .. } => "备案",
            Self::Grant { .. } => "家庭共济授权",
            Self::Hold { .. } => "冻结或暂缓",
            Self::Merged { .. } => "人员归并",
        }
    }
}
