use terms::{Grade, InstitutionKind, Registration, Word};

use crate::{Range, WordSet};

/// A rule about what is filed for a person before it can be settled (备案与认定, catalogue §7, §10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilingRule {
    /// 慢特病、两病、单独支付药品认定: the first case whose codes fit.
    Recognition(Vec<RecognitionCase>),
    /// 转诊转院.
    Referral(ReferralRule),
    /// 本人选定的定点机构.
    Designation(DesignationRule),
    /// 异地就医备案.
    NonLocal(Vec<NonLocalCase>),
}

/// When a filing begins to count (生效方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// 即时生效: the agency looks at it afterwards.
    AtOnce,
    /// 审核后生效.
    Reviewed,
}

impl Effect {
    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::AtOnce => "即时生效，事后复核",
            Self::Reviewed => "审核后生效",
        }
    }
}

/// Which institutions may file (可办理的机构); what is absent does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filers {
    /// Of these kinds.
    pub kinds: Option<WordSet<InstitutionKind>>,
    /// Of these grades.
    pub grades: Option<WordSet<Grade>>,
}

impl Filers {
    /// Whether an institution may file.
    pub fn allow(&self, kind: InstitutionKind, grade: Grade) -> bool {
        self.kinds.is_none_or(|kinds| kinds.has(kind))
            && self.grades.is_none_or(|grades| grades.has(grade))
    }
}

/// What holds for recognising some diseases or drugs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecognitionCase {
    /// 中文 name of the class.
    pub title: String,
    /// The class: chronic, special, two diseases, separate drug.
    pub class: Word,
    /// Codes begin with one of these; empty means every code.
    pub prefixes: Vec<Word>,
    /// For so many months; no end where absent.
    pub term_months: Option<i32>,
    /// How many institutions the person may choose; any institution serves where it is 0.
    pub institutions: i32,
    /// So many months between two changes of them.
    pub months_between_changes: i32,
    /// When it begins to count.
    pub effect: Effect,
    /// Who may file.
    pub filers: Filers,
}

impl RecognitionCase {
    /// Whether the case is about a code.
    pub fn fits(&self, code: &str) -> bool {
        let begins = |prefix: &Word| code.starts_with(prefix.as_str());
        self.prefixes.is_empty() || self.prefixes.iter().any(begins)
    }
}

/// What holds for referrals (转诊转院备案).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferralRule {
    /// Valid for so many days.
    pub valid_days: i32,
    /// Whether one filed before discharge counts from admission (补办追溯到入院).
    pub from_admission: bool,
    /// When it begins to count.
    pub effect: Effect,
    /// Who may file.
    pub filers: Filers,
}

/// What holds for institutions a person chooses for outpatient care (选定定点).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignationRule {
    /// At most so many.
    pub at_most: i32,
    /// So many months between two changes.
    pub months_between_changes: i32,
    /// When it begins to count.
    pub effect: Effect,
}

/// What holds for one kind of registration for care elsewhere (异地就医备案).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NonLocalCase {
    /// 中文 name.
    pub title: String,
    /// The word for the kind.
    pub class: Word,
    /// What it counts as in a settlement.
    pub registration: Registration,
    /// For how many days it may be made out; no end where the range is open.
    pub valid_days: Range<i32>,
    /// Months before a registration made by promise may be changed.
    pub promise_months: i32,
    /// Whether one filed before discharge counts from admission.
    pub from_admission: bool,
    /// When it begins to count.
    pub effect: Effect,
}
