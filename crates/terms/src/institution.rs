use crate::vocabulary::vocabulary;

vocabulary! {
    /// The grade an institution is paid at (医疗机构等级).
    ///
    /// Finer standings (county or urban, municipal or provincial, 甲 or 乙等) are marks of the
    /// institution and may be used in conditions beside the grade.
    Grade "医疗机构等级" {
        Village = "village" "村卫生室",
        Community = "community" "乡镇卫生院和社区卫生服务机构",
        Primary = "primary" "一级",
        Secondary = "secondary" "二级",
        Tertiary = "tertiary" "三级",
        Ungraded = "ungraded" "未定级",
    }
}

vocabulary! {
    /// What kind of institution it is (定点医药机构类别).
    InstitutionKind "机构类别" {
        Hospital = "hospital" "医院",
        Community = "community" "基层医疗机构",
        Village = "village" "村卫生室",
        Pharmacy = "pharmacy" "零售药店",
        InternetHospital = "internet_hospital" "互联网医院",
        CareHome = "care_home" "护理机构",
    }
}
