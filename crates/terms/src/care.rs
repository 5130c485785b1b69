use crate::vocabulary::vocabulary;

vocabulary! {
    /// What kind of care a bill is for (医疗类别); several rules and the whole waterfall depend on it.
    CareType "医疗类别" {
        GeneralOutpatient = "general_outpatient" "普通门诊",
        RegistrationFee = "registration_fee" "门诊挂号",
        Emergency = "emergency" "急诊",
        EmergencyRescue = "emergency_rescue" "急诊抢救",
        ChronicOutpatient = "chronic_outpatient" "门诊慢病",
        SpecialOutpatient = "special_outpatient" "门诊特病",
        TwoDiseases = "two_diseases" "两病门诊",
        SeparateDrug = "separate_drug" "单独支付药品",
        Pharmacy = "pharmacy" "定点药店购药",
        Inpatient = "inpatient" "普通住院",
        SingleDisease = "single_disease" "单病种住院",
        DaySurgery = "day_surgery" "日间手术",
        DayWard = "day_ward" "日间病房",
        HomeBed = "home_bed" "家庭病床",
        Observation = "observation" "急诊留观",
        MaternityOutpatient = "maternity_outpatient" "生育门诊",
        PrenatalCheck = "prenatal_check" "产前检查",
        MaternityInpatient = "maternity_inpatient" "生育住院",
        FamilyPlanning = "family_planning" "计划生育",
        InternetVisit = "internet_visit" "互联网诊疗",
        LongTermCare = "long_term_care" "长期护理",
        AccidentOutpatient = "accident_outpatient" "意外伤害门诊",
        AccidentInpatient = "accident_inpatient" "意外伤害住院",
    }
}

impl CareType {
    /// Whether the care is a stay with admission and discharge.
    pub const fn is_stay(self) -> bool {
        matches!(
            self,
            Self::Inpatient
                | Self::SingleDisease
                | Self::DaySurgery
                | Self::DayWard
                | Self::HomeBed
                | Self::Observation
                | Self::MaternityInpatient
                | Self::AccidentInpatient
        )
    }
}

vocabulary! {
    /// Why the person needs care, as far as payment depends on it (致病原因).
    Cause "致病原因" {
        Illness = "illness" "疾病",
        Accident = "accident" "意外伤害（无他方责任）",
        ThirdParty = "third_party" "第三方责任",
        ThirdPartyUnknown = "third_party_unknown" "第三方不明或不支付",
        WorkInjury = "work_injury" "工伤",
        PublicHealth = "public_health" "公共卫生",
        Abroad = "abroad" "境外就医",
        Crime = "crime" "违法犯罪",
        DrugUse = "drug_use" "吸毒",
        SelfHarm = "self_harm" "自伤自残",
        Cosmetic = "cosmetic" "美容整形",
        CheckUp = "check_up" "健康体检",
    }
}
