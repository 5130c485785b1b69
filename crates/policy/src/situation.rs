use money::Fen;
use terms::{
    AreaCode, CareType, Category, Cause, CoverState, Date, Grade, InstitutionKind, ItemClass,
    ItemKind, Locality, Referral, Registration, Sex, Word,
};

use crate::CaseDates;

/// What conditions may ask about a bill: the dimensions of catalogue §2, borrowed from the facts.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// 人员类别.
    pub category: Category,
    /// 救助身份 held on the date that counts.
    pub identities: &'a [Word],
    /// 周岁 at admission.
    pub age_years: i32,
    /// Days since birth at admission.
    pub age_days: i32,
    /// 性别, if recorded.
    pub sex: Option<Sex>,
    /// 连续参保年数.
    pub enrolled_years: i32,
    /// 参保县（市、区）.
    pub county: AreaCode,
    /// 待遇状态.
    pub cover: CoverState,
    /// Marks of the person (公务员, 家庭医生签约 …).
    pub person_marks: &'a [Word],
    /// Marks of the institution (中医, 县级, 省级 …).
    pub institution_marks: &'a [Word],
    /// Marks of the visit (预住院, 中医优势病种 …).
    pub visit_marks: &'a [Word],
    /// 医疗机构等级.
    pub grade: Grade,
    /// 机构类别.
    pub institution_kind: InstitutionKind,
    /// 医药机构编码.
    pub institution: &'a str,
    /// 就医地.
    pub locality: Locality,
    /// 异地就医备案.
    pub registration: Registration,
    /// 转诊情形.
    pub referral: Referral,
    /// 医疗类别.
    pub care: CareType,
    /// 致病原因.
    pub cause: Cause,
    /// The recognised disease the bill is for.
    pub disease: Option<&'a Word>,
    /// Diagnosis codes.
    pub diagnoses: &'a [Word],
    /// Which stay of the benefit year this is, from 1.
    pub admission_number: i32,
    /// 住院天数.
    pub stay_days: i32,
    /// The dates of the case.
    pub dates: CaseDates,
    /// 医疗费总额.
    pub total: Fen,
    /// The line in question, where a rule is about lines.
    pub item: Option<ItemFacts<'a>>,
}

/// What conditions may ask about one line.
#[derive(Debug, Clone, Copy)]
pub struct ItemFacts<'a> {
    /// 项目编码.
    pub code: &'a str,
    /// 收费项目等级.
    pub class: ItemClass,
    /// 目录类别.
    pub kind: ItemKind,
    /// 项目分组.
    pub groups: &'a [Word],
    /// 费用发生日期.
    pub served: Date,
}

impl<'a> Situation<'a> {
    /// Whether the person, the institution or the visit carries the mark.
    pub fn has_mark(&self, mark: &Word) -> bool {
        self.person_marks.contains(mark)
            || self.institution_marks.contains(mark)
            || self.visit_marks.contains(mark)
    }

    /// Whether any diagnosis code starts with any of the prefixes.
    pub fn has_diagnosis(&self, prefixes: &[Word]) -> bool {
        self.diagnoses.iter().any(|code| {
            prefixes
                .iter()
                .any(|prefix| code.as_str().starts_with(prefix.as_str()))
        })
    }

    /// The same situation seen for one line.
    pub const fn with_item(self, item: ItemFacts<'a>) -> Self {
        Self {
            item: Some(item),
            ..self
        }
    }

    /// The same situation with other identities, to compare what each identity would give.
    pub const fn with_identities(self, identities: &'a [Word]) -> Self {
        Self { identities, ..self }
    }
}
