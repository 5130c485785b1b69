use crate::vocabulary::vocabulary;

vocabulary! {
    /// The fund that pays a share of a bill (基金支付类型), as the national statistics separate them.
    FundType "基金支付类型" {
        EmployeePooled = "employee_pooled" "职工基本医疗保险统筹基金",
        EmployeeOutpatient = "employee_outpatient" "职工门诊统筹基金",
        ResidentPooled = "resident_pooled" "城乡居民基本医疗保险基金",
        ResidentOutpatient = "resident_outpatient" "居民门诊统筹基金",
        LargeAmount = "large_amount" "大额医疗费用补助基金",
        EmployeeSeriousIllness = "employee_serious_illness" "职工大病补助基金",
        SeriousIllness = "serious_illness" "城乡居民大病医疗保险基金",
        SeriousIllnessExtra = "serious_illness_extra" "城乡居民大病补充保险基金",
        CivilServant = "civil_servant" "公务员医疗补助基金",
        Enterprise = "enterprise" "企业补充医疗保险基金",
        RetiredCadre = "retired_cadre" "离休人员医疗保障基金",
        DisabledVeteran = "disabled_veteran" "一至六级残疾军人医疗补助基金",
        Maternity = "maternity" "生育基金",
        Assistance = "assistance" "医疗救助基金",
        RuralSupplement = "rural_supplement" "农村低收入人口医疗补充保险",
        Commercial = "commercial" "商业补充医疗保险",
        LongTermCare = "long_term_care" "长期护理保险基金",
        PublicFinance = "public_finance" "财政补助资金",
        InstitutionRelief = "institution_relief" "医院减免金",
        Other = "other" "其他基金",
    }
}
