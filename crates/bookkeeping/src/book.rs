use terms::FundType;

/// The book (账套) that keeps a fund: no fund's money is ever posted in another fund's book.
pub const fn book_of(fund: FundType) -> &'static str {
    match fund {
        FundType::EmployeePooled | FundType::EmployeeOutpatient | FundType::Maternity => "E",
        FundType::ResidentPooled | FundType::ResidentOutpatient => "R",
        FundType::Assistance => "A",
        FundType::LongTermCare => "L",
        FundType::LargeAmount | FundType::EmployeeSeriousIllness => "E-LARGE",
        FundType::SeriousIllness | FundType::SeriousIllnessExtra => "R-SERIOUS",
        FundType::CivilServant => "CIVIL",
        FundType::Enterprise => "ENTERPRISE",
        FundType::RetiredCadre => "CADRE",
        FundType::DisabledVeteran => "VETERAN",
        FundType::RuralSupplement => "RURAL",
        FundType::Commercial => "COMMERCIAL",
        FundType::PublicFinance => "FINANCE",
        FundType::InstitutionRelief => "RELIEF",
        FundType::Other => "OTHER",
    }
}

/// The book of personal accounts: they belong to the employee fund (职工医保个人账户).
pub(crate) const ACCOUNT_BOOK: &str = "E";

/// The 中文 name of a book.
pub fn book_name(book: &str) -> &'static str {
    match book {
        "E" => "职工基本医疗保险基金",
        "R" => "城乡居民基本医疗保险基金",
        "A" => "城乡医疗救助基金",
        "L" => "长期护理保险基金",
        "E-LARGE" => "职工大额医疗费用补助",
        "R-SERIOUS" => "城乡居民大病保险",
        "CIVIL" => "公务员医疗补助",
        "ENTERPRISE" => "企业补充医疗保险",
        "CADRE" => "离休人员医疗保障",
        "VETERAN" => "一至六级残疾军人医疗补助",
        "RURAL" => "农村低收入人口医疗补充保险",
        "COMMERCIAL" => "商业补充医疗保险",
        "FINANCE" => "财政补助",
        "RELIEF" => "医疗机构减免",
        _ => "其他",
    }
}
