//! Every word of an open vocabulary that invented data uses, with its 中文 name.

/// Identities for medical assistance (救助身份).
pub const IDENTITIES: &[(&str, &str)] = &[
    ("tekun", "特困人员"),
    ("dibao", "低保对象"),
    ("fanpin", "返贫致贫人口"),
    ("jiance", "监测对象"),
    ("dibao_bianyuan", "低保边缘家庭成员"),
    ("zhichuxing", "支出型困难家庭成员"),
];

/// Marks of people (人员标识).
pub const PERSON_MARKS: &[(&str, &str)] = &[
    ("civil_servant", "公务员"),
    ("family_doctor", "家庭医生签约"),
];

/// Marks of institutions (机构标识).
pub const INSTITUTION_MARKS: &[(&str, &str)] = &[
    ("municipal", "市级"),
    ("county_level", "县级"),
    ("provincial", "省级"),
    ("tcm", "中医"),
    ("maternity_child", "妇幼"),
    ("two_channel", "双通道"),
];

/// Groups of items (项目分组).
pub const ITEM_GROUPS: &[(&str, &str)] = &[
    ("procured", "集采"),
    ("negotiated", "谈判"),
    ("separate_payment", "单独支付"),
    ("two_diseases_drug", "两病用药"),
    ("insulin", "胰岛素"),
    ("covid_plan", "新冠诊疗方案"),
    ("tcm", "中医药"),
    ("implants", "植入材料"),
];
