//! 编码对照：领域词汇与接口编码之间的对应。
//!
//! Both directions in one table each. Codes that several provinces added for the same thing read
//! as the same word; writing uses the first, national code.

use terms::{CareType, Category, CoverState, FundType, ItemClass, ItemKind, Scheme};

use crate::tables::name_of;

/// A code of `insutype` (险种类型) and its word.
const SCHEMES: &[(&str, Scheme)] = &[
    ("310", Scheme::Employee),
    ("390", Scheme::Resident),
    ("391", Scheme::Resident),
    ("380", Scheme::Resident),
    ("340", Scheme::RetiredCadre),
    ("510", Scheme::Maternity),
    ("410", Scheme::LongTermCare),
];

/// A code of `med_type` (医疗类别) and its word.
const CARE_TYPES: &[(&str, CareType)] = &[
    ("11", CareType::GeneralOutpatient),
    ("1103", CareType::GeneralOutpatient),
    ("990101", CareType::GeneralOutpatient),
    ("990103", CareType::GeneralOutpatient),
    ("12", CareType::RegistrationFee),
    ("13", CareType::Emergency),
    ("1301", CareType::EmergencyRescue),
    ("14", CareType::ChronicOutpatient),
    ("140104", CareType::ChronicOutpatient),
    ("140201", CareType::SpecialOutpatient),
    ("140101", CareType::SpecialOutpatient),
    ("9901", CareType::TwoDiseases),
    ("1404", CareType::TwoDiseases),
    ("910301", CareType::SeparateDrug),
    ("18", CareType::SeparateDrug),
    ("9904", CareType::SeparateDrug),
    ("41", CareType::Pharmacy),
    ("21", CareType::Inpatient),
    ("2101", CareType::Inpatient),
    ("2105", CareType::Inpatient),
    ("2109", CareType::Inpatient),
    ("21303", CareType::Inpatient),
    ("23", CareType::Inpatient),
    ("24", CareType::Inpatient),
    ("9902", CareType::Inpatient),
    ("9907", CareType::Inpatient),
    ("9921", CareType::Inpatient),
    ("9925", CareType::Inpatient),
    ("2102", CareType::SingleDisease),
    ("28", CareType::DaySurgery),
    ("71", CareType::HomeBed),
    ("51", CareType::MaternityOutpatient),
    ("510102", CareType::PrenatalCheck),
    ("52", CareType::MaternityInpatient),
    ("2106", CareType::MaternityInpatient),
    ("2107", CareType::MaternityInpatient),
    ("53", CareType::FamilyPlanning),
    ("530102", CareType::FamilyPlanning),
    ("19", CareType::AccidentOutpatient),
    ("9903", CareType::AccidentOutpatient),
    ("22", CareType::AccidentInpatient),
    ("9940", CareType::AccidentInpatient),
];

/// A code of `list_type` (目录类别) and its word.
const ITEM_KINDS: &[(&str, ItemKind)] = &[
    ("101", ItemKind::Drug),
    ("102", ItemKind::Drug),
    ("103", ItemKind::Drug),
    ("104", ItemKind::Drug),
    ("105", ItemKind::Drug),
    ("106", ItemKind::Drug),
    ("201", ItemKind::Service),
    ("301", ItemKind::Supply),
];

/// A code of `chrgitm_lv` (收费项目等级) and its word.
const ITEM_CLASSES: &[(&str, ItemClass)] = &[
    ("01", ItemClass::A),
    ("02", ItemClass::B),
    ("03", ItemClass::C),
];

/// A code of `fund_pay_type` (基金支付类型) and its word.
const FUNDS: &[(&str, FundType)] = &[
    ("310100", FundType::EmployeePooled),
    ("310102", FundType::EmployeeOutpatient),
    ("390100", FundType::ResidentPooled),
    ("390102", FundType::ResidentOutpatient),
    ("330100", FundType::LargeAmount),
    ("310300", FundType::EmployeeSeriousIllness),
    ("390200", FundType::SeriousIllness),
    ("390300", FundType::SeriousIllnessExtra),
    ("320100", FundType::CivilServant),
    ("370100", FundType::Enterprise),
    ("340100", FundType::RetiredCadre),
    ("350100", FundType::DisabledVeteran),
    ("510100", FundType::Maternity),
    ("610100", FundType::Assistance),
    ("999109", FundType::RuralSupplement),
    ("630100", FundType::InstitutionRelief),
    ("999997", FundType::Other),
];

/// The fund code of the personal account (个人账户基金).
pub const PERSONAL_ACCOUNT_FUND: &str = "310200";

/// A code of `psn_type` (人员类别) and its word.
const CATEGORIES: &[(&str, Category)] = &[
    ("11", Category::Active),
    ("1105", Category::Active),
    ("116013", Category::Active),
    ("116003", Category::Unemployed),
    ("12", Category::Retired),
    ("1204", Category::Retired),
    ("126013", Category::Retired),
    ("13", Category::Cadre),
    ("136019", Category::Cadre),
    ("15", Category::Adult),
    ("151", Category::Adult),
    ("1701", Category::Adult),
    ("16", Category::Elderly),
    ("1403", Category::Student),
    ("1404", Category::Student),
    ("14", Category::Child),
    ("1402", Category::Child),
    ("1405", Category::Child),
    ("1401", Category::Newborn),
    ("33", Category::Veteran),
    ("1111", Category::Veteran),
    ("1112", Category::Veteran),
];

/// How a person proves who they are (就诊凭证类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// 01: the number is a token of the electronic certificate (医保电子凭证).
    ElectronicToken,
    /// 02: the number is the identity number (居民身份证).
    IdentityNumber,
    /// 03: the number is the social card number, and the card's own code is needed too (社会保障卡).
    SocialCard,
}

fn read<T: Copy>(table: &[(&str, T)], code: &str) -> Option<T> {
    table
        .iter()
        .find(|(known, _)| *known == code)
        .map(|(_, word)| *word)
}

fn write<T: Copy + PartialEq>(table: &[(&'static str, T)], word: T) -> Option<&'static str> {
    table
        .iter()
        .find(|(_, known)| *known == word)
        .map(|(code, _)| *code)
}

/// The scheme of an `insutype`.
pub fn scheme(code: &str) -> Option<Scheme> {
    read(SCHEMES, code)
}

/// The `insutype` of a scheme.
pub fn insutype(scheme: Scheme) -> &'static str {
    write(SCHEMES, scheme).unwrap_or("399")
}

/// The care type of a `med_type`.
pub fn care_type(code: &str) -> Option<CareType> {
    read(CARE_TYPES, code)
}

/// The `med_type` of a care type; use the code the institution sent where there is one.
pub fn med_type(care: CareType) -> &'static str {
    match care {
        CareType::InternetVisit => "11",
        CareType::DayWard => "28",
        CareType::Observation => "13",
        CareType::LongTermCare => "71",
        other => write(CARE_TYPES, other).unwrap_or("11"),
    }
}

/// The catalogue of a `list_type`.
pub fn item_kind(code: &str) -> Option<ItemKind> {
    read(ITEM_KINDS, code)
}

/// The `list_type` of a catalogue.
pub fn list_type(kind: ItemKind) -> &'static str {
    write(ITEM_KINDS, kind).unwrap_or("105")
}

/// The class of a `chrgitm_lv`.
pub fn item_class(code: &str) -> Option<ItemClass> {
    read(ITEM_CLASSES, code)
}

/// The `chrgitm_lv` of a class.
pub fn chrgitm_lv(class: ItemClass) -> &'static str {
    write(ITEM_CLASSES, class).unwrap_or("03")
}

/// The fund of a `fund_pay_type`.
pub fn fund(code: &str) -> Option<FundType> {
    read(FUNDS, code)
}

/// The `fund_pay_type` of a fund; funds without a national code are "other" (其他基金).
pub fn fund_pay_type(fund: FundType) -> &'static str {
    write(FUNDS, fund).unwrap_or("999997")
}

/// The 中文 name of a `fund_pay_type`.
pub fn fund_pay_type_name(code: &str) -> &'static str {
    name_of("fund_pay_type", code).unwrap_or("其他基金")
}

/// The category of a `psn_type`.
pub fn category(code: &str) -> Option<Category> {
    read(CATEGORIES, code)
}

/// The `psn_type` of a category; flexibly employed people are counted with those in work.
pub fn psn_type(category: Category) -> &'static str {
    write(CATEGORIES, category).unwrap_or("11")
}

/// The `psn_insu_stas` of a cover.
pub fn psn_insu_stas(state: CoverState) -> &'static str {
    match state {
        CoverState::NotCovered => "0",
        CoverState::Active | CoverState::Waiting => "1",
        CoverState::Suspended => "2",
        CoverState::Ended => "4",
    }
}

/// The proof of a `mdtrt_cert_type`.
pub fn proof(code: &str) -> Option<Proof> {
    match code {
        "01" => Some(Proof::ElectronicToken),
        "02" => Some(Proof::IdentityNumber),
        "03" => Some(Proof::SocialCard),
        _ => None,
    }
}

/// The part of a `mdtrt_cert_no` before the card blob that some provinces append behind a bar.
pub fn certificate_number(sent: &str) -> &str {
    sent.split_once('|')
        .map_or(sent, |(number, _)| number)
        .trim()
}

/// The `clr_type` (清算类别) under which bills of a care type are cleared.
pub fn clr_type(care: CareType) -> &'static str {
    match care {
        CareType::Pharmacy => "41",
        CareType::SeparateDrug => "18",
        CareType::RegistrationFee => "12",
        CareType::Emergency | CareType::EmergencyRescue => "13",
        CareType::ChronicOutpatient | CareType::SpecialOutpatient => "14",
        CareType::TwoDiseases => "15",
        CareType::AccidentInpatient => "22",
        CareType::SingleDisease => "27",
        CareType::DaySurgery => "28",
        CareType::MaternityOutpatient | CareType::PrenatalCheck => "53",
        care if care.is_stay() => "21",
        _ => "11",
    }
}

/// Whether a flag (…标志) is set: 1 is yes.
pub fn is_set(flag: Option<&str>) -> bool {
    flag == Some("1")
}

/// A flag as the interface writes it.
pub fn flag(set: bool) -> &'static str {
    if set { "1" } else { "0" }
}

#[cfg(test)]
mod tests;
