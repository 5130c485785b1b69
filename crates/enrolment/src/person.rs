use policy::{CaseDates, Condition, Situation};
use serde::{Deserialize, Serialize};
use terms::{
    AreaCode, CareType, Category, Cause, CoverState, Date, Grade, InstitutionKind, Locality,
    Referral, Registration, Sex, Word,
};

/// What rules about enrolment may ask about a person and the employer (参保人与单位).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFacts {
    /// 人员类别.
    pub category: Category,
    /// 救助身份 held.
    pub identities: Vec<Word>,
    /// Marks of the person and of the employer, such as 机关事业单位.
    pub marks: Vec<Word>,
    /// 性别, if recorded.
    pub sex: Option<Sex>,
    /// 出生日期, if recorded.
    pub birth: Option<Date>,
    /// 连续参保年数.
    pub enrolled_years: i32,
    /// 参保县（市、区）.
    pub county: AreaCode,
}

impl PersonFacts {
    /// A person of whom only the category and the place are known.
    pub const fn new(category: Category, county: AreaCode) -> Self {
        Self {
            category,
            identities: Vec::new(),
            marks: Vec::new(),
            sex: None,
            birth: None,
            enrolled_years: 0,
            county,
        }
    }

    /// Whether a condition holds for the person on a day.
    pub(crate) fn satisfies(&self, condition: &Condition, day: Date) -> bool {
        condition.holds(&self.situation(day))
    }

    /// The person as conditions see one; nobody is being treated, so what describes a bill has its
    /// plainest value, and rules about enrolment are not allowed to ask about it.
    pub(crate) fn situation(&self, day: Date) -> Situation<'_> {
        Situation {
            category: self.category,
            identities: &self.identities,
            age_years: self
                .birth
                .map_or(UNKNOWN, |birth| years_between(birth, day)),
            age_days: self.birth.map_or(UNKNOWN, |birth| days_between(birth, day)),
            sex: self.sex,
            enrolled_years: self.enrolled_years,
            county: self.county,
            cover: CoverState::Active,
            person_marks: &self.marks,
            institution_marks: &[],
            visit_marks: &[],
            grade: Grade::Ungraded,
            institution_kind: InstitutionKind::Hospital,
            institution: "",
            locality: Locality::SameCounty,
            registration: Registration::None,
            referral: Referral::None,
            care: CareType::GeneralOutpatient,
            cause: Cause::Illness,
            disease: None,
            diagnoses: &[],
            admission_number: 0,
            stay_days: 0,
            dates: CaseDates::single(day),
            total: money::Fen::ZERO,
            item: None,
        }
    }
}

/// An age no upper bound admits, for people whose birth is not recorded.
const UNKNOWN: i32 = i32::MAX;

/// Days from one day to a later one; negative when it is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

fn years_between(birth: Date, day: Date) -> i32 {
    let years = i32::from(day.year()) - i32::from(birth.year());
    let before_birthday = (day.month(), day.day()) < (birth.month(), birth.day());
    years - i32::from(before_birthday)
}
