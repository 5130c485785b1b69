use terms::{BenefitClass, CareType, FundType};

use super::Unpostable;
use crate::book_of;

/// What the funds of a book spend on a bill of this care (待遇支出类别).
///
/// The aid and the long-term care book know one kind of care each; elsewhere the care decides.
pub fn benefit_class(book: &str, care: CareType) -> BenefitClass {
    match book {
        "A" => return BenefitClass::Aid,
        "L" => return BenefitClass::LongTermCare,
        _ => {}
    }
    match care {
        CareType::Pharmacy => BenefitClass::Pharmacy,
        CareType::ChronicOutpatient
        | CareType::SpecialOutpatient
        | CareType::TwoDiseases
        | CareType::SeparateDrug => BenefitClass::Chronic,
        CareType::MaternityInpatient
        | CareType::MaternityOutpatient
        | CareType::PrenatalCheck
        | CareType::FamilyPlanning => BenefitClass::Maternity,
        care if care.is_stay() => BenefitClass::Inpatient,
        _ => BenefitClass::Outpatient,
    }
}

/// Whether an amount of this class may stand in this book.
///
/// # Errors
/// [`Unpostable::Misplaced`] for medical aid outside its book and for anything else inside it; the
/// same for long-term care and for personal accounts.
pub fn fits(book: &str, class: BenefitClass) -> Result<(), Unpostable> {
    let right = match class {
        BenefitClass::Aid => book == "A",
        BenefitClass::LongTermCare => book == "L",
        BenefitClass::PersonalAccount => book == "E",
        _ => is_book(book) && book != "A" && book != "L",
    };
    let book = || book.to_owned();
    right.then_some(()).ok_or_else(|| Unpostable::Misplaced {
        book: book(),
        class,
    })
}

/// Whether some fund is kept in this book.
pub fn is_book(book: &str) -> bool {
    FundType::ALL.iter().any(|fund| book_of(*fund) == book)
}

/// Whether the agency pays institutions from this book (是否由经办机构拨付): what an institution
/// forgives or an insurer pays is on the bill, but is not the agency's to pay.
pub fn is_cleared(book: &str) -> bool {
    is_book(book) && !matches!(book, "RELIEF" | "COMMERCIAL")
}

/// The expense account of a class (待遇支出明细科目): `chart-of-accounts` 500101 to 500113.
pub(super) const fn expense(class: BenefitClass) -> &'static str {
    match class {
        BenefitClass::Inpatient => "500101",
        BenefitClass::Outpatient => "500102",
        BenefitClass::Chronic => "500103",
        BenefitClass::Pharmacy => "500104",
        BenefitClass::Maternity => "500105",
        BenefitClass::PersonalAccount => "500107",
        BenefitClass::ProcurementRetained => "500109",
        BenefitClass::Annual => "500110",
        BenefitClass::Aid => "500112",
        BenefitClass::LongTermCare => "500113",
    }
}
