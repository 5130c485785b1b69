//! Every word of an open vocabulary that invented data uses; policy data gives each its 中文 name.

/// Identities for medical assistance (救助身份).
pub const IDENTITIES: &[&str] = &[
    "tekun",
    "guer",
    "dibao",
    "fanpin",
    "jiance",
    "dibao_bianyuan",
    "zhichuxing",
    "zhongcan",
];

/// Marks of people (人员标识).
pub const PERSON_MARKS: &[&str] = &["civil_servant", "family_doctor"];

/// Marks of institutions (机构标识).
pub const INSTITUTION_MARKS: &[&str] = &[
    "municipal",
    "county_level",
    "provincial",
    "tcm",
    "maternity_child",
    "two_channel",
];

/// Groups of items (项目分组).
pub const ITEM_GROUPS: &[&str] = &[
    "procured",
    "negotiated",
    "separate_payment",
    "two_diseases_drug",
    "insulin",
    "covid_plan",
    "tcm",
    "implants",
    "assisted_reproduction",
];
