use money::Fen;
use terms::{AreaCode, Category, CoverState, Date, Registration, Scheme, Sex, Word};

/// One invented person with everything the register knows (参保人).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// 人员编号.
    pub number: String,
    /// 姓名.
    pub name: String,
    /// 性别.
    pub sex: Sex,
    /// 出生日期.
    pub born: Date,
    /// 公民身份号码, with a valid checksum and a division code that was never assigned.
    pub id_number: String,
    /// 社会保障卡号.
    pub card_number: String,
    /// 电话; not a number that anybody can have.
    pub phone: String,
    /// Where the person lives (县、市、区).
    pub county: AreaCode,
    /// Number of the household in the area, from 0.
    pub household: u32,
    /// Place in the household.
    pub relation: Relation,
    /// Periods of cover, the current one last; empty for somebody who never enrolled.
    pub covers: Vec<Cover>,
    /// 救助身份.
    pub identities: Vec<IdentitySpan>,
    /// Marks that rules may ask about: `civil_servant` (公务员), `family_doctor` (家庭医生签约).
    pub marks: Vec<Word>,
    /// Recognised chronic and special diseases (门诊慢特病认定).
    pub recognitions: Vec<Recognition>,
    /// 异地就医备案.
    pub registrations: Vec<RegistrationSpan>,
    /// 个人账户; only employees have one.
    pub account: Option<Account>,
    /// To whom the person opens the account (家庭共济).
    pub sharing: Vec<SharingGrant>,
}

/// A place in the household (家庭关系).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// 户主
    Head,
    /// 配偶
    Spouse,
    /// 子女
    Child,
    /// 父母
    Parent,
}

/// What one person is to another (亲属关系).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinship {
    /// 配偶
    Spouse,
    /// 父母
    Parent,
    /// 子女
    Child,
    /// 祖父母、外祖父母
    Grandparent,
    /// 孙子女、外孙子女
    Grandchild,
    /// 兄弟姐妹
    Sibling,
}

impl Kinship {
    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Spouse => "配偶",
            Self::Parent => "父母",
            Self::Child => "子女",
            Self::Grandparent => "祖父母、外祖父母",
            Self::Grandchild => "孙子女、外孙子女",
            Self::Sibling => "兄弟姐妹",
        }
    }

    /// What `other` is to `one` when both live in one household.
    pub(crate) const fn between(one: Relation, other: Relation) -> Self {
        use Relation::{Child, Head, Parent, Spouse};
        match (one, other) {
            (Head | Spouse, Head | Spouse) | (Parent, Parent) => Self::Spouse,
            (Head | Spouse, Child) | (Parent, Head | Spouse) => Self::Child,
            (Head | Spouse, Parent) | (Child, Head | Spouse) => Self::Parent,
            (Child, Parent) => Self::Grandparent,
            (Parent, Child) => Self::Grandchild,
            (Child, Child) => Self::Sibling,
        }
    }
}

/// A period of cover (参保信息).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// 险种.
    pub scheme: Scheme,
    /// 人员类别.
    pub category: Category,
    /// 待遇状态 on the business date.
    pub state: CoverState,
    /// Since when the state holds.
    pub state_since: Date,
    /// First day of the period.
    pub from: Date,
    /// Last day of the period, or open.
    pub to: Option<Date>,
    /// First day with benefits; later than `from` while waiting (待遇等待期).
    pub benefit_from: Date,
    /// Since when enrolled without a break (连续参保起始日期).
    pub enrolled_since: Date,
    /// 参保地.
    pub county: AreaCode,
    /// Employer, or village or neighbourhood (参保单位或村、社区).
    pub group: Group,
}

/// An employer, or a village or neighbourhood through which residents enrol (参保单位).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its code.
    pub code: String,
    /// Its 中文 name.
    pub name: String,
}

/// An identity held over a span of days (救助身份).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentitySpan {
    /// The word: `tekun`, `dibao`, `fanpin`, `jiance`, `dibao_bianyuan` or `zhichuxing`.
    pub word: Word,
    /// First day.
    pub from: Date,
    /// Last day, or open.
    pub to: Option<Date>,
}

/// A recognised disease (门诊慢特病认定).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognition {
    /// The disease, a code of [`crate::DISEASES`].
    pub disease: Word,
    /// First day.
    pub from: Date,
    /// Last day, or open.
    pub to: Option<Date>,
    /// The institution chosen for it, by code.
    pub institution: String,
}

/// A registration for care elsewhere (异地就医备案).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationSpan {
    /// Why.
    pub kind: Registration,
    /// Where.
    pub place: AreaCode,
    /// First day.
    pub from: Date,
    /// Last day, or open.
    pub to: Option<Date>,
}

/// A personal account as it opens in the demonstration (个人账户).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// 当年账户 balance.
    pub current_year: Fen,
    /// 历年账户 balance.
    pub historic: Fen,
}

/// Leave to use somebody's account (家庭共济授权).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharingGrant {
    /// 人员编号 of the relative who may use it.
    pub beneficiary: String,
    /// What the relative is to the owner.
    pub kinship: Kinship,
    /// First day.
    pub from: Date,
}

impl Person {
    /// Whole years of age on a day (周岁).
    pub fn age_on(&self, day: Date) -> i16 {
        let birthday = (self.born.month(), self.born.day());
        let before = (day.month(), day.day()) < birthday;
        day.year() - self.born.year() - i16::from(before)
    }

    /// The cover that counts on the business date: the last one.
    pub fn cover(&self) -> Option<&Cover> {
        self.covers.last()
    }
}
