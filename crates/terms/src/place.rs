use crate::vocabulary::vocabulary;

vocabulary! {
    /// Where the care is given, seen from the insured place (就医地).
    Locality "就医地" {
        SameCounty = "same_county" "本县（市、区）",
        OtherCounty = "other_county" "市内其他县（市、区）",
        OtherCity = "other_city" "省内市外",
        OtherProvince = "other_province" "省外",
    }
}

vocabulary! {
    /// The registration under which a person is treated elsewhere (异地就医备案).
    Registration "异地就医备案" {
        None = "none" "未备案",
        LongTerm = "long_term" "长期异地居住",
        Referred = "referred" "转诊转院",
        Emergency = "emergency" "异地急诊抢救",
        Temporary = "temporary" "临时外出就医",
    }
}

vocabulary! {
    /// How the person came to this institution (转诊).
    Referral "转诊情形" {
        None = "none" "未转诊",
        Up = "up" "向上转诊",
        Down = "down" "向下转诊",
        Lateral = "lateral" "同级转诊",
    }
}
