use policy::Test;

/// The 中文 name of the dimension that a test asks about.
pub(crate) const fn test_title(test: &Test) -> &'static str {
    match test {
        Test::Category(_) => "人员类别",
        Test::Identity(_) => "救助身份",
        Test::Age(_) => "年龄",
        Test::AgeDays(_) => "出生天数",
        Test::Sex(_) => "性别",
        Test::EnrolledYears(_) => "连续参保年数",
        Test::County(_) => "参保县（市、区）",
        Test::Cover(_) => "待遇状态",
        Test::Mark(_) => "标记",
        Test::Grade(_) => "机构等级",
        Test::InstitutionKind(_) => "机构类别",
        Test::Institution(_) => "医药机构",
        Test::Locality(_) => "就医地",
        Test::Registration(_) => "异地备案",
        Test::Referral(_) => "转诊情形",
        Test::Care(_) => "医疗类别",
        Test::Cause(_) => "致病原因",
        Test::Disease(_) => "病种",
        Test::Diagnosis(_) => "诊断编码开头",
        Test::Admission(_) => "年度内住院次序",
        Test::StayDays(_) => "住院天数",
        Test::Admitted(_) => "入院日期",
        Test::Discharged(_) => "出院日期",
        Test::Settled(_) => "结算日期",
        Test::Total(_) => "医疗费总额",
        Test::ItemClass(_) => "项目等级",
        Test::ItemKind(_) => "目录类别",
        Test::ItemGroup(_) => "项目分组",
        Test::Item(_) => "项目编码",
        Test::Served(_) => "费用发生日期",
    }
}
